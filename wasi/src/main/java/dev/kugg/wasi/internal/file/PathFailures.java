package dev.kugg.wasi.internal.file;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.ReadOnlyFileSystemException;

/**
 * Runs what a file system of unknown making does. What goes wrong there is an errno, whatever it
 * is: the guest must not end because a file system does not expect what the guest does.
 */
final class PathFailures {
    private PathFailures() {}

    /** Something to do with a file system. */
    interface Operation<T> {
        T run() throws IOException, ErrnoException;
    }

    static <T> T run(Operation<T> operation) throws ErrnoException {
        try {
            return operation.run();
        } catch (IOException e) {
            throw Failures.opening(e);
        } catch (ReadOnlyFileSystemException e) {
            throw new ErrnoException(Errno.ROFS);
        } catch (UnsupportedOperationException e) {
            throw new ErrnoException(Errno.NOTSUP);
        } catch (InvalidPathException e) {
            throw new ErrnoException(Errno.ILSEQ);
        } catch (ProviderMismatchException e) {
            throw new ErrnoException(Errno.XDEV);
        } catch (ClosedFileSystemException e) {
            throw new ErrnoException(Errno.BADF);
        } catch (RuntimeException e) {
            throw new ErrnoException(Errno.IO);
        }
    }

    /** Runs what changes a file system, which may be full. */
    static <T> T change(Path path, Operation<T> operation) throws ErrnoException {
        try {
            return run(operation);
        } catch (ErrnoException e) {
            Errno store = e.errno() == Errno.IO ? Failures.ofStore(path) : null;
            throw store == null ? e : new ErrnoException(store);
        }
    }
}
