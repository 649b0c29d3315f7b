package dev.kugg.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kugg.InterruptionException;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** Output that may have to wait, and output that fails. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OutputTest {
    private static final int NONBLOCK = 4;

    @TempDir Path folder;

    @Test
    void whatWasHandedOverIsWrittenOnceAndInOrder() throws Exception {
        PipedOutputStream out = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(out, 10);
        Wasi wasi = Wasi.preview1().stdout(out);
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            CompletableFuture<Void> stopped = stopped(() -> guest.write(1, "0123456789abcdef"));
            Thread.sleep(50);
            guest.instance.interrupt();
            stopped.get(10, TimeUnit.SECONDS);
            // The next write comes behind it, also that of another guest.
            CompletableFuture<Integer> next;
            try (Preview1Guest other = new Preview1Guest(wasi)) {
                next = CompletableFuture.supplyAsync(() -> other.write(1, "NEXT"));
                assertThat(new String(in.readNBytes(20), UTF_8)).isEqualTo("0123456789abcdefNEXT");
                assertThat(next.get()).isZero();
            }
            assertThat(guest.write(1, "more")).isZero();
            assertThat(new String(in.readNBytes(4), UTF_8)).isEqualTo("more");
            assertThat(in.available()).isZero();
        }
    }

    @Test
    void whoReadsAPipeOfJavaFindsItsWriterAlive() throws Exception {
        PipedOutputStream out = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(out);
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1().stdout(out))) {
            assertThat(guest.write(1, "a")).isZero();
            assertThat(in.read()).isEqualTo('a');
            CompletableFuture<Integer> later =
                    CompletableFuture.supplyAsync(
                            () -> {
                                sleep(2500);
                                return guest.write(1, "b");
                            });
            assertThat(in.read()).isEqualTo('b');
            assertThat(later.get()).isZero();
        }
    }

    @Test
    void aWriteThatMustNotWaitIsTakenOrTriesAgain() throws Exception {
        PipedOutputStream out = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(out, 10);
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1().stdout(out))) {
            assertThat(guest.call("fd_fdstat_set_flags", 1, NONBLOCK)).isZero();
            assertThat(guest.write(1, "0123456789abc")).isZero();
            assertThat(guest.size()).isEqualTo(13);
            assertThat(guest.write(1, "more")).isEqualTo(Preview1Guest.AGAIN);
            assertThat(poll(guest, 0)).as("not writable").isZero();
            assertThat(new String(in.readNBytes(13), UTF_8)).isEqualTo("0123456789abc");
            assertThat(poll(guest, -1)).as("writable").isEqualTo(1);
            assertThat(guest.write(1, "more")).isZero();
            assertThat(new String(in.readNBytes(4), UTF_8)).isEqualTo("more");
        }
    }

    /** {@return how many events of the output there were} */
    private static int poll(Preview1Guest guest, long nanos) {
        guest.memory.fill(0, 96, (byte) 0);
        guest.memory.writeByte(8, (byte) 2);
        guest.memory.writeInt(16, 1);
        guest.memory.writeInt(48 + 16, 1);
        guest.memory.writeLong(48 + 24, nanos);
        assertThat(guest.call("poll_oneoff", 0, 8192, 2, 16_384)).isZero();
        assertThat(guest.memory.readInt(16_384)).isEqualTo(1);
        return guest.memory.readByte(8192 + 10) == 2 ? 1 : 0;
    }

    @Test
    void aPipeNobodyReadsIsAnErrno() throws Exception {
        PipedOutputStream out = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(out);
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1().stdout(out))) {
            assertThat(guest.write(1, "a")).isZero();
            in.close();
            assertThat(guest.write(1, "b")).isEqualTo(Preview1Guest.PIPE);
        }
        Fifos.assumeLinux();
        Path pipe = Fifos.make(folder.resolve("pipe"));
        RandomAccessFile both = new RandomAccessFile(pipe.toFile(), "rw");
        try (FileOutputStream end = new FileOutputStream(pipe.toFile(), true);
                Preview1Guest guest = new Preview1Guest(Wasi.preview1().stdout(end))) {
            assertThat(guest.write(1, "a")).isZero();
            both.close();
            assertThat(guest.write(1, "b")).isEqualTo(Preview1Guest.PIPE);
            assertThat(guest.write(1, "c")).isEqualTo(Preview1Guest.PIPE);
        }
    }

    @Test
    void aFullDeviceIsAnErrno() throws Exception {
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/full")), "left out: no /dev/full");
        try (FileOutputStream out = new FileOutputStream("/dev/full");
                Preview1Guest guest = new Preview1Guest(Wasi.preview1().stdout(out))) {
            assertThat(guest.write(1, "a")).isEqualTo(Preview1Guest.NOSPC);
            assertThat(guest.write(1, "a")).isEqualTo(Preview1Guest.NOSPC);
        }
        try (FileOutputStream out = new FileOutputStream("/dev/null");
                Preview1Guest guest = new Preview1Guest(Wasi.preview1().stdout(out))) {
            assertThat(guest.write(1, "a")).isZero();
            assertThat(guest.write(1, "a")).isZero();
        }
    }

    @Test
    void aFullDiskIsAPartAndThenAnErrno() throws Exception {
        Path mount = Files.createDirectory(folder.resolve("small"));
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", mount.toString()),
                "left out: nothing can be mounted here");
        try (FileOutputStream out = new FileOutputStream(mount.resolve("file").toFile());
                Preview1Guest guest = new Preview1Guest(Wasi.preview1().stdout(out))) {
            guest.iov(0, 0, 40_000);
            assertThat(guest.transfer("fd_write", 1, 1)).isZero();
            assertThat(guest.size()).isEqualTo(40_000);
            assertThat(guest.transfer("fd_write", 1, 1)).isZero();
            assertThat(guest.size()).isEqualTo(65_536 - 40_000);
            assertThat(guest.transfer("fd_write", 1, 1)).isEqualTo(Preview1Guest.NOSPC);
            assertThat(Files.size(mount.resolve("file"))).isEqualTo(65_536);
        } finally {
            assertThat(run("umount", mount.toString())).isTrue();
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aClosedStreamIsAnErrno() throws Exception {
        FileOutputStream out = new FileOutputStream(folder.resolve("file").toFile());
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1().stdout(out))) {
            assertThat(guest.write(1, "a")).isZero();
            out.close();
            assertThat(guest.write(1, "b")).isEqualTo(Preview1Guest.BADF);
        }
        assertThat(folder.resolve("file")).hasContent("a");
        FileInputStream in = new FileInputStream(folder.resolve("file").toFile());
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1().stdin(in))) {
            in.close();
            assertThat(guest.read(0, 1)).isEqualTo(Preview1Guest.BADF);
        }
    }

    @Test
    void filesAreWrittenAndAppendedTo() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "before ");
        for (boolean append : new boolean[] {true, false}) {
            try (FileOutputStream out = new FileOutputStream(file.toFile(), append);
                    Preview1Guest guest = new Preview1Guest(Wasi.preview1().stdout(out))) {
                for (int i = 0; i < 3; i++) {
                    assertThat(guest.write(1, "text")).isZero();
                }
            }
            assertThat(file).hasContent(append ? "before texttexttext" : "texttexttext");
        }
    }

    @Test
    void printStreamsAroundStreamsOfTheHostWork() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Preview1Guest guest =
                new Preview1Guest(Wasi.preview1().stdout(new PrintStream(bytes)))) {
            for (int i = 0; i < 1000; i++) {
                assertThat(guest.write(1, "x")).isZero();
            }
        }
        assertThat(bytes.size()).isEqualTo(1000);
    }

    @Test
    void anExceptionInThePumpReachesTheCaller() {
        OutputStream mad =
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        throw new IndexOutOfBoundsException("the host's own");
                    }
                };
        Wasi wasi = Wasi.preview1().stdout(new PrintStream(mad));
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            assertThatThrownBy(() -> guest.write(1, "text"))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("the host's own");
            assertThat(guest.write(2, "still usable")).isZero();
        }
    }

    /** This process's own output, as a pipe nobody reads. */
    @Test
    void theProcesssOwnPipeIsWrittenUntilItIsFullAndNoLonger() throws Exception {
        Fifos.assumeLinux();
        for (String stream : new String[] {"file", "print"}) {
            Process child = child("fill", stream);
            try (InputStream told = child.getErrorStream()) {
                // It ends by itself, though nobody reads.
                String said = new String(told.readAllBytes(), UTF_8);
                assertThat(said).startsWith("stopped ");
                int handed = Integer.parseInt(said.trim().substring("stopped ".length()));
                String out = new String(child.getInputStream().readAllBytes(), UTF_8);
                assertThat(out.length()).isBetween(60_000, handed);
                for (int i = 0; 100 * (i + 1) <= out.length(); i++) {
                    assertThat(out.substring(100 * i, 100 * i + 100)).isEqualTo(line(i));
                }
            }
            assertThat(child.waitFor()).isZero();
        }
    }

    @Test
    void theProcesssOwnPipeBreaks() throws Exception {
        Fifos.assumeLinux();
        for (String stream : new String[] {"file", "print"}) {
            Process child = child("break", stream);
            child.getInputStream().close();
            assertThat(new String(child.getErrorStream().readAllBytes(), UTF_8).trim())
                    .isEqualTo("answers " + Preview1Guest.PIPE);
            assertThat(child.waitFor()).isZero();
        }
    }

    @Test
    void theProcesssOwnOutputIsFull() throws Exception {
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/full")), "left out: no /dev/full");
        for (String stream : new String[] {"file", "print"}) {
            ProcessBuilder builder = builder("break", stream);
            builder.redirectOutput(Path.of("/dev/full").toFile());
            Process child = builder.start();
            assertThat(new String(child.getErrorStream().readAllBytes(), UTF_8).trim())
                    .isEqualTo("answers " + Preview1Guest.NOSPC);
            assertThat(child.waitFor()).isZero();
        }
    }

    private static Process child(String... args) throws IOException {
        return builder(args).start();
    }

    private static ProcessBuilder builder(String... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Child.class.getName());
        command.addAll(List.of(args));
        return new ProcessBuilder(command);
    }

    private static String line(int i) {
        return "line %94d\n".formatted(i);
    }

    /** Writes to its own output, and says on the other one how that ended. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) throws Exception {
            OutputStream out =
                    args[1].equals("file") ? new FileOutputStream(FileDescriptor.out) : System.out;
            Wasi wasi = Wasi.preview1().stdout(out);
            try (Preview1Guest guest = new Preview1Guest(wasi, Duration.ofMillis(1000))) {
                System.err.println(args[0].equals("fill") ? fill(guest) : breakOff(guest));
            }
        }

        private static String fill(Preview1Guest guest) {
            int i = 0;
            try {
                while (true) {
                    assertThat(guest.write(1, line(i++))).isZero();
                }
            } catch (InterruptionException e) {
                return "stopped " + 100 * i;
            }
        }

        private static String breakOff(Preview1Guest guest) {
            int errno = 0;
            while (errno == 0) {
                sleep(1);
                errno = guest.write(1, "x");
            }
            return "answers " + errno;
        }
    }

    private static CompletableFuture<Void> stopped(IntSupplier call) {
        return CompletableFuture.runAsync(
                () -> assertThatThrownBy(call::getAsInt).isInstanceOf(InterruptionException.class));
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
