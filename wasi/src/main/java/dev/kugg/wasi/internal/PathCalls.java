package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;
import dev.kugg.wasi.internal.file.Directory;
import dev.kugg.wasi.internal.file.FileType;
import dev.kugg.wasi.internal.file.Stat;
import dev.kugg.wasi.internal.file.Times;
import dev.kugg.wasi.internal.file.Walk;

import java.nio.charset.StandardCharsets;

/**
 * What is done with a path that starts from an open folder. {@link Walk} finds where it ends; here
 * is what happens there.
 */
final class PathCalls {
    private static final int SYMLINK_FOLLOW = 1;

    private final Descriptors descriptors;
    private final Clocks clocks;
    private final Guest guest;

    PathCalls(Descriptors descriptors, Clocks clocks, Guest guest) {
        this.descriptors = descriptors;
        this.clocks = clocks;
        this.guest = guest;
    }

    void run(Preview1Function function) throws ErrnoException {
        switch (function) {
            case PATH_CREATE_DIRECTORY ->
                    createDirectory(base(0, Rights.PATH_CREATE_DIRECTORY), path(1, 2));
            case PATH_FILESTAT_GET -> filestatGet();
            case PATH_FILESTAT_SET_TIMES -> filestatSetTimes();
            case PATH_LINK -> link();
            case PATH_OPEN -> new PathOpen(descriptors, guest).run(path(2, 3));
            case PATH_READLINK -> readlink(guest.u32(3), guest.u32(4), guest.u32(5));
            case PATH_REMOVE_DIRECTORY ->
                    removeDirectory(base(0, Rights.PATH_REMOVE_DIRECTORY), path(1, 2));
            case PATH_RENAME -> rename();
            case PATH_SYMLINK -> symlink();
            case PATH_UNLINK_FILE -> unlinkFile(base(0, Rights.PATH_UNLINK_FILE), path(1, 2));
            default -> throw new AssertionError(function);
        }
    }

    private Directory base(int index, long right) throws ErrnoException {
        return descriptors.get(guest.i32(index), right).directory();
    }

    private String path(int addressIndex, int lengthIndex) throws ErrnoException {
        return GuestPath.read(guest, guest.u32(addressIndex), guest.u32(lengthIndex));
    }

    /** {@return whether a symbolic link in the last place of a path is followed} */
    static boolean follow(int lookupflags) throws ErrnoException {
        if ((lookupflags & ~SYMLINK_FOLLOW) != 0) {
            throw new ErrnoException(Errno.INVAL);
        }
        return lookupflags != 0;
    }

    private void createDirectory(Directory base, String path) throws ErrnoException {
        try (Walk walk = GuestPath.walkToEntry(guest, base, path)) {
            requireName(walk, Errno.EXIST);
            walk.directory().createDirectory(walk.name());
        }
    }

    private void filestatGet() throws ErrnoException {
        Directory base = base(0, Rights.PATH_FILESTAT_GET);
        boolean follow = follow(guest.i32(1));
        String path = path(2, 3);
        long address = guest.u32(4);
        guest.check(address, Filestat.SIZE_BYTES);
        try (Walk walk = GuestPath.walk(guest, base, path, follow)) {
            Filestat.write(guest, address, stat(walk));
        }
    }

    /** {@return what is known about where a path ends, which is a folder if it demands one} */
    private static Stat stat(Walk walk) throws ErrnoException {
        if (walk.name().isEmpty()) {
            return walk.directory().stat();
        }
        Stat stat = walk.directory().stat(walk.name());
        if (walk.demandsDirectory() && stat.type() != FileType.DIRECTORY) {
            throw new ErrnoException(Errno.NOTDIR);
        }
        return stat;
    }

    private void filestatSetTimes() throws ErrnoException {
        Directory base = base(0, Rights.PATH_FILESTAT_SET_TIMES);
        boolean follow = follow(guest.i32(1));
        Times times = Filestat.times(clocks, guest.i64(4), guest.i64(5), guest.i32(6));
        try (Walk walk = GuestPath.walk(guest, base, path(2, 3), follow)) {
            if (walk.name().isEmpty()) {
                walk.directory().setTimes(times);
                return;
            }
            if (walk.demandsDirectory()) {
                stat(walk);
            }
            walk.directory().setTimes(walk.name(), times);
        }
    }

    private void link() throws ErrnoException {
        Directory oldBase = base(0, Rights.PATH_LINK_SOURCE);
        Directory newBase = base(4, Rights.PATH_LINK_TARGET);
        boolean follow = follow(guest.i32(1));
        try (Walk from = GuestPath.walk(guest, oldBase, path(2, 3), follow);
                Walk to = GuestPath.walkToEntry(guest, newBase, path(5, 6))) {
            requireName(to, Errno.EXIST);
            requireName(from, Errno.PERM);
            if (from.demandsDirectory()) {
                stat(from);
            }
            requireNoSlash(to);
            from.directory().link(from.name(), to.directory(), to.name());
        }
    }

    private void readlink(long address, long length, long sizeAddress) throws ErrnoException {
        Directory base = base(0, Rights.PATH_READLINK);
        guest.check(sizeAddress, 4);
        byte[] text = textOfLink(base, path(1, 2)).getBytes(StandardCharsets.UTF_8);
        int size = (int) Math.min(text.length, length);
        guest.writeBytes(address, text, 0, size);
        guest.writeInt(sizeAddress, size);
    }

    /** An absolute path names something outside, of which the guest is not to know. */
    private String textOfLink(Directory base, String path) throws ErrnoException {
        try (Walk walk = GuestPath.walk(guest, base, path, false)) {
            requireName(walk, Errno.INVAL);
            if (walk.demandsDirectory()) {
                stat(walk);
            }
            String text = walk.directory().readLink(walk.name());
            if (text.startsWith("/")) {
                throw new ErrnoException(Errno.PERM);
            }
            return text;
        }
    }

    private void removeDirectory(Directory base, String path) throws ErrnoException {
        try (Walk walk = GuestPath.walkToEntry(guest, base, path)) {
            requireName(walk, Errno.INVAL);
            walk.directory().removeDirectory(walk.name());
        }
    }

    private void rename() throws ErrnoException {
        Directory oldBase = base(0, Rights.PATH_RENAME_SOURCE);
        Directory newBase = base(3, Rights.PATH_RENAME_TARGET);
        try (Walk from = GuestPath.walkToEntry(guest, oldBase, path(1, 2));
                Walk to = GuestPath.walkToEntry(guest, newBase, path(4, 5))) {
            requireName(from, Errno.BUSY);
            requireName(to, Errno.BUSY);
            if (from.demandsDirectory() || to.demandsDirectory()) {
                requireDirectory(from);
            }
            from.directory().rename(from.name(), to.directory(), to.name());
        }
    }

    /** A symbolic link may say what it likes but for an absolute path, which leads outside. */
    private void symlink() throws ErrnoException {
        Directory base = base(2, Rights.PATH_SYMLINK);
        String text = path(0, 1);
        if (text.isEmpty()) {
            throw new ErrnoException(Errno.NOENT);
        }
        if (text.indexOf('\0') >= 0) {
            throw new ErrnoException(Errno.INVAL);
        }
        if (text.charAt(0) == '/') {
            throw new ErrnoException(Errno.PERM);
        }
        try (Walk walk = GuestPath.walkToEntry(guest, base, path(3, 4))) {
            requireName(walk, Errno.EXIST);
            requireNoSlash(walk);
            walk.directory().createSymlink(walk.name(), text);
        }
    }

    private void unlinkFile(Directory base, String path) throws ErrnoException {
        try (Walk walk = GuestPath.walkToEntry(guest, base, path)) {
            requireName(walk, Errno.ISDIR);
            if (walk.demandsDirectory()) {
                requireDirectory(walk);
            }
            walk.directory().removeFile(walk.name());
        }
    }

    /** Refuses a path that ends at a folder itself, as {@code .} does. */
    private static void requireName(Walk walk, Errno errno) throws ErrnoException {
        if (walk.name().isEmpty()) {
            throw new ErrnoException(errno);
        }
    }

    /** Refuses a path that names nothing, or no folder. */
    private static void requireDirectory(Walk walk) throws ErrnoException {
        if (walk.directory().stat(walk.name()).type() != FileType.DIRECTORY) {
            throw new ErrnoException(Errno.NOTDIR);
        }
    }

    /** Refuses a slash behind the name of something new that will be no folder. */
    private static void requireNoSlash(Walk walk) throws ErrnoException {
        if (walk.demandsDirectory()) {
            walk.directory().stat(walk.name());
            throw new ErrnoException(Errno.EXIST);
        }
    }
}
