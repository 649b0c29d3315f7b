package dev.kugg.wasi.internal.file;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/** What a file system of any kind knows about a file itself: no link is followed. */
final class PathStat {
    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private PathStat() {}

    static Stat of(Path path) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return UnixStat.of(path, LinkOption.NOFOLLOW_LINKS);
        }
        BasicFileAttributes attributes =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        long modified = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        return new Stat(
                type(attributes),
                0,
                inode(path, attributes.fileKey()),
                1,
                attributes.size(),
                attributes.lastAccessTime().to(TimeUnit.NANOSECONDS),
                modified,
                modified);
    }

    /** {@return what is at a path; null if there is nothing} */
    static @Nullable FileType typeOf(Path path) throws IOException {
        try {
            return of(path).type();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Sets a file's times, and gives the file, as {@link PathFailures} wants a result. */
    static Path setTimes(Path path, Times times) throws IOException {
        UnixStat.setTimes(path, times, LinkOption.NOFOLLOW_LINKS);
        return path;
    }

    private static FileType type(BasicFileAttributes attributes) {
        if (attributes.isRegularFile()) {
            return FileType.REGULAR_FILE;
        }
        if (attributes.isDirectory()) {
            return FileType.DIRECTORY;
        }
        return attributes.isSymbolicLink() ? FileType.SYMBOLIC_LINK : FileType.UNKNOWN;
    }

    /** {@return a number for a file} Where the file system has none, it stands for the path. */
    private static long inode(Path path, @Nullable Object key) {
        if (key instanceof Number number) {
            return number.longValue();
        }
        String text = key == null ? path.toAbsolutePath().toString() : key.toString();
        long hash = FNV_BASIS;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }
}
