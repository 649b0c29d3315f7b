package dev.kugg.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The numbers of open files, and what of the host is held for them. */
class OpenFilesTest {
    private static final int MFILE = 33;
    private static final int STDERR = 2;
    private static final Path HELD = Path.of("/proc/self/fd");

    @TempDir Path folder;

    @Test
    void theLowestFreeNumberIsGiven() {
        try (FileGuest guest = new FileGuest(Wasi.preview1().dir(folder, "/"))) {
            for (int fd = 4; fd < 40; fd++) {
                assertThat(open(guest)).isEqualTo(fd);
            }
            for (int fd : new int[] {30, 7, 0, 15}) {
                assertThat(guest.closeFd(fd)).isZero();
            }
            for (int fd : new int[] {0, 7, 15, 30, 40}) {
                assertThat(open(guest)).isEqualTo(fd);
            }
        }
    }

    @Test
    void nothingIsMadeWhereNoNumberIsLeft() {
        try (FileGuest guest = new FileGuest(Wasi.preview1().dir(folder, "/").maxOpen(5))) {
            assertThat(open(guest)).isEqualTo(4);
            assertThat(guest.open(FileGuest.FIRST, "new", FileGuest.CREAT, FileGuest.WRITE))
                    .isEqualTo(MFILE);
            assertThat(folder.resolve("new")).doesNotExist();
            assertThat(guest.closeFd(STDERR)).isZero();
            assertThat(open(guest)).isEqualTo(STDERR);
        }
    }

    @Test
    void theLimitCanBeReachedAgainAndAgain() {
        try (FileGuest guest = new FileGuest(Wasi.preview1().dir(folder, "/"))) {
            for (int round = 0; round < 3; round++) {
                for (int fd = 4; fd < 1024; fd++) {
                    assertThat(open(guest)).isEqualTo(fd);
                }
                assertThat(guest.open(FileGuest.FIRST, "file", 0, FileGuest.READ)).isEqualTo(MFILE);
                for (int fd = 4; fd < 1024; fd++) {
                    assertThat(guest.closeFd(fd)).isZero();
                }
            }
        }
    }

    @Test
    void whatIsReplacedIsClosed() throws IOException {
        assumeTrue(Files.isDirectory(HELD), "left out: there is no " + HELD);
        try (FileGuest guest = new FileGuest(Wasi.preview1().dir(folder, "/"))) {
            int kept = open(guest);
            long before = held();
            for (int i = 0; i < 2000; i++) {
                int fd = open(guest);
                assertThat(guest.guest.call("fd_renumber", fd, kept)).isZero();
                assertThat(guest.closeFd(fd)).isEqualTo(Preview1Guest.BADF);
            }
            assertThat(held()).isLessThanOrEqualTo(before + 2);
            assertThat(guest.guest.write(kept, "text")).isZero();
        }
    }

    private static long held() throws IOException {
        try (Stream<Path> all = Files.list(HELD)) {
            return all.count();
        }
    }

    private static int open(FileGuest guest) {
        assertThat(guest.open(FileGuest.FIRST, "file", FileGuest.CREAT, FileGuest.WRITE)).isZero();
        return guest.fd();
    }
}
