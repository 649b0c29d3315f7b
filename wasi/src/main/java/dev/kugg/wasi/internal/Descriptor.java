package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

import org.jspecify.annotations.Nullable;

/**
 * Something open that has a number: here a stream of bytes without a position. What only files,
 * folders or sockets can do is refused.
 *
 * @see <a href="https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md#fd">fd</a>
 */
abstract sealed class Descriptor permits InputDescriptor, OutputDescriptor {
    /** Rights of {@code fdstat}, by the specification's names. */
    static final long RIGHT_FD_READ = 1 << 1;

    static final long RIGHT_FD_FDSTAT_SET_FLAGS = 1 << 3;
    static final long RIGHT_FD_WRITE = 1 << 6;
    static final long RIGHT_FD_FILESTAT_GET = 1 << 21;
    static final long RIGHT_POLL_FD_READWRITE = 1 << 27;

    private static final int FILETYPE_UNKNOWN = 0;
    private static final int FILETYPE_CHARACTER_DEVICE = 2;
    private static final int FDFLAG_NONBLOCK = 1 << 2;
    private static final int FDFLAGS_ALL = (1 << 5) - 1;
    private static final int FDSTAT_SIZE_BYTES = 24;
    private static final int FILESTAT_SIZE_BYTES = 64;
    private static final int BUFFER_SIZE_BYTES = 65_536;

    private final boolean terminal;
    private final long rights;
    private int flags;

    /** What the last transfer used, kept for the next one. */
    private byte @Nullable [] buffer;

    Descriptor(boolean terminal, long rights) {
        this.terminal = terminal;
        this.rights =
                rights
                        | RIGHT_FD_FDSTAT_SET_FLAGS
                        | RIGHT_FD_FILESTAT_GET
                        | RIGHT_POLL_FD_READWRITE;
    }

    /** {@code fd_read}: refused where this cannot be read. */
    abstract void read(Guest guest, long iovs, long count, long sizeAddress) throws ErrnoException;

    /** {@code fd_write}: refused where this cannot be written. */
    abstract void write(Guest guest, long iovs, long count, long sizeAddress) throws ErrnoException;

    final void fdstatGet(Guest guest, long address) throws ErrnoException {
        guest.writeZeros(address, FDSTAT_SIZE_BYTES);
        guest.writeByte(address, fileType());
        guest.writeShort(address + 2, flags);
        guest.writeLong(address + 8, rights);
        guest.writeLong(address + 16, 0);
    }

    /**
     * Keeps the flags. Not to block is heeded by reads; the others ask for what streams do anyway.
     */
    final void fdstatSetFlags(int value) throws ErrnoException {
        if ((value & ~FDFLAGS_ALL) != 0) {
            throw new ErrnoException(Errno.INVAL);
        }
        flags = value;
    }

    final boolean nonblocking() {
        return (flags & FDFLAG_NONBLOCK) != 0;
    }

    final void filestatGet(Guest guest, long address) throws ErrnoException {
        guest.writeZeros(address, FILESTAT_SIZE_BYTES);
        guest.writeByte(address + 16, fileType());
    }

    /**
     * {@return an array to copy through, as large as is sensible for so many bytes} It is the
     * caller's alone until it is given back: a stream of the host may call the guest, which may
     * write again.
     */
    final byte[] takeBuffer(long sizeBytes) {
        int length = (int) Math.min(sizeBytes, BUFFER_SIZE_BYTES);
        byte[] taken = buffer;
        buffer = null;
        return taken != null && taken.length >= length ? taken : new byte[length];
    }

    final void giveBuffer(byte[] given) {
        buffer = given;
    }

    private int fileType() {
        return terminal ? FILETYPE_CHARACTER_DEVICE : FILETYPE_UNKNOWN;
    }
}
