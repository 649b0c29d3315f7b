package dev.kugg.spectest;

import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The oracle for validation: a Python process that asks wasmtime ({@code verdicts.py}), since it
 * answers in a tenth of a millisecond, and {@code wasm-tools validate}, which takes a process for
 * each module: where there is no such Python, and to have the last word.
 */
final class Verdicts implements AutoCloseable {
    private final Optional<Python> python;
    private final Optional<WasmTools> wasmTools;

    private Verdicts(Optional<Python> python, Optional<WasmTools> wasmTools) {
        this.python = python;
        this.wasmTools = wasmTools;
    }

    /** {@return the oracle, or empty where neither is at hand; it uses a folder for its input} */
    static Optional<Verdicts> find(Path folder) {
        Verdicts found = new Verdicts(Python.find(), WasmTools.find(folder));
        return found.python.isPresent() || found.wasmTools.isPresent()
                ? Optional.of(found)
                : Optional.empty();
    }

    /**
     * {@return why a module is refused, or an empty string if it is valid} wasmtime takes some
     * features that cannot be switched off, so that its answer counts only if it is the expected
     * one, or there is no other.
     *
     * @param expectsValid what we think of the module
     */
    String refusal(byte[] module, boolean expectsValid) throws IOException, InterruptedException {
        if (python.isPresent()) {
            String refusal = python.get().refusal(module);
            if (refusal.isEmpty() == expectsValid || wasmTools.isEmpty()) {
                return refusal;
            }
        }
        return wasmTools.isPresent() ? wasmTools.get().refusal(module) : "";
    }

    @Override
    public void close() {
        python.ifPresent(each -> each.process.destroyForcibly());
    }

    private static final class Python {
        private final Process process;
        private final BufferedReader answers;
        private final DataOutputStream questions;

        private Python(String command) throws IOException {
            Path script = Shared.projectRoot().resolve("spectest/src/test/python/verdicts.py");
            process =
                    new ProcessBuilder(List.of(command, script.toString()))
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            answers = process.inputReader(StandardCharsets.UTF_8);
            questions = new DataOutputStream(process.getOutputStream());
            if (answers.readLine() == null) {
                throw new IOException("no oracle: " + command);
            }
        }

        static Optional<Python> find() {
            for (String python : Oracle.pythons()) {
                try {
                    return Optional.of(new Python(python));
                } catch (IOException e) {
                    // Not there, or without the package: so is perhaps the next one.
                }
            }
            return Optional.empty();
        }

        String refusal(byte[] module) throws IOException {
            questions.writeInt(module.length);
            questions.write(module);
            questions.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IOException("the oracle ended with a module of " + module.length);
            }
            return answer;
        }
    }
}
