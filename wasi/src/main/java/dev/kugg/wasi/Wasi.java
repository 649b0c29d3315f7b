package dev.kugg.wasi;

import dev.kugg.Host;
import dev.kugg.Imports;
import dev.kugg.wasi.internal.Config;
import dev.kugg.wasi.internal.Mount;
import dev.kugg.wasi.internal.Preview1;
import dev.kugg.wasi.internal.stream.Input;
import dev.kugg.wasi.internal.stream.Output;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
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
     * {@return a configuration whose guests read these bytes as their standard input} Each instance
     * reads on where another one of this configuration has stopped.
     *
     * @param bytes the input
     */
    public Wasi stdin(byte[] bytes) {
        return stdin(new ByteArrayInputStream(bytes.clone()));
    }

    /**
     * {@return a configuration whose guests read this text, as UTF-8, as their standard input} Each
     * instance reads on where another one of this configuration has stopped.
     *
     * @param text the input
     */
    public Wasi stdin(String text) {
        return stdin(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * {@return a configuration whose guests have this process's standard streams} For a command
     * that is to behave like one of this system. Nothing of it is the default.
     */
    public Wasi inheritStdio() {
        return stdin(System.in).stdout(System.out).stderr(System.err);
    }

    /**
     * {@return a configuration whose guests write their standard output to this stream} Without one
     * it is thrown away. The stream is flushed after each write of a guest.
     *
     * <p>A guest that waits for output can be interrupted; so a stream of the JDK that may block (a
     * {@link java.io.FileOutputStream} into a pipe or terminal, {@link System#out} on one, any
     * other one but a {@link java.io.ByteArrayOutputStream}) is written by a thread of its own.
     * What it had been given for a guest that was interrupted meanwhile is still written, once,
     * before anything else of this configuration or of one derived from it. A stream of any other
     * class is written by the guest's own thread, and may call the guest in turn; if it blocks,
     * nothing ends the wait.
     *
     * <p>To the guest a pipe nobody reads is the error {@code pipe}, a full disk {@code nospc},
     * where the system tells them apart, which Linux does.
     *
     * @param out the stream
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
     * {@return a configuration whose guests write their standard output to this consumer, line by
     * line} For a logger, {@code stdoutLines(line -> logger.log(Level.INFO, line))}.
     *
     * <p>Lines are UTF-8 and come without their line feed, and without a carriage return before it.
     * An unfinished last one comes when the guest closes its output, or when the instance closes. A
     * line longer than 64 KiB comes in pieces. Each instance has lines of its own, whatever others
     * write meanwhile.
     *
     * @param lines takes each line, on the thread that runs the guest; the unfinished one on the
     *     thread that closes the instance. What it throws ends the guest's call
     */
    public Wasi stdoutLines(Consumer<? super String> lines) {
        Config next = config.copy();
        next.stdout = Output.ofLines(Objects.requireNonNull(lines, "lines"));
        return new Wasi(next);
    }

    /**
     * {@return a configuration whose guests write their standard error output to this consumer,
     * line by line} As {@link #stdoutLines} does.
     *
     * @param lines takes each line
     */
    public Wasi stderrLines(Consumer<? super String> lines) {
        Config next = config.copy();
        next.stderr = Output.ofLines(Objects.requireNonNull(lines, "lines"));
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
        next.ownTime = false;
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
        next.seed = null;
        return new Wasi(next);
    }

    /**
     * {@return a configuration whose guests find the same time and the same random numbers in each
     * run} For tests, and for what is to be repeated exactly. It replaces what was given by {@link
     * #clock} and {@link #random}, and is replaced by what they give later.
     *
     * <p>Each instance has a time of its own: it starts at 2000-01-01T00:00:00Z, each look at a
     * clock takes a millisecond, and a guest that waits for nothing but a time finds at once that
     * it has passed. What a guest learns from files, streams and sockets is still what they hold.
     *
     * @param seed what the random numbers depend on
     */
    public Wasi deterministic(long seed) {
        Config next = config.copy();
        next.ownTime = true;
        next.seed = seed;
        return new Wasi(next);
    }

    /** {@return the same as {@code deterministic(0)}} */
    public Wasi deterministic() {
        return deterministic(0);
    }

    /**
     * {@return a configuration whose guests also find this socket open, and may accept connections
     * from it} Sockets come behind all directories: without any, the first one is descriptor 3.
     *
     * <p>Each instance that starts sets the channel to non-blocking mode, and none ever closes it;
     * while one is open, the host should not change that mode. Several instances may share it: each
     * connection goes to one of them. Connections a guest has accepted are closed when it closes
     * them, or with its instance.
     *
     * @param listener the socket, which is bound
     */
    public Wasi listen(ServerSocketChannel listener) {
        return socket(Objects.requireNonNull(listener, "listener"));
    }

    /**
     * {@return a configuration whose guests also find this connection open} As with {@link #listen}
     * it comes behind all directories, is set to non-blocking mode, and is not closed.
     *
     * @param connection the socket, which is connected; for one instance at a time
     */
    public Wasi connection(SocketChannel connection) {
        return socket(Objects.requireNonNull(connection, "connection"));
    }

    private Wasi socket(SelectableChannel channel) {
        List<SelectableChannel> all = new ArrayList<>(config.sockets);
        all.add(channel);
        Config next = config.copy();
        next.sockets = all;
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
     * @throws IllegalArgumentException if the guest's name is empty or holds a zero character, or
     *     another directory has it already
     */
    public Wasi dir(Root root, String guest) {
        if (guest.isEmpty()) {
            throw new IllegalArgumentException("the guest's name for a directory is empty");
        }
        requireNoZero("the guest's name for a directory", guest);
        for (Mount mount : config.mounts) {
            if (mount.guestPath().equals(guest)) {
                throw new IllegalArgumentException("two directories for the guest's " + guest);
            }
        }
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
