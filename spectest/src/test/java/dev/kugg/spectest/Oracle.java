package dev.kugg.spectest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A Python process that says what wasmtime does with modules: {@code oracle.py}, where the form of
 * questions and answers is written down. One process answers for many modules.
 */
final class Oracle implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long ANSWER_SECONDS = 120;

    private final List<String> command;
    private Process process;
    private BufferedReader answers;
    private BufferedWriter questions;
    private JsonNode hello;

    private Oracle(List<String> command) throws IOException {
        this.command = command;
        start();
    }

    /** {@return the oracle, or empty where no Python that has wasmtime is found} */
    static Optional<Oracle> find() throws IOException {
        Path script = Shared.projectRoot().resolve("spectest/src/test/python/oracle.py");
        for (String python : pythons()) {
            try {
                return Optional.of(new Oracle(List.of(python, script.toString())));
            } catch (IOException e) {
                // Not there, or without the package: so is perhaps the next one.
            }
        }
        return Optional.empty();
    }

    /** The project's own first, which has what was asked for and in the version asked for. */
    static List<String> pythons() {
        List<String> pythons = new ArrayList<>();
        Path own = Shared.projectRoot().resolve(".kugg/ci/bin/python3");
        if (Files.isExecutable(own)) {
            pythons.add(own.toString());
        }
        pythons.add("python3");
        return pythons;
    }

    private void start() throws IOException {
        process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        questions = process.outputWriter(StandardCharsets.UTF_8);
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("no oracle: " + command);
        }
        hello = JSON.readTree(line);
    }

    /** {@return the version of wasmtime} */
    String version() {
        return hello.path("wasmtime").asText();
    }

    /** {@return the wasm-tools that came as a Python package, if it did} */
    Optional<Path> wasmTools() {
        return Optional.ofNullable(hello.path("wasm-tools").textValue()).map(Path::of);
    }

    /**
     * {@return what wasmtime does with a module}
     *
     * @param module its file
     * @param seed decides the arguments of calls
     * @param rounds how often each exported function is called
     * @throws IOException if the process ended, or had to be ended; another one is there by then
     */
    JsonNode ask(Path module, long seed, int rounds) throws IOException {
        Map<String, Object> question =
                Map.of("file", module.toString(), "seed", seed, "rounds", rounds);
        Process asked = process;
        Thread watch = Thread.ofPlatform().daemon().start(() -> killAfter(asked, ANSWER_SECONDS));
        try {
            questions.write(JSON.writeValueAsString(question));
            questions.newLine();
            questions.flush();
            String line = answers.readLine();
            if (line == null) {
                throw new IOException("the oracle ended with " + module);
            }
            return JSON.readTree(line);
        } catch (IOException e) {
            close();
            start();
            throw e;
        } finally {
            watch.interrupt();
        }
    }

    private static void killAfter(Process process, long seconds) {
        try {
            TimeUnit.SECONDS.sleep(seconds);
            process.destroyForcibly();
        } catch (InterruptedException e) {
            // It has answered.
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
