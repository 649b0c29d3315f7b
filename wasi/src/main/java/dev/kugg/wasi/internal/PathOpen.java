package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;
import dev.kugg.wasi.internal.file.Directory;
import dev.kugg.wasi.internal.file.OpenFile;
import dev.kugg.wasi.internal.file.OpenMode;
import dev.kugg.wasi.internal.file.SpecialFile;
import dev.kugg.wasi.internal.file.Walk;

/**
 * {@code path_open}: opens a file or a folder, and makes a file where there is none.
 *
 * @see <a
 *     href="https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md#path_open">path_open</a>
 */
final class PathOpen {
    /** Flags of {@code oflags}, by the specification's names. */
    private static final int CREAT = 1;

    private static final int DIRECTORY = 1 << 1;
    private static final int EXCL = 1 << 2;
    private static final int TRUNC = 1 << 3;
    private static final int OFLAGS_ALL = (1 << 4) - 1;

    private final Descriptors descriptors;
    private final Guest guest;
    private final boolean follow;
    private final int oflags;
    private final int fdflags;
    private final long asked;
    private final boolean write;

    /** Who does not ask to write reads, as with Linux's {@code O_RDONLY}, which is no flag. */
    private final boolean read;

    private final Descriptor base;

    PathOpen(Descriptors descriptors, Guest guest) throws ErrnoException {
        this.descriptors = descriptors;
        this.guest = guest;
        this.oflags = guest.i32(4);
        this.fdflags = guest.i32(7);
        this.base = descriptors.get(guest.i32(0), requiredRights(oflags));
        this.follow = PathCalls.follow(guest.i32(1)) && !(has(CREAT) && has(EXCL));
        this.asked = guest.i64(5);
        this.write = (asked & Rights.FD_WRITE) != 0;
        this.read = !write || (asked & Rights.FD_READ) != 0;
    }

    /** {@return what the folder is needed for} */
    private static long requiredRights(int oflags) {
        return Rights.PATH_OPEN
                | ((oflags & CREAT) != 0 ? Rights.PATH_CREATE_FILE : Rights.NONE)
                | ((oflags & TRUNC) != 0 ? Rights.PATH_FILESTAT_SET_SIZE : Rights.NONE);
    }

    private boolean has(int oflag) {
        return (oflags & oflag) != 0;
    }

    void run(String path) throws ErrnoException {
        Directory from = base.directory();
        long fdAddress = guest.u32(8);
        guest.check(fdAddress, 4);
        Descriptor.requireFlags(fdflags);
        requireSound();
        descriptors.requireRoom();
        refuseToCreateDirectory(from, path);
        int fd;
        try (Walk walk = GuestPath.walk(guest, from, path, follow)) {
            fd = descriptors.add(open(walk));
        }
        guest.writeInt(fdAddress, fd);
    }

    /** Refuses flags that contradict each other, and rights that are not handed on. */
    private void requireSound() throws ErrnoException {
        if ((oflags & ~OFLAGS_ALL) != 0 || has(DIRECTORY) && has(CREAT | EXCL | TRUNC)) {
            throw new ErrnoException(Errno.INVAL);
        }
        if ((asked & (Rights.FD_READ | Rights.FD_WRITE) & ~base.inheriting()) != 0) {
            throw new ErrnoException(Errno.NOTCAPABLE);
        }
    }

    /** A slash at the end asks for a folder, and those are not made so, whatever is there. */
    private void refuseToCreateDirectory(Directory from, String path) throws ErrnoException {
        if (has(CREAT) && path.endsWith("/")) {
            try (Walk walk = GuestPath.walkToEntry(guest, from, path)) {
                if (!walk.name().isEmpty()) {
                    throw new ErrnoException(Errno.ISDIR);
                }
            }
        }
    }

    private Descriptor open(Walk walk) throws ErrnoException {
        if (walk.name().isEmpty()) {
            requireOpensDirectory();
            return directory(walk.directory().reopen());
        }
        if (has(DIRECTORY)) {
            return openDirectory(walk);
        }
        if (walk.demandsDirectory()) {
            walk.directory().stat(walk.name());
            requireOpensDirectory();
            return openDirectory(walk);
        }
        try {
            return file(walk.directory().openFile(walk.name(), mode()));
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ISDIR || write || has(CREAT | TRUNC)) {
                throw e;
            }
            return openDirectory(walk);
        }
    }

    private OpenMode mode() {
        // To empty a file takes writing; the descriptor is not writable for that.
        return new OpenMode(
                read,
                write || has(TRUNC),
                has(CREAT),
                has(CREAT) && has(EXCL),
                has(TRUNC),
                (fdflags & Descriptor.FDFLAG_NONBLOCK) != 0);
    }

    private Descriptor openDirectory(Walk walk) throws ErrnoException {
        Directory opened = walk.directory().openDirectory(walk.name());
        if (write) {
            opened.close();
            throw new ErrnoException(Errno.ISDIR);
        }
        return directory(opened);
    }

    /** Refuses what cannot be asked for where a path means a folder that is there. */
    private void requireOpensDirectory() throws ErrnoException {
        if (has(CREAT) && has(EXCL)) {
            throw new ErrnoException(Errno.EXIST);
        }
        if (write || has(CREAT | TRUNC)) {
            throw new ErrnoException(Errno.ISDIR);
        }
    }

    private Descriptor directory(Directory opened) {
        return new DirectoryDescriptor(opened, descriptors.listings(), base.inheriting(), fdflags);
    }

    private Descriptor file(OpenFile opened) throws ErrnoException {
        if (opened instanceof SpecialFile special) {
            return SpecialDescriptor.open(special, guest, read, write, base.inheriting(), fdflags);
        }
        return new FileDescriptor(opened, read, write, base.inheriting(), fdflags);
    }
}
