package dev.kugg.wasi;

import static dev.kugg.wasi.FileGuest.CREAT;
import static dev.kugg.wasi.FileGuest.EXCL;
import static dev.kugg.wasi.FileGuest.FIRST;
import static dev.kugg.wasi.FileGuest.READ;
import static dev.kugg.wasi.FileGuest.SECOND;
import static dev.kugg.wasi.FileGuest.TRUNC;
import static dev.kugg.wasi.FileGuest.WRITE;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.wasi.internal.errno.Errno;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What guests may add: up to the limit, at it, above it, and what they get back. */
@EnabledOnOs(OS.LINUX)
class QuotaTest {
    private static final int NOSPC = Errno.NOSPC.number();
    private static final int EXIST = Errno.EXIST.number();

    @TempDir Path folder;

    private FileGuest guest(long bytes, long entries) {
        return new FileGuest(Wasi.preview1().dir(folder, "/").quota(bytes, entries));
    }

    @Test
    void writingUpToTheLimit() throws IOException {
        try (FileGuest guest = guest(10, 100)) {
            assertThat(guest.put(FIRST, "a", "12345678")).isZero();
            assertThat(guest.put(FIRST, "b", "1234")).isZero();
            assertThat(guest.guest.size()).as("the part for which there was room").isEqualTo(2);
            assertThat(guest.put(FIRST, "c", "1")).isEqualTo(NOSPC);
            assertThat(guest.put(FIRST, "a", "12345678")).as("in place of the same").isZero();
            assertThat(guest.unlink(FIRST, "a")).isZero();
            assertThat(guest.put(FIRST, "c", "123456789")).isZero();
            assertThat(guest.guest.size()).isEqualTo(8);
        }
        assertThat(Files.size(folder.resolve("b"))).isEqualTo(2);
    }

    @Test
    void overwritingAddsNothing() {
        try (FileGuest guest = guest(4, 1)) {
            assertThat(guest.open(FIRST, "a", CREAT, READ | WRITE)).isZero();
            int fd = guest.fd();
            assertThat(guest.guest.write(fd, "1234")).isZero();
            assertThat(guest.guest.write(fd, "5")).isEqualTo(NOSPC);
            for (int i = 0; i < 5; i++) {
                assertThat(guest.guest.call("fd_seek", fd, 0, 0, 0)).isZero();
                assertThat(guest.guest.write(fd, "5678")).isZero();
            }
        }
    }

    @Test
    void sizesAreSetAndHolesCount() throws IOException {
        try (FileGuest guest = guest(1000, 10)) {
            assertThat(guest.open(FIRST, "a", CREAT, READ | WRITE)).isZero();
            int fd = guest.fd();
            assertThat(guest.setSize(fd, 1001)).isEqualTo(NOSPC);
            assertThat(guest.allocate(fd, 500, 501)).isEqualTo(NOSPC);
            assertThat(guest.setSize(fd, 1000)).isZero();
            assertThat(guest.setSize(fd, 10)).isZero();
            assertThat(guest.allocate(fd, 500, 400)).isZero();
            assertThat(guest.setSize(fd, 0)).isZero();
            assertThat(guest.guest.call("fd_seek", fd, 1000, 0, 0)).isZero();
            assertThat(guest.guest.write(fd, "x")).isEqualTo(NOSPC);
            assertThat(guest.guest.call("fd_seek", fd, 998, 0, 0)).isZero();
            assertThat(guest.guest.write(fd, "xyz")).isZero();
            assertThat(guest.guest.size()).isEqualTo(2);
            assertThat(guest.setSize(fd, Long.MAX_VALUE)).isNotZero();
        }
        assertThat(Files.size(folder.resolve("a"))).isEqualTo(1000);
    }

    @Test
    void whatOthersMadeEarnsNothing() throws IOException {
        Files.writeString(folder.resolve("old"), "x".repeat(100));
        Files.createDirectory(folder.resolve("dir"));
        try (FileGuest guest = guest(10, 1)) {
            assertThat(guest.open(FIRST, "old", TRUNC, WRITE)).isZero();
            int fd = guest.fd();
            assertThat(guest.guest.write(fd, "12345678901")).isZero();
            assertThat(guest.guest.size()).isEqualTo(10);
            assertThat(guest.closeFd(fd)).isZero();
            assertThat(guest.rmdir(FIRST, "dir")).isZero();
            assertThat(guest.mkdir(FIRST, "dir")).isZero();
            assertThat(guest.mkdir(FIRST, "dir2")).isEqualTo(NOSPC);
            assertThat(guest.unlink(FIRST, "old")).isZero();
            assertThat(guest.mkdir(FIRST, "dir2")).isEqualTo(NOSPC);
        }
    }

    /** A file without a name keeps its room until it is closed. */
    @Test
    void removedWhileOpen() {
        try (FileGuest guest = guest(10, 10)) {
            assertThat(guest.open(FIRST, "a", CREAT, WRITE)).isZero();
            int fd = guest.fd();
            assertThat(guest.guest.write(fd, "1234567890")).isZero();
            assertThat(guest.unlink(FIRST, "a")).isZero();
            assertThat(guest.put(FIRST, "b", "1")).isEqualTo(NOSPC);
            assertThat(guest.closeFd(fd)).isZero();
            assertThat(guest.put(FIRST, "b", "1234567890")).isZero();
            assertThat(guest.guest.size()).isEqualTo(10);
        }
    }

    @Test
    void aFileKeepsItsRoomWhileItHasAName() {
        try (FileGuest guest = guest(10, 10)) {
            assertThat(guest.put(FIRST, "a", "1234567890")).isZero();
            assertThat(guest.link(FIRST, "a", FIRST, "b")).isZero();
            assertThat(guest.unlink(FIRST, "a")).isZero();
            assertThat(guest.put(FIRST, "c", "1")).isEqualTo(NOSPC);
            assertThat(guest.put(FIRST, "d", "")).isZero();
            assertThat(guest.rename(FIRST, "d", FIRST, "b")).as("replaces it").isZero();
            assertThat(guest.put(FIRST, "c", "1234567890")).isZero();
            assertThat(guest.guest.size()).isEqualTo(10);
        }
    }

    @Test
    void entries() {
        try (FileGuest guest = guest(1000, 4)) {
            assertThat(guest.put(FIRST, "file", "x")).isZero();
            assertThat(guest.mkdir(FIRST, "dir")).isZero();
            assertThat(guest.symlink("file", FIRST, "symlink")).isZero();
            assertThat(guest.link(FIRST, "file", FIRST, "dir/link")).isZero();
            assertNothingMore(guest);
            assertThat(guest.put(FIRST, "file", "again")).as("is there already").isZero();
            assertThat(guest.mkdir(FIRST, "file")).isEqualTo(EXIST);
            assertThat(guest.symlink("x", FIRST, "file")).isEqualTo(EXIST);
            assertThat(guest.link(FIRST, "file", FIRST, "dir/link")).isEqualTo(EXIST);
            assertThat(guest.open(FIRST, "file", CREAT | EXCL, WRITE)).isEqualTo(EXIST);
            for (int i = 0; i < 3; i++) {
                assertThat(guest.unlink(FIRST, "dir/link")).isZero();
                assertThat(guest.rmdir(FIRST, "dir")).isZero();
                assertThat(guest.mkdir(FIRST, "dir")).isZero();
                assertThat(guest.link(FIRST, "file", FIRST, "dir/link")).isZero();
                assertNothingMore(guest);
            }
            assertThat(guest.rename(FIRST, "file", FIRST, "dir/link")).as("one file").isZero();
            assertThat(guest.rename(FIRST, "symlink", FIRST, "dir/link")).isZero();
            assertThat(guest.put(FIRST, "new", "x")).isZero();
            assertNothingMore(guest);
        }
    }

    private static void assertNothingMore(FileGuest guest) {
        assertThat(guest.put(FIRST, "more", "x")).isEqualTo(NOSPC);
        assertThat(guest.open(FIRST, "more", CREAT | EXCL, WRITE)).isEqualTo(NOSPC);
        assertThat(guest.mkdir(FIRST, "more")).isEqualTo(NOSPC);
        assertThat(guest.symlink("x", FIRST, "more")).isEqualTo(NOSPC);
        assertThat(guest.link(FIRST, "file", FIRST, "more")).isEqualTo(NOSPC);
        assertThat(guest.stat(FIRST, "more")).isEqualTo(Errno.NOENT.number());
    }

    @Test
    void failuresCostNothing() {
        try (FileGuest guest = guest(10, 1)) {
            for (int i = 0; i < 3; i++) {
                assertThat(guest.mkdir(FIRST, "missing/dir")).isNotZero();
                assertThat(guest.link(FIRST, "missing", FIRST, "b")).isNotZero();
                assertThat(guest.put(FIRST, "n".repeat(300), "x")).isNotZero();
            }
            assertThat(guest.mkdir(FIRST, "dir")).isZero();
        }
    }

    @Test
    void nothingAtAll() throws IOException {
        Files.writeString(folder.resolve("old"), "content");
        try (FileGuest guest = guest(0, 0)) {
            assertThat(guest.get(FIRST, "old")).isEqualTo("content");
            assertThat(guest.put(FIRST, "new", "")).isEqualTo(NOSPC);
            assertThat(guest.open(FIRST, "old", 0, WRITE)).isZero();
            assertThat(guest.guest.write(guest.fd(), "CONTENTS")).isZero();
            assertThat(guest.guest.size()).isEqualTo(7);
        }
    }

    /** One quota for all directories of an instance, and one for each instance. */
    @Test
    void whatSharesAQuota() throws IOException {
        Path a = Files.createDirectory(folder.resolve("a"));
        Path b = Files.createDirectory(folder.resolve("b"));
        Wasi wasi = Wasi.preview1().dir(a, "/a").dir(b, "/b").quota(10, 2);
        for (int i = 0; i < 2; i++) {
            try (FileGuest guest = new FileGuest(wasi)) {
                assertThat(guest.put(FIRST, "file" + i, "12345678")).isZero();
                assertThat(guest.put(SECOND, "file" + i, "1234")).isZero();
                assertThat(guest.guest.size()).isEqualTo(2);
                assertThat(guest.mkdir(SECOND, "more")).isEqualTo(NOSPC);
                assertThat(guest.rename(FIRST, "file" + i, SECOND, "moved" + i)).isZero();
                assertThat(guest.unlink(SECOND, "moved" + i)).isZero();
                assertThat(guest.mkdir(FIRST, "more" + i)).isZero();
            }
        }
    }
}
