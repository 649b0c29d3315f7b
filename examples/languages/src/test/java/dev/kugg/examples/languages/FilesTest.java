package dev.kugg.examples.languages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kugg.Kugg;
import dev.kugg.WasmModule;
import dev.kugg.wasi.Wasi;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program that works on a folder, in two languages with file systems of their own, says what
 * {@code tree.txt} says, here as in wasmtime, and leaves nothing behind.
 */
final class FilesTest {
    private static final Path EXPECTED = Path.of("tree.txt");
    private static final Path CHECKED_IN = Path.of("rust", "tree", "tree.wasm");
    private static final int NO_WASMTIME = 3;

    @TempDir Path folder;

    @Test
    void checkedIn() throws IOException {
        runs(Kugg.module(CHECKED_IN));
    }

    @TestFactory
    Stream<DynamicTest> builtFromSource() {
        return Stream.of("rust", "go")
                .map(language -> dynamicTest(language, () -> builtFromSource(language)));
    }

    private void builtFromSource(String language) throws IOException, InterruptedException {
        Optional<WasmModule> module = new Programs(language).build("tree");
        if (module.isPresent()) {
            runs(module.get());
        }
    }

    private void runs(WasmModule module) throws IOException {
        var out = new ByteArrayOutputStream();
        Wasi wasi =
                Wasi.preview1()
                        .args("tree", "/data")
                        .dir(folder, "/data")
                        .stdout(out)
                        .stderr(System.err);
        int exit = module.with(wasi).run();
        assertThat(out.toString(UTF_8)).isEqualTo(Files.readString(EXPECTED));
        assertThat(exit).isZero();
        assertThat(folder).isEmptyDirectory();
    }

    /** What the programs are expected to say is what they say in wasmtime. */
    @Test
    void inWasmtime() throws IOException, InterruptedException {
        for (String python : List.of("../../.kugg/ci/bin/python3", "python3")) {
            Optional<String> said = inWasmtime(python);
            if (said.isPresent()) {
                assertThat(said.get()).isEqualTo(Files.readString(EXPECTED));
                return;
            }
        }
        System.out.println("left out: tree in wasmtime (no Python with the package wasmtime)");
    }

    private Optional<String> inWasmtime(String python) throws IOException, InterruptedException {
        Path out = Path.of("target", "tree-in-wasmtime.txt");
        List<String> command =
                List.of(
                        python,
                        "src/test/python/command.py",
                        CHECKED_IN.toString(),
                        folder.toString());
        Process process;
        try {
            process =
                    new ProcessBuilder(command)
                            .redirectOutput(out.toFile())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
        } catch (IOException e) {
            return Optional.empty(); // no such Python
        }
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("still running after a minute: " + command);
        }
        if (process.exitValue() == NO_WASMTIME) {
            return Optional.empty();
        }
        assertThat(process.exitValue()).as("exit code of wasmtime").isZero();
        return Optional.of(Files.readString(out));
    }
}
