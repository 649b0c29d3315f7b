package dev.kugg.spectest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.Instance;
import dev.kugg.Kugg;
import dev.kugg.WasmModule;
import dev.kugg.wasi.Wasi;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An interpreter of more than 400 opcodes in one function. Its programs run every one of them, so a
 * wrong one shows in the value, which is what wasmtime gives and what the source gives when it is
 * built for the machine itself.
 */
final class WideTest {
    private static final Path FOLDER = Shared.projectRoot().resolve("spectest/src/bench/wide");

    @Test
    void everyOpcode() throws IOException {
        WasmModule module = Kugg.module(FOLDER.resolve("wide.wasm"));
        String[] columns = Files.readAllLines(FOLDER.resolve("manifest.tsv")).get(1).split("\t");
        int n = Integer.parseInt(columns[3]);
        try (Instance instance = module.with(Wasi.preview1()).start()) {
            assertThat(instance.func("run").call(n)).containsExactly(Long.parseLong(columns[5]));
            assertThat(instance.func("run").call(n)).containsExactly(Long.parseLong(columns[5]));
        }
    }
}
