package dev.kugg.wasi.internal.file;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * A file of any {@link java.nio.file.FileSystem}. If an interruption of the thread closes it, it is
 * opened again by its path.
 */
final class PathFile extends OpenFile {
    private final Path path;
    private final Set<OpenOption> options;
    private final OpenMode mode;

    /** What was known when it was last seen; it may have lost its name since. */
    private Stat seen;

    private volatile SeekableByteChannel channel;
    private volatile boolean closed;

    private PathFile(
            Path path,
            Set<OpenOption> options,
            OpenMode mode,
            SeekableByteChannel channel,
            Stat seen) {
        this.path = path;
        this.options = options;
        this.mode = mode;
        this.channel = channel;
        this.seen = seen;
    }

    static PathFile open(Path path, Set<OpenOption> options, OpenMode mode) throws IOException {
        try {
            return openAs(path, options, mode);
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            // A file system without links, such as that of zip files, need not know the option.
            Set<OpenOption> plain = new HashSet<>(options);
            plain.remove(LinkOption.NOFOLLOW_LINKS);
            return openAs(path, plain, mode);
        }
    }

    private static PathFile openAs(Path path, Set<OpenOption> options, OpenMode mode)
            throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(path, options);
        try {
            Set<OpenOption> again = Handle.withoutChanges(options);
            return new PathFile(path, again, mode, channel, PathStat.of(path));
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    /** Something to do with the channel. */
    private interface Use {
        int of(SeekableByteChannel channel) throws IOException;
    }

    /** Does something that can be done twice, so that no interruption is in its way. */
    private int use(Use use) throws ErrnoException {
        if (closed) {
            throw new ErrnoException(Errno.BADF);
        }
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return PathFailures.change(path, () -> useOnce(use));
                } catch (Interrupted e) {
                    interrupted = true;
                    Thread.interrupted();
                    PathFailures.run(this::openAgain);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private int useOnce(Use use) throws IOException, ErrnoException {
        try {
            return use.of(channel);
        } catch (ClosedByInterruptException e) {
            throw new Interrupted();
        } catch (TooFar e) {
            throw new ErrnoException(Errno.FBIG);
        }
    }

    /** Says that no file of this file system has a byte at some position. */
    private static final class TooFar extends IOException {
        private static final long serialVersionUID = 1;

        TooFar(Exception cause) {
            super(cause);
        }
    }

    private SeekableByteChannel openAgain() throws IOException {
        channel = Files.newByteChannel(path, options);
        return channel;
    }

    /** Says that the channel was closed by an interruption. */
    private static final class Interrupted extends Error {
        private static final long serialVersionUID = 1;

        Interrupted() {
            super(null, null, false, false);
        }
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws ErrnoException {
        Failures.require(mode.read(), Errno.BADF);
        ByteBuffer buffer = ByteBuffer.wrap(target);
        return use(
                open -> {
                    if (position >= open.size()) {
                        return 0;
                    }
                    buffer.limit(offset + length).position(offset);
                    open.position(position);
                    return Math.max(open.read(buffer), 0);
                });
    }

    @Override
    public int write(long position, byte[] source, int offset, int length) throws ErrnoException {
        Failures.require(mode.write(), Errno.BADF);
        return use(open -> writeAt(open, position, source, offset, length));
    }

    @Override
    public int append(byte[] source, int offset, int length) throws ErrnoException {
        Failures.require(mode.write(), Errno.BADF);
        long[] end = {-1};
        return use(
                open -> {
                    if (end[0] < 0) {
                        end[0] = open.size();
                    }
                    return writeAt(open, end[0], source, offset, length);
                });
    }

    private static int writeAt(
            SeekableByteChannel open, long position, byte[] source, int offset, int length)
            throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(source, offset, length);
        try {
            open.position(position);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new TooFar(e);
        }
        return open.write(buffer);
    }

    @Override
    public Stat stat() throws ErrnoException {
        if (closed) {
            throw new ErrnoException(Errno.BADF);
        }
        return PathFailures.run(this::look);
    }

    private Stat look() throws IOException {
        try {
            Stat now = PathStat.of(path);
            if (now.inode() == seen.inode() && now.device() == seen.device()) {
                seen = now;
            }
        } catch (NoSuchFileException e) {
            // What was seen last is what is left of it.
        }
        return seen;
    }

    @Override
    public void setSize(long sizeBytes) throws ErrnoException {
        Failures.require(mode.write(), Errno.INVAL);
        use(
                open -> {
                    if (sizeBytes > open.size()) {
                        return writeAt(open, sizeBytes - 1, new byte[1], 0, 1);
                    }
                    open.truncate(sizeBytes);
                    return 0;
                });
    }

    @Override
    public void setTimes(Times times) throws ErrnoException {
        PathFailures.run(() -> PathStat.setTimes(path, times));
    }

    @Override
    public void sync(boolean metadata) throws ErrnoException {
        use(
                open -> {
                    if (open instanceof FileChannel file) {
                        file.force(metadata);
                    }
                    return 0;
                });
    }

    @Override
    public void close() {
        closed = true;
        try {
            channel.close();
        } catch (IOException e) {
            // Whoever wrote has been told what was written.
        }
    }
}
