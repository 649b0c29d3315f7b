package dev.kugg.wasi.internal.file;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;
import dev.kugg.wasi.internal.stream.Input;
import dev.kugg.wasi.internal.stream.Opening;
import dev.kugg.wasi.internal.stream.Output;
import dev.kugg.wasi.internal.stream.Waiter;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A FIFO or a device. It has no position and may have to wait, even to be opened. So {@link
 * Directory#openFile} gives it unopened; who wants to use it calls {@link #open}, while its folder
 * is still open, and then reads and writes the streams. As an {@link OpenFile} it can be asked what
 * it is, and closed.
 */
public final class SpecialFile extends OpenFile {
    private final Handle folder;
    private final Path path;
    private final Stat stat;
    private final OpenMode mode;
    private @Nullable Opening opening;
    private @Nullable Input input;
    private @Nullable Output output;

    /**
     * Creates one that is not opened yet.
     *
     * @param folder what the path is good with
     * @param path where it is
     * @param mode how it will be opened
     * @throws IOException if nothing can be found out about it
     */
    SpecialFile(Handle folder, Path path, OpenMode mode) throws IOException {
        this.folder = folder;
        this.path = path;
        this.stat = UnixStat.of(path, LinkOption.NOFOLLOW_LINKS);
        this.mode = mode;
    }

    /**
     * Opens it, waiting for the other end of a FIFO where that is needed.
     *
     * @param waiter who waits
     * @throws ErrnoException {@code nxio} for a socket, and for a FIFO nobody reads which is to be
     *     written without waiting; or another errno
     */
    public void open(Waiter waiter) throws ErrnoException {
        if (stat.type() == FileType.SOCKET_STREAM || stat.type() == FileType.SOCKET_DGRAM) {
            throw new ErrnoException(Errno.NXIO);
        }
        folder.enter();
        try {
            // Once more for the daemon, which may be at it when this has been given up.
            folder.enter();
            boolean fifo = stat.type() == FileType.UNKNOWN;
            Opening next =
                    new Opening(
                            path, mode.read(), mode.write(), fifo, mode.nonblock(), folder::exit);
            next.run(waiter);
            opening = next;
            input = next.input();
            output = next.output();
        } finally {
            folder.exit();
        }
    }

    /** {@return what to read it by; null if it was not opened to be read} */
    public @Nullable Input input() {
        return input;
    }

    /** {@return what to write it by; null if it was not opened to be written} */
    public @Nullable Output output() {
        return output;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws ErrnoException {
        throw new ErrnoException(Errno.SPIPE);
    }

    @Override
    public int write(long position, byte[] source, int offset, int length) throws ErrnoException {
        throw new ErrnoException(Errno.SPIPE);
    }

    @Override
    public int append(byte[] source, int offset, int length) throws ErrnoException {
        throw new ErrnoException(Errno.SPIPE);
    }

    /** What was known when it was opened. */
    @Override
    public Stat stat() {
        return stat;
    }

    @Override
    public void setSize(long sizeBytes) throws ErrnoException {
        throw new ErrnoException(Errno.INVAL);
    }

    @Override
    public void setTimes(Times times) throws ErrnoException {
        throw new ErrnoException(Errno.NOTSUP);
    }

    @Override
    public void sync(boolean metadata) throws ErrnoException {
        throw new ErrnoException(Errno.INVAL);
    }

    /** Also ends reads and writes that wait. */
    @Override
    public void close() {
        if (opening != null) {
            opening.close();
        }
    }
}
