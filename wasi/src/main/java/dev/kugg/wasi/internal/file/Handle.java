package dev.kugg.wasi.internal.file;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file or folder of Linux, held open, and a path that leads to it whatever becomes of its name:
 * {@code /proc/self/fd/} and the number of its descriptor. A path that goes on behind that starts
 * in this very folder; no name before it is ever looked up again, so nobody can put another folder
 * in its place.
 *
 * <p>Invariant: who uses the path is between {@link #enter} and {@link #exit}, and only then is it
 * certain that the number is still that of this file. The last one out closes what was closed
 * meanwhile.
 */
final class Handle {
    private static final String FOLDER = "/proc/self/fd/";
    private static final Set<OpenOption> CHANGES =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.TRUNCATE_EXISTING);
    private static final int CLOSED = 1;
    private static final int USER = 2;

    /** Only for its descriptor: no thread that can be interrupted reads or writes it. */
    private final FileChannel channel;

    private final int number;
    private final Path path;

    /** What is open besides, and is closed with it. Belongs to who is between enter and exit. */
    private final List<Closeable> companions = new ArrayList<>();

    /** {@link #USER} for each user, and {@link #CLOSED}. */
    private final AtomicInteger state = new AtomicInteger();

    private Handle(FileChannel channel, int number) {
        this.channel = channel;
        this.number = number;
        this.path = Path.of(FOLDER + number);
    }

    /**
     * Opens a file or folder.
     *
     * @param path where it is
     * @param options how to open it
     * @throws IOException if it cannot be opened
     */
    static Handle open(Path path, Set<OpenOption> options) throws IOException {
        boolean interrupted = Thread.interrupted();
        Set<OpenOption> how = options;
        try {
            while (true) {
                FileChannel channel = openChannel(path, how);
                try {
                    return new Handle(channel, DescriptorNumber.of(channel));
                } catch (ClosedByInterruptException e) {
                    // It has closed the file. What opening it has changed is done already.
                    interrupted = true;
                    Thread.interrupted();
                    how = withoutChanges(options);
                } catch (IOException | RuntimeException | Error e) {
                    channel.close();
                    throw e;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Opens a channel. Where that changes something there has to be one more descriptor, with which
     * its number is found: so nothing is changed by an opening that fails behind that.
     */
    private static FileChannel openChannel(Path path, Set<OpenOption> options) throws IOException {
        if (Collections.disjoint(options, CHANGES)) {
            return FileChannel.open(path, options);
        }
        Closeable spare = DescriptorNumber.spare();
        try {
            return FileChannel.open(path, options);
        } finally {
            closeQuietly(spare);
        }
    }

    /** {@return the options by which the same file is opened once more} */
    static Set<OpenOption> withoutChanges(Set<OpenOption> options) {
        Set<OpenOption> rest = new HashSet<>(options);
        rest.removeAll(CHANGES);
        return rest;
    }

    /**
     * Begins to use the path.
     *
     * @return the path; good until {@link #exit}, which must be called
     * @throws ErrnoException {@code badf} if the handle is closed, and then there is no exit
     */
    Path enter() throws ErrnoException {
        if ((state.addAndGet(USER) & CLOSED) != 0) {
            exit();
            throw new ErrnoException(Errno.BADF);
        }
        return path;
    }

    /** Has something be closed with this, before {@link #exit}. */
    void keep(Closeable companion) {
        companions.add(companion);
    }

    /** Ends using the path. */
    void exit() {
        if (state.addAndGet(-USER) == CLOSED) {
            closeChannel();
        }
    }

    /** Closes the handle now, or when nobody uses it any more. From any thread. */
    void close() {
        if (state.getAndUpdate(s -> s | CLOSED) == 0) {
            closeChannel();
        }
    }

    private void closeChannel() {
        for (Closeable companion : companions) {
            closeQuietly(companion);
        }
        closeQuietly(channel);
        DescriptorNumber.given(number);
    }

    private static void closeQuietly(Closeable open) {
        try {
            open.close();
        } catch (IOException e) {
            // The descriptor is given back all the same, and nothing is buffered.
        }
    }
}
