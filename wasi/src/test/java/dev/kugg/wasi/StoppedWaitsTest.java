package dev.kugg.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.InterruptionException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Everything a guest may wait for ends when the guest is stopped, in each way it can be. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StoppedWaitsTest {
    private static final long LATENCY_BOUND_NANOS = 1_000_000_000;
    private static final Duration DEADLINE = Duration.ofMillis(150);

    /** What the guest waits in. */
    private enum Wait {
        READ_OF_INPUT,
        READ_OF_FIFO,
        OPENING_TO_READ,
        OPENING_TO_WRITE,
        WRITE_TO_PIPE_OF_JAVA,
        WRITE_TO_PIPE,
        WRITE_TO_FIFO,
        ACCEPT,
        RECEIVE,
        RECEIVE_ALL,
        SEND,
        POLL_OF_CLOCK,
        POLL_OF_EVERYTHING
    }

    /** What ends the wait. */
    private enum Stop {
        INTERRUPT,
        DEADLINE,
        CLOSE,
        THREAD_INTERRUPT
    }

    @TempDir Path folder;

    private final List<AutoCloseable> toClose = new ArrayList<>();

    static Stream<Arguments> all() {
        List<Arguments> all = new ArrayList<>();
        for (Wait wait : Wait.values()) {
            for (Stop stop : Stop.values()) {
                all.add(Arguments.of(wait, stop, false));
                all.add(Arguments.of(wait, stop, true));
            }
        }
        return all.stream();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable open : toClose) {
            open.close();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void waitsEnd(Wait wait, Stop stop, boolean virtual) throws Exception {
        Wasi wasi = configuration(wait);
        Duration timeout = stop == Stop.DEADLINE ? DEADLINE : Duration.ZERO;
        try (Preview1Guest guest = new Preview1Guest(wasi, timeout)) {
            prepare(wait, guest);
            CompletableFuture<Long> ended = new CompletableFuture<>();
            long start = System.nanoTime();
            Thread thread = start(virtual, () -> ended.complete(endOf(wait, guest)));
            long asked = start + DEADLINE.toNanos();
            if (stop != Stop.DEADLINE) {
                Thread.sleep(100);
                assertThat(ended).isNotDone();
                asked = System.nanoTime();
            }
            switch (stop) {
                case INTERRUPT -> guest.instance.interrupt();
                case CLOSE -> guest.instance.close();
                case THREAD_INTERRUPT -> thread.interrupt();
                case DEADLINE -> {}
            }
            assertThat(ended.get(30, TimeUnit.SECONDS) - asked).isLessThan(LATENCY_BOUND_NANOS);
            thread.join();
            if (stop != Stop.CLOSE) {
                assertThat(guest.call("sched_yield")).as("usable").isZero();
                assertThat(guest.call("fd_close", 0)).as("usable").isZero();
            }
        }
        requireHostsOwnOpen();
    }

    private static Thread start(boolean virtual, Runnable work) {
        return virtual ? Thread.ofVirtual().start(work) : Thread.ofPlatform().daemon().start(work);
    }

    private static long endOf(Wait wait, Preview1Guest guest) {
        try {
            int errno = waitFor(wait, guest);
            throw new AssertionError("answers " + errno);
        } catch (InterruptionException e) {
            return System.nanoTime();
        }
    }

    private Wasi configuration(Wait wait) throws IOException, InterruptedException {
        Wasi wasi = Wasi.preview1();
        return switch (wait) {
            case READ_OF_INPUT -> wasi.stdin(endless());
            case READ_OF_FIFO, OPENING_TO_READ, OPENING_TO_WRITE, WRITE_TO_FIFO -> fifo(wasi);
            case WRITE_TO_PIPE_OF_JAVA ->
                    wasi.stdout(new PipedOutputStream(new PipedInputStream()));
            case WRITE_TO_PIPE -> {
                Path pipe = Fifos.make(folder.resolve("pipe"));
                toClose.add(new RandomAccessFile(pipe.toFile(), "rw"));
                FileOutputStream out = new FileOutputStream(pipe.toFile());
                toClose.add(out);
                yield wasi.stdout(out);
            }
            case ACCEPT -> wasi.listen(listener());
            case RECEIVE, RECEIVE_ALL, SEND -> wasi.connection(connection());
            case POLL_OF_CLOCK -> wasi;
            case POLL_OF_EVERYTHING -> fifo(wasi).stdin(endless()).listen(listener());
        };
    }

    private InputStream endless() throws IOException {
        PipedOutputStream other = new PipedOutputStream();
        toClose.add(other);
        return new PipedInputStream(other);
    }

    private Wasi fifo(Wasi wasi) throws IOException, InterruptedException {
        Fifos.assumeLinux();
        Fifos.make(folder.resolve("fifo"));
        return wasi.dir(folder, ".");
    }

    private ServerSocketChannel listener() throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        toClose.add(listener);
        return listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private SocketChannel connection() throws IOException {
        ServerSocketChannel listener = listener();
        SocketChannel one = SocketChannel.open(listener.getLocalAddress());
        toClose.add(one);
        toClose.add(listener.accept());
        return one;
    }

    private void prepare(Wait wait, Preview1Guest guest) throws IOException {
        switch (wait) {
            case READ_OF_FIFO, WRITE_TO_FIFO, POLL_OF_EVERYTHING -> {
                toClose.add(new RandomAccessFile(folder.resolve("fifo").toFile(), "rw"));
                boolean writes = wait == Wait.WRITE_TO_FIFO;
                int fd = guest.opened("fifo", !writes, writes, 0);
                assertThat(fd).isEqualTo(wait == Wait.POLL_OF_EVERYTHING ? 5 : 4);
            }
            default -> {}
        }
    }

    private static int waitFor(Wait wait, Preview1Guest guest) {
        return switch (wait) {
            case READ_OF_INPUT -> guest.read(0, 10);
            case READ_OF_FIFO -> guest.read(4, 10);
            case OPENING_TO_READ -> guest.open("fifo", true, false, 0);
            case OPENING_TO_WRITE -> guest.open("fifo", false, true, 0);
            case WRITE_TO_PIPE_OF_JAVA, WRITE_TO_PIPE -> fill(guest, 1);
            case WRITE_TO_FIFO -> fill(guest, 4);
            case ACCEPT -> guest.call("sock_accept", 3, 0, 0);
            case RECEIVE -> receive(guest, 0);
            case RECEIVE_ALL -> receive(guest, 2);
            case SEND -> fill(guest, 3);
            case POLL_OF_CLOCK -> guest.call("poll_oneoff", 0, 8192, subscribe(guest, 0), 16_384);
            case POLL_OF_EVERYTHING ->
                    guest.call("poll_oneoff", 0, 8192, subscribe(guest, 0, 4, 5), 16_384);
        };
    }

    private static int fill(Preview1Guest guest, int fd) {
        guest.iov(0, 0, 60_000);
        int errno = 0;
        while (errno == 0) {
            errno = guest.transfer("fd_write", fd, 1);
        }
        return errno;
    }

    private static int receive(Preview1Guest guest, int flags) {
        guest.iov(0, 4096, 10);
        return guest.call("sock_recv", 3, 1024, 1, flags, 0, 4);
    }

    /** Subscribes to an endless time, and to reading of all but the first of the descriptors. */
    private static int subscribe(Preview1Guest guest, int... fds) {
        guest.memory.fill(0, 48L * (fds.length + 1), (byte) 0);
        guest.memory.writeInt(16, 1);
        guest.memory.writeLong(24, -1);
        for (int i = 0; i < fds.length; i++) {
            guest.memory.writeByte(48L * (i + 1) + 8, (byte) 1);
            guest.memory.writeInt(48L * (i + 1) + 16, fds[i]);
        }
        return fds.length == 1 ? 1 : fds.length + 1;
    }

    private void requireHostsOwnOpen() throws IOException {
        for (AutoCloseable open : toClose) {
            if (open instanceof SocketChannel channel) {
                assertThat(channel.isOpen()).isTrue();
            } else if (open instanceof ServerSocketChannel channel) {
                assertThat(channel.isOpen()).isTrue();
            } else if (open instanceof FileOutputStream out) {
                assertThat(out.getFD().valid()).isTrue();
            }
        }
    }
}
