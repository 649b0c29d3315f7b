package dev.kugg.spectest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.kugg.Instance;
import dev.kugg.Kugg;
import dev.kugg.LimitException;
import dev.kugg.WasmModule;
import dev.kugg.types.FuncType;
import dev.kugg.types.ValType;
import dev.kugg.wasi.Wasi;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Real guests of the benchmark corpus answer what they answer in wasmtime. Its answers are checked
 * in as {@code corpus-values.txt}; the script that makes them says which modules take part. {@code
 * spectest/corpus.sh} does the same through the command line.
 */
final class CorpusTest {
    private record Line(String module, int n, long value) {
        static Line parse(String text) {
            String[] columns = text.split("\t");
            return new Line(columns[0], Integer.parseInt(columns[1]), Long.parseLong(columns[2]));
        }
    }

    @TestFactory
    Stream<DynamicTest> corpus() {
        String values = new String(Shared.resource("/corpus-values.txt"), StandardCharsets.UTF_8);
        Optional<Path> corpus = Shared.find("bench/corpus");
        if (corpus.isEmpty()) {
            Shared.leftOut("the benchmark corpus", "no ../shared/bench/corpus");
            return Stream.empty();
        }
        return values.lines()
                .filter(line -> !line.startsWith("#"))
                .map(Line::parse)
                .map(line -> dynamicTest(line.module, () -> run(corpus.get(), line)));
    }

    /** The one module of the corpus that imports more than WASI. */
    @Test
    void overheadWithItsImport() throws IOException {
        Optional<Path> corpus = Shared.find("bench/corpus");
        if (corpus.isEmpty()) {
            Shared.leftOut("the benchmark corpus", "no ../shared/bench/corpus");
            return;
        }
        WasmModule module = Kugg.module(corpus.get().resolve("overhead.wasm"));
        FuncType type = FuncType.of(ValType.I32).to(ValType.I32);
        try (Instance instance =
                module.with(Wasi.preview1())
                        .with(
                                imports ->
                                        imports.function(
                                                "env",
                                                "add1",
                                                type,
                                                call -> call.result(call.i32(0) + 1)))
                        .start()) {
            long first = instance.func("inc").call(1)[0];
            assertThat(instance.func("inc").call(1)).containsExactly(first + 1);
            assertThat(instance.func("hostloop").call(1000)).containsExactly(1000);
        }
    }

    private static void run(Path corpus, Line line) throws IOException {
        WasmModule module;
        try {
            module = Kugg.module(corpus.resolve(line.module + ".wasm"));
        } catch (LimitException e) {
            System.out.println("refused: " + line.module + ": " + e.getMessage());
            return;
        }
        try (Instance instance = module.with(Wasi.preview1()).start()) {
            assertThat(instance.func("run").call(line.n)).containsExactly(line.value);
        }
    }
}
