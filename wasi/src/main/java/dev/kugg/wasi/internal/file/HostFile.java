package dev.kugg.wasi.internal.file;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

import org.jspecify.annotations.Nullable;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * A regular file of Linux. What it is opened by only holds it; what reads and writes it is opened
 * when it is first needed, through the number of the first, so it is the same file for certain.
 */
final class HostFile extends OpenFile {
    private final Handle handle;
    private final OpenMode mode;
    private @Nullable FileBytes bytes;
    private @Nullable FileOutputStream end;

    HostFile(Handle handle, OpenMode mode) {
        this.handle = handle;
        this.mode = mode;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws ErrnoException {
        Failures.require(mode.read(), Errno.BADF);
        Path file = handle.enter();
        try {
            return Math.max(bytes(file).read(position, target, offset, length), 0);
        } catch (IOException e) {
            throw Failures.opening(e);
        } finally {
            handle.exit();
        }
    }

    @Override
    public int write(long position, byte[] source, int offset, int length) throws ErrnoException {
        Failures.require(mode.write(), Errno.BADF);
        Path file = handle.enter();
        try {
            return bytes(file).write(position, source, offset, length);
        } catch (IOException e) {
            throw writingFailed(e, file, position);
        } finally {
            handle.exit();
        }
    }

    @Override
    public int append(byte[] source, int offset, int length) throws ErrnoException {
        Failures.require(mode.write(), Errno.BADF);
        Path file = handle.enter();
        try {
            return append(file, source, offset, length);
        } catch (IOException e) {
            throw writingFailed(e, file, 0);
        } finally {
            handle.exit();
        }
    }

    private int append(Path file, byte[] source, int offset, int length) throws IOException {
        FileOutputStream out = end;
        if (out == null) {
            out = new FileOutputStream(file.toFile(), true);
            handle.keep(out);
            end = out;
        }
        long before = bytes(file).sizeBytes();
        try {
            out.write(source, offset, length);
            return length;
        } catch (IOException e) {
            // It does not say how much of it was written before the disk was full.
            long written = bytes(file).sizeBytes() - before;
            if (written <= 0) {
                throw e;
            }
            return (int) Math.min(written, length);
        }
    }

    @Override
    public Stat stat() throws ErrnoException {
        Path file = handle.enter();
        try {
            return UnixStat.of(file);
        } catch (IOException e) {
            throw Failures.reading(e);
        } finally {
            handle.exit();
        }
    }

    @Override
    public long sizeBytes() throws ErrnoException {
        Path file = handle.enter();
        try {
            return bytes(file).sizeBytes();
        } catch (IOException e) {
            throw Failures.opening(e);
        } finally {
            handle.exit();
        }
    }

    @Override
    public void setSize(long sizeBytes) throws ErrnoException {
        Failures.require(mode.write(), Errno.INVAL);
        Path file = handle.enter();
        try {
            if (sizeBytes > bytes(file).sizeBytes()) {
                grow(file, sizeBytes);
            } else {
                bytes(file).cut(sizeBytes);
            }
        } catch (IOException e) {
            throw writingFailed(e, file, sizeBytes);
        } finally {
            handle.exit();
        }
    }

    /** Fills the file up with a hole, which a channel does not offer. */
    private static void grow(Path file, long sizeBytes) throws IOException {
        try (RandomAccessFile grown = new RandomAccessFile(file.toFile(), "rw")) {
            grown.setLength(sizeBytes);
        }
    }

    @Override
    public void setTimes(Times times) throws ErrnoException {
        Path file = handle.enter();
        try {
            UnixStat.setTimes(file, times);
        } catch (IOException e) {
            throw Failures.changing(e, file, Errno.PERM);
        } finally {
            handle.exit();
        }
    }

    @Override
    public void sync(boolean metadata) throws ErrnoException {
        Path file = handle.enter();
        try {
            bytes(file).sync(metadata);
        } catch (IOException e) {
            throw Failures.opening(e);
        } finally {
            handle.exit();
        }
    }

    private FileBytes bytes(Path file) throws IOException {
        FileBytes opened = bytes;
        if (opened == null) {
            opened = FileBytes.open(file, mode.read(), mode.write());
            handle.keep(opened);
            bytes = opened;
        }
        return opened;
    }

    private static ErrnoException writingFailed(IOException e, Path file, long position) {
        Errno errno = Failures.byType(e);
        if (errno == null) {
            errno = Failures.ofStore(file);
        }
        if (errno == null) {
            errno = reaches(file, position) ? Errno.IO : Errno.FBIG;
        }
        return new ErrnoException(errno);
    }

    /** {@return whether the file can have a byte at a position} */
    private static boolean reaches(Path file, long position) {
        try (RandomAccessFile looked = new RandomAccessFile(file.toFile(), "r")) {
            return reaches(looked, position);
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean reaches(RandomAccessFile file, long position) {
        try {
            file.seek(position);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        handle.close();
    }
}
