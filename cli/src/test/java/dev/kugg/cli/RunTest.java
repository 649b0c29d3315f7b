package dev.kugg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

/** {@code kugg run}, and each thing it may have to say. */
class RunTest {
    private static final String VALUES = Outcome.file("values.wasm");
    private static final String ECHO = Outcome.file("echo.wasm");

    @TempDir Path folder;

    @Test
    void aCommandGetsItsInputArgumentsAndEnvironment() {
        Outcome outcome =
                Outcome.of(
                        "some\ninput", "run", "--env", "K=V", "--env=L=", ECHO, "a", "--env", "-b");
        assertThat(outcome.out()).isEqualTo("some\ninput");
        assertThat(outcome.err()).isEqualTo("K=V\0L=\0echo.wasm\0a\0--env\0-b\0");
        assertThat(outcome.code()).as("the guest's").isEqualTo(3);
    }

    @Test
    void theEnvironmentIsNotInherited() {
        assertThat(Outcome.of("", "run", ECHO)).isEqualTo(new Outcome(0, "", "echo.wasm\0"));
    }

    @Test
    void anInvokedReactorIsInitialisedFirst() {
        assertThat(Outcome.of("", "run", "--invoke", "showArgs", ECHO))
                .isEqualTo(new Outcome(0, "", "initialised\necho.wasm\0"));
    }

    @Test
    void exitCodesAreTheGuests() {
        for (String code : new String[] {"0", "1", "255", "70000", "4294967295"}) {
            Outcome outcome = Outcome.of("", "run", "--invoke=exit", ECHO, code);
            assertThat(outcome.code()).isEqualTo(Integer.parseUnsignedInt(code));
            assertThat(outcome.err()).isEqualTo("initialised\n");
        }
    }

    @Test
    void resultsAreOneALine() {
        assertThat(invoke("all", "-1", "0xffffffffffffffff", "0.1", "1e300"))
                .isEqualTo(new Outcome(0, "-1\n-1\n0.1\n1.0E300\n", ""));
        assertThat(invoke("i32", "4294967295")).isEqualTo(new Outcome(0, "-1\n", ""));
        assertThat(invoke("i64", "-9")).isEqualTo(new Outcome(0, "-9\n", ""));
        assertThat(invoke("f32", "nan")).isEqualTo(new Outcome(0, "nan\n", ""));
        assertThat(invoke("f64", "-inf")).isEqualTo(new Outcome(0, "-inf\n", ""));
        assertThat(invoke("nothing")).isEqualTo(new Outcome(0, "", ""));
    }

    @Test
    void trapsShowTheGuestsStack() {
        assertFailure(
                invoke("average", "1", "0"),
                """
                Error: trap: integer divide by zero
                    at values.wasm!divide
                    at values.wasm!average
                """);
    }

    @Test
    void longStacksAreCut() {
        String frame = "    at values.wasm!down\n";
        assertFailure(invoke("down", "8"), "Error: trap: unreachable\n" + frame.repeat(9));
        assertFailure(
                invoke("down", "100"),
                "Error: trap: unreachable\n" + frame.repeat(10) + "    ...\n");
        assertFailure(
                invoke("recurse"),
                "Error: exhaustion: call stack exhausted\n"
                        + "    at values.wasm!recurse\n".repeat(10)
                        + "    ...\n");
    }

    @Test
    void aTimeoutInterrupts() {
        long start = System.nanoTime();
        assertFailure(
                Outcome.of("", "run", "--timeout", "100ms", "--invoke", "spin", VALUES),
                """
                Error: interrupted: the call ran longer than 100 ms
                    at values.wasm!spin
                """);
        assertThat(System.nanoTime() - start).isBetween(100_000_000L, 5_000_000_000L);
        assertThat(Outcome.of("", "run", "--timeout", "1h", ECHO).code()).isZero();
    }

    @Test
    void aStartFunctionThatTraps() {
        Outcome outcome =
                Outcome.of("", "run", "--invoke=_start", Outcome.file("not-started.wasm"), "1");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith("Error: uninstantiable: unreachable")
                .endsWith("    at not-started.wasm!begin\n");
    }

    @Test
    void aMissingImport() {
        Outcome outcome = Outcome.of("", "run", Outcome.file("import.wasm"));
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith("Error: unlinkable: ")
                .contains("import.wasm", "\"somebody\" \"something\"", "\"somebody\" \"memory\"");
    }

    @Test
    void aModuleWithoutStartListsItsFunctions() {
        assertFailure(
                Outcome.of("", "run", VALUES),
                "Error: usage: "
                        + VALUES
                        + ": exports no function _start; with --invoke NAME there are\n"
                        + FUNCTIONS);
        assertFailure(
                invoke("memory"),
                "Error: usage: "
                        + VALUES
                        + ": exports no function memory; there are\n"
                        + FUNCTIONS);
    }

    private static final String FUNCTIONS =
            """
                i32 [i32] -> [i32]
                i64 [i64] -> [i64]
                f32 [f32] -> [f32]
                f64 [f64] -> [f64]
                all [i32 i64 f32 f64] -> [i32 i64 f32 f64]
                nothing [] -> []
                divide [i32 i32] -> [i32]
                average [i32 i32] -> [i32]
                recurse [] -> [i32]
                down [i32] -> []
                spin [] -> []
                take [externref] -> []
                give [] -> [funcref]
            """;

    @Test
    void aStartOfAnotherType() {
        String file = Outcome.file("not-started.wasm");
        assertFailure(
                Outcome.of("", "run", file),
                "Error: usage: " + file + ": _start is [i32] -> [], and should be [] -> []\n");
    }

    @Test
    void wrongArguments() {
        assertUsage(
                invoke("divide", "1"),
                "divide [i32 i32] -> [i32]: wrong number of arguments, 1 instead of 2");
        assertUsage(
                invoke("nothing", "1", "2"),
                "nothing [] -> []: wrong number of arguments, 2 instead of 0");
        assertUsage(
                invoke("divide", "1", "x"),
                "divide [i32 i32] -> [i32]: argument 2, 'x', is not an i32");
        assertUsage(invoke("f64", "1f"), "f64 [f64] -> [f64]: argument 1, '1f', is not an f64");
        assertUsage(
                invoke("take", "1"),
                "take: parameter 1 is of type externref; only numbers can be typed");
        assertUsage(invoke("give"), "give: result 1 is of type funcref; only numbers can be typed");
    }

    @Test
    void limitsAreSetByName() {
        assertFailure(
                Outcome.of("", "run", "--limit", "memory-pages=0", ECHO),
                "Error: over a limit: a memory of 1 pages; the limit is 0 in echo.wasm\n");
        assertFailure(
                Outcome.of("", "run", "--limit=compile-work=5", "--invoke", "f64", VALUES, "1"),
                "Error: over a limit: more compile work than allowed; the limit is 5 units in"
                        + " values.wasm\n");
        assertFailure(
                Outcome.of("", "inspect", "--limit=body-bytes=2", VALUES),
                "Error: over a limit: a function body of 4 bytes; the limit is 2 at byte 233"
                        + " (section code) in values.wasm\n");
        Outcome outcome =
                Outcome.of("", "run", "--limit=memory-pages=1", "--limit=table-elements=0", ECHO);
        assertThat(outcome.code()).isZero();
    }

    @Test
    void wrongLimits() {
        assertFailure(
                Outcome.of("", "run", "--limit", "memory-pages", ECHO),
                "Error: usage: --limit: 'memory-pages' is not NAME=N\n");
        assertFailure(
                Outcome.of("", "run", "--limit", "memory-pages=many", ECHO),
                "Error: usage: --limit: 'memory-pages=many' has no number\n");
        assertFailure(
                Outcome.of("", "run", "--limit", "memory-pages=-1", ECHO),
                "Error: usage: --limit: a limit of -1 memory pages; it must be 0 to 2147483647\n");
        assertFailure(
                Outcome.of("", "run", "--limit", "memory=1", ECHO),
                "Error: usage: --limit: no limit is called 'memory'; there are memory-pages,"
                        + " table-elements, body-bytes, compile-work\n");
    }

    @Test
    void wrongOptions() {
        assertFailure(
                Outcome.of("", "run", "--env", "FOO", ECHO),
                "Error: usage: --env: 'FOO' is not K=V\n");
        assertFailure(
                Outcome.of("", "run", "--env", "=V", ECHO),
                "Error: usage: --env: '=V' is not K=V\n");
        assertFailure(
                Outcome.of("", "run", "--timeout", "5", ECHO),
                "Error: usage: --timeout: '5' is not a duration, such as 500ms, 2s or 1m\n");
        assertFailure(
                Outcome.of("", "run", "--nosuch", ECHO),
                "Error: usage: unknown option '--nosuch'\nTry 'kugg run --help'.\n");
        assertFailure(
                Outcome.of("", "run"),
                "Error: usage: Missing required parameter: 'FILE'\nTry 'kugg run --help'.\n");
    }

    @Test
    void unreadableFiles() throws Exception {
        assertFailure(
                Outcome.of("", "run", "no/such.wasm"),
                "Error: unreadable: no/such.wasm: no such file\n");
        assertFailure(
                Outcome.of("", "run", folder.toString()),
                "Error: unreadable: " + folder + ": is a directory\n");
        assertFailure(
                Outcome.of("", "inspect", "no/such.wasm"),
                "Error: unreadable: no/such.wasm: no such file\n");
        Path locked = Files.createFile(folder.resolve("locked.wasm"));
        if (locked.toFile().setReadable(false) && !Files.isReadable(locked)) {
            assertFailure(
                    Outcome.of("", "run", locked.toString()),
                    "Error: unreadable: " + locked + ": permission denied\n");
        }
    }

    @Test
    void badModules() throws Exception {
        Path bad = folder.resolve("bad.wasm");
        Files.write(bad, new byte[] {0, 'a', 's', 'n'});
        assertThat(Outcome.of("", "run", bad.toString()).err())
                .startsWith("Error: malformed: ")
                .contains("bad.wasm", "magic header not detected");
        // A function of type [] -> [i32] that returns nothing.
        Files.write(
                bad,
                new byte[] {
                    0, 'a', 's', 'm', 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7f, 3, 2, 1, 0, 10, 4, 1,
                    2, 0, 0x0b
                });
        assertThat(Outcome.of("", "inspect", bad.toString()).err())
                .startsWith("Error: invalid: ")
                .contains("bad.wasm", "type mismatch");
    }

    @Test
    void namesCannotControlTheTerminal() {
        assertFailure(
                invoke("\u001b[31m"),
                "Error: usage: "
                        + VALUES
                        + ": exports no function \\u001b[31m; there are\n"
                        + FUNCTIONS);
        assertThat(Text.printable("a\r\t\u202e\u2028\u0085\u007fü😀\n"))
                .isEqualTo("a\\u000d\\u0009\\u202e\\u2028\\u0085\\u007fü😀\n");
    }

    private static Outcome invoke(String name, String... args) {
        String[] line = new String[4 + args.length];
        line[0] = "run";
        line[1] = "--invoke=" + name;
        line[2] = VALUES;
        System.arraycopy(args, 0, line, 3, args.length);
        return Outcome.of("", java.util.Arrays.copyOf(line, 3 + args.length));
    }

    private static void assertUsage(Outcome outcome, String message) {
        assertFailure(outcome, "Error: usage: " + message + "\n");
    }

    private static void assertFailure(Outcome outcome, String message) {
        assertThat(outcome).isEqualTo(new Outcome(1, "", message));
    }
}
