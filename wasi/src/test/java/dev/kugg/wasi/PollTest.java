package dev.kugg.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kugg.InterruptionException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** poll_oneoff. Subscriptions are put at 0, events come at 8192, their number at 16384. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PollTest {
    private static final int EVENTS = 8192;
    private static final int COUNT = 16_384;

    private static final int CLOCK = 0;
    private static final int FD_READ = 1;
    private static final int FD_WRITE = 2;
    private static final int REALTIME = 0;
    private static final int MONOTONIC = 1;
    private static final int HANGUP = 1;

    private static final long MILLIS = 1_000_000;
    private static final long LATENCY_BOUND_NANOS = 1000 * MILLIS;

    @Test
    void relativeTimeoutsPass() {
        for (int clock = REALTIME; clock <= MONOTONIC; clock++) {
            try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
                clock(guest, 0, clock, 50 * MILLIS, false);
                long start = System.nanoTime();
                assertThat(poll(guest, 1)).isZero();
                assertThat(System.nanoTime() - start)
                        .isBetween(50 * MILLIS, 50 * MILLIS + LATENCY_BOUND_NANOS);
                assertThat(guest.memory.readInt(COUNT)).isEqualTo(1);
                assertEvent(guest, 0, 0, 0, CLOCK, 0, 0);
            }
        }
    }

    @Test
    void absoluteTimeoutsPass() {
        for (int clock = REALTIME; clock <= MONOTONIC; clock++) {
            try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
                guest.call("clock_time_get", clock, 0, 0);
                long time = guest.memory.readLong(0) + 50 * MILLIS;
                clock(guest, 0, clock, time, true);
                assertThat(poll(guest, 1)).isZero();
                guest.call("clock_time_get", clock, 0, 0);
                assertThat(guest.memory.readLong(0))
                        .isBetween(time - MILLIS, time + LATENCY_BOUND_NANOS);
            }
        }
    }

    @Test
    void timeoutsInThePastPassAtOnce() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
            clock(guest, 0, REALTIME, 1, true);
            clock(guest, 1, MONOTONIC, 0, true);
            clock(guest, 2, MONOTONIC, 0, false);
            clock(guest, 3, MONOTONIC, 3600_000 * MILLIS, false);
            clock(guest, 4, MONOTONIC, -1, false);
            clock(guest, 5, REALTIME, -1, true);
            assertThat(poll(guest, 6)).isZero();
            assertThat(guest.memory.readInt(COUNT)).isEqualTo(3);
            assertEvent(guest, 0, 0, 0, CLOCK, 0, 0);
            assertEvent(guest, 1, 1, 0, CLOCK, 0, 0);
            assertEvent(guest, 2, 2, 0, CLOCK, 0, 0);
        }
    }

    @Test
    void theNearestTimeoutCounts() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
            clock(guest, 0, REALTIME, 3600_000 * MILLIS, false);
            clock(guest, 1, MONOTONIC, 20 * MILLIS, false);
            clock(guest, 2, MONOTONIC, -1, false);
            assertThat(poll(guest, 3)).isZero();
            assertThat(guest.memory.readInt(COUNT)).isEqualTo(1);
            assertEvent(guest, 0, 1, 0, CLOCK, 0, 0);
        }
    }

    @Test
    void aClockOfTheHostIsWaitedForInRealTime() {
        Wasi wasi = Wasi.preview1().clock(() -> Instant.ofEpochSecond(1000));
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            clock(guest, 0, REALTIME, 1000_000 * MILLIS + 20 * MILLIS, true);
            long start = System.nanoTime();
            assertThat(poll(guest, 1)).isZero();
            assertThat(System.nanoTime() - start)
                    .isBetween(20 * MILLIS, 20 * MILLIS + LATENCY_BOUND_NANOS);
        }
    }

    @Test
    void unknownClocksAndDescriptorsAreEvents() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
            clock(guest, 0, 2, 5, false);
            clock(guest, 1, -1, 5, true);
            fd(guest, 2, FD_READ, 3);
            fd(guest, 3, FD_WRITE, -1);
            fd(guest, 4, FD_READ, 1);
            fd(guest, 5, FD_WRITE, 0);
            clock(guest, 6, MONOTONIC, -1, false);
            assertThat(poll(guest, 7)).isZero();
            assertThat(guest.memory.readInt(COUNT)).isEqualTo(6);
            assertEvent(guest, 0, 0, Preview1Guest.INVAL, CLOCK, 0, 0);
            assertEvent(guest, 1, 1, Preview1Guest.INVAL, CLOCK, 0, 0);
            assertEvent(guest, 2, 2, Preview1Guest.BADF, FD_READ, 0, 0);
            assertEvent(guest, 3, 3, Preview1Guest.BADF, FD_WRITE, 0, 0);
            assertEvent(guest, 4, 4, Preview1Guest.BADF, FD_READ, 0, 0);
            assertEvent(guest, 5, 5, Preview1Guest.BADF, FD_WRITE, 0, 0);
        }
    }

    @Test
    void outputsAreAlwaysReady() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
            fd(guest, 0, FD_WRITE, 2);
            clock(guest, 1, MONOTONIC, -1, false);
            fd(guest, 2, FD_WRITE, 1);
            assertThat(poll(guest, 3)).isZero();
            assertThat(guest.memory.readInt(COUNT)).isEqualTo(2);
            assertEvent(guest, 0, 0, 0, FD_WRITE, 65_536, 0);
            assertEvent(guest, 1, 2, 0, FD_WRITE, 65_536, 0);
        }
    }

    @Test
    void inputThatIsThereIsReady() {
        Wasi wasi = Wasi.preview1().stdin(new ByteArrayInputStream("four".getBytes(UTF_8)));
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            fd(guest, 0, FD_READ, 0);
            assertThat(poll(guest, 1)).isZero();
            assertEvent(guest, 0, 0, 0, FD_READ, 4, 0);
            assertThat(guest.read(0, 9)).isZero();
            assertThat(guest.text()).isEqualTo("four");
            fd(guest, 0, FD_READ, 0);
            assertThat(poll(guest, 1)).isZero();
            assertEvent(guest, 0, 0, 0, FD_READ, 0, HANGUP);
        }
    }

    @Test
    void inputThatWasNotGivenIsAtItsEnd() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
            fd(guest, 0, FD_READ, 0);
            clock(guest, 1, MONOTONIC, -1, false);
            assertThat(poll(guest, 2)).isZero();
            assertThat(guest.memory.readInt(COUNT)).isEqualTo(1);
            assertEvent(guest, 0, 0, 0, FD_READ, 0, HANGUP);
        }
    }

    @Test
    void inputIsWaitedFor() throws IOException {
        PipedOutputStream pipe = new PipedOutputStream();
        Wasi wasi = Wasi.preview1().stdin(new PipedInputStream(pipe));
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            fd(guest, 0, FD_READ, 0);
            clock(guest, 1, MONOTONIC, 20 * MILLIS, false);
            assertThat(poll(guest, 2)).isZero();
            assertEvent(guest, 0, 1, 0, CLOCK, 0, 0);

            fd(guest, 0, FD_READ, 0);
            clock(guest, 1, MONOTONIC, 3600_000 * MILLIS, false);
            CompletableFuture<Integer> errno = CompletableFuture.supplyAsync(() -> poll(guest, 2));
            pipe.write("text".getBytes(UTF_8));
            pipe.flush();
            assertThat(errno.join()).isZero();
            assertThat(guest.memory.readInt(COUNT)).isEqualTo(1);
            // What is behind the first byte is not known of every stream.
            assertEvent(guest, 0, 0, 0, FD_READ, 1, 0);
            assertThat(guest.read(0, 9)).isZero();
            String text = guest.text();
            assertThat(guest.read(0, 9)).isZero();
            assertThat(text + guest.text()).isEqualTo("text");
        }
    }

    @Test
    void waitsAreInterrupted() throws Exception {
        PipedOutputStream pipe = new PipedOutputStream();
        Wasi wasi = Wasi.preview1().stdin(new PipedInputStream(pipe));
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            for (int kind = CLOCK; kind <= FD_READ; kind++) {
                if (kind == CLOCK) {
                    clock(guest, 0, MONOTONIC, -1, false);
                } else {
                    fd(guest, 0, FD_READ, 0);
                }
                CompletableFuture<Long> ended =
                        CompletableFuture.supplyAsync(
                                () -> {
                                    assertThatThrownBy(() -> poll(guest, 1))
                                            .isInstanceOf(InterruptionException.class);
                                    return System.nanoTime();
                                });
                Thread.sleep(50);
                long asked = System.nanoTime();
                guest.instance.interrupt();
                assertThat(ended.get() - asked).isLessThan(LATENCY_BOUND_NANOS);
            }
        }
    }

    @Test
    void waitsEndAtTheDeadline() {
        Wasi wasi = Wasi.preview1();
        try (Preview1Guest guest = new Preview1Guest(wasi, Duration.ofMillis(50))) {
            clock(guest, 0, MONOTONIC, -1, false);
            long start = System.nanoTime();
            assertThatThrownBy(() -> poll(guest, 1)).isInstanceOf(InterruptionException.class);
            assertThat(System.nanoTime() - start).isLessThan(LATENCY_BOUND_NANOS);
        }
    }

    @Test
    void filesNeverWait(@TempDir Path folder) throws Exception {
        Fifos.assumeLinux();
        Files.writeString(folder.resolve("file"), "0123456789");
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1().dir(folder, "."))) {
            int both = guest.opened("file", true, true, 0);
            int writer = guest.opened("file", false, true, 0);
            assertThat(guest.read(both, 3)).isZero();
            fd(guest, 0, FD_READ, both);
            fd(guest, 1, FD_WRITE, both);
            fd(guest, 2, FD_READ, writer);
            fd(guest, 3, FD_READ, 3);
            clock(guest, 4, MONOTONIC, -1, false);
            assertThat(poll(guest, 5)).isZero();
            assertThat(guest.memory.readInt(COUNT)).isEqualTo(4);
            assertEvent(guest, 0, 0, 0, FD_READ, 7, 0);
            assertEvent(guest, 1, 1, 0, FD_WRITE, 1, 0);
            assertEvent(guest, 2, 2, Preview1Guest.BADF, FD_READ, 0, 0);
            assertEvent(guest, 3, 3, Preview1Guest.BADF, FD_READ, 0, 0);
            assertThat(guest.read(both, 30)).isZero();
            fd(guest, 0, FD_READ, both);
            assertThat(poll(guest, 1)).isZero();
            assertEvent(guest, 0, 0, 0, FD_READ, 0, 0);
        }
    }

    @Test
    void manyOfAllKindsAreWaitedForAtOnce(@TempDir Path folder) throws Exception {
        Fifos.assumeLinux();
        Path fifo = Fifos.make(folder.resolve("fifo"));
        PipedOutputStream pipe = new PipedOutputStream();
        try (ServerSocketChannel listener = ServerSocketChannel.open();
                RandomAccessFile otherEnd = new RandomAccessFile(fifo.toFile(), "rw")) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Wasi wasi =
                    Wasi.preview1()
                            .stdin(new PipedInputStream(pipe))
                            .dir(folder, ".")
                            .listen(listener);
            try (Preview1Guest guest = new Preview1Guest(wasi)) {
                int reader = guest.opened("fifo", true, false, 0);
                int[] fds = {0, 4, reader};
                for (int round = 0; round < 3; round++) {
                    for (int i = 0; i < 1000; i++) {
                        fd(guest, i, FD_READ, fds[i % 3]);
                    }
                    for (int i = 1000; i < 1200; i++) {
                        clock(guest, i, MONOTONIC, 3600_000 * MILLIS + i, false);
                    }
                    CompletableFuture<Integer> errno =
                            CompletableFuture.supplyAsync(
                                    () -> guest.call("poll_oneoff", 0, 0, 1200, 65_532));
                    Thread.sleep(50);
                    assertThat(errno).isNotDone();
                    switch (round) {
                        case 0 -> SocketChannel.open(listener.getLocalAddress()).close();
                        case 1 -> otherEnd.write('x');
                        default -> {
                            pipe.write('x');
                            pipe.flush();
                        }
                    }
                    assertThat(errno.get()).isZero();
                    // Which of them there are: 0 is the first of three, so it is there once more.
                    assertThat(guest.memory.readInt(65_532)).isEqualTo(round == 2 ? 334 : 333);
                    switch (round) {
                        case 0 -> assertThat(guest.call("sock_accept", 4, 0, 0)).isZero();
                        case 1 -> assertThat(guest.read(reader, 1)).isZero();
                        default -> assertThat(guest.read(0, 1)).isZero();
                    }
                }
            }
        }
    }

    @Test
    void argumentsAreChecked() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
            clock(guest, 0, MONOTONIC, 0, false);
            assertThat(poll(guest, 0)).isEqualTo(Preview1Guest.INVAL);
            assertThat(poll(guest, -1)).isEqualTo(Preview1Guest.FAULT);
            assertThat(guest.call("poll_oneoff", 65_489, 0, 1, 0)).isEqualTo(Preview1Guest.FAULT);
            assertThat(guest.call("poll_oneoff", -48, 0, 1, 0)).isEqualTo(Preview1Guest.FAULT);
            assertThat(guest.call("poll_oneoff", 0, 65_505, 1, 0)).isEqualTo(Preview1Guest.FAULT);
            assertThat(guest.call("poll_oneoff", 0, EVENTS, 1, -1)).isEqualTo(Preview1Guest.FAULT);
            assertThat(guest.memory.readBytes(EVENTS, 32)).as("no event").containsOnly(0);
            guest.memory.writeByte(8, (byte) 3);
            assertThat(poll(guest, 1)).isEqualTo(Preview1Guest.INVAL);
        }
    }

    @Test
    void eventsMayReplaceTheirSubscriptions() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
            for (int i = 0; i < 100; i++) {
                fd(guest, i, FD_WRITE, 1);
            }
            assertThat(guest.call("poll_oneoff", 0, 0, 100, COUNT)).isZero();
            assertThat(guest.memory.readInt(COUNT)).isEqualTo(100);
            for (int i = 0; i < 100; i++) {
                assertThat(guest.memory.readLong(32L * i)).isEqualTo(1000 + i);
            }
        }
    }

    @Test
    void asManyAsTheMemoryHolds() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
            int most = (Preview1Guest.SIZE_BYTES - 4) / 48;
            for (int i = 0; i < most; i++) {
                fd(guest, i, FD_WRITE, 1);
            }
            assertThat(guest.call("poll_oneoff", 0, 0, most, 65_532)).isZero();
            assertThat(guest.memory.readInt(65_532)).isEqualTo(most);
        }
    }

    private static int poll(Preview1Guest guest, int count) {
        return guest.call("poll_oneoff", 0, EVENTS, count, COUNT);
    }

    private static void clock(
            Preview1Guest guest, int index, int clock, long timeout, boolean absolute) {
        long at = subscription(guest, index, CLOCK);
        guest.memory.writeInt(at + 16, clock);
        guest.memory.writeLong(at + 24, timeout);
        guest.memory.writeLong(at + 32, 1);
        guest.memory.writeShort(at + 40, (short) (absolute ? 1 : 0));
    }

    private static void fd(Preview1Guest guest, int index, int type, int fd) {
        guest.memory.writeInt(subscription(guest, index, type) + 16, fd);
    }

    private static long subscription(Preview1Guest guest, int index, int type) {
        long at = 48L * index;
        guest.memory.fill(at, 48, (byte) 0);
        guest.memory.writeLong(at, 1000 + index);
        guest.memory.writeByte(at + 8, (byte) type);
        return at;
    }

    private static void assertEvent(
            Preview1Guest guest, int index, int from, int errno, int type, long bytes, int flags) {
        long at = EVENTS + 32L * index;
        assertThat(guest.memory.readLong(at)).as("user data").isEqualTo(1000 + from);
        assertThat(guest.memory.readShort(at + 8)).as("errno").isEqualTo((short) errno);
        assertThat(guest.memory.readByte(at + 10)).as("type").isEqualTo((byte) type);
        assertThat(guest.memory.readLong(at + 16)).as("bytes").isEqualTo(bytes);
        assertThat(guest.memory.readShort(at + 24)).as("flags").isEqualTo((short) flags);
    }
}
