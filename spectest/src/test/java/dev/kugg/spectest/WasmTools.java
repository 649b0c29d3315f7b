package dev.kugg.spectest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The oracle for validation: {@code wasm-tools validate} with the features this version of Kugg
 * compiles. Found through {@code KUGG_WASM_TOOLS} or on the path.
 */
final class WasmTools {
    private static final String FEATURES = "wasm2,-simd,extended-const";

    private final Path program;
    private final Path file;

    private WasmTools(Path program, Path folder) {
        this.program = program;
        this.file = folder.resolve("mutant.wasm");
    }

    /** {@return the program, or empty where it is not installed; it uses a folder for its input} */
    static Optional<WasmTools> find(Path folder) {
        return program().map(program -> new WasmTools(program, folder));
    }

    /** {@return the program's file, or empty where it is not installed} */
    static Optional<Path> program() {
        String given = System.getenv("KUGG_WASM_TOOLS");
        Stream<Path> candidates =
                given != null
                        ? Stream.of(Path.of(given))
                        : Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator))
                                .map(directory -> Path.of(directory, "wasm-tools"));
        return candidates.filter(Files::isExecutable).findFirst();
    }

    /** {@return why a module is refused, or an empty string if it is valid} */
    String refusal(byte[] module) throws IOException, InterruptedException {
        Files.write(file, module);
        Process process =
                new ProcessBuilder(
                                program.toString(),
                                "validate",
                                "--features",
                                FEATURES,
                                file.toString())
                        .redirectErrorStream(true)
                        .start();
        byte[] output = process.getInputStream().readAllBytes();
        boolean valid = process.waitFor() == 0;
        return valid ? "" : "refused: " + new String(output, StandardCharsets.UTF_8).strip();
    }
}
