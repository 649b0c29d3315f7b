package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;
import dev.kugg.wasi.internal.file.FileType;
import dev.kugg.wasi.internal.file.OpenFile;
import dev.kugg.wasi.internal.file.Times;

import org.jspecify.annotations.Nullable;

/** An open file and the guest's position in it. */
final class FileDescriptor extends Descriptor {
    private static final int WHENCE_SET = 0;
    private static final int WHENCE_CUR = 1;
    private static final int WHENCE_END = 2;
    private static final int ADVICE_MAX = 5;

    /** Not a position: the end, wherever it is by then. */
    private static final long AT_END = -1;

    /** After each write it waits for the disk. */
    private static final int ANY_SYNC = FDFLAG_DSYNC | FDFLAG_SYNC | FDFLAG_RSYNC;

    private final OpenFile file;
    private final boolean readable;
    private final boolean writable;

    /** What it is, once somebody has asked. */
    private @Nullable FileType type;

    private long position;

    FileDescriptor(OpenFile file, boolean readable, boolean writable, long inherited, int flags) {
        super(0, rights(readable, writable) & inherited, Rights.NONE, flags);
        this.file = file;
        this.readable = readable && (inherited & Rights.FD_READ) != 0;
        this.writable = writable;
    }

    private static long rights(boolean readable, boolean writable) {
        return Rights.OF_FILE
                | (readable ? Rights.FD_READ : Rights.NONE)
                | (writable ? Rights.OF_WRITABLE_FILE : Rights.NONE);
    }

    @Override
    void read(Guest guest, long iovs, long count, long sizeAddress) throws ErrnoException {
        IoVectors target = new IoVectors(guest, iovs, count);
        guest.check(sizeAddress, 4);
        requireReadable();
        long size = read(guest, target, position);
        position += size;
        guest.writeInt(sizeAddress, (int) size);
    }

    /** A file never waits; where nothing is left in it, there is still nobody who has hung up. */
    @Override
    void pollRead(Guest guest, Readiness readiness) throws ErrnoException {
        requireReadable();
        readiness.ready(Math.max(file.stat().sizeBytes() - position, 0));
    }

    /** A file takes as much as there is room for, which nobody can say. */
    @Override
    void pollWrite(Guest guest, Readiness readiness) throws ErrnoException {
        requireWritable();
        readiness.ready(1);
    }

    @Override
    void pread(Guest guest, long iovs, long count, long at, long sizeAddress)
            throws ErrnoException {
        IoVectors target = new IoVectors(guest, iovs, count);
        guest.check(sizeAddress, 4);
        requireNotNegative(at);
        requireReadable();
        requireSeekable();
        guest.writeInt(sizeAddress, (int) read(guest, target, at));
    }

    /** {@return how many bytes were read, piece by piece} */
    private long read(Guest guest, IoVectors target, long from) throws ErrnoException {
        // No file goes on behind the last position there is.
        long size = Math.min(target.sizeBytes(), Long.MAX_VALUE - from);
        byte[] buffer = guest.takeBuffer(size);
        long done = 0;
        boolean more = size > 0;
        while (more) {
            int wanted = (int) Math.min(size - done, buffer.length);
            int got = read(from + done, buffer, wanted, done > 0);
            target.scatter(buffer, got);
            done += got;
            more = got == wanted && done < size;
            if (more) {
                guest.instance().checkInterrupted();
            }
        }
        guest.giveBuffer(buffer);
        return done;
    }

    /** Reads one piece. Where earlier ones were read, the guest gets them, and not the error. */
    private int read(long from, byte[] buffer, int wanted, boolean later) throws ErrnoException {
        try {
            return file.read(from, buffer, 0, wanted);
        } catch (ErrnoException e) {
            if (later) {
                return 0;
            }
            throw e;
        }
    }

    @Override
    void write(Guest guest, long iovs, long count, long sizeAddress) throws ErrnoException {
        IoVectors source = new IoVectors(guest, iovs, count);
        guest.check(sizeAddress, 4);
        requireWritable();
        boolean append = hasFlag(FDFLAG_APPEND);
        long size = write(guest, source, append ? AT_END : position, true);
        if (append && size > 0 && isSeekable()) {
            position = file.stat().sizeBytes();
        }
        guest.writeInt(sizeAddress, (int) size);
    }

    /** Writes where it is told to, also in a file to which is appended: so POSIX has it. */
    @Override
    void pwrite(Guest guest, long iovs, long count, long at, long sizeAddress)
            throws ErrnoException {
        IoVectors source = new IoVectors(guest, iovs, count);
        guest.check(sizeAddress, 4);
        requireNotNegative(at);
        requireWritable();
        requireSeekable();
        guest.writeInt(sizeAddress, (int) write(guest, source, at, false));
    }

    /**
     * {@return how many bytes were written, piece by piece}
     *
     * @param moves whether the position moves with each piece, as the call may be stopped before
     *     the next one
     */
    private long write(Guest guest, IoVectors source, long from, boolean moves)
            throws ErrnoException {
        long size = source.sizeBytes();
        byte[] buffer = guest.takeBuffer(size);
        long done = 0;
        boolean more = size > 0;
        while (more) {
            int length = (int) Math.min(size - done, buffer.length);
            source.gather(buffer, length);
            int written = write(from == AT_END ? from : from + done, buffer, length, done > 0);
            done += written;
            if (moves) {
                position += written;
            }
            more = written == length && done < size;
            if (more) {
                guest.instance().checkInterrupted();
            }
        }
        guest.giveBuffer(buffer);
        if (done > 0 && hasFlag(ANY_SYNC)) {
            file.sync(hasFlag(FDFLAG_SYNC));
        }
        return done;
    }

    /** Writes one piece. Where earlier ones were written, the guest is told that, not the error. */
    private int write(long from, byte[] buffer, int length, boolean later) throws ErrnoException {
        try {
            if (from == AT_END) {
                return file.append(buffer, 0, length);
            }
            if (from > Long.MAX_VALUE - length) {
                throw new ErrnoException(Errno.FBIG);
            }
            return file.write(from, buffer, 0, length);
        } catch (ErrnoException e) {
            if (later) {
                return 0;
            }
            throw e;
        }
    }

    @Override
    void seek(Guest guest, long offset, int whence, long positionAddress) throws ErrnoException {
        guest.check(positionAddress, 8);
        if (whence < WHENCE_SET || whence > WHENCE_END) {
            throw new ErrnoException(Errno.INVAL);
        }
        requireSeekable();
        long next = start(whence) + offset;
        // Too far forward wraps round, and is negative as well.
        if (next < 0) {
            throw new ErrnoException(Errno.INVAL);
        }
        position = next;
        guest.writeLong(positionAddress, next);
    }

    private long start(int whence) throws ErrnoException {
        return switch (whence) {
            case WHENCE_SET -> 0;
            case WHENCE_CUR -> position;
            default -> file.stat().sizeBytes();
        };
    }

    @Override
    void tell(Guest guest, long positionAddress) throws ErrnoException {
        requireSeekable();
        guest.writeLong(positionAddress, position);
    }

    /** Advice has no effect that a guest could see, but has to be sound. */
    @Override
    void advise(long offset, long length, int advice) throws ErrnoException {
        if (offset < 0 || length < 0 || advice < 0 || advice > ADVICE_MAX) {
            throw new ErrnoException(Errno.INVAL);
        }
        requireSeekable();
    }

    @Override
    void allocate(long offset, long length) throws ErrnoException {
        requireWritable();
        if (offset < 0 || length <= 0) {
            throw new ErrnoException(Errno.INVAL);
        }
        if (offset > Long.MAX_VALUE - length) {
            throw new ErrnoException(Errno.FBIG);
        }
        requireSeekable();
        if (offset + length > file.stat().sizeBytes()) {
            file.setSize(offset + length);
        }
    }

    @Override
    void sync(boolean metadata) throws ErrnoException {
        file.sync(metadata);
    }

    @Override
    void filestatGet(Guest guest, long address) throws ErrnoException {
        guest.check(address, Filestat.SIZE_BYTES);
        Filestat.write(guest, address, file.stat());
    }

    @Override
    void setSize(long sizeBytes) throws ErrnoException {
        if (!writable || sizeBytes < 0) {
            throw new ErrnoException(Errno.INVAL);
        }
        file.setSize(sizeBytes);
    }

    @Override
    void setTimes(Times times) throws ErrnoException {
        file.setTimes(times);
    }

    @Override
    void close() {
        file.close();
    }

    @Override
    int fileType() throws ErrnoException {
        return type().number();
    }

    private FileType type() throws ErrnoException {
        FileType known = type;
        if (known == null) {
            known = file.stat().type();
            type = known;
        }
        return known;
    }

    private boolean isSeekable() throws ErrnoException {
        return type() == FileType.REGULAR_FILE || type() == FileType.BLOCK_DEVICE;
    }

    private void requireSeekable() throws ErrnoException {
        if (!isSeekable()) {
            throw new ErrnoException(Errno.SPIPE);
        }
    }

    private void requireReadable() throws ErrnoException {
        if (!readable) {
            throw new ErrnoException(Errno.BADF);
        }
    }

    private void requireWritable() throws ErrnoException {
        if (!writable) {
            throw new ErrnoException(Errno.BADF);
        }
    }

    private static void requireNotNegative(long at) throws ErrnoException {
        if (at < 0) {
            throw new ErrnoException(Errno.INVAL);
        }
    }
}
