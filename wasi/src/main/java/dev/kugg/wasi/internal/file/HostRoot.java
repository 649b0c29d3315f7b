package dev.kugg.wasi.internal.file;

import dev.kugg.wasi.internal.errno.ErrnoException;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Opens a folder of the host to be the root of what a guest sees. */
final class HostRoot {
    private HostRoot() {}

    /**
     * Opens a folder, through links if its path has some. One of the default file system is held
     * open where that can be done. One of any other is not: such a file system belongs to who made
     * it, and nobody else changes it.
     *
     * @param path the folder
     * @param guarded whether one of the default file system is refused where it cannot be held, so
     *     that other processes could lead guests out of it
     * @return the folder; the caller closes it
     * @throws IOException if it is not there or no folder, or is refused
     */
    static Directory open(Path path, boolean guarded) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString(), null, "no such directory");
        }
        if (!Files.isDirectory(path)) {
            throw new NotDirectoryException(path + " is not a directory");
        }
        if (!path.getFileSystem().equals(FileSystems.getDefault())) {
            return PathDirectory.open(path);
        }
        try {
            return held(path);
        } catch (IOException e) {
            if (guarded) {
                throw refused(path, e);
            }
            return PathDirectory.open(path);
        }
    }

    /** Holds a folder open, and looks whether what its descriptor's number leads to is it. */
    private static Directory held(Path path) throws IOException {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            throw new IOException("this is not Linux");
        }
        HeldDirectory folder = HeldDirectory.open(path);
        try {
            Stat expected = UnixStat.of(path);
            Stat held = folder.stat();
            if (held.inode() == expected.inode() && held.device() == expected.device()) {
                return folder;
            }
        } catch (ErrnoException e) {
            folder.close();
            throw new IOException("/proc/self/fd leads nowhere", e);
        }
        folder.close();
        throw new IOException("/proc/self/fd does not lead to what is open");
    }

    private static IOException refused(Path path, IOException why) {
        return new IOException(
                path
                        + " is refused, since guests cannot be kept in it for certain: that takes"
                        + " Linux with /proc, and the right to read the directory ("
                        + why.getMessage()
                        + ")",
                why);
    }
}
