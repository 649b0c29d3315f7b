package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

/**
 * The list of buffers that {@code fd_read} and {@code fd_write} take, checked as a whole before
 * anything is done, and a cursor that walks through their bytes.
 *
 * <p>Nothing is allocated for it. Of a longer list the first 1,024 buffers count, and of more bytes
 * the first 2,147,479,552, both as on Linux: the guest is told how much was done, and asks again
 * for the rest.
 *
 * @see <a
 *     href="https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md#iovec">iovec</a>
 */
final class IoVectors {
    private static final int MAX_COUNT = 1024;
    private static final long MAX_SIZE_BYTES = 0x7fff_f000;
    private static final int IOVEC_SIZE_BYTES = 8;

    private final Guest guest;
    private final long listAddress;
    private final int count;
    private final long sizeBytes;

    /** The buffer the cursor is in, and how many of its bytes lie behind the cursor. */
    private int index;

    private long offset;

    IoVectors(Guest guest, long listAddress, long count) throws ErrnoException {
        this.guest = guest;
        this.listAddress = listAddress;
        guest.check(listAddress, count * IOVEC_SIZE_BYTES);
        this.count = (int) Math.min(count, MAX_COUNT);
        long size = 0;
        for (int i = 0; i < this.count; i++) {
            guest.check(address(i), length(i));
            size += length(i);
        }
        this.sizeBytes = Math.min(size, MAX_SIZE_BYTES);
    }

    /** {@return how many bytes are to be read or written in all} */
    long sizeBytes() {
        return sizeBytes;
    }

    /** Copies the next bytes from the guest's buffers. */
    void gather(byte[] target, int length) throws ErrnoException {
        for (int done = 0; done < length; ) {
            int step = step(length - done);
            guest.readBytes(address(index) + offset, target, done, step);
            offset += step;
            done += step;
        }
    }

    /** Copies bytes to the next places of the guest's buffers. */
    void scatter(byte[] source, int length) throws ErrnoException {
        for (int done = 0; done < length; ) {
            int step = step(length - done);
            guest.writeBytes(address(index) + offset, source, done, step);
            offset += step;
            done += step;
        }
    }

    /**
     * Moves on to a buffer with bytes left; returns how many of them to copy, at most {@code
     * wanted}. The list is in the guest's memory, so bytes that were just read may have changed it:
     * then it may end too early.
     */
    private int step(int wanted) throws ErrnoException {
        while (offset >= length(index)) {
            if (++index >= count) {
                throw new ErrnoException(Errno.FAULT);
            }
            offset = 0;
        }
        return (int) Math.min(wanted, length(index) - offset);
    }

    private long address(int i) throws ErrnoException {
        return guest.readU32(listAddress + (long) i * IOVEC_SIZE_BYTES);
    }

    private long length(int i) throws ErrnoException {
        return guest.readU32(listAddress + (long) i * IOVEC_SIZE_BYTES + 4);
    }
}
