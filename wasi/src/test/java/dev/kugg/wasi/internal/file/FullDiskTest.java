package dev.kugg.wasi.internal.file;

import static dev.kugg.wasi.internal.file.FileTests.CREATE;
import static dev.kugg.wasi.internal.file.FileTests.errno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kugg.wasi.internal.errno.Errno;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small file systems that get full or are read-only; left out where nothing may be mounted. */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {
    @TempDir Path temp;

    private Path disk;
    private Directory root;
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(temp.resolve("disk"));
        mounted =
                run("mount", "-t", "tmpfs", "-o", "size=1m,nr_inodes=20", "kugg", disk.toString());
        assumeTrue(mounted, "left out: a small tmpfs, which may not be mounted here");
        root = HostRoot.open(disk, true);
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            root.close();
            assertThat(run("umount", disk.toString())).isTrue();
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void whatFitsIsWritten() throws Exception {
        byte[] bytes = new byte[3 << 20];
        OpenFile file = root.openFile("file", CREATE);
        int written = file.write(0, bytes, 0, bytes.length);
        assertThat(written).isBetween(900_000, 1 << 20);
        assertThat(errno(() -> file.write(written, bytes, 0, 5000))).isEqualTo(Errno.NOSPC);
        file.setSize(0);
        int appended = file.append(bytes, 0, bytes.length);
        assertThat(appended).isBetween(900_000, 1 << 20);
        assertThat(file.sizeBytes()).isEqualTo(appended);
        assertThat(errno(() -> file.append(bytes, 0, 5000))).isEqualTo(Errno.NOSPC);
        file.close();
    }

    @Test
    void allInodesTaken() throws Exception {
        Errno last = Errno.SUCCESS;
        for (int i = 0; i < 30 && last == Errno.SUCCESS; i++) {
            String name = "d" + i;
            last = errno(() -> root.createDirectory(name));
        }
        assertThat(last).isEqualTo(Errno.NOSPC);
        assertThat(errno(() -> root.openFile("new", CREATE))).isEqualTo(Errno.NOSPC);
        assertThat(errno(() -> root.createSymlink("new", "x"))).isEqualTo(Errno.NOSPC);
    }

    @Test
    void mountedReadOnly() throws Exception {
        root.openFile("file", CREATE).close();
        root.createDirectory("folder");
        assertThat(run("mount", "-o", "remount,ro", disk.toString())).isTrue();
        assertThat(errno(() -> root.createDirectory("new"))).isEqualTo(Errno.ROFS);
        assertThat(errno(() -> root.openFile("new", CREATE))).isEqualTo(Errno.ROFS);
        assertThat(errno(() -> root.openFile("file", CREATE))).isEqualTo(Errno.ROFS);
        assertThat(errno(() -> root.createSymlink("new", "x"))).isEqualTo(Errno.ROFS);
        assertThat(errno(() -> root.link("file", root, "new"))).isEqualTo(Errno.ROFS);
        assertThat(errno(() -> root.rename("file", root, "new"))).isEqualTo(Errno.ROFS);
        assertThat(errno(() -> root.removeFile("file"))).isEqualTo(Errno.ROFS);
        assertThat(errno(() -> root.removeDirectory("folder"))).isEqualTo(Errno.ROFS);
        assertThat(errno(() -> root.setTimes("file", new Times(1L, 1L)))).isEqualTo(Errno.ROFS);
    }

    @Test
    void anotherDevice() throws Exception {
        root.openFile("file", CREATE).close();
        Directory other = HostRoot.open(temp, true);
        assertThat(errno(() -> root.link("file", other, "x"))).isEqualTo(Errno.XDEV);
        assertThat(errno(() -> root.rename("file", other, "x"))).isEqualTo(Errno.XDEV);
        assertThat(errno(() -> other.removeDirectory("disk"))).isEqualTo(Errno.BUSY);
        assertThat(errno(() -> other.rename("disk", other, "x"))).isEqualTo(Errno.BUSY);
        other.close();
    }
}
