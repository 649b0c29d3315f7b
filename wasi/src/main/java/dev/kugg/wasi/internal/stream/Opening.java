package dev.kugg.wasi.internal.stream;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

import org.jspecify.annotations.Nullable;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The opening of a FIFO or a device, which may have to wait. A FIFO is opened when somebody opens
 * its other end, and a thread that waits for that cannot be got out of it by interrupting it. So a
 * daemon does it, and when the guest is stopped, the daemon is released by opening the other end:
 * for both directions at once, which on Linux never waits.
 *
 * <p>That other end is there for an instant only, but others may notice it: who waits for it is let
 * in, and then finds nobody.
 */
public final class Opening {
    /** So long somebody at the other end may take before nobody is taken to be there. */
    private static final long GRACE_NANOS = 20_000_000;

    private static final int RELEASE_SECONDS = 1;

    /** The number of {@code /dev/full}, where no write succeeds: device 7 of the first driver. */
    private static final long DEVICE_FULL = 0x107;

    private final Path path;
    private final boolean read;
    private final boolean write;
    private final boolean fifo;
    private final boolean nonblocking;
    private final Runnable afterwards;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Waiter waiter;
    private boolean done;
    private boolean abandoned;
    private @Nullable FileChannel reader;
    private @Nullable FileChannel writer;
    private @Nullable Throwable failure;
    private Errno writeErrno = Errno.IO;

    /**
     * Prepares to open something.
     *
     * @param path where it is; a symbolic link there is not followed
     * @param read whether it will be read
     * @param write whether it will be written
     * @param fifo whether it is a FIFO
     * @param nonblocking whether a FIFO is opened without waiting for its other end
     * @param afterwards run when the path is needed no more, which may be after {@link #run} was
     *     given up
     */
    public Opening(
            Path path,
            boolean read,
            boolean write,
            boolean fifo,
            boolean nonblocking,
            Runnable afterwards) {
        this.afterwards = afterwards;
        this.path = path;
        this.read = read;
        this.write = write;
        this.fifo = fifo;
        this.nonblocking = nonblocking;
    }

    /**
     * Opens it. When this has returned, {@link #input} and {@link #output} have it.
     *
     * @param opener who waits
     * @throws ErrnoException {@code nxio} if it must not wait and nobody reads it, or another errno
     */
    public void run(Waiter opener) throws ErrnoException {
        waiter = opener;
        start();
        long begin = System.nanoTime();
        boolean expectsReader = fifo && nonblocking && !read;
        boolean finished = false;
        try {
            while (!isDone()) {
                long left = begin + GRACE_NANOS - System.nanoTime();
                if (expectsReader && left <= 0) {
                    throw new ErrnoException(Errno.NXIO);
                }
                opener.await(expectsReader ? left : Long.MAX_VALUE);
            }
            finished = true;
        } finally {
            if (!finished) {
                abandon();
            }
        }
        throwFailure();
    }

    private void start() {
        try {
            Pumps.start("kugg-open", new Task(this));
        } catch (RuntimeException | Error e) {
            afterwards.run();
            throw e;
        }
    }

    /** {@return what to read it by} */
    public @Nullable Input input() {
        return reader == null ? null : Input.of(Channels.newInputStream(reader));
    }

    /** {@return what to write it by} */
    public @Nullable Output output() {
        return writer == null
                ? null
                : Output.failingWith(Channels.newOutputStream(writer), writeErrno);
    }

    /** Closes it, which ends reads and writes that wait. */
    public void close() {
        closeQuietly(reader);
        closeQuietly(writer);
    }

    private boolean isDone() {
        lock.lock();
        try {
            return done;
        } finally {
            lock.unlock();
        }
    }

    private void throwFailure() throws ErrnoException {
        Throwable thrown = failure;
        if (thrown instanceof NoSuchFileException || thrown instanceof FileNotFoundException) {
            throw new ErrnoException(Errno.NOENT);
        }
        if (thrown instanceof AccessDeniedException) {
            throw new ErrnoException(Errno.ACCES);
        }
        if (thrown instanceof IOException) {
            // A device nobody drives, or a symbolic link that was put there meanwhile.
            throw new ErrnoException(Files.isSymbolicLink(path) ? Errno.LOOP : Errno.NXIO);
        }
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
    }

    // ---- in the daemon ----

    private void open() {
        Throwable thrown = null;
        try {
            if (!fifo) {
                writeErrno = isDeviceFull() ? Errno.NOSPC : Errno.IO;
                openBoth();
            } else {
                writeErrno = Errno.PIPE;
                openFifo();
            }
        } catch (Throwable e) {
            thrown = e;
        } finally {
            // Before anybody hears of it: whoever waits may then count what is open.
            afterwards.run();
        }
        lock.lock();
        try {
            failure = thrown;
            done = true;
            if (abandoned || thrown != null) {
                close();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        Waiter waiting = waiter;
        if (waiting != null) {
            waiting.wake();
        }
    }

    private void openFifo() throws IOException {
        boolean waits = !(read && (write || nonblocking));
        if (waits) {
            openBoth();
            return;
        }
        FileChannel both = openBothEnds();
        try {
            openBoth();
        } finally {
            closeQuietly(both);
        }
    }

    private void openBoth() throws IOException {
        if (read) {
            reader = FileChannel.open(path, options(StandardOpenOption.READ));
        }
        if (write) {
            writer = FileChannel.open(path, options(StandardOpenOption.WRITE));
        }
    }

    private static Set<OpenOption> options(OpenOption... direction) {
        Set<OpenOption> options = new HashSet<>(Set.of(direction));
        options.add(LinkOption.NOFOLLOW_LINKS);
        return options;
    }

    private FileChannel openBothEnds() throws IOException {
        return FileChannel.open(path, options(StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    private boolean isDeviceFull() throws IOException {
        Object device = Files.getAttribute(path, "unix:rdev", LinkOption.NOFOLLOW_LINKS);
        return device instanceof Long number && number == DEVICE_FULL;
    }

    // ---- where it is given up ----

    /** Gets the daemon out of its waiting, and waits until it is. */
    private void abandon() {
        lock.lock();
        try {
            abandoned = true;
            if (done) {
                close();
                return;
            }
        } finally {
            lock.unlock();
        }
        if (fifo) {
            release();
        }
    }

    /** Opens both ends, and keeps them until the daemon has seen it: it may not wait yet. */
    private void release() {
        FileChannel both;
        try {
            both = openBothEnds();
        } catch (IOException e) {
            // Somebody has taken the name away: the daemon stays until somebody opens the FIFO.
            return;
        }
        try {
            awaitDone();
        } finally {
            closeQuietly(both);
        }
    }

    private void awaitDone() {
        boolean interrupted = false;
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(RELEASE_SECONDS);
            while (!done && left > 0) {
                try {
                    left = changed.awaitNanos(left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // It is closed all the same.
                return;
            }
        }
    }

    /** The daemon's work. */
    private static final class Task implements Runnable {
        private final Opening opening;

        Task(Opening opening) {
            this.opening = opening;
        }

        @Override
        public void run() {
            opening.open();
        }
    }
}
