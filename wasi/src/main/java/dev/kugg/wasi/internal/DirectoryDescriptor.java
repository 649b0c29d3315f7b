package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;
import dev.kugg.wasi.internal.file.Directory;
import dev.kugg.wasi.internal.file.FileType;
import dev.kugg.wasi.internal.file.Times;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/** An open folder. One the guest was given at the start also has the name it was given by. */
final class DirectoryDescriptor extends Descriptor {
    private static final int PRESTAT_SIZE_BYTES = 8;

    private final Directory directory;
    private final Listings listings;

    /** Null where the guest opened it itself. */
    private final byte @Nullable [] givenName;

    private @Nullable Listing listing;

    /** A folder the guest opened through another one, which has handed on those rights. */
    DirectoryDescriptor(Directory directory, Listings listings, long inherited, int flags) {
        this(directory, listings, null, inherited, flags);
    }

    private DirectoryDescriptor(
            Directory directory,
            Listings listings,
            byte @Nullable [] givenName,
            long inherited,
            int flags) {
        super(
                FileType.DIRECTORY.number(),
                Rights.OF_DIRECTORY & inherited,
                Rights.INHERITED & inherited,
                flags);
        this.directory = directory;
        this.listings = listings;
        this.givenName = givenName;
    }

    /** {@return a folder the guest is given at the start} */
    static DirectoryDescriptor given(Directory directory, Listings listings, String name) {
        return new DirectoryDescriptor(
                directory, listings, name.getBytes(StandardCharsets.UTF_8), Rights.INHERITED, 0);
    }

    @Override
    Directory directory() {
        return directory;
    }

    @Override
    void read(Guest guest, long iovs, long count, long sizeAddress) throws ErrnoException {
        throw new ErrnoException(Errno.ISDIR);
    }

    @Override
    void write(Guest guest, long iovs, long count, long sizeAddress) throws ErrnoException {
        throw new ErrnoException(Errno.BADF);
    }

    @Override
    void pread(Guest guest, long iovs, long count, long position, long sizeAddress)
            throws ErrnoException {
        throw new ErrnoException(Errno.ISDIR);
    }

    @Override
    void pwrite(Guest guest, long iovs, long count, long position, long sizeAddress)
            throws ErrnoException {
        throw new ErrnoException(Errno.BADF);
    }

    /** A folder is read by cookies, and has no position. */
    @Override
    void seek(Guest guest, long offset, int whence, long positionAddress) throws ErrnoException {
        throw new ErrnoException(Errno.BADF);
    }

    @Override
    void tell(Guest guest, long positionAddress) throws ErrnoException {
        throw new ErrnoException(Errno.BADF);
    }

    @Override
    void advise(long offset, long length, int advice) throws ErrnoException {
        throw new ErrnoException(Errno.BADF);
    }

    @Override
    void allocate(long offset, long length) throws ErrnoException {
        throw new ErrnoException(Errno.BADF);
    }

    @Override
    void sync(boolean metadata) throws ErrnoException {
        directory.sync();
    }

    @Override
    void filestatGet(Guest guest, long address) throws ErrnoException {
        guest.check(address, Filestat.SIZE_BYTES);
        Filestat.write(guest, address, directory.stat());
    }

    @Override
    void setSize(long sizeBytes) throws ErrnoException {
        throw new ErrnoException(Errno.INVAL);
    }

    @Override
    void setTimes(Times times) throws ErrnoException {
        directory.setTimes(times);
    }

    @Override
    void prestatGet(Guest guest, long address) throws ErrnoException {
        byte[] name = givenName;
        if (name == null) {
            throw new ErrnoException(Errno.BADF);
        }
        // What is given is a folder: kind 0.
        guest.writeZeros(address, PRESTAT_SIZE_BYTES);
        guest.writeInt(address + 4, name.length);
    }

    @Override
    void prestatDirName(Guest guest, long address, long length) throws ErrnoException {
        byte[] name = givenName;
        if (name == null) {
            throw new ErrnoException(Errno.NOTDIR);
        }
        if (length < name.length) {
            throw new ErrnoException(Errno.NAMETOOLONG);
        }
        guest.writeBytes(address, name, 0, name.length);
    }

    @Override
    void readdir(Guest guest, long address, long length, long cookie, long sizeAddress)
            throws ErrnoException {
        guest.check(address, length);
        guest.check(sizeAddress, 4);
        Listing current = listing;
        if (current == null || cookie == Listing.FIRST_COOKIE) {
            current = listings.replace(current, directory);
            listing = current;
        }
        guest.writeInt(sizeAddress, (int) current.write(guest, address, length, cookie));
    }

    @Override
    void close() {
        listings.forget(listing);
        listing = null;
        directory.close();
    }
}
