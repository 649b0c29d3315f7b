package dev.kugg.wasi.internal.file;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Why a link or a rename of entries of held folders has failed, found out by looking again, in the
 * order in which Linux looks.
 */
final class HeldFailures {
    private HeldFailures() {}

    /** {@return why an entry could not be opened} */
    static ErrnoException ofOpen(IOException e, Path entry) {
        return isLink(entry) ? new ErrnoException(Errno.LOOP) : Failures.opening(e);
    }

    /** {@return why a file could not be made, or be opened to be changed} */
    static ErrnoException ofChange(IOException e, Path folder, Path entry) {
        ErrnoException failure = ofOpen(e, entry);
        if (failure.errno() != Errno.IO) {
            return failure;
        }
        return Files.exists(entry, LinkOption.NOFOLLOW_LINKS)
                ? Failures.changing(e, entry, Errno.TXTBSY)
                : Failures.changing(e, folder, Errno.NOSPC);
    }

    /** {@return whether an entry is a link} That shows in the exception's message alone. */
    private static boolean isLink(Path entry) {
        return Files.isSymbolicLink(entry);
    }

    /** {@return why a name could not be given, as far as is known} */
    static Errno ofLink(Path file, Path targetFolder) {
        try {
            Stat stat = UnixStat.ofEntry(file);
            if (stat == null) {
                return Errno.NOENT;
            }
            return stat.device() == UnixStat.of(targetFolder).device() ? Errno.PERM : Errno.XDEV;
        } catch (IOException e) {
            return Errno.IO;
        }
    }

    /** {@return why an entry could not be moved; null if nothing speaks against it} */
    static @Nullable Errno ofRename(IOException e, Path entry, Path targetFolder, Path target) {
        Errno errno = Failures.byType(e);
        if (errno != null) {
            return errno == Errno.EXIST ? Errno.NOTEMPTY : errno;
        }
        try {
            Stat from = UnixStat.ofEntry(entry);
            if (from == null) {
                return Errno.NOENT;
            }
            Stat folder = UnixStat.of(targetFolder);
            if (from.device() != folder.device()) {
                // That they are of different ones shows in the exception's type: this is a mount.
                return Errno.BUSY;
            }
            boolean directory = from.type() == FileType.DIRECTORY;
            if (directory && isWithin(targetFolder, folder, from)) {
                return Errno.INVAL;
            }
            Stat to = UnixStat.ofEntry(target);
            if (to == null) {
                return null;
            }
            if (directory != (to.type() == FileType.DIRECTORY)) {
                return directory ? Errno.NOTDIR : Errno.ISDIR;
            }
            return directory ? Errno.NOTEMPTY : null;
        } catch (IOException again) {
            return null;
        }
    }

    /** {@return why an entry could not be removed} */
    static ErrnoException ofRemove(IOException e, Path folder, Path entry) {
        if (Failures.byType(e) == null && isMount(folder, entry)) {
            return new ErrnoException(Errno.BUSY);
        }
        ErrnoException failure = Failures.changing(e, folder, Errno.PERM);
        // A full disk is no reason.
        return failure.errno() == Errno.NOSPC ? new ErrnoException(Errno.PERM) : failure;
    }

    private static boolean isMount(Path folder, Path entry) {
        try {
            Stat stat = UnixStat.ofEntry(entry);
            return stat != null && stat.device() != UnixStat.of(folder).device();
        } catch (IOException e) {
            return false;
        }
    }

    /** {@return whether a folder is another one, or lies in it} Only looks; opens nothing. */
    private static boolean isWithin(Path path, Stat stat, Stat other) throws IOException {
        Path above = path;
        Stat now = stat;
        while (true) {
            if (now.inode() == other.inode() && now.device() == other.device()) {
                return true;
            }
            above = above.resolve("..");
            Stat next = UnixStat.of(above);
            if (next.inode() == now.inode() && next.device() == now.device()) {
                return false;
            }
            now = next;
        }
    }
}
