package dev.kugg.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;

/** Reading and writing of the three streams, without waiting. */
class StdioTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Wasi wasi = Wasi.preview1().stdout(out).stderr(err);

    @Test
    void outputsGoToTheirStreams() {
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            assertThat(guest.write(1, "out ü\n")).isZero();
            assertThat(guest.size()).isEqualTo(7);
            assertThat(guest.write(2, "err\n")).isZero();
            assertThat(guest.write(1, "")).isZero();
            assertThat(guest.size()).isZero();
        }
        assertThat(out.toString(UTF_8)).isEqualTo("out ü\n");
        assertThat(err.toString(UTF_8)).isEqualTo("err\n");
    }

    @Test
    void severalBuffersAreOneWrite() {
        WriteCounter counter = new WriteCounter();
        try (Preview1Guest guest = new Preview1Guest(wasi.stdout(counter))) {
            guest.memory.writeString(4096, "abcdef");
            guest.iov(0, 4098, 4);
            guest.iov(1, 4096, 0);
            guest.iov(2, -1, 0);
            guest.iov(3, 4096, 2);
            guest.iov(4, 4096, 6);
            assertThat(guest.transfer("fd_write", 1, 5)).isZero();
            assertThat(guest.size()).isEqualTo(12);
        }
        assertThat(counter.toString(UTF_8)).isEqualTo("cdefababcdef");
        assertThat(counter.writes).isEqualTo(1);
        assertThat(counter.flushes).isEqualTo(1);
    }

    @Test
    void manyBuffersAreWrittenInPart() {
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            for (int i = 0; i < 2000; i++) {
                guest.iov(i, 0, 1);
            }
            assertThat(guest.transfer("fd_write", 1, 2000)).isZero();
            assertThat(guest.size()).isEqualTo(1024);
        }
        assertThat(out.size()).isEqualTo(1024);
    }

    @Test
    void bigWritesGoThroughPieceByPiece() {
        WriteCounter counter = new WriteCounter();
        try (Preview1Guest guest = new Preview1Guest(wasi.stdout(counter))) {
            for (int i = 0; i < 100; i++) {
                guest.iov(i, 0, 65_535);
            }
            assertThat(guest.transfer("fd_write", 1, 100)).isZero();
            assertThat(guest.size()).isEqualTo(6_553_500);
        }
        assertThat(counter.size()).isEqualTo(6_553_500);
        assertThat(counter.largest).isLessThanOrEqualTo(65_536);
    }

    @Test
    void listsAreCheckedBeforeAnythingIsDone() {
        InputStream in = new ByteArrayInputStream("input".getBytes(UTF_8));
        try (Preview1Guest guest = new Preview1Guest(wasi.stdin(in))) {
            for (int fd = 0; fd < 2; fd++) {
                String function = fd == 0 ? "fd_read" : "fd_write";
                // The list itself, one byte beyond, and as long as can be claimed.
                assertThat(guest.call(function, fd, 65_529, 1, 0)).isEqualTo(Preview1Guest.FAULT);
                assertThat(guest.call(function, fd, 0, 8193, 0)).isEqualTo(Preview1Guest.FAULT);
                assertThat(guest.call(function, fd, 0, -1, 0)).isEqualTo(Preview1Guest.FAULT);
                assertThat(guest.call(function, fd, -8, -1, 0)).isEqualTo(Preview1Guest.FAULT);
                // A good buffer and a bad one.
                guest.iov(0, 0, 5);
                guest.iov(1, 65_530, 7);
                assertThat(guest.transfer(function, fd, 2)).isEqualTo(Preview1Guest.FAULT);
                guest.iov(1, 0, -1);
                assertThat(guest.transfer(function, fd, 2)).isEqualTo(Preview1Guest.FAULT);
                guest.iov(1, -1, 1);
                assertThat(guest.transfer(function, fd, 2)).isEqualTo(Preview1Guest.FAULT);
                // No place for the result.
                assertThat(guest.call(function, fd, 1024, 1, 65_533))
                        .isEqualTo(Preview1Guest.FAULT);
                assertThat(guest.call(function, fd, 1024, 1, -1)).isEqualTo(Preview1Guest.FAULT);
            }
            assertThat(out.size()).as("nothing was written").isZero();
            assertThat(guest.read(0, 100)).isZero();
            assertThat(guest.text()).as("nothing was read").isEqualTo("input");
        }
    }

    @Test
    void aReadThatOverwritesItsOwnListDoesNoHarm() {
        InputStream in = new ByteArrayInputStream(new byte[64]);
        try (Preview1Guest guest = new Preview1Guest(wasi.stdin(in))) {
            // The first buffer holds the list, so the second one has no bytes any more.
            guest.iov(0, 1024, 16);
            guest.iov(1, 4096, 16);
            assertThat(guest.transfer("fd_read", 0, 2)).isEqualTo(Preview1Guest.FAULT);
        }
    }

    @Test
    void inputIsReadInParts() {
        InputStream in = new ByteArrayInputStream("hello world".getBytes(UTF_8));
        try (Preview1Guest guest = new Preview1Guest(wasi.stdin(in))) {
            assertThat(guest.read(0, 5)).isZero();
            assertThat(guest.text()).isEqualTo("hello");
            assertThat(guest.read(0, 0)).isZero();
            assertThat(guest.size()).isZero();
            guest.iov(0, 4096, 2);
            guest.iov(1, 65_536, 0);
            guest.iov(2, 5000, 100);
            assertThat(guest.transfer("fd_read", 0, 3)).isZero();
            assertThat(guest.size()).isEqualTo(6);
            assertThat(guest.memory.readString(4096, 2)).isEqualTo(" w");
            assertThat(guest.memory.readString(5000, 4)).isEqualTo("orld");
            assertThat(guest.read(0, 100)).isZero();
            assertThat(guest.size()).as("the end").isZero();
            assertThat(guest.read(0, 100)).isZero();
            assertThat(guest.size()).as("still the end").isZero();
        }
    }

    @Test
    void withoutStreamsInputIsAtItsEndAndOutputIsThrownAway() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
            assertThat(guest.read(0, 100)).isZero();
            assertThat(guest.size()).isZero();
            assertThat(guest.write(1, "text")).isZero();
            assertThat(guest.size()).isEqualTo(4);
            assertThat(guest.write(2, "text")).isZero();
        }
    }

    @Test
    void directionsAreFixed() {
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            assertThat(guest.write(0, "text")).isEqualTo(Preview1Guest.BADF);
            assertThat(guest.read(1, 5)).isEqualTo(Preview1Guest.BADF);
            assertThat(guest.read(2, 5)).isEqualTo(Preview1Guest.BADF);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void brokenOutputIsAnErrno(boolean print) {
        OutputStream broken = new BrokenOutput(0);
        OutputStream stream = print ? new PrintStream(broken) : broken;
        try (Preview1Guest guest = new Preview1Guest(wasi.stdout(stream))) {
            assertThat(guest.write(1, "text")).isEqualTo(Preview1Guest.IO);
            assertThat(guest.write(1, "text")).isEqualTo(Preview1Guest.IO);
            assertThat(guest.write(2, "other")).isZero();
        }
    }

    @Test
    void outputThatBreaksWhenItIsFlushedIsAnErrno() {
        OutputStream stream = new BufferedOutputStream(new BrokenOutput(0));
        try (Preview1Guest guest = new Preview1Guest(wasi.stdout(stream))) {
            assertThat(guest.write(1, "text")).isEqualTo(Preview1Guest.IO);
        }
    }

    @Test
    void outputThatBreaksInTheMiddleIsAPartialWrite() {
        try (Preview1Guest guest = new Preview1Guest(wasi.stdout(new BrokenOutput(100_000)))) {
            guest.iov(0, 0, 65_536);
            guest.iov(1, 0, 65_536);
            assertThat(guest.transfer("fd_write", 1, 2)).isZero();
            assertThat(guest.size()).isEqualTo(65_536);
            assertThat(guest.transfer("fd_write", 1, 2)).isEqualTo(Preview1Guest.IO);
        }
    }

    @Test
    void anExceptionOfAStreamReachesTheCaller() {
        OutputStream mad =
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        throw new IndexOutOfBoundsException("the host's own");
                    }
                };
        try (Preview1Guest guest = new Preview1Guest(wasi.stdout(mad))) {
            assertThatThrownBy(() -> guest.write(1, "text"))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("the host's own");
            assertThat(guest.write(2, "still usable")).isZero();
        }
    }

    @Test
    void aStreamMayCallTheGuestThatWritesToIt() {
        Preview1Guest[] guest = new Preview1Guest[1];
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        OutputStream nesting =
                new OutputStream() {
                    private boolean nested;

                    @Override
                    public void write(int b) {
                        throw new AssertionError("one by one");
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) {
                        if (!nested) {
                            nested = true;
                            assertThat(guest[0].write(1, "XXXXX")).isZero();
                        }
                        inner.write(bytes, offset, length);
                    }
                };
        try (Preview1Guest started = new Preview1Guest(wasi.stdout(nesting))) {
            guest[0] = started;
            assertThat(started.write(1, "outer")).isZero();
        }
        assertThat(inner.toString(UTF_8)).isEqualTo("XXXXXouter");
    }

    @Test
    void aWriteWithoutEndIsStopped() {
        OutputStream slow =
                new OutputStream() {
                    @Override
                    public void write(int b) {}

                    @Override
                    public void write(byte[] bytes, int offset, int length) {
                        sleep(5);
                    }
                };
        Wasi config = wasi.stdout(slow);
        try (Preview1Guest guest = new Preview1Guest(config, Duration.ofMillis(50))) {
            for (int i = 0; i < 1024; i++) {
                guest.iov(i, 0, 65_536);
            }
            long start = System.nanoTime();
            assertThatThrownBy(() -> guest.transfer("fd_write", 1, 1024))
                    .isInstanceOf(dev.kugg.InterruptionException.class);
            assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Counts how it is used. */
    private static final class WriteCounter extends ByteArrayOutputStream {
        int writes;
        int flushes;
        int largest;

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            writes++;
            largest = Math.max(largest, length);
            super.write(bytes, offset, length);
        }

        @Override
        public void flush() {
            flushes++;
        }
    }

    /** Takes so many bytes. */
    private static final class BrokenOutput extends OutputStream {
        private int left;

        BrokenOutput(int left) {
            this.left = left;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > left) {
                throw new IOException("No space left on device");
            }
            left -= length;
        }
    }
}
