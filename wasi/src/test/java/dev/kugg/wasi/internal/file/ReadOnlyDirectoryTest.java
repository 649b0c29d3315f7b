package dev.kugg.wasi.internal.file;

import static dev.kugg.wasi.internal.file.FileTests.CREATE;
import static dev.kugg.wasi.internal.file.FileTests.CREATE_NEW;
import static dev.kugg.wasi.internal.file.FileTests.READ;
import static dev.kugg.wasi.internal.file.FileTests.TRUNCATE;
import static dev.kugg.wasi.internal.file.FileTests.WRITE;
import static dev.kugg.wasi.internal.file.FileTests.append;
import static dev.kugg.wasi.internal.file.FileTests.errno;
import static dev.kugg.wasi.internal.file.FileTests.read;
import static dev.kugg.wasi.internal.file.FileTests.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.file.FileTests.Call;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Nothing of a read-only folder can be changed, in no way. */
@EnabledOnOs(OS.LINUX)
class ReadOnlyDirectoryTest {
    private static final Times TIMES = new Times(5L, 7L);

    @TempDir Path temp;

    private Directory writable;
    private Directory root;

    @BeforeEach
    void open() throws IOException {
        Path guarded = Files.createDirectory(temp.resolve("guarded"));
        Files.createDirectories(guarded.resolve("folder"));
        Files.writeString(guarded.resolve("file"), "text");
        Files.createSymbolicLink(guarded.resolve("link"), Path.of("file"));
        Files.writeString(temp.resolve("own"), "own");
        root = new ReadOnlyDirectory(HostRoot.open(guarded, true));
        writable = HostRoot.open(temp, true);
    }

    @AfterEach
    void close() {
        root.close();
        writable.close();
    }

    private TreeMap<String, Object> snapshot() throws IOException {
        TreeMap<String, Object> all = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(temp.resolve("guarded"))) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                all.put(
                        path.toString(),
                        Files.getAttribute(path, "unix:ctime", LinkOption.NOFOLLOW_LINKS));
            }
        }
        return all;
    }

    private static void refused(Call call) {
        assertThat(errno(call)).isEqualTo(Errno.ROFS);
    }

    @Test
    void everyChangeIsRefused() throws Exception {
        TreeMap<String, Object> before = snapshot();
        Directory folder = root.openDirectory("folder");
        for (Directory directory : new Directory[] {root, root.reopen(), folder}) {
            refused(() -> directory.createDirectory("new"));
            refused(() -> directory.createSymlink("new", "file"));
            refused(() -> directory.openFile("new", CREATE));
            refused(() -> directory.openFile("new", CREATE_NEW));
            refused(() -> directory.removeFile("file"));
            refused(() -> directory.removeDirectory("folder"));
            refused(() -> directory.setTimes(TIMES));
            refused(() -> directory.setTimes("file", TIMES));
            refused(() -> directory.link("file", directory, "new"));
            refused(() -> directory.link("file", writable, "new"));
            refused(() -> writable.link("own", directory, "new"));
            refused(() -> directory.rename("file", directory, "new"));
            refused(() -> directory.rename("file", writable, "new"));
            refused(() -> writable.rename("own", directory, "new"));
        }
        refused(() -> root.openFile("file", WRITE));
        refused(() -> root.openFile("file", CREATE));
        refused(() -> root.openFile("file", TRUNCATE));
        OpenFile file = root.openFile("file", READ);
        assertThat(errno(() -> write(file, 0, "x"))).isEqualTo(Errno.BADF);
        assertThat(errno(() -> append(file, "x"))).isEqualTo(Errno.BADF);
        assertThat(errno(() -> file.setSize(0))).isEqualTo(Errno.INVAL);
        refused(() -> file.setTimes(TIMES));
        file.close();
        folder.close();
        assertThat(snapshot()).isEqualTo(before);
    }

    @Test
    void whatWouldFailAnywaySaysSo() {
        assertThat(errno(() -> root.openFile("none", WRITE))).isEqualTo(Errno.NOENT);
        assertThat(errno(() -> root.openFile("folder", WRITE))).isEqualTo(Errno.ISDIR);
        assertThat(errno(() -> root.openFile("link", WRITE))).isEqualTo(Errno.LOOP);
        assertThat(errno(() -> root.openFile("file", CREATE_NEW))).isEqualTo(Errno.EXIST);
    }

    @Test
    void readingWorks() throws Exception {
        OpenFile file = root.openFile("file", READ);
        assertThat(read(file, 0)).isEqualTo("text");
        assertThat(file.stat().sizeBytes()).isEqualTo(4);
        file.sync(true);
        file.close();
        assertThat(root.readLink("link")).isEqualTo("file");
        assertThat(root.list()).hasSize(3);
        assertThat(root.stat().inode()).isNotEqualTo(root.stat("folder").inode());
        root.sync();
    }
}
