package dev.kugg.wasi.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kugg.ExitException;
import dev.kugg.Instance;
import dev.kugg.InterruptionException;
import dev.kugg.Kugg;
import dev.kugg.TrapException;
import dev.kugg.WasmModule;
import dev.kugg.wasi.Wasi;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * When there is no more of something, and when a guest ends in the middle: an errno or a documented
 * outcome, and no descriptor of the host is left open.
 */
@EnabledOnOs(OS.LINUX)
class FaultsTest {
    private static final int BADF = 8;
    private static final int IO = 29;
    private static final int MFILE = 33;
    private static final int NFILE = 41;
    private static final int NOSPC = 51;

    private final WasmModule module = Kugg.module(FaultsTest.class, "faults.wasm");

    @TempDir private Path folder;

    @BeforeEach
    void files() throws IOException {
        Files.writeString(folder.resolve("file.txt"), "text");
        // What is opened once for all, classes and the like, is open from here on.
        try (Instance instance = start(Wasi.preview1())) {
            call(instance, "renumber", 10);
        }
    }

    @Test
    void aGuestOpensNoMoreThanItMay() throws IOException {
        long before = openDescriptors();
        try (Instance instance = start(Wasi.preview1())) {
            for (int folders = 0; folders < 2; folders++) {
                assertThat(call(instance, "open_many", 10_000, folders)).isEqualTo(1024 - 4);
                assertThat(call(instance, "last_errno")).isEqualTo(MFILE);
                assertThat(call(instance, "close_from", 4)).isEqualTo(1024 - 4);
            }
            assertThat(openDescriptors()).isLessThanOrEqualTo(before + 8);
        }
        assertNothingIsOpenSince(before);
    }

    @Test
    void theHostsOwnLimitIsAnErrnoToo() throws IOException {
        long before = openDescriptors();
        try (Instance instance = start(Wasi.preview1().maxOpen(20_000))) {
            long opened = call(instance, "open_many", 10_000, 0);
            if (opened < 10_000) {
                assertThat(call(instance, "last_errno")).isIn((long) MFILE, (long) NFILE);
            }
            assertThat(call(instance, "close_from", 4)).isEqualTo(opened);
        }
        assertNothingIsOpenSince(before);
    }

    @Test
    void renumberingClosesWhatItReplaces() throws IOException {
        long before = openDescriptors();
        try (Instance instance = start(Wasi.preview1())) {
            assertThat(call(instance, "renumber", 10_000)).isEqualTo(10_000);
            assertThat(openDescriptors()).isLessThanOrEqualTo(before + 8);
        }
        assertNothingIsOpenSince(before);
    }

    @Test
    void nothingIsLeftOpenHoweverAGuestEnds() throws IOException {
        long before = openDescriptors();
        for (int i = 0; i < 3; i++) {
            ends("trap", TrapException.class);
            ends("exit", ExitException.class);
            ends("spin", InterruptionException.class);
            ends("spin_on_files", InterruptionException.class);
        }
        assertNothingIsOpenSince(before);
    }

    private void ends(String export, Class<? extends RuntimeException> by) {
        try (Instance instance = start(Wasi.preview1(), Duration.ofMillis(200))) {
            assertThat(call(instance, "open_many", 100, 0)).isEqualTo(100);
            assertThat(call(instance, "open_many", 100, 1)).isEqualTo(100);
            assertThatThrownBy(() -> call(instance, export)).isInstanceOf(by);
        }
    }

    @Test
    void anInstanceNeverClosedMayStillBeUsedAfterATrap() throws IOException {
        long before = openDescriptors();
        try (Instance instance = start(Wasi.preview1())) {
            assertThatThrownBy(() -> call(instance, "trap")).isInstanceOf(TrapException.class);
            assertThat(call(instance, "open_many", 100, 0)).isEqualTo(100);
        }
        assertNothingIsOpenSince(before);
    }

    @Test
    void aFullDeviceIsNoSpace() throws IOException {
        try (OutputStream full = new FileOutputStream("/dev/full");
                Instance instance = start(Wasi.preview1().stdout(full))) {
            assertThat(call(instance, "fill_stdout", 10)).isZero();
            assertThat(call(instance, "last_errno")).isEqualTo(NOSPC);
        }
    }

    @Test
    void aClosedStreamIsAnErrno() throws IOException {
        OutputStream closed = new FileOutputStream("/dev/null");
        closed.close();
        try (Instance instance = start(Wasi.preview1().stdout(closed))) {
            assertThat(call(instance, "fill_stdout", 10)).isZero();
            assertThat(call(instance, "last_errno")).isIn((long) BADF, (long) IO);
        }
    }

    @Test
    void inputThatNeverEndsIsReadUntilTheCallIsStopped() throws IOException {
        long before = openDescriptors();
        try (FileInputStream zeros = new FileInputStream("/dev/zero");
                Instance instance = start(Wasi.preview1().stdin(zeros), Duration.ofMillis(300))) {
            assertThat(call(instance, "read_stdin", 100)).isEqualTo(100L << 16);
            assertThatThrownBy(() -> call(instance, "read_stdin", Integer.MAX_VALUE))
                    .isInstanceOf(InterruptionException.class);
            assertThat(call(instance, "read_stdin", 1)).isEqualTo(1L << 16);
        }
        assertNothingIsOpenSince(before);
    }

    @Test
    void aFifoNobodyWritesToIsWaitedForUntilTheCallIsStopped() throws Exception {
        assertThat(run("mkfifo", folder.resolve("fifo").toString())).isTrue();
        long before = openDescriptors();
        try (Instance instance = start(Wasi.preview1(), Duration.ofMillis(200))) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> call(instance, "open_fifo"))
                        .isInstanceOf(InterruptionException.class);
            }
        }
        assertNothingIsOpenSince(before);
    }

    @Test
    void aFullDiskTakesWhatFits() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        if (!run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString())) {
            System.out.println("a full disk: left out: nothing can be mounted here");
            return;
        }
        try (Instance instance =
                module.with(Wasi.preview1().dir(disk, "."))
                        .timeout(Duration.ofSeconds(60))
                        .start()) {
            long taken = call(instance, "fill_file", 100);
            assertThat(call(instance, "last_errno")).isEqualTo(NOSPC);
            assertThat(taken).isBetween(1L << 19, 1L << 20);
            assertThat(Files.size(disk.resolve("full"))).isEqualTo(taken);
        } finally {
            assertThat(run("umount", disk.toString())).isTrue();
        }
    }

    private Instance start(Wasi wasi) {
        return start(wasi, Duration.ofSeconds(60));
    }

    private Instance start(Wasi wasi, Duration timeout) {
        return module.with(wasi.dir(folder, ".")).timeout(timeout).start();
    }

    private static long call(Instance instance, String export, long... arguments) {
        long[] results = instance.func(export).call(arguments);
        return results.length == 0 ? 0 : results[0];
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private static long openDescriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    /** Threads of the instance may still be about to close theirs. */
    private static void assertNothingIsOpenSince(long before) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (openDescriptors() > before && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(openDescriptors()).isLessThanOrEqualTo(before);
    }
}
