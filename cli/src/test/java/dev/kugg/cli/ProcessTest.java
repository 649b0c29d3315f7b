package dev.kugg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command in a JVM of its own: what only a process can show. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProcessTest {
    @Test
    void demo() throws Exception {
        assertThat(run("", "demo"))
                .isEqualTo(new Outcome(0, "inc(1) = 21\ninc(21) = 42\n", "s = 20\n"));
    }

    @Test
    void streamsAreTheProcesss() throws Exception {
        String input = "line ü\n".repeat(20_000);
        Outcome outcome = run(input, "run", "--env=K=V", Outcome.file("echo.wasm"), "a", "b");
        assertThat(outcome.out()).isEqualTo(input);
        assertThat(outcome.err()).isEqualTo("K=V\0echo.wasm\0a\0b\0");
        assertThat(outcome.code()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "255, 255", "256, 0", "70000, 112", "4294967295, 255"})
    @DisabledOnOs(OS.WINDOWS)
    void theLowByteOfTheExitCode(String code, int seen) throws Exception {
        assertThat(run("", "run", "--invoke", "exit", Outcome.file("echo.wasm"), code).code())
                .isEqualTo(seen);
    }

    @Test
    void resultsAndErrors() throws Exception {
        String values = Outcome.file("values.wasm");
        assertThat(run("", "run", "--invoke", "i64", values, "-5"))
                .isEqualTo(new Outcome(0, "-5\n", ""));
        assertThat(run("", "run", "--invoke", "divide", values, "1", "0"))
                .isEqualTo(
                        new Outcome(
                                1,
                                "",
                                "Error: trap: integer divide by zero\n    at values.wasm!divide\n"));
        assertThat(run("", "run", "--nosuch", values).err())
                .startsWith("Error: usage: unknown option");
        assertThat(run("", "help", "run").out()).startsWith("Usage: kugg run");
    }

    @Test
    void aTimeoutEndsAnEndlessLoop() throws Exception {
        assertThat(run("", "run", "--timeout", "200ms", Outcome.file("loop.wasm")))
                .isEqualTo(
                        new Outcome(
                                1,
                                "started\n",
                                """
                                Error: interrupted: the call ran longer than 200 ms
                                    at loop.wasm!main
                                """));
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    @DisabledOnOs(OS.WINDOWS)
    void signalsEndAnEndlessLoop(String signal, int code) throws Exception {
        Process process = start(command(true, "run", Outcome.file("loop.wasm")));
        assertThat(new String(process.getInputStream().readNBytes(8), UTF_8))
                .isEqualTo("started\n");
        assertEndsOn(process, signal, code);
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    @DisabledOnOs(OS.WINDOWS)
    void signalsEndAReadThatWaits(String signal, int code) throws Exception {
        Process process = start(command(true, "run", Outcome.file("echo.wasm")));
        process.getOutputStream().write("x".getBytes(UTF_8));
        process.getOutputStream().flush();
        assertThat(process.getInputStream().readNBytes(1)).isEqualTo("x".getBytes(UTF_8));
        assertEndsOn(process, signal, code);
    }

    private static void assertEndsOn(Process process, String signal, int code) throws Exception {
        long asked = System.nanoTime();
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(code);
        assertThat(System.nanoTime() - asked).isLessThan(5_000_000_000L);
        assertThat(process.getErrorStream().readAllBytes()).isEmpty();
    }

    /** Loading picocli takes 100 ms: without it on the class path everything plain works. */
    @Test
    void plainCommandsDoWithoutPicocli() throws Exception {
        for (List<String> args :
                List.of(
                        List.of("demo"),
                        List.of("run", "--env=K=V", Outcome.file("echo.wasm")),
                        List.of("run", "--invoke", "i32", Outcome.file("values.wasm"), "1"),
                        List.of("inspect", Outcome.file("values.wasm")))) {
            assertThat(outcome("", start(command(false, args.toArray(new String[0])))).code())
                    .as(args.toString())
                    .isZero();
        }
    }

    @Test
    void outputThatCannotBeWrittenIsAnError() throws Exception {
        if (!Files.exists(Path.of("/dev/full"))) {
            return;
        }
        ProcessBuilder full =
                command(true, "run", "--invoke", "i32", Outcome.file("values.wasm"), "1")
                        .redirectOutput(new File("/dev/full"));
        assertThat(outcome("", start(full)))
                .isEqualTo(new Outcome(1, "", "Error: unwritable: standard output\n"));
    }

    private static Outcome run(String input, String... args) throws Exception {
        return outcome(input, start(command(true, args)));
    }

    private static Process start(ProcessBuilder command) throws IOException {
        return command.start();
    }

    private static Outcome outcome(String input, Process process) throws Exception {
        Thread writer =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try (var out = process.getOutputStream()) {
                                        out.write(input.getBytes(UTF_8));
                                    } catch (IOException e) {
                                        // It does not read it.
                                    }
                                });
        var err =
                java.util.concurrent.CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return process.getErrorStream().readAllBytes();
                            } catch (IOException e) {
                                throw new java.io.UncheckedIOException(e);
                            }
                        });
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        int code = process.waitFor();
        writer.join();
        return new Outcome(code, Outcome.lines(out), Outcome.lines(new String(err.get(), UTF_8)));
    }

    private static ProcessBuilder command(boolean picocli, String... args) {
        List<String> line = new ArrayList<>();
        if (interruptsAreIgnored()) {
            // So do children then; as in a shell's background.
            line.addAll(List.of("env", "--default-signal=INT"));
        }
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        line.addAll(List.of("-cp", classPath(picocli), "dev.kugg.cli.Main"));
        line.addAll(List.of(args));
        return new ProcessBuilder(line);
    }

    private static String classPath(boolean picocli) {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (picocli || !entry.contains("picocli")) {
                entries.add(entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    /** Linux tells of each process which signals it ignores. */
    private static boolean interruptsAreIgnored() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("SigIgn:")) {
                    long mask = Long.parseUnsignedLong(line.substring(7).strip(), 16);
                    return (mask & 1 << 2 - 1) != 0;
                }
            }
        } catch (IOException e) {
            // Another system.
        }
        return false;
    }
}
