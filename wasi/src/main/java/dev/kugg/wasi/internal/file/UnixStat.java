package dev.kugg.wasi.internal.file;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** What the default file system of a Unix knows about a file. */
final class UnixStat {
    // Not "unix:*": that looks up the owner's name, too.
    private static final String ATTRIBUTES =
            "unix:mode,dev,ino,nlink,size,lastAccessTime,lastModifiedTime,ctime";

    private static final int CHARACTER_DEVICE = 0x2;
    private static final int DIRECTORY = 0x4;
    private static final int BLOCK_DEVICE = 0x6;
    private static final int REGULAR = 0x8;
    private static final int LINK = 0xa;
    private static final int SOCKET = 0xc;

    private UnixStat() {}

    /**
     * {@return what is known about a file}
     *
     * @param path where it is
     * @param options whether a symbolic link is meant itself
     * @throws IOException if it cannot be found out
     */
    static Stat of(Path path, LinkOption... options) throws IOException {
        Map<String, Object> map = Files.readAttributes(path, ATTRIBUTES, options);
        return new Stat(
                type((int) number(map, "mode")),
                number(map, "dev"),
                number(map, "ino"),
                number(map, "nlink"),
                number(map, "size"),
                nanos(map, "lastAccessTime"),
                nanos(map, "lastModifiedTime"),
                nanos(map, "ctime"));
    }

    /** {@return what an entry itself is} For half the price of the rest. */
    static FileType typeOf(Path entry) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        FileType type = type(attributes);
        return type == null ? of(entry, LinkOption.NOFOLLOW_LINKS).type() : type;
    }

    /** {@return what something is; null for devices and the like, which are not told apart here} */
    static @Nullable FileType type(BasicFileAttributes attributes) {
        if (attributes.isRegularFile()) {
            return FileType.REGULAR_FILE;
        }
        if (attributes.isDirectory()) {
            return FileType.DIRECTORY;
        }
        return attributes.isSymbolicLink() ? FileType.SYMBOLIC_LINK : null;
    }

    /** {@return what is known about an entry itself; null if there is none} */
    static @Nullable Stat ofEntry(Path entry) throws IOException {
        try {
            return of(entry, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /**
     * Sets a file's times.
     *
     * @param path where it is
     * @param options whether a symbolic link is meant itself
     * @throws IOException if that is not possible
     */
    static void setTimes(Path path, Times times, LinkOption... options) throws IOException {
        Files.getFileAttributeView(path, BasicFileAttributeView.class, options)
                .setTimes(time(times.modifyNanos()), time(times.accessNanos()), null);
    }

    private static @Nullable FileTime time(@Nullable Long nanos) {
        return nanos == null ? null : FileTime.from(nanos, TimeUnit.NANOSECONDS);
    }

    private static long number(Map<String, Object> map, String key) {
        return ((Number) Objects.requireNonNull(map.get(key))).longValue();
    }

    private static long nanos(Map<String, Object> map, String key) {
        return ((FileTime) Objects.requireNonNull(map.get(key))).to(TimeUnit.NANOSECONDS);
    }

    private static FileType type(int mode) {
        return switch (mode >> 12 & 0xf) {
            case CHARACTER_DEVICE -> FileType.CHARACTER_DEVICE;
            case DIRECTORY -> FileType.DIRECTORY;
            case BLOCK_DEVICE -> FileType.BLOCK_DEVICE;
            case REGULAR -> FileType.REGULAR_FILE;
            case LINK -> FileType.SYMBOLIC_LINK;
            case SOCKET -> FileType.SOCKET_STREAM;
            default -> FileType.UNKNOWN;
        };
    }
}
