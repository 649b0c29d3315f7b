package dev.kugg.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kugg.InterruptionException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Standard input that may have to wait. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InputTest {
    private static final long LATENCY_BOUND_NANOS = 1_000_000_000;

    @Test
    void noMoreIsReadThanWasAskedFor() throws Exception {
        SlowInput in = new SlowInput();
        in.give("hello world");
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1().stdin(in))) {
            assertThat(guest.read(0, 5)).isZero();
            assertThat(guest.text()).isEqualTo("hello");
            assertThat(in.left()).isEqualTo(" world");
            assertThat(guest.read(0, 100)).isZero();
            assertThat(guest.text()).isEqualTo(" world");
            in.give("x");
            in.end();
            assertThat(guest.read(0, 100)).isZero();
            assertThat(guest.text()).isEqualTo("x");
            assertThat(guest.read(0, 100)).isZero();
            assertThat(guest.size()).isZero();
            in.give("after the end");
            assertThat(guest.read(0, 100)).isZero();
            assertThat(guest.text()).isEqualTo("after the end");
        }
    }

    @Test
    void aReadThatWaitsIsInterrupted() throws Exception {
        SlowInput in = new SlowInput();
        Wasi wasi = Wasi.preview1().stdin(in);
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            CompletableFuture<Long> ended = endOf(() -> guest.read(0, 10));
            in.waiting.await();
            Thread.sleep(20);
            long asked = System.nanoTime();
            guest.instance.interrupt();
            assertThat(ended.get() - asked).isLessThan(LATENCY_BOUND_NANOS);
            // What comes afterwards is not lost: the pump has asked for ten bytes, and keeps them.
            in.give("0123456789abc");
            assertThat(guest.read(0, 4)).isZero();
            assertThat(guest.text()).isEqualTo("0123");
            try (Preview1Guest other = new Preview1Guest(wasi.args("derived"))) {
                assertThat(other.read(0, 40)).isZero();
                assertThat(other.text()).isEqualTo("456789");
            }
            assertThat(guest.read(0, 40)).isZero();
            assertThat(guest.text()).isEqualTo("abc");
        }
    }

    @Test
    void aReadThatWaitsEndsWhenTheInstanceIsClosed() throws Exception {
        SlowInput in = new SlowInput();
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1().stdin(in))) {
            CompletableFuture<Long> ended = endOf(() -> guest.read(0, 10));
            in.waiting.await();
            long asked = System.nanoTime();
            guest.instance.close();
            assertThat(ended.get() - asked).isLessThan(LATENCY_BOUND_NANOS);
        }
    }

    @Test
    void aReadThatWaitsEndsAtTheDeadline() {
        Wasi wasi = Wasi.preview1().stdin(new SlowInput());
        try (Preview1Guest guest = new Preview1Guest(wasi, Duration.ofMillis(50))) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> guest.read(0, 10)).isInstanceOf(InterruptionException.class);
            assertThat(System.nanoTime() - start)
                    .isBetween(45_000_000L, 50_000_000 + LATENCY_BOUND_NANOS);
            assertThat(guest.call("sched_yield")).as("usable").isZero();
        }
    }

    @Test
    void aReadThatWaitsEndsWhenItsThreadIsInterrupted() throws Exception {
        SlowInput in = new SlowInput();
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1().stdin(in))) {
            CountDownLatch ended = new CountDownLatch(1);
            Thread thread =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        assertThatThrownBy(() -> guest.read(0, 10))
                                                .isInstanceOf(InterruptionException.class);
                                        assertThat(Thread.currentThread().isInterrupted()).isTrue();
                                        ended.countDown();
                                    });
            in.waiting.await();
            thread.interrupt();
            assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aReadWaitsForItsInput() throws Exception {
        SlowInput in = new SlowInput();
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1().stdin(in))) {
            CompletableFuture<Integer> errno =
                    CompletableFuture.supplyAsync(() -> guest.read(0, 9));
            in.waiting.await();
            in.give("late");
            assertThat(errno.get()).isZero();
            assertThat(guest.text()).isEqualTo("late");
        }
    }

    @Test
    void aReadThatMustNotWaitTriesAgain() throws Exception {
        SlowInput in = new SlowInput();
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1().stdin(in))) {
            assertThat(guest.call("fd_fdstat_set_flags", 0, 4)).isZero();
            assertThat(guest.read(0, 10)).isEqualTo(Preview1Guest.AGAIN);
            assertThat(guest.read(0, 10)).isEqualTo(Preview1Guest.AGAIN);
            in.give("text");
            int errno = Preview1Guest.AGAIN;
            while (errno == Preview1Guest.AGAIN) {
                errno = guest.read(0, 10);
            }
            assertThat(errno).isZero();
            assertThat(guest.text()).isEqualTo("text");
        }
    }

    @Test
    void aBrokenStreamIsAnErrno() {
        SlowInput in = new SlowInput();
        in.fail(new IOException("broken"));
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1().stdin(in))) {
            assertThat(guest.read(0, 10)).isEqualTo(Preview1Guest.IO);
            in.give("goes on");
            assertThat(guest.read(0, 10)).isZero();
            assertThat(guest.text()).isEqualTo("goes on");
        }
    }

    @Test
    void anExceptionOfTheStreamReachesTheCaller() {
        SlowInput in = new SlowInput();
        in.fail(new IllegalStateException("the host's own"));
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1().stdin(in))) {
            assertThatThrownBy(() -> guest.read(0, 10))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the host's own");
            in.end();
            assertThat(guest.read(0, 10)).isZero();
        }
    }

    @Test
    void twoGuestsShareOneInput() throws Exception {
        SlowInput in = new SlowInput();
        Wasi wasi = Wasi.preview1().stdin(in);
        try (Preview1Guest one = new Preview1Guest(wasi);
                Preview1Guest two = new Preview1Guest(wasi)) {
            CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> one.read(0, 1));
            CompletableFuture<Integer> second = CompletableFuture.supplyAsync(() -> two.read(0, 1));
            in.waiting.await();
            in.give("ab");
            assertThat(first.get()).isZero();
            assertThat(second.get()).isZero();
            assertThat(one.text() + two.text()).isIn("ab", "ba");
        }
    }

    @Test
    void systemInIsOneInput() throws Exception {
        InputStream before = System.in;
        SlowInput in = new SlowInput();
        System.setIn(in);
        try (Preview1Guest one = new Preview1Guest(Wasi.preview1().stdin(System.in));
                Preview1Guest two = new Preview1Guest(Wasi.preview1().stdin(System.in))) {
            CompletableFuture<Long> ended = endOf(() -> one.read(0, 10));
            in.waiting.await();
            one.instance.interrupt();
            ended.get();
            in.give("for who comes next");
            assertThat(two.read(0, 40)).isZero();
            assertThat(two.text()).isEqualTo("for who co");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void aFileIsReadToItsEnd(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "0123456789".repeat(10_000));
        try (InputStream in = new FileInputStream(file.toFile());
                Preview1Guest guest = new Preview1Guest(Wasi.preview1().stdin(in))) {
            int total = 0;
            do {
                assertThat(guest.read(0, 4000)).isZero();
                total += guest.size();
            } while (guest.size() > 0);
            assertThat(total).isEqualTo(100_000);
        }
    }

    @Test
    void aThousandInterruptionsInARow() throws Exception {
        SlowInput in = new SlowInput();
        long worst = 0;
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1().stdin(in))) {
            for (int i = 0; i < 1000; i++) {
                CompletableFuture<Long> ended = endOf(() -> guest.read(0, 10));
                Thread.sleep(i % 3);
                long asked = System.nanoTime();
                guest.instance.interrupt();
                worst = Math.max(worst, ended.get() - asked);
            }
        }
        assertThat(worst).isLessThan(LATENCY_BOUND_NANOS);
    }

    @Test
    void theThreadThatWaitsForInputEndsSoon() throws Exception {
        SlowInput in = new SlowInput();
        in.give("x");
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1().stdin(in))) {
            assertThat(guest.read(0, 1)).isZero();
        }
        Thread reader = in.reader;
        assertThat(reader.isDaemon()).isTrue();
        reader.join(10_000);
        assertThat(reader.isAlive()).isFalse();
    }

    /** {@return when a call that is to be interrupted has ended} */
    private static CompletableFuture<Long> endOf(Runnable call) {
        return CompletableFuture.supplyAsync(
                () -> {
                    assertThatThrownBy(call::run).isInstanceOf(InterruptionException.class);
                    return System.nanoTime();
                });
    }

    /** Input that comes when the test says so, and knows nothing about what is available. */
    private static final class SlowInput extends InputStream {
        final CountDownLatch waiting = new CountDownLatch(1);
        volatile Thread reader;
        private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
        private String rest = "";

        void give(String text) {
            events.add(text);
        }

        void end() {
            events.add(-1);
        }

        void fail(Exception e) {
            events.add(e);
        }

        synchronized String left() {
            return rest;
        }

        @Override
        public int read() {
            throw new AssertionError("one by one");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            reader = Thread.currentThread();
            if (left().isEmpty()) {
                waiting.countDown();
                Object event = next();
                if (event instanceof IOException e) {
                    throw e;
                }
                if (event instanceof RuntimeException e) {
                    throw e;
                }
                if (!(event instanceof String text)) {
                    return -1;
                }
                return take(text, bytes, offset, length);
            }
            return take(left(), bytes, offset, length);
        }

        private Object next() {
            try {
                return events.take();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        private synchronized int take(String text, byte[] bytes, int offset, int length) {
            int count = Math.min(length, text.length());
            System.arraycopy(text.getBytes(UTF_8), 0, bytes, offset, count);
            rest = text.substring(count);
            return count;
        }
    }
}
