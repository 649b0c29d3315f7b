package dev.kugg.examples.languages;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kugg.Kugg;
import dev.kugg.WasmModule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Builds the guests of one language into {@code target}, by the script {@code build} in its folder.
 * Where the compiler is missing the script says so and gives no module; where the compiler fails,
 * so does the test.
 */
final class Programs {
    private static final long LIMIT_MINUTES = 10;

    private final String language;

    Programs(String language) {
        this.language = language;
    }

    /** {@return a program as built just now, or empty, with a line of output, if it cannot be} */
    Optional<WasmModule> build(String program) throws IOException, InterruptedException {
        Path wasm = Path.of("target", language, program.replace('/', '-') + ".wasm");
        Files.createDirectories(wasm.getParent());
        Files.deleteIfExists(wasm);
        if (!hasShell()) {
            System.out.println("left out: " + program + " in " + language + " (no sh here)");
            return Optional.empty();
        }
        run(program, wasm);
        return Files.exists(wasm) ? Optional.of(Kugg.module(wasm)) : Optional.empty();
    }

    private void run(String program, Path wasm) throws IOException, InterruptedException {
        Path log = wasm.resolveSibling(wasm.getFileName() + ".log");
        Process build =
                new ProcessBuilder("sh", language + "/build", program, wasm.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        if (!build.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            build.destroyForcibly();
            throw new IOException("no end of building " + program + ": see " + log);
        }
        String said = Files.readString(log, UTF_8);
        if (build.exitValue() != 0) {
            throw new IOException("building " + program + " failed:\n" + said);
        }
        System.out.print(said);
    }

    private static boolean hasShell() {
        for (String folder : System.getenv("PATH").split(java.io.File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, "sh"))) {
                return true;
            }
        }
        return false;
    }
}
