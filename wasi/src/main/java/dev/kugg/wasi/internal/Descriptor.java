package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;
import dev.kugg.wasi.internal.file.Directory;
import dev.kugg.wasi.internal.file.Times;

/**
 * Something open that has a number. What a method does not say otherwise, it answers as Linux does
 * for a stream of bytes without a position; what can do more overrides it.
 *
 * @see <a href="https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md#fd">fd</a>
 */
abstract class Descriptor {
    /** Flags of {@code fdflags}, by the specification's names. */
    static final int FDFLAG_APPEND = 1;

    static final int FDFLAG_DSYNC = 1 << 1;
    static final int FDFLAG_NONBLOCK = 1 << 2;
    static final int FDFLAG_RSYNC = 1 << 3;
    static final int FDFLAG_SYNC = 1 << 4;

    private static final int FDFLAGS_ALL = (1 << 5) - 1;
    private static final int FILETYPE_UNKNOWN = 0;
    private static final int FILETYPE_CHARACTER_DEVICE = 2;
    private static final int FDSTAT_SIZE_BYTES = 24;
    private static final int WHENCE_END = 2;

    private final int fileType;

    /** What applies to what this stands for; of that, what the guest has not given up. */
    private final long applicable;

    private long rights;

    /** What those have at most that are opened through this one. */
    private long inheriting;

    private int flags;

    /** A stream. */
    Descriptor(boolean terminal, long rights) {
        this(
                terminal ? FILETYPE_CHARACTER_DEVICE : FILETYPE_UNKNOWN,
                rights
                        | Rights.FD_FDSTAT_SET_FLAGS
                        | Rights.FD_FILESTAT_GET
                        | Rights.POLL_FD_READWRITE,
                Rights.NONE,
                0);
    }

    Descriptor(int fileType, long rights, long inheriting, int flags) {
        this.fileType = fileType;
        this.applicable = rights;
        this.rights = rights;
        this.inheriting = inheriting;
        this.flags = flags;
    }

    /** {@code fd_read}: refused where this cannot be read. */
    abstract void read(Guest guest, long iovs, long count, long sizeAddress) throws ErrnoException;

    /** {@code fd_write}: refused where this cannot be written. */
    abstract void write(Guest guest, long iovs, long count, long sizeAddress) throws ErrnoException;

    /** {@code poll_oneoff}: whether {@link #read} would wait; refused where it is. */
    void pollRead(Guest guest, Readiness readiness) throws ErrnoException {
        throw new ErrnoException(Errno.BADF);
    }

    /** {@code poll_oneoff}: whether {@link #write} would wait; refused where it is. */
    void pollWrite(Guest guest, Readiness readiness) throws ErrnoException {
        throw new ErrnoException(Errno.BADF);
    }

    /** {@code sock_accept}: takes a connection. */
    Descriptor accept(Guest guest, int fdflags) throws ErrnoException {
        throw new ErrnoException(Errno.NOTSOCK);
    }

    /** {@code sock_recv}. */
    void receive(Guest guest, long iovs, long count, int riflags, long sizeAddress)
            throws ErrnoException {
        throw new ErrnoException(Errno.NOTSOCK);
    }

    /** {@code sock_send}. */
    void send(Guest guest, long iovs, long count, int siflags, long sizeAddress)
            throws ErrnoException {
        throw new ErrnoException(Errno.NOTSOCK);
    }

    /** {@code sock_shutdown}. */
    void shutdown(int sdflags) throws ErrnoException {
        throw new ErrnoException(Errno.NOTSOCK);
    }

    /** {@code fd_pread}. */
    void pread(Guest guest, long iovs, long count, long position, long sizeAddress)
            throws ErrnoException {
        throw new ErrnoException(Errno.SPIPE);
    }

    /** {@code fd_pwrite}. */
    void pwrite(Guest guest, long iovs, long count, long position, long sizeAddress)
            throws ErrnoException {
        throw new ErrnoException(Errno.SPIPE);
    }

    /** {@code fd_seek}: refused for known kinds of seeking only, as others are no kinds. */
    void seek(Guest guest, long offset, int whence, long positionAddress) throws ErrnoException {
        throw new ErrnoException(whence < 0 || whence > WHENCE_END ? Errno.INVAL : Errno.SPIPE);
    }

    /** {@code fd_tell}. */
    void tell(Guest guest, long positionAddress) throws ErrnoException {
        throw new ErrnoException(Errno.SPIPE);
    }

    /** {@code fd_advise}. */
    void advise(long offset, long length, int advice) throws ErrnoException {
        throw new ErrnoException(Errno.SPIPE);
    }

    /** {@code fd_allocate}. */
    void allocate(long offset, long length) throws ErrnoException {
        throw new ErrnoException(Errno.SPIPE);
    }

    /** {@code fd_sync}, and {@code fd_datasync} without the metadata. */
    void sync(boolean metadata) throws ErrnoException {
        throw new ErrnoException(Errno.INVAL);
    }

    /** {@code fd_filestat_get}. */
    void filestatGet(Guest guest, long address) throws ErrnoException {
        Filestat.writeType(guest, address, fileType());
    }

    /** {@code fd_filestat_set_size}. */
    void setSize(long sizeBytes) throws ErrnoException {
        throw new ErrnoException(Errno.INVAL);
    }

    /** {@code fd_filestat_set_times}. */
    void setTimes(Times times) throws ErrnoException {
        throw new ErrnoException(Errno.INVAL);
    }

    /** {@code fd_prestat_get}. */
    void prestatGet(Guest guest, long address) throws ErrnoException {
        throw new ErrnoException(Errno.BADF);
    }

    /** {@code fd_prestat_dir_name}. */
    void prestatDirName(Guest guest, long address, long length) throws ErrnoException {
        throw new ErrnoException(Errno.NOTDIR);
    }

    /** {@code fd_readdir}. */
    void readdir(Guest guest, long address, long length, long cookie, long sizeAddress)
            throws ErrnoException {
        throw new ErrnoException(Errno.NOTDIR);
    }

    /** {@return the folder that paths start from} */
    Directory directory() throws ErrnoException {
        throw new ErrnoException(Errno.NOTDIR);
    }

    /** Gives back what the host holds for it. What the host itself gave stays open. */
    void close() {}

    /** Refuses what the guest has given up. What never applied is refused for what it is. */
    final void require(long right) throws ErrnoException {
        if ((right & applicable & ~rights) != 0) {
            throw new ErrnoException(Errno.NOTCAPABLE);
        }
    }

    /** {@return what those have at most that are opened through this one} */
    final long inheriting() {
        return inheriting;
    }

    final void fdstatGet(Guest guest, long address) throws ErrnoException {
        guest.check(address, FDSTAT_SIZE_BYTES);
        int type = fileType();
        guest.writeZeros(address, FDSTAT_SIZE_BYTES);
        guest.writeByte(address, type);
        guest.writeShort(address + 2, flags);
        guest.writeLong(address + 8, rights);
        guest.writeLong(address + 16, inheriting);
    }

    /**
     * Keeps the flags. Streams heed only that they are not to block; the others ask for what they
     * do anyway.
     */
    final void fdstatSetFlags(int value) throws ErrnoException {
        requireFlags(value);
        flags = value;
    }

    /** {@code fd_fdstat_set_rights}: gives rights up. */
    final void fdstatSetRights(long base, long inherited) throws ErrnoException {
        if ((base & ~rights) != 0 || (inherited & ~inheriting) != 0) {
            throw new ErrnoException(Errno.NOTCAPABLE);
        }
        rights = base;
        inheriting = inherited;
    }

    static void requireFlags(int value) throws ErrnoException {
        if ((value & ~FDFLAGS_ALL) != 0) {
            throw new ErrnoException(Errno.INVAL);
        }
    }

    final boolean nonblocking() {
        return hasFlag(FDFLAG_NONBLOCK);
    }

    final boolean hasFlag(int flag) {
        return (flags & flag) != 0;
    }

    /** {@return its kind, by the specification's number} */
    int fileType() throws ErrnoException {
        return fileType;
    }
}
