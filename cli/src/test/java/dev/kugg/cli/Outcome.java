package dev.kugg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * How a command ended.
 *
 * @param code the exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error output
 */
record Outcome(int code, String out, String err) {
    /** Runs a command in this JVM. */
    static Outcome of(String input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Streams streams =
                new Streams(
                        new ByteArrayInputStream(input.getBytes(UTF_8)),
                        out,
                        err,
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8));
        int code = Main.run(streams, args);
        return new Outcome(code, lines(out.toString(UTF_8)), lines(err.toString(UTF_8)));
    }

    static String lines(String text) {
        return text.replace(System.lineSeparator(), "\n");
    }

    /** {@return the path of a test's file} */
    static String file(String name) {
        try {
            return Path.of(Objects.requireNonNull(Outcome.class.getResource(name)).toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
