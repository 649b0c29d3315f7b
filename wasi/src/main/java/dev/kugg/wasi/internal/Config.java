package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.stream.Input;
import dev.kugg.wasi.internal.stream.Output;

import org.jspecify.annotations.Nullable;

import java.nio.channels.SelectableChannel;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What a guest is granted. {@link dev.kugg.wasi.Wasi} sets the fields of a fresh copy and publishes
 * it in a final field; from then on it is only read.
 */
public final class Config {
    /** The argument list, argv[0] included. */
    public List<String> args = List.of();

    /** The environment, values by name, in the guest's order. */
    public Map<String, String> environ = Map.of();

    /** Standard input; null is one that is at its end. */
    public @Nullable Input stdin;

    /** Standard output; null throws everything away. */
    public @Nullable Output stdout;

    /** Standard error output; null throws everything away. */
    public @Nullable Output stderr;

    /** Whether the guest is told that standard input is a terminal. */
    public boolean stdinTerminal;

    /** Whether the guest is told that standard output is a terminal. */
    public boolean stdoutTerminal;

    /** Whether the guest is told that standard error output is a terminal. */
    public boolean stderrTerminal;

    /** What all clocks of the guest follow; null is the system's. */
    public @Nullable InstantSource clock;

    /** Where random bytes come from; null is the operating system. */
    public @Nullable RandomGenerator random;

    /** The folders the guest finds open, the first as descriptor 3. */
    public List<Mount> mounts = List.of();

    /** The sockets the guest finds open, behind the folders. */
    public List<SelectableChannel> sockets = List.of();

    /** Whether each instance has a time of its own, the same in each run; see {@link #clock}. */
    public boolean ownTime;

    /** What each instance's own random numbers depend on; null if {@link #random} counts. */
    public @Nullable Long seed;

    /** How many descriptors may be open at a time, the first three included. */
    public int maxDescriptors = 1024;

    /** By how many bytes the guest may make files grow in all. */
    public long quotaBytes = Long.MAX_VALUE;

    /** How many files, folders and links the guest may make. */
    public long quotaEntries = Long.MAX_VALUE;

    /** Creates a configuration that grants nothing. */
    public Config() {}

    /** {@return a copy to be changed} */
    public Config copy() {
        Config copy = new Config();
        copy.args = args;
        copy.environ = environ;
        copy.stdin = stdin;
        copy.stdout = stdout;
        copy.stderr = stderr;
        copy.stdinTerminal = stdinTerminal;
        copy.stdoutTerminal = stdoutTerminal;
        copy.stderrTerminal = stderrTerminal;
        copy.clock = clock;
        copy.random = random;
        copy.mounts = mounts;
        copy.sockets = sockets;
        copy.ownTime = ownTime;
        copy.seed = seed;
        copy.maxDescriptors = maxDescriptors;
        copy.quotaBytes = quotaBytes;
        copy.quotaEntries = quotaEntries;
        return copy;
    }
}
