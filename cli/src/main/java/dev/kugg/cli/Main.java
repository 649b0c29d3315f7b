package dev.kugg.cli;

import dev.kugg.WasmException;

import org.jspecify.annotations.Nullable;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;

/**
 * The {@code kugg} command: reads the command line, runs the command, and turns its outcome into an
 * exit code.
 */
public final class Main {
    private static final int FAILED = 1;

    private Main() {}

    /**
     * Runs a command and ends the JVM with its exit code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        Streams streams =
                new Streams(
                        new FileInputStream(FileDescriptor.in),
                        new FileOutputStream(FileDescriptor.out),
                        new FileOutputStream(FileDescriptor.err),
                        System.out,
                        System.err);
        int code = run(streams, args);
        // A signal ends the JVM with an exit code of its own.
        if (!StopHook.isStopping()) {
            exit(code);
        }
    }

    /**
     * Ends the JVM at once. Everything is written by now and the only shutdown hook has nothing to
     * do any more, and the orderly way looks for a logger first, which takes 15 ms.
     */
    private static void exit(int code) {
        Runtime.getRuntime().halt(code);
    }

    /** {@return the exit code of a command; everything else it has to say is in the streams} */
    static int run(Streams streams, String... args) {
        try {
            Arguments parsed = PlainParser.parse(args);
            if (parsed == null) {
                parsed = FullParser.parse(streams.out(), args);
            }
            return parsed == null ? 0 : run(streams, parsed);
        } catch (FailureException e) {
            return fail(streams.err(), e.kind(), e.getMessage());
        } catch (WasmException e) {
            int code = fail(streams.err(), e.kind(), e.getMessage());
            GuestTrace.print(e, streams.err());
            return code;
        } catch (OutOfMemoryError e) {
            return fail(
                    streams.err(), "over a limit", "the JVM is out of memory: " + e.getMessage());
        }
    }

    private static int run(Streams streams, Arguments arguments) throws FailureException {
        return switch (arguments.command()) {
            case DEMO -> Demo.run();
            case RUN -> new RunCommand(streams, arguments).run();
            case INSPECT -> InspectCommand.run(streams, arguments);
        };
    }

    private static int fail(PrintStream err, String kind, @Nullable String message) {
        // A message may begin with its kind already, as "unsupported: simd" does.
        boolean named = message != null && message.startsWith(kind + ": ");
        err.println(Text.printable("Error: " + (named ? "" : kind + ": ") + message));
        return FAILED;
    }
}
