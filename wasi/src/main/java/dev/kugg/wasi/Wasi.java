package dev.kugg.wasi;

import dev.kugg.Host;
import dev.kugg.Imports;
import dev.kugg.wasi.internal.Config;
import dev.kugg.wasi.internal.Mount;
import dev.kugg.wasi.internal.Preview1;
import dev.kugg.wasi.internal.stream.Input;
import dev.kugg.wasi.internal.stream.Output;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * WASI preview 1 as a host: what the guest is granted. Immutable; each method returns another
 * configuration, any thread may use one, and any number of instances may be started with it. Each
 * instance gets a state of its own; the streams, the clock and the source of random numbers given
 * here are shared by all of them.
 *
 * {@snippet class="dev.kugg.wasi.Snippets" region="reactor"}
 *
 * <p>A broken stream (one that throws {@link java.io.IOException}) is the error {@code io} to the
 * guest; another exception of a stream ends the guest's call and reaches its caller. The streams
 * are never closed from here.
 *
 * @see <a href="https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md">WASI preview
 *     1</a>
 */
public final class Wasi implements Host {
    private static final Wasi NOTHING = new Wasi(new Config());

    private final Config config;

    private Wasi(Config config) {
        this.config = config;
    }

    /** {@return a configuration that grants nothing} */
    public static Wasi preview1() {
        return NOTHING;
    }

    /**
     * {@return a configuration whose guests get these arguments} The default is none at all.
     *
     * @param args the whole argument list, the program's own name first: {@code args("sort", "-r")}
     * @throws IllegalArgumentException if one holds a zero character
     */
    public Wasi args(String... args) {
        List<String> copy = List.of(args);
        for (String arg : copy) {
            requireNoZero("argument", arg);
        }
        Config next = config.copy();
        next.args = copy;
        return new Wasi(next);
    }

    /**
     * {@return a configuration whose guests also find this variable in their environment} A second
     * value for the same name replaces the first.
     *
     * @param name the variable's name
     * @param value its value
     * @throws IllegalArgumentException if the name is empty or holds {@code =}, or one of the two
     *     holds a zero character
     */
    public Wasi env(String name, String value) {
        return envs(Map.of(name, value));
    }

    /**
     * {@return a configuration whose guests also find these variables in their environment} {@code
     * System.getenv()} hands on the environment of this process.
     *
     * @param variables values by name; the guest sees them in the map's order, after those given
     *     before
     * @throws IllegalArgumentException if a name is empty or holds {@code =}, or a name or value
     *     holds a zero character
     */
    public Wasi envs(Map<String, String> variables) {
        Map<String, String> all = new LinkedHashMap<>(config.environ);
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            requireName(variable.getKey());
            requireNoZero("value", variable.getValue());
            all.put(variable.getKey(), variable.getValue());
        }
        Config next = config.copy();
        next.environ = all;
        return new Wasi(next);
    }

    /**
     * {@return a configuration whose guests read their standard input from this stream} Without one
     * they are at its end at once.
     *
     * <p>A guest that waits for input can be interrupted; so a stream that may block is read by a
     * thread of its own, which asks it for no more bytes than a guest has asked for. What was read
     * for a guest that was interrupted meanwhile stays for the next read by a guest of this
     * configuration or of one derived from it, and where the stream is {@link System#in}, of any
     * configuration.
     *
     * @param in the stream; used by one thread at a time. A {@link java.io.FileInputStream} is the
     *     fastest: as long as it has bytes, the guest's own thread reads them
     */
    public Wasi stdin(InputStream in) {
        Config next = config.copy();
        next.stdin = Input.of(Objects.requireNonNull(in, "in"));
        return new Wasi(next);
    }

    /**
     * {@return a configuration whose guests write their standard output to this stream} Without one
     * it is thrown away. The stream is flushed after each write of a guest. A guest waits for as
     * long as the stream blocks; nothing ends such a wait.
     *
     * @param out the stream; used by the threads that run the guests
     */
    public Wasi stdout(OutputStream out) {
        Config next = config.copy();
        next.stdout = Output.of(Objects.requireNonNull(out, "out"));
        return new Wasi(next);
    }

    /**
     * {@return a configuration whose guests write their standard error output to this stream}
     * Without one it is thrown away. The stream is flushed after each write of a guest.
     *
     * @param err the stream; used by the threads that run the guests
     */
    public Wasi stderr(OutputStream err) {
        Config next = config.copy();
        next.stderr = Output.of(Objects.requireNonNull(err, "err"));
        return new Wasi(next);
    }

    /**
     * {@return a configuration whose guests are told which of their streams are terminals} The
     * default is none of them. On a terminal C programs show their output line by line, and some
     * programs use colours.
     *
     * @param stdin whether standard input is a terminal
     * @param stdout whether standard output is a terminal
     * @param stderr whether standard error output is a terminal
     */
    public Wasi terminals(boolean stdin, boolean stdout, boolean stderr) {
        Config next = config.copy();
        next.stdinTerminal = stdin;
        next.stdoutTerminal = stdout;
        next.stderrTerminal = stderr;
        return new Wasi(next);
    }

    /**
     * {@return a configuration whose guests read the time from this clock} The default is the
     * system's. The guest's realtime clock shows its time, the monotonic clock what has passed on
     * it since the instance started, never going back. Timeouts of {@code poll_oneoff} are measured
     * from what it shows, and waited for in real time.
     *
     * @param clock the clock; used by the threads that run the guests
     */
    public Wasi clock(InstantSource clock) {
        Config next = config.copy();
        next.clock = Objects.requireNonNull(clock, "clock");
        return new Wasi(next);
    }

    /**
     * {@return a configuration whose guests get their random bytes from this source} The default is
     * the operating system's source of secure random bytes.
     *
     * @param random the source; used by the threads that run the guests. A {@link
     *     java.security.SecureRandom} is one too
     */
    public Wasi random(RandomGenerator random) {
        Config next = config.copy();
        next.random = Objects.requireNonNull(random, "random");
        return new Wasi(next);
    }

    /**
     * {@return a configuration whose guests may read and change a directory of the host} Short for
     * {@link #dir(Root, String)} with {@link Root#of}.
     *
     * @param host the directory
     * @param guest the guest's name for it, such as {@code /data} or {@code .}
     * @throws IllegalArgumentException if the guest's name is empty or holds a zero character
     */
    public Wasi dir(Path host, String guest) {
        return dir(Root.of(host), guest);
    }

    /**
     * {@return a configuration whose guests may read a directory of the host} Short for {@link
     * #dir(Root, String)} with {@link Root#readOnly}.
     *
     * @param host the directory
     * @param guest the guest's name for it, such as {@code /data} or {@code .}
     * @throws IllegalArgumentException if the guest's name is empty or holds a zero character
     */
    public Wasi readOnlyDir(Path host, String guest) {
        return dir(Root.of(host).readOnly(), guest);
    }

    /**
     * {@return a configuration whose guests also find this directory open} The first one is their
     * descriptor 3, the next one 4, and so on. Without any a guest has no files at all.
     *
     * <p>Each instance opens the directories when it starts; where one cannot be opened, it does
     * not start but throws {@link java.io.UncheckedIOException}, whose message names the directory
     * and says what is wrong. They are closed with the instance.
     *
     * @param root the directory
     * @param guest the guest's name for it, such as {@code /data} or {@code .}; paths that begin
     *     with it lead there, and relative ones to {@code .}
     * @throws IllegalArgumentException if the guest's name is empty or holds a zero character
     */
    public Wasi dir(Root root, String guest) {
        if (guest.isEmpty()) {
            throw new IllegalArgumentException("the guest's name for a directory is empty");
        }
        requireNoZero("the guest's name for a directory", guest);
        List<Mount> all = new ArrayList<>(config.mounts);
        all.add(new Mount(guest, root.source()));
        Config next = config.copy();
        next.mounts = all;
        return new Wasi(next);
    }

    /**
     * {@return a configuration that limits what each instance may add to its directories} The
     * default is no limit. A guest that wants more is told that no space is left ({@code nospc});
     * of a write that begins below the limit the guest is told how much of it was done.
     *
     * <p>Counted is by how many bytes the guest makes files grow, by writing and by setting their
     * size, holes included; and how many files, directories and links it makes. What it takes back,
     * by cutting or removing what it has made itself, it may use again. Removing a file of somebody
     * else earns it nothing. Instances that change the same files at the same time count each for
     * itself.
     *
     * @param bytes by how many bytes files may grow
     * @param entries how many files, directories and links may be made
     * @throws IllegalArgumentException if one is negative
     */
    public Wasi quota(long bytes, long entries) {
        if (bytes < 0 || entries < 0) {
            throw new IllegalArgumentException("a quota is negative: " + bytes + ", " + entries);
        }
        Config next = config.copy();
        next.quotaBytes = bytes;
        next.quotaEntries = entries;
        return new Wasi(next);
    }

    /**
     * {@return a configuration that limits how many descriptors an instance may have open} The
     * default is 1,024. Standard streams and given directories count, but can exceed it. A guest
     * that wants one more is told so ({@code mfile}).
     *
     * @param count how many may be open at a time
     * @throws IllegalArgumentException if it is negative
     */
    public Wasi maxOpen(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("a limit is negative: " + count);
        }
        Config next = config.copy();
        next.maxDescriptors = count;
        return new Wasi(next);
    }

    /**
     * Gives an instance the functions of {@code wasi_snapshot_preview1} that its module asks for.
     *
     * @param imports takes the functions
     */
    @Override
    public void provide(Imports imports) {
        Preview1.provide(config, imports);
    }

    private static void requireName(String name) {
        if (name.isEmpty() || name.indexOf('=') >= 0) {
            throw new IllegalArgumentException("not a name for a variable: '" + name + "'");
        }
        requireNoZero("name", name);
    }

    /** The guest sees C strings, which end at their first zero. */
    private static void requireNoZero(String what, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(what + " holds a zero character: '" + text + "'");
        }
    }
}
