package dev.kugg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What can be typed, and that both parsers read it alike. */
class CommandLineTest {
    /** Command lines in the usual forms. */
    static List<List<String>> plain() {
        return List.of(
                List.of("demo"),
                List.of("inspect", "FILE"),
                List.of("inspect", ""),
                List.of("run", "FILE"),
                List.of("run", "FILE", "a", "b"),
                List.of("run", "FILE", "-a", "--env", "K=V", "--", "-", "--help", "-h"),
                List.of("run", "FILE", "@file", "\"quoted\"", "'q'", "", " ", "a=b", "${x}", "%n"),
                List.of("run", "FILE", "inspect", "run", "help"),
                List.of("run", "--invoke", "inc", "FILE", "1", "-1"),
                List.of("run", "--invoke=inc", "FILE", "-0x1"),
                List.of("run", "--invoke=", "FILE"),
                List.of("run", "--invoke=--x", "FILE"),
                List.of("run", "--env", "K=V", "FILE"),
                List.of("run", "--env=K=V", "--env", "L=a=b,c d", "--env=M=", "FILE", "--env=N=n"),
                List.of("run", "--timeout", "5s", "--env", "K=\"v\"", "--invoke", "run", "FILE"),
                List.of("run", "--env", "K=@x", "--env", "$K=${K}", "--env", "", "FILE"),
                List.of("run", "--inherit-env", "FILE", "--deterministic"),
                List.of("run", "--dir", "a::b:ro", "--inherit-env", "--dir=.", "FILE"),
                List.of("run", "--deterministic", "--stdin", "x", "--listen=h:1", "FILE"),
                List.of("run", "ü/😀.wasm", "ü"));
    }

    @ParameterizedTest
    @MethodSource("plain")
    void bothParsersAgree(List<String> line) throws FailureException {
        String[] args = line.toArray(new String[0]);
        Arguments plain = PlainParser.parse(args);
        assertThat(plain).as("is plain").isNotNull();
        assertThat(text(plain)).isEqualTo(text(full(args)));
    }

    /** Command lines that only the full parser reads. */
    static List<List<String>> unusual() {
        return List.of(
                List.of("run", "--", "FILE", "a"),
                List.of("run", "--", "-f", "--"),
                List.of("run", "-", "a"),
                List.of("run", "--env", "-K=V", "FILE"),
                List.of("run", "--invoke", "-x", "FILE"),
                List.of("inspect", "--", "FILE"));
    }

    @ParameterizedTest
    @MethodSource("unusual")
    void unusualFormsAreLeftToTheFullParser(List<String> line) throws FailureException {
        String[] args = line.toArray(new String[0]);
        assertThat(PlainParser.parse(args)).isNull();
        assertThat(full(args)).isNotNull();
    }

    @Test
    void valuesAndOperandsAreRead() throws FailureException {
        for (Arguments parsed :
                List.of(
                        full("run", "--env", "A=1", "--timeout=2s", "--env=B=2", "f", "x", "-y"),
                        PlainParser.parse(
                                "run",
                                "--env",
                                "A=1",
                                "--timeout=2s",
                                "--env=B=2",
                                "f",
                                "x",
                                "-y"))) {
            assertThat(parsed.command()).isEqualTo(Command.RUN);
            assertThat(parsed.values(Option.ENV)).containsExactly("A=1", "B=2");
            assertThat(parsed.value(Option.TIMEOUT)).isEqualTo("2s");
            assertThat(parsed.value(Option.INVOKE)).isNull();
            assertThat(parsed.has(Option.INVOKE)).isFalse();
            assertThat(parsed.operands()).containsExactly("f", "x", "-y");
        }
    }

    @Test
    void mistakesSayWhatIsWrong() {
        assertMistake("no command is given", "kugg");
        assertMistake("unknown command 'foo'", "kugg", "foo");
        assertMistake("unknown command 'demmo'; did you mean demo?", "kugg", "demmo");
        assertMistake("unknown option '--foo'", "kugg", "--foo");
        assertMistake("Missing required parameter: 'FILE'", "kugg run", "run");
        assertMistake("Missing required parameter: 'FILE'", "kugg inspect", "inspect");
        assertMistake("unknown option '--foo'", "kugg run", "run", "--foo", "FILE");
        assertMistake(
                "unknown option '--timeot'; did you mean --timeout?",
                "kugg run",
                "run",
                "--timeot",
                "a",
                "FILE");
        assertMistake(
                "Missing required parameter for option '--invoke' (NAME)",
                "kugg run",
                "run",
                "--invoke");
        assertMistake(
                "option '--invoke' (NAME) should be specified only once",
                "kugg run",
                "run",
                "--invoke",
                "a",
                "--invoke=b",
                "FILE");
        assertMistake(
                "option '--inherit-env' should be specified only once",
                "kugg run",
                "run",
                "--inherit-env",
                "--inherit-env",
                "FILE");
        assertMistake("nothing is expected where 'b' stands", "kugg inspect", "inspect", "a", "b");
        assertMistake("nothing is expected where 'x' stands", "kugg demo", "demo", "x");
        assertMistake("unknown option '--env'", "kugg inspect", "inspect", "--env", "K=V", "f");
        assertMistake("Unknown subcommand 'foo'.", "kugg", "help", "foo");
    }

    private static void assertMistake(String message, String command, String... args) {
        assertThat(PlainParser.parse(args)).as("left to the full parser").isNull();
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> full(args))
                .withMessage(message + "\nTry '" + command + " --help'.")
                .satisfies(e -> assertThat(e.kind()).isEqualTo("usage"));
    }

    @Test
    void helpNamesEveryCommandAndOption() throws FailureException {
        for (String[] args : new String[][] {{"--help"}, {"-h"}, {"help"}}) {
            assertThat(help(args)).startsWith("Usage: kugg ").contains("demo", "run", "inspect");
        }
        for (Command command : Command.values()) {
            String help = help("help", command.text());
            assertThat(help).startsWith("Usage: kugg " + command.text());
            for (Option option : command.options()) {
                boolean takesNone = option.param() == null;
                assertThat(help).contains(option.text() + (takesNone ? " " : "=" + option.param()));
            }
            assertThat(help(command.text(), "--help")).isEqualTo(help);
            assertThat(help(command.text(), "-h")).isEqualTo(help);
        }
    }

    @Test
    void theSynopsisOfRun() throws FailureException {
        assertThat(help("run", "--help").replaceAll("\\s+", " "))
                .startsWith(
                        "Usage: kugg run [-h] [--deterministic] [--inherit-env] [--invoke=NAME]"
                                + " [--stderr=FILE] [--stdin=FILE] [--stdout=FILE]"
                                + " [--timeout=DURATION] [--dir=HOST[::GUEST][:ro]]..."
                                + " [--env=K=V]... [--limit=NAME=N]... [--listen=HOST:PORT]..."
                                + " FILE [ARGS...]"
                                + " Run the WebAssembly module");
    }

    @Test
    void versionIsTheBuilds() throws Exception {
        String pom = Files.readString(Path.of("pom.xml"));
        int start = pom.indexOf("<version>") + "<version>".length();
        String version = pom.substring(start, pom.indexOf("</version>", start));
        assertThat(help("--version").strip()).isEqualTo("kugg " + version);
        assertThat(help("-V").strip()).isEqualTo("kugg " + version);
    }

    private static Arguments full(String... args) throws FailureException {
        return FullParser.parse(System.out, args);
    }

    private static String help(String... args) throws FailureException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(PlainParser.parse(args)).isNull();
        assertThat(FullParser.parse(new PrintStream(out, true, StandardCharsets.UTF_8), args))
                .isNull();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String text(Arguments arguments) {
        StringBuilder text = new StringBuilder(arguments.command().text());
        for (Option option : Option.values()) {
            text.append('\n').append(option).append(arguments.values(option));
        }
        return text.append('\n').append(arguments.operands()).toString();
    }
}
