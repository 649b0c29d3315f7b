package dev.kugg.spectest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * HotSpot's compilers give up on no more methods than before ({@code jit-given-up.txt}). Ten
 * seconds a guest; {@code -Dkugg.jitlog.seconds=30} sees those that grow hot later. More guests,
 * compared with nothing, are named by {@code -Dkugg.jitlog.guests=FILE,N:...}.
 */
final class JitLogTest {
    private static final Path LIST =
            Shared.projectRoot().resolve("spectest/src/test/resources/jit-given-up.txt");
    private static final int SECONDS = 10;

    /** The numbers in the list are those of this version. */
    private static final int JAVA = 25;

    private static final List<String> SEEN = new ArrayList<>();

    private record Line(String module, int n, int givenUp) {
        static Line parse(String text) {
            String[] columns = text.split("\t");
            return new Line(columns[0], Integer.parseInt(columns[1]), Integer.parseInt(columns[2]));
        }
    }

    @TestFactory
    Stream<DynamicTest> givesUpOnNoMoreThanBefore() throws IOException {
        if (Runtime.version().feature() != JAVA) {
            Shared.leftOut("what the JIT gives up on", "not Java " + JAVA);
            return Stream.empty();
        }
        return Stream.concat(listed(), given());
    }

    private static Stream<DynamicTest> listed() throws IOException {
        Optional<Path> corpus = Shared.find("bench/corpus");
        if (corpus.isEmpty()) {
            Shared.leftOut("what the JIT gives up on", "no ../shared/bench/corpus");
            return Stream.empty();
        }
        return Files.readAllLines(LIST).stream()
                .filter(line -> !line.startsWith("#"))
                .map(Line::parse)
                .map(line -> dynamicTest(line.module, () -> compare(corpus.get(), line)));
    }

    private static void compare(Path corpus, Line line) throws IOException, InterruptedException {
        JitLog.Result result = watch(corpus.resolve(line.module + ".wasm"), line.n);
        int givenUp = result.failures().size();
        SEEN.add(line.module + "\t" + line.n + "\t" + givenUp);
        if (givenUp < line.givenUp) {
            System.out.println(line.module + ": fewer than " + line.givenUp + ", the list's");
        }
        if (System.getProperty("jitlog.update") == null) {
            assertThat(result.failures()).hasSizeLessThanOrEqualTo(line.givenUp);
        }
    }

    private static Stream<DynamicTest> given() {
        return Arrays.stream(System.getProperty("kugg.jitlog.guests", "").split(File.pathSeparator))
                .filter(guest -> !guest.isEmpty())
                .map(guest -> guest.split(",", -1))
                .map(
                        guest ->
                                dynamicTest(
                                        guest[0],
                                        () ->
                                                watch(
                                                        Path.of(guest[0]),
                                                        Integer.parseInt(guest[1]))));
    }

    private static JitLog.Result watch(Path file, int n) throws IOException, InterruptedException {
        int seconds = Settings.count("kugg.jitlog.seconds", SECONDS);
        JitLog.Result result = JitLog.watch(file, n, seconds, "Serial");
        assertThat(result.calls()).isPositive();
        assertThat(result.compiled()).as("compilations of generated methods").isPositive();
        JitLog.print(file, result);
        return result;
    }

    @AfterAll
    static void updateList() throws IOException {
        if (System.getProperty("jitlog.update") == null || SEEN.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>(Files.readAllLines(LIST, StandardCharsets.UTF_8));
        lines.removeIf(line -> !line.startsWith("#"));
        lines.addAll(SEEN);
        Files.write(LIST, lines);
    }

    @Test
    void readsWhatTheCompilersPrint() {
        JitLog.Reader reader = new JitLog.Reader();
        reader.line("   5250 1080       4       c3.lua::wasm!func373 (5234 bytes)");
        reader.line("   5250 1081     n 0       java.lang.Object::hashCode (native)   (static)");
        reader.line(
                "   5251 1083 % !   3       c3.lua::wasm!func373 @ 4942 (5234 bytes)   COMPILE"
                        + " SKIPPED: out of virtual registers in linear scan (retry at different tier)");
        reader.line(
                "   5252 1084       4       java.lang.String::hash (60 bytes)   COMPILE SKIPPED: out"
                        + " of nodes");
        reader.line("   5253 1085       4       kugg.Types0::call (99 bytes)");
        reader.line(
                "   5254 1085       4       kugg.Types0::call (99 bytes)   made not entrant: unloaded");
        reader.line("made not compilable on level 4 kugg.Types0::call (99 bytes)   too often");
        reader.line("calls of run: 17");
        assertThat(reader.calls).isEqualTo(17);
        assertThat(reader.compiled).hasSize(2);
        assertThat(reader.failures)
                .containsOnlyKeys(
                        "c3.lua::wasm!func373 (5234 bytes), tier 3",
                        "kugg.Types0::call (99 bytes), tier 4")
                .containsValue("out of virtual registers in linear scan (retry at different tier)");
    }
}
