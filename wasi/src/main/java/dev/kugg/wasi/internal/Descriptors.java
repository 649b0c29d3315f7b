package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;
import dev.kugg.wasi.internal.file.Directory;
import dev.kugg.wasi.internal.file.Session;
import dev.kugg.wasi.internal.stream.Output;
import dev.kugg.wasi.internal.stream.Waiter;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * The open descriptors of one instance by number. At the start these are 0, 1 and 2: standard
 * input, output and error output, whether or not the host gave a stream for them; then what the
 * host gave besides. What is opened later gets the lowest number that is free.
 */
final class Descriptors implements Runnable {
    /** Made with the first folder. */
    private @Nullable Listings listings;

    private final Waiter waiter;
    private final int max;
    private @Nullable Descriptor[] open;

    /** No number below this one is free. */
    private int lowestFree;

    private boolean closed;
    private @Nullable Session session;

    Descriptors(Config config, Waiter waiter) {
        this.waiter = waiter;
        this.max = config.maxDescriptors;
        this.open =
                new @Nullable Descriptor[] {
                    new InputDescriptor(config.stdin, config.stdinTerminal),
                    new OutputDescriptor(own(config.stdout), config.stdoutTerminal),
                    new OutputDescriptor(own(config.stderr), config.stderrTerminal)
                };
        this.lowestFree = open.length;
    }

    private static @Nullable Output own(@Nullable Output output) {
        return output == null ? null : output.forInstance();
    }

    /** {@return whether something is to be given back or finished when the instance closes} */
    static boolean needClosing(Config config) {
        return !config.mounts.isEmpty()
                || !config.sockets.isEmpty()
                || config.stdout != null && config.stdout.needsFinish()
                || config.stderr != null && config.stderr.needsFinish();
    }

    /** Ends the session of the folders once everything is closed. */
    void endAtClose(Session of) {
        session = of;
    }

    /** Gives the guest the next of the folders it finds open at the start. */
    void give(Directory directory, String guestPath) {
        give(DirectoryDescriptor.given(directory, listings(), guestPath));
    }

    /** Gives the guest the next of what it finds open at the start. */
    void give(Descriptor descriptor) {
        int fd = open.length;
        open = Arrays.copyOf(open, fd + 1);
        open[fd] = descriptor;
        lowestFree = fd + 1;
    }

    /**
     * {@return an open descriptor}
     *
     * @param right what is going to be done with it
     * @throws ErrnoException {@code badf} if it is not open, {@code notcapable} if the guest has
     *     given up that right
     */
    Descriptor get(int fd, long right) throws ErrnoException {
        Descriptor descriptor = get(fd);
        descriptor.require(right);
        return descriptor;
    }

    Descriptor get(int fd) throws ErrnoException {
        // A negative number is a large unsigned one to the guest, and never open.
        Descriptor descriptor = fd >= 0 && fd < open.length ? open[fd] : null;
        if (descriptor == null) {
            throw new ErrnoException(Errno.BADF);
        }
        return descriptor;
    }

    /** {@return what the open folders remember of their names} */
    Listings listings() {
        Listings known = listings;
        if (known == null) {
            known = new Listings();
            listings = known;
        }
        return known;
    }

    /** Refuses where no more may be opened, before anything is done for it. */
    void requireRoom() throws ErrnoException {
        if (closed || nextFree() >= max) {
            throw new ErrnoException(Errno.MFILE);
        }
    }

    /**
     * Gives a descriptor the lowest free number.
     *
     * @throws ErrnoException {@code mfile} if there is none; the descriptor is closed then
     */
    int add(Descriptor descriptor) throws ErrnoException {
        try {
            requireRoom();
        } catch (ErrnoException e) {
            descriptor.close();
            throw e;
        }
        int fd = lowestFree;
        if (fd == open.length) {
            open = Arrays.copyOf(open, Math.min(max, 2 * fd + 8));
        }
        open[fd] = descriptor;
        lowestFree = fd + 1;
        return fd;
    }

    private int nextFree() {
        while (lowestFree < open.length && open[lowestFree] != null) {
            lowestFree++;
        }
        return lowestFree;
    }

    /** Closes a descriptor. A stream of the host's behind it stays open: it is the host's. */
    void close(int fd) throws ErrnoException {
        Descriptor descriptor = get(fd);
        remove(fd);
        descriptor.close();
    }

    /** Moves a descriptor to the number of another one that is open, which is closed. */
    void renumber(int from, int to) throws ErrnoException {
        Descriptor moved = get(from);
        Descriptor replaced = get(to);
        if (from != to) {
            remove(from);
            open[to] = moved;
            replaced.close();
        }
    }

    private void remove(int fd) {
        open[fd] = null;
        lowestFree = Math.min(lowestFree, fd);
    }

    /** Told that the instance is closed. */
    @Override
    public void run() {
        closeAll();
    }

    /** Closes all descriptors; none is opened any more. */
    void closeAll() {
        closed = true;
        RuntimeException first = null;
        for (int fd = 0; fd < open.length; fd++) {
            Descriptor descriptor = open[fd];
            if (descriptor != null) {
                open[fd] = null;
                try {
                    descriptor.close();
                } catch (RuntimeException e) {
                    // Who takes the last line of an output may throw.
                    first = first == null ? e : first;
                }
            }
        }
        waiter.close();
        if (session != null) {
            session.end();
        }
        if (first != null) {
            throw first;
        }
    }
}
