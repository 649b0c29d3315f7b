package dev.kugg.wasi.internal.file;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;

/**
 * The errno of an exception. Its type says it where there is a type for it. Where there is none the
 * file system is asked again, since the message is in the user's language.
 */
final class Failures {
    private Failures() {}

    /** Refuses what needs a condition that does not hold. */
    static void require(boolean condition, Errno otherwise) throws ErrnoException {
        if (!condition) {
            throw new ErrnoException(otherwise);
        }
    }

    /** {@return what its type says; null if it says nothing} */
    static @Nullable Errno byType(IOException e) {
        if (e instanceof NoSuchFileException) {
            return Errno.NOENT;
        }
        if (e instanceof FileAlreadyExistsException) {
            return Errno.EXIST;
        }
        if (e instanceof DirectoryNotEmptyException) {
            return Errno.NOTEMPTY;
        }
        if (e instanceof NotDirectoryException) {
            return Errno.NOTDIR;
        }
        if (e instanceof AccessDeniedException) {
            return Errno.ACCES;
        }
        if (e instanceof FileSystemLoopException) {
            return Errno.LOOP;
        }
        if (e instanceof AtomicMoveNotSupportedException) {
            return Errno.XDEV;
        }
        if (e instanceof NotLinkException) {
            return Errno.INVAL;
        }
        if (e instanceof NoDescriptorException) {
            return Errno.MFILE;
        }
        return e instanceof ClosedChannelException ? Errno.BADF : null;
    }

    /** {@return the errno of what has changed nothing anyway} */
    static ErrnoException reading(IOException e) {
        Errno errno = byType(e);
        return new ErrnoException(errno == null ? Errno.IO : errno);
    }

    /** {@return the errno of opening something, which may fail for want of descriptors} */
    static ErrnoException opening(IOException e) {
        Errno errno = byType(e);
        if (errno == null) {
            errno = descriptorsAreUsedUp() ? Errno.MFILE : Errno.IO;
        }
        return new ErrnoException(errno);
    }

    /**
     * {@return the errno of a change that the names themselves would allow}
     *
     * @param e how it failed
     * @param folder where
     * @param otherwise what it is unless the file system is full or cannot be changed
     */
    static ErrnoException changing(IOException e, Path folder, Errno otherwise) {
        Errno errno = byType(e);
        if (errno == null) {
            errno = ofStore(folder);
        }
        if (errno == null) {
            errno = Files.isWritable(folder) ? otherwise : Errno.PERM;
        }
        return new ErrnoException(errno);
    }

    /** {@return why nothing can be added to a file system; null if no reason is known} */
    static @Nullable Errno ofStore(Path path) {
        try {
            FileStore store = Files.getFileStore(path);
            if (store.isReadOnly()) {
                return Errno.ROFS;
            }
            return store.getUsableSpace() == 0 ? Errno.NOSPC : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** {@return whether this process can open nothing more} */
    static boolean descriptorsAreUsedUp() {
        return new File("/proc/self/fd").list() == null;
    }
}
