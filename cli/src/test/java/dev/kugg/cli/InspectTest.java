package dev.kugg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

class InspectTest {
    @TempDir Path folder;

    @Test
    void everythingAModuleHas() {
        String expected =
                """
                values.wasm: 448 bytes
                sections
                  type: offset 10, 57 bytes, 11 items
                  function: offset 69, 14 bytes, 13 items
                  table: offset 85, 5 bytes, 1 item
                  memory: offset 92, 4 bytes, 1 item
                  global: offset 98, 6 bytes, 1 item
                  export: offset 106, 123 bytes, 16 items
                  code: offset 231, 93 bytes, 13 items
                  custom "name": offset 331, 117 bytes
                types
                  0: [i32] -> [i32]
                  1: [i64] -> [i64]
                  2: [f32] -> [f32]
                  3: [f64] -> [f64]
                  4: [i32 i64 f32 f64] -> [i32 i64 f32 f64]
                  5: [] -> []
                  6: [i32 i32] -> [i32]
                  7: [] -> [i32]
                  8: [i32] -> []
                  9: [externref] -> []
                  10: [] -> [funcref]
                tables
                  0: table 3 5 funcref
                memories
                  0: memory 1 2
                exports
                  memory: memory 1 2
                  table: table 3 5 funcref
                  calls: global (mut i32)
                  i32: func [i32] -> [i32]
                  i64: func [i64] -> [i64]
                  f32: func [f32] -> [f32]
                  f64: func [f64] -> [f64]
                  all: func [i32 i64 f32 f64] -> [i32 i64 f32 f64]
                  nothing: func [] -> []
                  divide: func [i32 i32] -> [i32]
                  average: func [i32 i32] -> [i32]
                  recurse: func [] -> [i32]
                  down: func [i32] -> []
                  spin: func [] -> []
                  take: func [externref] -> []
                  give: func [] -> [funcref]
                """;
        assertThat(Outcome.of("", "inspect", Outcome.file("values.wasm")))
                .isEqualTo(new Outcome(0, expected, ""));
    }

    @Test
    void importsHaveTheFirstIndices() {
        assertThat(Outcome.of("", "inspect", Outcome.file("import.wasm")).out())
                .endsWith(
                        """
                        types
                          0: [i32] -> []
                          1: [] -> []
                        imports
                          somebody.something: func [i32] -> []
                          somebody.memory: memory 1 3
                          somebody.table: table 1 funcref
                        tables
                          1: table 2 4 externref
                        exports
                          _start: func [] -> []
                        """);
    }

    @Test
    void theStartFunction() {
        assertThat(Outcome.of("", "inspect", Outcome.file("not-started.wasm")).out())
                .contains("\n  start: offset 37, 1 byte\n")
                .endsWith("\nstart: function 0\n");
    }

    @Test
    void producersAreShown() throws Exception {
        assertThat(
                        inspect(
                                producers(
                                        2,
                                        "language",
                                        1,
                                        "Zig",
                                        "0.14.1",
                                        "processed-by",
                                        2,
                                        "a",
                                        "",
                                        "b\u001b",
                                        "2")))
                .endsWith(
                        """
                        producers
                          language: Zig 0.14.1
                          processed-by: a
                          processed-by: b\\u001b 2
                        """);
    }

    @Test
    void brokenProducersAreNoError() throws Exception {
        byte[] whole = producers(1, "language", 1, "Zig", "0.14.1");
        for (int length = 0; length < whole.length; length++) {
            assertThat(inspect(java.util.Arrays.copyOf(whole, length)))
                    .contains("\nproducers\n")
                    .endsWith("  ...\n");
        }
        byte[] huge = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};
        assertThat(inspect(huge)).endsWith("producers\n  ...\n");
    }

    /** {@return what is said of a module that has only this producers section} */
    private String inspect(byte[] producers) throws Exception {
        ByteArrayOutputStream module = new ByteArrayOutputStream();
        module.write(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0, 0});
        module.write(1 + "producers".length() + producers.length);
        writeName(module, "producers");
        module.write(producers);
        Path file = folder.resolve("module.wasm");
        Files.write(file, module.toByteArray());
        Outcome outcome = Outcome.of("", "inspect", file.toString());
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        return outcome.out();
    }

    /** {@return the contents of a section made of small numbers and names} */
    private static byte[] producers(Object... parts) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof Integer number) {
                bytes.write(number);
            } else {
                writeName(bytes, (String) part);
            }
        }
        return bytes.toByteArray();
    }

    private static void writeName(OutputStream out, String name) throws Exception {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        out.write(bytes.length);
        out.write(bytes);
    }
}
