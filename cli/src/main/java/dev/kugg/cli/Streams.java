package dev.kugg.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Where a command reads and writes. The guest's streams go to the same places as {@code out} and
 * {@code err}, without their buffers.
 *
 * @param in the guest's standard input
 * @param guestOut the guest's standard output
 * @param guestErr the guest's standard error output
 * @param out what the command itself prints
 * @param err the command's error messages
 */
record Streams(
        InputStream in,
        OutputStream guestOut,
        OutputStream guestErr,
        PrintStream out,
        PrintStream err) {}
