package dev.kugg.wasi;

import static dev.kugg.wasi.FileGuest.CREAT;
import static dev.kugg.wasi.FileGuest.FIRST;
import static dev.kugg.wasi.FileGuest.READ;
import static dev.kugg.wasi.FileGuest.SECOND;
import static dev.kugg.wasi.FileGuest.TRUNC;
import static dev.kugg.wasi.FileGuest.WRITE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kugg.wasi.internal.errno.Errno;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Directories of the host that guests are given, and with which rights. */
@EnabledOnOs(OS.LINUX)
class RootTest {
    private static final int ROFS = Errno.ROFS.number();

    @TempDir Path folder;

    private Path inside;

    @BeforeEach
    void makeTree() throws IOException {
        inside = Files.createDirectories(folder.resolve("inside"));
        Files.writeString(inside.resolve("file"), "content");
        Files.createDirectories(inside.resolve("dir/sub"));
        Files.writeString(inside.resolve("dir/file"), "below");
        Files.createSymbolicLink(inside.resolve("link"), Path.of("file"));
        Files.createSymbolicLink(inside.resolve("dangling"), Path.of("nothing"));
    }

    @Test
    void directoriesAreDescriptorsInTheOrderGiven() {
        Path other = folder.resolve("inside/dir");
        try (FileGuest guest =
                new FileGuest(Wasi.preview1().dir(inside, "/data").dir(other, "."))) {
            assertThat(guest.get(FIRST, "file")).isEqualTo("content");
            assertThat(guest.get(SECOND, "file")).isEqualTo("below");
            assertThat(prestat(guest, FIRST)).isEqualTo("/data");
            assertThat(prestat(guest, SECOND)).isEqualTo(".");
            assertThat(guest.guest.call("fd_prestat_get", 5, 0)).isEqualTo(Preview1Guest.BADF);
        }
    }

    private static String prestat(FileGuest guest, int fd) {
        assertThat(guest.guest.call("fd_prestat_get", fd, 0)).isZero();
        int length = guest.guest.memory.readInt(4);
        assertThat(guest.guest.call("fd_prestat_dir_name", fd, 16, length)).isZero();
        return guest.guest.memory.readString(16, length);
    }

    @Test
    void whatTheGuestWritesIsThere() throws IOException {
        try (FileGuest guest = new FileGuest(Wasi.preview1().dir(inside, "/"))) {
            assertThat(guest.put(FIRST, "dir/new", "written")).isZero();
            assertThat(guest.mkdir(FIRST, "made")).isZero();
            assertThat(guest.list(FIRST, ".")).isEqualTo("dangling dir file link made");
        }
        assertThat(Files.readString(inside.resolve("dir/new"))).isEqualTo("written");
    }

    /** Mounts lie beside each other, also where one folder holds the other. */
    @Test
    void oneFolderInTheOther() {
        Wasi wasi = Wasi.preview1().readOnlyDir(inside, "/").dir(inside.resolve("dir"), "/dir");
        try (FileGuest guest = new FileGuest(wasi)) {
            assertThat(guest.put(SECOND, "new", "x")).isZero();
            assertThat(guest.get(FIRST, "dir/new")).isEqualTo("x");
            assertThat(guest.put(FIRST, "dir/new", "y")).isEqualTo(ROFS);
            assertThat(guest.link(FIRST, "dir/new", SECOND, "again")).isEqualTo(ROFS);
            assertThat(guest.rename(FIRST, "dir/new", SECOND, "again")).isEqualTo(ROFS);
            assertThat(guest.link(SECOND, "new", FIRST, "dir/again")).isEqualTo(ROFS);
            assertThat(guest.rename(SECOND, "new", FIRST, "dir/again")).isEqualTo(ROFS);
            assertThat(guest.get(SECOND, "../file")).startsWith("errno");
        }
    }

    @Test
    void aLinkAndARenameBetweenTwoDirectories() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other"));
        try (FileGuest guest = new FileGuest(Wasi.preview1().dir(inside, "/a").dir(other, "/b"))) {
            assertThat(guest.link(FIRST, "file", SECOND, "linked")).isZero();
            assertThat(guest.rename(FIRST, "dir", SECOND, "moved")).isZero();
            assertThat(guest.get(SECOND, "moved/file")).isEqualTo("below");
        }
        assertThat(Files.isSameFile(inside.resolve("file"), other.resolve("linked"))).isTrue();
    }

    // ---- read-only ----

    @Test
    void readOnlyIsReadOnlyForEveryCall() throws IOException {
        List<String> before = snapshot(inside);
        try (FileGuest guest = new FileGuest(Wasi.preview1().readOnlyDir(inside, "/"))) {
            changes(guest, FIRST);
            assertThat(guest.open(FIRST, "dir", FileGuest.DIRECTORY, READ)).isZero();
            int dir = guest.fd();
            assertThat(guest.mkdir(dir, "new")).isEqualTo(ROFS);
            assertThat(guest.put(dir, "file", "x")).isEqualTo(ROFS);
            assertThat(guest.setTimes(dir)).isEqualTo(ROFS);
            assertThat(guest.open(FIRST, "file", 0, READ)).isZero();
            int file = guest.fd();
            assertThat(guest.setTimes(file)).isEqualTo(ROFS);
            assertRefused(guest.setSize(file, 0));
            assertRefused(guest.allocate(file, 0, 100));
            assertRefused(guest.guest.write(file, "x"));
        }
        assertThat(snapshot(inside)).isEqualTo(before);
    }

    private static void changes(FileGuest guest, int dir) {
        assertThat(guest.open(dir, "file", 0, READ | WRITE)).isEqualTo(ROFS);
        assertThat(guest.open(dir, "file", TRUNC, READ)).isEqualTo(ROFS);
        assertThat(guest.open(dir, "file", CREAT | TRUNC, WRITE)).isEqualTo(ROFS);
        assertThat(guest.open(dir, "link", TRUNC, WRITE)).isEqualTo(ROFS);
        assertRefused(guest.open(dir, "new", CREAT, READ));
        assertRefused(guest.open(dir, "dangling", CREAT, READ));
        assertThat(guest.setTimes(dir, "file")).isEqualTo(ROFS);
        assertThat(guest.setTimes(dir, "dir")).isEqualTo(ROFS);
        assertThat(guest.setTimes(dir, ".")).isEqualTo(ROFS);
        assertThat(guest.setTimes(dir)).isEqualTo(ROFS);
        assertThat(guest.link(dir, "file", dir, "new")).isEqualTo(ROFS);
        assertThat(guest.rename(dir, "file", dir, "new")).isEqualTo(ROFS);
        assertThat(guest.rename(dir, "file", dir, "dir/file")).isEqualTo(ROFS);
        assertThat(guest.mkdir(dir, "new")).isEqualTo(ROFS);
        assertThat(guest.symlink("file", dir, "new")).isEqualTo(ROFS);
        assertThat(guest.unlink(dir, "file")).isEqualTo(ROFS);
        assertThat(guest.unlink(dir, "link")).isEqualTo(ROFS);
        assertThat(guest.rmdir(dir, "dir/sub")).isEqualTo(ROFS);
    }

    private static void assertRefused(int errno) {
        assertThat(errno).isNotZero();
    }

    /** {@return all names with sizes, times and contents} */
    private static List<String> snapshot(Path of) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(of)) {
            for (Path path : tree.sorted().toList()) {
                FileTime time =
                        Files.getLastModifiedTime(path, java.nio.file.LinkOption.NOFOLLOW_LINKS);
                lines.add(path + " " + time);
                if (Files.isRegularFile(path)) {
                    lines.add(Files.readString(path));
                }
            }
        }
        return lines;
    }

    // ---- what cannot be opened ----

    @Test
    void whatIsMissingIsSaidAtTheStart() {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> start(folder.resolve("missing")))
                .withMessage(
                        "the guest's /data: " + folder.resolve("missing") + ": no such directory");
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> start(inside.resolve("file")))
                .withMessage("the guest's /data: " + inside.resolve("file") + ": not a directory");
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> start(inside.resolve("dangling")))
                .withMessageEndingWith(": no such directory");
    }

    private static void start(Path host) {
        new FileGuest(Wasi.preview1().dir(host, "/data")).close();
    }

    @Test
    void nothingStaysOpen() throws IOException {
        int before = open();
        for (int i = 0; i < 10; i++) {
            try (FileGuest guest = new FileGuest(Wasi.preview1().dir(inside, "/"))) {
                assertThat(guest.open(FIRST, "file", 0, READ)).isZero();
                assertThat(guest.open(FIRST, "dir", 0, READ)).isZero();
            }
            Wasi second = Wasi.preview1().dir(inside, "/").dir(folder.resolve("missing"), "/m");
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> new FileGuest(second).close());
        }
        assertThat(open()).as("descriptors of this process").isLessThan(before + 10);
    }

    private static int open() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return (int) open.count();
        }
    }

    @Test
    void aDirectoryThatIsRemovedWhileItIsOpen() throws IOException {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        try (FileGuest guest = new FileGuest(Wasi.preview1().dir(gone, "/"))) {
            Files.delete(gone);
            Files.createDirectory(gone);
            Files.writeString(gone.resolve("other"), "another directory of that name");
            assertThat(guest.get(FIRST, "other")).isEqualTo("errno " + Errno.NOENT.number());
            assertThat(guest.put(FIRST, "new", "x")).isEqualTo(Errno.NOENT.number());
            assertThat(guest.mkdir(FIRST, "new")).isEqualTo(Errno.NOENT.number());
            assertThat(guest.stat(FIRST, ".")).isZero();
            assertThat(guest.list(FIRST, ".")).isEmpty();
        }
        assertThat(Files.list(gone).count()).isEqualTo(1);
    }

    @Test
    void aDirectoryThatIsRenamedWhileItIsOpen() throws IOException {
        try (FileGuest guest = new FileGuest(Wasi.preview1().dir(inside, "/"))) {
            Path moved = Files.move(inside, folder.resolve("moved"));
            assertThat(guest.put(FIRST, "new", "x")).isZero();
            assertThat(Files.readString(moved.resolve("new"))).isEqualTo("x");
        }
    }

    @Test
    void namesAreChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> Wasi.preview1().dir(inside, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> Wasi.preview1().dir(inside, "a\0"));
        assertThatIllegalArgumentException().isThrownBy(() -> Wasi.preview1().quota(-1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Wasi.preview1().quota(0, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> Wasi.preview1().maxOpen(-1));
    }

    @Test
    void soManyDescriptorsMayBeOpen() {
        try (FileGuest guest = new FileGuest(Wasi.preview1().dir(inside, "/").maxOpen(6))) {
            assertThat(guest.open(FIRST, "file", 0, READ)).isZero();
            assertThat(guest.open(FIRST, "file", 0, READ)).isZero();
            assertThat(guest.open(FIRST, "file", 0, READ)).isEqualTo(Errno.MFILE.number());
            assertThat(guest.open(FIRST, "never", CREAT, WRITE)).isEqualTo(Errno.MFILE.number());
            assertThat(guest.closeFd(4)).isZero();
            assertThat(guest.open(FIRST, "file", 0, READ)).isZero();
            assertThat(guest.fd()).isEqualTo(4);
        }
        assertThat(inside.resolve("never")).doesNotExist();
    }

    @Test
    void withoutDirectoriesThereAreNone() {
        try (FileGuest guest = new FileGuest(Wasi.preview1())) {
            assertThat(guest.open(FIRST, "file", 0, READ)).isEqualTo(Preview1Guest.BADF);
            assertThat(guest.open(0, "file", 0, READ)).isEqualTo(Preview1Guest.NOTDIR);
        }
    }
}
