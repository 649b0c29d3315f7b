package dev.kugg.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kugg.InterruptionException;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** FIFOs and devices in a folder of the guest's. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SpecialFileTest {
    private static final int NONBLOCK = 4;
    private static final int CHARACTER_DEVICE = 2;

    @TempDir Path folder;

    private Path fifo;
    private Wasi wasi;

    @BeforeEach
    void makeFifo() throws Exception {
        Fifos.assumeLinux();
        fifo = Fifos.make(folder.resolve("fifo"));
        wasi = Wasi.preview1().dir(folder, ".");
    }

    @Test
    void aFifoIsOpenedWhenItsOtherEndIs() throws Exception {
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            CompletableFuture<Integer> opened =
                    CompletableFuture.supplyAsync(() -> guest.opened("fifo", true, false, 0));
            Thread.sleep(50);
            assertThat(opened).isNotDone();
            try (FileOutputStream out = new FileOutputStream(fifo.toFile())) {
                int fd = opened.get();
                out.write("hello".getBytes(UTF_8));
                assertThat(guest.read(fd, 100)).isZero();
                assertThat(guest.text()).isEqualTo("hello");
                assertThat(guest.write(fd, "x")).isEqualTo(Preview1Guest.BADF);
            }
            assertThat(guest.read(4, 100)).isZero();
            assertThat(guest.size()).as("the end").isZero();
            assertThat(guest.call("fd_close", 4)).isZero();
        }
    }

    @Test
    void aFifoIsWritten() throws Exception {
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            CompletableFuture<Integer> opened =
                    CompletableFuture.supplyAsync(() -> guest.opened("fifo", false, true, 0));
            // On Java 21 a FileInputStream seeks before it reads a number of bytes.
            try (DataInputStream in = new DataInputStream(new FileInputStream(fifo.toFile()))) {
                int fd = opened.get();
                assertThat(guest.write(fd, "hello")).isZero();
                assertThat(new String(in.readNBytes(5), UTF_8)).isEqualTo("hello");
                assertThat(guest.read(fd, 1)).isEqualTo(Preview1Guest.BADF);
                guest.memory.writeBytes(0, new byte[64]);
                assertThat(guest.call("fd_filestat_get", fd, 0)).isZero();
                assertThat(guest.memory.readByte(16)).as("of unknown type").isZero();
                assertThat(guest.memory.readLong(24)).as("links").isEqualTo(1);
            }
            assertThat(guest.write(4, "nobody")).isEqualTo(Preview1Guest.PIPE);
            assertThat(guest.call("fd_seek", 4, 0, 0, 0)).isEqualTo(Preview1Guest.SPIPE);
            assertThat(guest.call("fd_tell", 4, 0)).isEqualTo(Preview1Guest.SPIPE);
            assertThat(guest.call("fd_pread", 4, 0, 0, 0, 0)).isEqualTo(Preview1Guest.SPIPE);
        }
    }

    @Test
    void withoutWaitingAReaderFindsNothingAndAWriterNobody() throws Exception {
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            assertThat(guest.open("fifo", false, true, NONBLOCK)).isEqualTo(Preview1Guest.NXIO);
            int fd = guest.opened("fifo", true, false, NONBLOCK);
            assertThat(guest.read(fd, 10)).isZero();
            assertThat(guest.size()).isZero();
            try (FileOutputStream out = new FileOutputStream(fifo.toFile())) {
                assertThat(guest.read(fd, 10)).isEqualTo(Preview1Guest.AGAIN);
                out.write('x');
                int errno = Preview1Guest.AGAIN;
                while (errno == Preview1Guest.AGAIN) {
                    errno = guest.read(fd, 10);
                }
                assertThat(errno).isZero();
                assertThat(guest.text()).isEqualTo("x");
            }
            int writer = guest.opened("fifo", false, true, NONBLOCK);
            assertThat(guest.write(writer, "to itself")).isZero();
            assertThat(guest.read(fd, 100)).isZero();
            assertThat(guest.text()).isEqualTo("to itself");
        }
    }

    @Test
    void aFifoOfOnesOwnIsReadAndWritten() {
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            int fd = guest.opened("fifo", true, true, 0);
            assertThat(guest.write(fd, "round")).isZero();
            assertThat(guest.read(fd, 100)).isZero();
            assertThat(guest.text()).isEqualTo("round");
            assertThat(poll(guest, fd, 0)).as("nothing to read").isZero();
            assertThat(guest.write(fd, "trip")).isZero();
            assertThat(poll(guest, fd, 10_000_000_000L)).as("something to read").isEqualTo(1);
            assertThat(guest.read(fd, 100)).isZero();
            String text = guest.text();
            while (text.length() < 4) {
                assertThat(guest.read(fd, 100)).isZero();
                text += guest.text();
            }
            assertThat(text).isEqualTo("trip");
        }
    }

    /**
     * {@return whether there is something to read within a time} Without waiting at all a guest may
     * be told of it late: a thread of the host's has to have read it first.
     */
    private static int poll(Preview1Guest guest, int fd, long timeoutNanos) {
        guest.memory.fill(0, 96, (byte) 0);
        guest.memory.writeByte(8, (byte) 1);
        guest.memory.writeInt(16, fd);
        guest.memory.writeInt(48 + 16, 1);
        guest.memory.writeLong(48 + 24, timeoutNanos);
        assertThat(guest.call("poll_oneoff", 0, 8192, 2, 16_384)).isZero();
        return guest.memory.readByte(8192 + 10);
    }

    @Test
    void whatIsStoppedLeavesNothingOpen() throws Exception {
        try (Preview1Guest guest = new Preview1Guest(wasi, Duration.ofMillis(30))) {
            guest.call("sched_yield");
            long before = openDescriptors();
            for (int i = 0; i < 20; i++) {
                boolean read = i % 2 == 0;
                assertThatThrownBy(() -> guest.open("fifo", read, !read, 0))
                        .isInstanceOf(InterruptionException.class);
            }
            assertThat(openDescriptors()).isEqualTo(before);
            // The threads themselves may take a moment to end.
            for (int i = 0; i < 100 && threads("kugg-open") > 0; i++) {
                Thread.sleep(20);
            }
            assertThat(threads("kugg-open")).isZero();
        }
    }

    @Test
    void closingAnInstanceEndsThePumpsThatWaitForIt() throws Exception {
        long before;
        try (RandomAccessFile other = new RandomAccessFile(fifo.toFile(), "rw")) {
            before = openDescriptors();
            Preview1Guest guest = new Preview1Guest(wasi, Duration.ofMillis(50));
            int reader = guest.opened("fifo", true, false, 0);
            int writer = guest.opened("fifo", false, true, 0);
            assertThatThrownBy(() -> guest.read(reader, 10))
                    .isInstanceOf(InterruptionException.class);
            guest.iov(0, 0, 65_536);
            assertThatThrownBy(
                            () -> {
                                while (guest.transfer("fd_write", writer, 1) == 0) {
                                    continue;
                                }
                            })
                    .isInstanceOf(InterruptionException.class);
            guest.close();
            assertThat(openDescriptors()).isEqualTo(before);
            assertThat(other.getFD().valid()).isTrue();
        }
    }

    @Test
    void devicesAreWhatTheyAre() throws Exception {
        boolean made = true;
        for (String[] device :
                new String[][] {{"null", "3"}, {"zero", "5"}, {"full", "7"}, {"urandom", "9"}}) {
            made &= mknod(folder.resolve(device[0]), device[1]);
        }
        Assumptions.assumeTrue(made, "left out: no device can be made here");
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            for (String device : new String[] {"null", "zero", "full", "urandom"}) {
                int errno = guest.open(device, true, true, 0);
                Assumptions.assumeTrue(errno != 2, "left out: devices cannot be opened here");
                assertThat(errno).isZero();
                int fd = guest.memory.readInt(1016);
                assertThat(guest.call("fd_fdstat_get", fd, 0)).isZero();
                assertThat(guest.memory.readByte(0)).isEqualTo((byte) CHARACTER_DEVICE);
                assertThat(guest.write(fd, "text"))
                        .isEqualTo(device.equals("full") ? Preview1Guest.NOSPC : 0);
                guest.memory.fill(4096, 32, (byte) 0x55);
                assertThat(guest.read(fd, 16)).isZero();
                assertThat(guest.size()).isEqualTo(device.equals("null") ? 0 : 16);
                assertThat(guest.memory.readByte(4096 + 16)).isEqualTo((byte) 0x55);
                if (device.equals("zero") || device.equals("full")) {
                    assertThat(guest.memory.readBytes(4096, 16)).containsOnly(0);
                }
                assertThat(guest.call("fd_seek", fd, 5, 0, 0)).isZero();
                assertThat(guest.memory.readLong(0)).isZero();
                assertThat(guest.call("fd_close", fd)).isZero();
            }
        }
    }

    private static boolean mknod(Path path, String minor) throws InterruptedException {
        try {
            return new ProcessBuilder("mknod", path.toString(), "c", "1", minor).start().waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static long openDescriptors() throws IOException {
        try (var all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }

    private static long threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .count();
    }
}
