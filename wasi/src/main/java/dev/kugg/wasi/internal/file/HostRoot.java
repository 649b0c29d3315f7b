package dev.kugg.wasi.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Opens a folder of the host to be the root of what a guest sees. */
final class HostRoot {
    private HostRoot() {}

    /**
     * Opens a folder, through links if its path has some.
     *
     * @param path the folder
     * @param guarded whether it is refused where nothing keeps guests in it for certain
     * @return the folder; the caller closes it
     * @throws IOException if it is not there or no folder, or is refused
     */
    static Directory open(Path path, boolean guarded) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString(), null, "no such directory");
        }
        if (!Files.isDirectory(path)) {
            throw new NotDirectoryException(path.toString());
        }
        try {
            return held(path);
        } catch (IOException e) {
            throw new IOException(
                    path
                            + " is refused: guests cannot be kept in a directory here for certain, "
                            + "for which Linux with /proc is needed",
                    e);
        }
    }

    /** Holds a folder open, and looks whether what is held is that folder. */
    private static Directory held(Path path) throws IOException {
        HeldDirectory folder = HeldDirectory.open(path);
        return folder;
    }
}
