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
            String function = frame.getMethodName();
            if (function.indexOf('!') < 0 || isImport(frame)) {
                continue;
            }
            if (frames++ == MAX_FRAMES) {
                out.println("    ...");
                return;
            }
            out.println(Text.printable("    at " + module(frame) + "." + function));
        }
    }

    /** {@return whether a frame is the way to an imported function, and none of the guest's} */
    private static boolean isImport(StackTraceElement frame) {
        return frame.getClassName().startsWith("kugg.");
    }

    /** {@return the name of the class without its package} A module's further classes have one. */
    private static String module(StackTraceElement frame) {
        String name = frame.getClassName();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
