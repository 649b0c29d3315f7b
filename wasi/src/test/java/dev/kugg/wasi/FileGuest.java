package dev.kugg.wasi;

import java.nio.charset.StandardCharsets;
import java.util.TreeSet;

/** A guest that works with files: {@link Preview1Guest} with the paths put into its memory. */
final class FileGuest implements AutoCloseable {
    /** Flags of {@code path_open}, by the specification's names. */
    static final int CREAT = 1;

    static final int DIRECTORY = 2;
    static final int EXCL = 4;
    static final int TRUNC = 8;

    static final long READ = 1 << 1;
    static final long WRITE = 1 << 6;

    /** The first directory it was given. */
    static final int FIRST = 3;

    static final int SECOND = 4;

    private static final int PATH = 8192;
    private static final int OTHER_PATH = 12_288;
    private static final int FD = 1000;
    private static final int STAT = 16_384;
    private static final int NAMES = 20_480;
    private static final int NAMES_SIZE_BYTES = 32_768;
    private static final int DIRENT_SIZE_BYTES = 24;

    /** Both times to what the call says. */
    private static final int SET_TIMES = 1 | 4;

    final Preview1Guest guest;

    FileGuest(Wasi wasi) {
        guest = new Preview1Guest(wasi);
    }

    private int path(int address, String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        guest.memory.writeBytes(address, bytes);
        return bytes.length;
    }

    /** Opens a path and follows a link in its last place; returns the errno, see {@link #fd}. */
    int open(int dir, String path, int oflags, long rights) {
        int length = path(PATH, path);
        return guest.call("path_open", dir, 1, PATH, length, oflags, rights, 0, 0, FD);
    }

    /** {@return what {@link #open} has opened} */
    int fd() {
        return guest.memory.readInt(FD);
    }

    int closeFd(int fd) {
        return guest.call("fd_close", fd);
    }

    int mkdir(int dir, String path) {
        return guest.call("path_create_directory", dir, PATH, path(PATH, path));
    }

    int rmdir(int dir, String path) {
        return guest.call("path_remove_directory", dir, PATH, path(PATH, path));
    }

    int unlink(int dir, String path) {
        return guest.call("path_unlink_file", dir, PATH, path(PATH, path));
    }

    int symlink(String text, int dir, String path) {
        int length = path(OTHER_PATH, text);
        return guest.call("path_symlink", OTHER_PATH, length, dir, PATH, path(PATH, path));
    }

    int link(int dir, String path, int toDir, String toPath) {
        int length = path(PATH, path);
        int toLength = path(OTHER_PATH, toPath);
        return guest.call("path_link", dir, 0, PATH, length, toDir, OTHER_PATH, toLength);
    }

    int rename(int dir, String path, int toDir, String toPath) {
        int length = path(PATH, path);
        int toLength = path(OTHER_PATH, toPath);
        return guest.call("path_rename", dir, PATH, length, toDir, OTHER_PATH, toLength);
    }

    int setTimes(int dir, String path) {
        int length = path(PATH, path);
        return guest.call("path_filestat_set_times", dir, 1, PATH, length, 1_000, 1_000, SET_TIMES);
    }

    int setTimes(int fd) {
        return guest.call("fd_filestat_set_times", fd, 1_000, 1_000, SET_TIMES);
    }

    int setSize(int fd, long sizeBytes) {
        return guest.call("fd_filestat_set_size", fd, sizeBytes);
    }

    int allocate(int fd, long offset, long lengthBytes) {
        return guest.call("fd_allocate", fd, offset, lengthBytes);
    }

    int stat(int dir, String path) {
        return guest.call("path_filestat_get", dir, 1, PATH, path(PATH, path), STAT);
    }

    /** {@return the size that {@link #stat} has found} */
    long sizeBytes() {
        return guest.memory.readLong(STAT + 32);
    }

    /** Makes a file with this content; returns the first errno that is none of success. */
    int put(int dir, String path, String content) {
        int errno = open(dir, path, CREAT | TRUNC, WRITE);
        if (errno != 0) {
            return errno;
        }
        int fd = fd();
        errno = content.isEmpty() ? 0 : guest.write(fd, content);
        closeFd(fd);
        return errno;
    }

    /** {@return the content of a file, or its errno} */
    String get(int dir, String path) {
        int errno = open(dir, path, 0, READ);
        if (errno != 0) {
            return "errno " + errno;
        }
        int fd = fd();
        errno = guest.read(fd, 4096);
        closeFd(fd);
        return errno == 0 ? guest.text() : "errno " + errno;
    }

    /** {@return the names in a folder, or its errno} */
    String list(int dir, String path) {
        int errno = open(dir, path, DIRECTORY, READ);
        if (errno != 0) {
            return "errno " + errno;
        }
        int fd = fd();
        errno = guest.call("fd_readdir", fd, NAMES, NAMES_SIZE_BYTES, 0, FD);
        closeFd(fd);
        return errno == 0 ? names(guest.memory.readInt(FD)) : "errno " + errno;
    }

    private String names(int usedBytes) {
        TreeSet<String> names = new TreeSet<>();
        for (int at = NAMES; at < NAMES + usedBytes; ) {
            int length = guest.memory.readInt(at + 16L);
            String name = guest.memory.readString(at + DIRENT_SIZE_BYTES, length);
            if (!name.equals(".") && !name.equals("..")) {
                names.add(name);
            }
            at += DIRENT_SIZE_BYTES + length;
        }
        return String.join(" ", names);
    }

    @Override
    public void close() {
        guest.close();
    }
}
