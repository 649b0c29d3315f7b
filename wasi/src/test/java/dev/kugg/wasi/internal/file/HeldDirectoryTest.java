package dev.kugg.wasi.internal.file;

import static dev.kugg.wasi.internal.file.FileTests.CREATE;
import static dev.kugg.wasi.internal.file.FileTests.READ;
import static dev.kugg.wasi.internal.file.FileTests.append;
import static dev.kugg.wasi.internal.file.FileTests.errno;
import static dev.kugg.wasi.internal.file.FileTests.openDescriptors;
import static dev.kugg.wasi.internal.file.FileTests.read;
import static dev.kugg.wasi.internal.file.FileTests.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** What only a folder that is held open can do. */
@EnabledOnOs(OS.LINUX)
class HeldDirectoryTest {
    @TempDir Path temp;

    private Directory root;

    @BeforeEach
    void open() throws IOException {
        Files.writeString(temp.resolve("file"), "text");
        Files.createDirectory(temp.resolve("folder"));
        root = HostRoot.open(temp, true);
    }

    @AfterEach
    void close() {
        root.close();
    }

    @Test
    void aRootMustBeAFolderThatIsThere() {
        assertThatThrownBy(() -> HostRoot.open(temp.resolve("none"), true))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("none");
        assertThatThrownBy(() -> HostRoot.open(temp.resolve("file"), true))
                .isInstanceOf(NotDirectoryException.class)
                .hasMessageContaining("file");
    }

    @Test
    void aRootMayBeReachedThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(temp.resolve("link"), Path.of("folder"));
        Directory folder = HostRoot.open(link, true);
        folder.createDirectory("new");
        folder.close();
        assertThat(temp.resolve("folder/new")).isDirectory();
    }

    @Test
    void itIsTheSameFolderUnderAnyName() throws Exception {
        Directory folder = root.openDirectory("folder");
        Files.move(temp.resolve("folder"), temp.resolve("moved"));
        Files.createDirectory(temp.resolve("folder"));
        folder.createDirectory("new");
        folder.openFile("f", CREATE).close();
        assertThat(temp.resolve("moved/new")).isDirectory();
        assertThat(temp.resolve("moved/f")).isRegularFile();
        assertThat(temp.resolve("folder")).isEmptyDirectory();
        folder.close();
    }

    @Test
    void interruptionsDoNothing() throws Exception {
        OpenFile file = root.openFile("file", CREATE);
        Thread.currentThread().interrupt();
        Directory folder = root.openDirectory("folder");
        OpenFile other = folder.openFile("new", CREATE);
        assertThat(read(file, 0)).isEqualTo("text");
        assertThat(write(file, 4, "!")).isEqualTo(1);
        assertThat(append(file, "?")).isEqualTo(1);
        file.setSize(5);
        file.sync(true);
        root.sync();
        root.setTimes("file", new Times(1L, 1L));
        root.list();
        assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
        assertThat(read(file, 0)).isEqualTo("text!");
        assertThat(write(other, 0, "x")).isEqualTo(1);
        file.close();
        other.close();
        folder.close();
    }

    /** Interruptions come at any moment, also between two steps of one operation. */
    @Test
    @Timeout(60)
    void interruptionsAtAnyMomentDoNothing() throws Exception {
        AtomicInteger done = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread worker =
                new Thread(
                        () -> {
                            try {
                                for (int i = 0; i < 2000; i++) {
                                    useFiles(i);
                                    done.incrementAndGet();
                                }
                            } catch (Throwable e) {
                                failure.set(e);
                            }
                        });
        worker.start();
        while (worker.isAlive()) {
            worker.interrupt();
            Thread.onSpinWait();
        }
        assertThat(failure.get()).isNull();
        assertThat(done.get()).isEqualTo(2000);
    }

    private void useFiles(int i) throws ErrnoException {
        Directory folder = root.openDirectory("folder");
        String name = "f" + i;
        OpenFile file = folder.openFile(name, FileTests.CREATE_NEW);
        append(file, "abc");
        write(file, 1, "B");
        assertThat(read(file, 0)).isEqualTo("aBc");
        file.close();
        folder.removeFile(name);
        folder.close();
        Thread.interrupted();
    }

    @Test
    void nothingStaysOpen() throws Exception {
        useAll();
        int before = openDescriptors();
        for (int i = 0; i < 100; i++) {
            useAll();
        }
        assertThat(openDescriptors()).isEqualTo(before);
    }

    private void useAll() throws ErrnoException {
        Directory folder = root.openDirectory("folder");
        Directory again = folder.reopen();
        OpenFile file = again.openFile("new", CREATE);
        write(file, 0, "abc");
        append(file, "d");
        read(file, 0);
        file.setSize(100);
        file.stat();
        file.sync(false);
        again.setTimes("new", new Times(1L, 1L));
        file.setTimes(new Times(1L, 1L));
        again.sync();
        again.list();
        assertThat(errno(() -> again.openFile("none", READ))).isEqualTo(Errno.NOENT);
        assertThat(errno(() -> root.openDirectory("file"))).isEqualTo(Errno.NOTDIR);
        assertThat(errno(() -> root.openFile("folder", READ))).isEqualTo(Errno.ISDIR);
        assertThat(errno(() -> root.rename("file", root, "folder"))).isEqualTo(Errno.ISDIR);
        file.close();
        again.close();
        folder.close();
    }

    /**
     * Whoever closes a folder does not take it from who is using it, and its descriptor's number is
     * nobody else's before that one is done: otherwise the rest would happen in another folder.
     */
    @Test
    @Timeout(60)
    void closingWhileItIsUsed() throws Exception {
        Path other = Files.createDirectory(temp.resolve("other"));
        for (int i = 0; i < 500; i++) {
            Directory folder = root.openDirectory("folder");
            CountDownLatch begun = new CountDownLatch(1);
            AtomicReference<Errno> end = new AtomicReference<>();
            Thread user =
                    new Thread(
                            () -> {
                                begun.countDown();
                                Errno errno = Errno.SUCCESS;
                                while (errno == Errno.SUCCESS) {
                                    errno = errno(() -> makeAndRemove(folder));
                                }
                                end.set(errno);
                            });
            user.start();
            begun.await();
            folder.close();
            // They get the number that is free now.
            List<Directory> others = new ArrayList<>();
            for (int k = 0; k < 3; k++) {
                others.add(HostRoot.open(other, true));
            }
            user.join();
            assertThat(end.get()).isEqualTo(Errno.BADF);
            for (Directory open : others) {
                assertThat(open.list()).isEmpty();
                open.close();
            }
        }
    }

    private static void makeAndRemove(Directory folder) throws ErrnoException {
        Errno made = errno(() -> folder.createDirectory("new"));
        if (made != Errno.SUCCESS && made != Errno.EXIST) {
            throw new ErrnoException(made);
        }
        folder.removeDirectory("new");
    }

    @Test
    @Timeout(20)
    void aFifoDoesNotHoldUpWhoDoesNotOpenIt() throws Exception {
        Path fifo = temp.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
        assertThat(root.stat("fifo").type()).isEqualTo(FileType.UNKNOWN);
        root.setTimes("fifo", new Times(5L, 7L));
        assertThat(root.stat("fifo").modifyNanos()).isEqualTo(7);
        assertThat(errno(() -> root.openDirectory("fifo"))).isEqualTo(Errno.NOTDIR);
        root.link("fifo", root, "other");
        root.rename("other", root, "moved");
        assertThat(root.list()).extracting("name").contains("fifo", "moved");
        root.removeFile("moved");
    }

    @Test
    void appendersDoNotOverwriteEachOther() throws Exception {
        int perThread = 2000;
        List<Thread> threads = new ArrayList<>();
        AtomicInteger written = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            OpenFile file = root.openFile("log", CREATE);
            Thread thread =
                    new Thread(
                            () -> {
                                for (int k = 0; k < perThread; k++) {
                                    if (errno(() -> append(file, "line\n")) == Errno.SUCCESS) {
                                        written.incrementAndGet();
                                    }
                                }
                                file.close();
                            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(written.get()).isEqualTo(3 * perThread);
        assertThat(Files.readAllLines(temp.resolve("log"))).hasSize(3 * perThread);
    }

    @Test
    void onAVirtualThread() throws Exception {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        useAll();
                                    } catch (Throwable e) {
                                        failure.set(e);
                                    }
                                });
        thread.join();
        assertThat(failure.get()).isNull();
    }

    @Test
    void aLargeFolderIsListedInLinearTime() throws Exception {
        Directory folder = root.openDirectory("folder");
        for (int i = 0; i < 10_000; i++) {
            Files.createFile(temp.resolve("folder/file" + i));
        }
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long begin = System.nanoTime();
            assertThat(folder.list()).hasSize(10_000);
            best = Math.min(best, System.nanoTime() - begin);
        }
        System.out.println("10,000 entries listed in " + best / 1_000_000 + " ms");
        assertThat(best).as("nanoseconds").isLessThan(2_000_000_000L);
        folder.close();
    }
}
