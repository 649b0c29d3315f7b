package dev.kugg.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kugg.Kugg;
import dev.kugg.WasmModule;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * Guests in C, Rust and Zig which call the functions of preview 1 directly and check themselves
 * what comes back; their sources are in {@code wasi/src/test/guests}.
 */
class GuestsTest {
    private static final Set<String> GUESTS = Set.of("files", "paths", "others");

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"files", "paths", "others"})
    void isSatisfied(String guest) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Wasi wasi =
                Wasi.preview1()
                        .args(guest, "faults", "ü")
                        .env("NAME", "value")
                        .stdin(new ByteArrayInputStream("input".getBytes(UTF_8)))
                        .stdout(out)
                        .stderr(err)
                        .dir(folder, "/data");
        int exit = module(guest).with(wasi).run();
        assertThat(err.toString(UTF_8)).isEmpty();
        assertThat(exit).isZero();
    }

    @Test
    void everyFunctionIsCalledByOneOfThem() {
        Set<String> called = new TreeSet<>();
        for (String guest : GUESTS) {
            module(guest).imports().forEach(asked -> called.add(asked.name()));
        }
        Set<String> all = new TreeSet<>();
        Preview1Guest.MODULE.imports().forEach(asked -> all.add(asked.name()));
        assertThat(called).isEqualTo(all);
    }

    private static WasmModule module(String guest) {
        return Kugg.module(GuestsTest.class, "guests/" + guest + ".wasm");
    }
}
