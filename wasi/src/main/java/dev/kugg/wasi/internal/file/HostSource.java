package dev.kugg.wasi.internal.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** A folder of a file system of the host. */
public final class HostSource implements DirectorySource {
    private final Path path;
    private final boolean guarded;

    /**
     * Names a folder.
     *
     * @param path the folder
     * @param guarded whether it is refused where nothing can keep guests in it for certain
     */
    public HostSource(Path path, boolean guarded) {
        this.path = path;
        this.guarded = guarded;
    }

    @Override
    public Directory open(Session session) throws IOException {
        try {
            return session.count(HostRoot.open(path, guarded));
        } catch (NoSuchFileException e) {
            throw new IOException(path + ": no such directory", e);
        } catch (NotDirectoryException e) {
            throw new IOException(path + ": not a directory", e);
        } catch (AccessDeniedException e) {
            throw new IOException(path + ": permission denied", e);
        }
    }
}
