package dev.kugg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.internal.TestModule;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** In a JVM with a heap of 32 MB, sizes that guests claim end as documented, not in its errors. */
class SmallHeapTest {
    @Test
    @Timeout(120)
    void outcomesAreDocumented() throws Exception {
        List<String> lines = run();
        assertThat(lines).hasSize(50).noneMatch(line -> line.contains("ERROR"));
        assertThat(lines)
                .contains(
                        "memory: over a limit: a memory of 32767 pages: the JVM has no room for it",
                        "memory above the limit: over a limit: a memory of 65536 pages; the limit"
                                + " is 32767 in test.wasm",
                        "memory.grow: gives -1",
                        "memory.grow by all: gives -1",
                        "table: over a limit: a table of 10000000 elements: the JVM has no room for"
                                + " it",
                        "table above the limit: over a limit: a table of 2147483647 elements; the"
                                + " limit is 10000000 in test.wasm",
                        "table.grow: gives -1",
                        "table.grow by all: gives -1",
                        "many tables: over a limit: a table of 1000000 elements beside others; the"
                                + " limit of all together is 10000000 in test.wasm",
                        "a memory of the host: over a limit: a memory of 32767 pages: the JVM has no"
                                + " room for it",
                        "locals: over a limit: function 0 has 4294967295 locals; the limit is 50000"
                                + " in guest.wasm",
                        "locals above the limit: over a limit: function 0 has 50001 locals; the"
                                + " limit is 50000 in guest.wasm",
                        "a small guest: gives 1");
        assertThat(lines)
                .filteredOn(line -> line.contains("4 GiB") || line.contains("2^32 - 1"))
                .hasSize(31)
                .allMatch(line -> line.contains(": malformed") || line.contains(": over a limit"));
    }

    private static List<String> run() throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
        command.add(
                String.join(
                        File.pathSeparator,
                        place(Limits.class),
                        place(SmallHeap.class),
                        place(TestModule.class)));
        command.add(SmallHeap.class.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String text = text(process);
            assertThat(process.waitFor()).as(text).isZero();
            return text.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String text(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    }
}
