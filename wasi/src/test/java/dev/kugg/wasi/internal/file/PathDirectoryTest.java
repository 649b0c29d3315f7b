package dev.kugg.wasi.internal.file;

import static dev.kugg.wasi.internal.file.FileTests.CREATE;
import static dev.kugg.wasi.internal.file.FileTests.READ;
import static dev.kugg.wasi.internal.file.FileTests.errno;
import static dev.kugg.wasi.internal.file.FileTests.read;
import static dev.kugg.wasi.internal.file.FileTests.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.wasi.internal.errno.Errno;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Folders of file systems that are not the host's: in a zip file, and the JDK's own. */
class PathDirectoryTest {
    @TempDir Path temp;

    private FileSystem zip() throws Exception {
        URI uri = URI.create("jar:" + temp.resolve("files.zip").toUri());
        return FileSystems.newFileSystem(uri, Map.of("create", "true"));
    }

    @Test
    void aZipFile() throws Exception {
        try (FileSystem zip = zip()) {
            Files.createDirectory(zip.getPath("/root"));
            Directory root = HostRoot.open(zip.getPath("/root"), true);
            root.createDirectory("folder");
            Directory folder = root.openDirectory("folder");
            Files.writeString(zip.getPath("/root/folder/file"), "text");
            OpenFile file = folder.openFile("file", READ);
            assertThat(read(file, 1)).isEqualTo("ext");
            assertThat(file.stat().sizeBytes()).isEqualTo(4);
            file.close();
            assertThat(root.list()).extracting("name").containsExactly("folder");
            assertThat(folder.list()).extracting("name").containsExactly("file");
            assertThat(root.stat("folder").inode()).isNotEqualTo(folder.stat("file").inode());
            folder.rename("file", root, "moved");
            assertThat(root.stat("moved").type()).isEqualTo(FileType.REGULAR_FILE);
            root.removeDirectory("folder");
            root.removeFile("moved");
            assertThat(root.list()).isEmpty();
            assertThat(errno(() -> root.createSymlink("l", "x"))).isEqualTo(Errno.NOTSUP);
            assertThat(errno(() -> root.stat("moved"))).isEqualTo(Errno.NOENT);
            root.close();
            assertThat(errno(root::list)).isEqualTo(Errno.BADF);
        }
    }

    @Test
    void aFileSystemThatCannotBeChanged() throws Exception {
        Path classes = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/java.base");
        Directory root = HostRoot.open(classes, true);
        assertThat(errno(() -> root.createDirectory("new"))).isEqualTo(Errno.ROFS);
        assertThat(errno(() -> root.openFile("new", CREATE))).isEqualTo(Errno.ROFS);
        assertThat(errno(() -> root.removeFile("module-info.class"))).isEqualTo(Errno.ROFS);
        OpenFile file = root.openFile("module-info.class", READ);
        assertThat(errno(() -> write(file, 0, "x"))).isEqualTo(Errno.BADF);
        file.close();
        root.close();
    }

    @Test
    void aFileSystemThatIsClosed() throws Exception {
        Directory root;
        try (FileSystem zip = zip()) {
            root = HostRoot.open(zip.getPath("/"), true);
        }
        assertThat(errno(root::list)).isIn(Errno.BADF, Errno.IO);
        assertThat(errno(root::stat)).isIn(Errno.BADF, Errno.IO);
    }

    @Test
    void interruptionsDoNothing() throws Exception {
        Directory root = PathDirectory.open(temp);
        OpenFile file = root.openFile("file", CREATE);
        write(file, 0, "text");
        Thread.currentThread().interrupt();
        assertThat(read(file, 0)).isEqualTo("text");
        assertThat(write(file, 4, "!")).isEqualTo(1);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(read(file, 0)).isEqualTo("text!");
        file.close();
    }
}
