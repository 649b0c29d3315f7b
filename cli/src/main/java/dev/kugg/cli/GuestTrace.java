package dev.kugg.cli;

import dev.kugg.WasmException;

import java.io.PrintStream;

/** Shows where in the guest it ended: its functions, innermost first, without the host's. */
final class GuestTrace {
    private static final int MAX_FRAMES = 10;

    private GuestTrace() {}

    static void print(WasmException outcome, PrintStream out) {
        Throwable cause = outcome.getCause();
        int frames = 0;
        for (StackTraceElement frame : (cause == null ? outcome : cause).getStackTrace()) {
            String function = frame.getClassName() + "." + frame.getMethodName();
            if (function.indexOf('!') < 0) {
                continue;
            }
            if (frames++ == MAX_FRAMES) {
                out.println("    ...");
                return;
            }
            out.println(Text.printable("    at " + function));
        }
    }
}
