package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;
import dev.kugg.wasi.internal.file.Stat;
import dev.kugg.wasi.internal.file.Times;

import org.jspecify.annotations.Nullable;

/**
 * What is known about a file, as the guest reads it, and the times it may set.
 *
 * @see <a
 *     href="https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md#filestat">filestat</a>
 */
final class Filestat {
    static final int SIZE_BYTES = 64;

    /** Flags of {@code fstflags}, by the specification's names. */
    private static final int ATIM = 1;

    private static final int ATIM_NOW = 1 << 1;
    private static final int MTIM = 1 << 2;
    private static final int MTIM_NOW = 1 << 3;
    private static final int FSTFLAGS_ALL = (1 << 4) - 1;

    private Filestat() {}

    /** Writes that of something of which only its kind is known. */
    static void writeType(Guest guest, long address, int fileType) throws ErrnoException {
        guest.writeZeros(address, SIZE_BYTES);
        guest.writeByte(address + 16, fileType);
    }

    static void write(Guest guest, long address, Stat stat) throws ErrnoException {
        writeType(guest, address, stat.type().number());
        guest.writeLong(address, stat.device());
        guest.writeLong(address + 8, stat.inode());
        guest.writeLong(address + 24, stat.links());
        guest.writeLong(address + 32, stat.sizeBytes());
        guest.writeLong(address + 40, timestamp(stat.accessNanos()));
        guest.writeLong(address + 48, timestamp(stat.modifyNanos()));
        guest.writeLong(address + 56, timestamp(stat.changeNanos()));
    }

    /** {@return a time as the guest can read it: for it there is none before 1970} */
    private static long timestamp(long nanos) {
        return Math.max(nanos, 0);
    }

    /** {@return the times a guest wants to set} */
    static Times times(Clocks clocks, long access, long modify, int fstflags)
            throws ErrnoException {
        if ((fstflags & ~FSTFLAGS_ALL) != 0) {
            throw new ErrnoException(Errno.INVAL);
        }
        return new Times(
                time(clocks, access, (fstflags & ATIM) != 0, (fstflags & ATIM_NOW) != 0),
                time(clocks, modify, (fstflags & MTIM) != 0, (fstflags & MTIM_NOW) != 0));
    }

    private static @Nullable Long time(Clocks clocks, long given, boolean set, boolean now)
            throws ErrnoException {
        if (set && now) {
            throw new ErrnoException(Errno.INVAL);
        }
        if (set && given < 0) {
            // It is unsigned: a time after the year 2262.
            throw new ErrnoException(Errno.OVERFLOW);
        }
        return set ? (Long) given : now ? (Long) clocks.now(Clocks.REALTIME) : null;
    }
}
