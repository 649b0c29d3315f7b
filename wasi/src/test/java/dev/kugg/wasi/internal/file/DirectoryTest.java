package dev.kugg.wasi.internal.file;

import static dev.kugg.wasi.internal.file.FileTests.CREATE;
import static dev.kugg.wasi.internal.file.FileTests.CREATE_NEW;
import static dev.kugg.wasi.internal.file.FileTests.READ;
import static dev.kugg.wasi.internal.file.FileTests.TRUNCATE;
import static dev.kugg.wasi.internal.file.FileTests.append;
import static dev.kugg.wasi.internal.file.FileTests.errno;
import static dev.kugg.wasi.internal.file.FileTests.read;
import static dev.kugg.wasi.internal.file.FileTests.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Files;
import java.nio.file.Path;

/** Folders and their files answer as Linux does, held or by path. */
@EnabledOnOs(OS.LINUX)
@ParameterizedClass
@EnumSource(Kind.class)
class DirectoryTest {
    @Parameter Kind kind;

    @TempDir Path temp;

    private Directory root;

    @BeforeEach
    void open() throws Exception {
        Files.writeString(temp.resolve("file"), "text");
        Files.createDirectories(temp.resolve("folder/inner"));
        Files.createDirectory(temp.resolve("empty"));
        Files.createSymbolicLink(temp.resolve("link"), Path.of("folder"));
        Files.createSymbolicLink(temp.resolve("dangling"), Path.of("nowhere"));
        root = kind.open(temp);
    }

    @AfterEach
    void close() {
        root.close();
    }

    @Test
    void stat() throws Exception {
        assertThat(root.stat("file").type()).isEqualTo(FileType.REGULAR_FILE);
        assertThat(root.stat("file").sizeBytes()).isEqualTo(4);
        assertThat(root.stat("file").links()).isEqualTo(1);
        assertThat(root.stat("link").type()).isEqualTo(FileType.SYMBOLIC_LINK);
        assertThat(root.stat().type()).isEqualTo(FileType.DIRECTORY);
        assertThat(errno(() -> root.stat("none"))).isEqualTo(Errno.NOENT);
    }

    @Test
    void list() throws Exception {
        assertThat(root.list())
                .extracting("name")
                .containsExactlyInAnyOrder("file", "folder", "empty", "link", "dangling");
        DirectoryEntry file =
                root.list().stream().filter(e -> e.name().equals("file")).findFirst().orElseThrow();
        assertThat(file.inode()).isEqualTo(root.stat("file").inode());
        assertThat(file.type()).isEqualTo(FileType.REGULAR_FILE);
    }

    @Test
    void openDirectory() throws Exception {
        Directory folder = root.openDirectory("folder");
        assertThat(folder.list()).extracting("name").containsExactly("inner");
        folder.close();
        assertThat(errno(folder::list)).isEqualTo(Errno.BADF);
        assertThat(errno(() -> root.openDirectory("file"))).isEqualTo(Errno.NOTDIR);
        assertThat(errno(() -> root.openDirectory("link"))).isEqualTo(Errno.LOOP);
        assertThat(errno(() -> root.openDirectory("none"))).isEqualTo(Errno.NOENT);
    }

    @Test
    void reopen() throws Exception {
        Directory again = root.reopen();
        again.createDirectory("new");
        again.close();
        assertThat(root.stat("new").type()).isEqualTo(FileType.DIRECTORY);
    }

    @Test
    void openFile() throws Exception {
        assertThat(errno(() -> root.openFile("none", READ))).isEqualTo(Errno.NOENT);
        assertThat(errno(() -> root.openFile("folder", READ))).isEqualTo(Errno.ISDIR);
        assertThat(errno(() -> root.openFile("link", READ))).isEqualTo(Errno.LOOP);
        assertThat(errno(() -> root.openFile("dangling", CREATE))).isEqualTo(Errno.LOOP);
        assertThat(errno(() -> root.openFile("dangling", CREATE_NEW))).isEqualTo(Errno.EXIST);
        assertThat(errno(() -> root.openFile("file", CREATE_NEW))).isEqualTo(Errno.EXIST);
        assertThat(errno(() -> root.openFile("folder", CREATE_NEW))).isEqualTo(Errno.EXIST);
        assertThat(errno(() -> root.openFile("folder", CREATE))).isEqualTo(Errno.ISDIR);
        assertThat(temp.resolve("nowhere")).doesNotExist();
    }

    @Test
    void readAndWrite() throws Exception {
        OpenFile file = root.openFile("new", CREATE);
        assertThat(write(file, 2, "hello")).isEqualTo(5);
        assertThat(read(file, 0)).isEqualTo("\0\0hello");
        assertThat(append(file, "!")).isEqualTo(1);
        assertThat(read(file, 2)).isEqualTo("hello!");
        assertThat(read(file, 8)).isEmpty();
        assertThat(read(file, Long.MAX_VALUE / 2)).isEmpty();
        assertThat(file.sizeBytes()).isEqualTo(8);
        assertThat(file.stat().sizeBytes()).isEqualTo(8);
        file.sync(false);
        file.sync(true);
        file.close();
        file.close();
        assertThat(errno(() -> read(file, 0))).isEqualTo(Errno.BADF);
        assertThat(errno(file::stat)).isEqualTo(Errno.BADF);
    }

    @Test
    void appendGoesToTheEndWhoeverWrites() throws Exception {
        OpenFile one = root.openFile("file", CREATE);
        OpenFile other = root.openFile("file", CREATE);
        append(one, "1");
        append(other, "2");
        append(one, "3");
        assertThat(read(one, 0)).isEqualTo("text123");
        one.close();
        other.close();
    }

    @Test
    void modesAreKept() throws Exception {
        OpenFile file = root.openFile("file", READ);
        assertThat(errno(() -> write(file, 0, "x"))).isEqualTo(Errno.BADF);
        assertThat(errno(() -> append(file, "x"))).isEqualTo(Errno.BADF);
        assertThat(errno(() -> file.setSize(0))).isEqualTo(Errno.INVAL);
        assertThat(read(file, 0)).isEqualTo("text");
        file.close();
        OpenFile written = root.openFile("file", TRUNCATE);
        assertThat(errno(() -> read(written, 0))).isEqualTo(Errno.BADF);
        assertThat(written.sizeBytes()).isZero();
        written.close();
    }

    @Test
    void aFileThatIsMadeToBeReadIsNotWritten() throws Exception {
        OpenFile file = root.openFile("new", new OpenMode(true, false, true, false, false, false));
        assertThat(errno(() -> write(file, 0, "x"))).isEqualTo(Errno.BADF);
        assertThat(read(file, 0)).isEmpty();
        file.close();
    }

    @Test
    void setSize() throws Exception {
        OpenFile file = root.openFile("file", CREATE);
        file.setSize(6);
        assertThat(read(file, 0)).isEqualTo("text\0\0");
        file.setSize(2);
        assertThat(read(file, 0)).isEqualTo("te");
        assertThat(errno(() -> file.setSize(Long.MAX_VALUE))).isEqualTo(Errno.FBIG);
        assertThat(errno(() -> write(file, Long.MAX_VALUE - 9, "x"))).isEqualTo(Errno.FBIG);
        assertThat(file.sizeBytes()).isEqualTo(2);
        file.close();
    }

    @Test
    void aFileWithoutNameStaysOpen() throws Exception {
        OpenFile file = root.openFile("file", CREATE);
        root.removeFile("file");
        write(file, 0, "T");
        assertThat(read(file, 0)).isEqualTo("Text");
        assertThat(file.stat().type()).isEqualTo(FileType.REGULAR_FILE);
        if (kind == Kind.HELD) {
            append(file, "s");
            file.setSize(7);
            file.setTimes(new Times(5L, 7L));
            assertThat(file.stat().links()).isZero();
            assertThat(file.stat().sizeBytes()).isEqualTo(7);
            assertThat(file.stat().modifyNanos()).isEqualTo(7);
        }
        file.close();
    }

    @Test
    void readLink() throws Exception {
        assertThat(root.readLink("link")).isEqualTo("folder");
        assertThat(errno(() -> root.readLink("file"))).isEqualTo(Errno.INVAL);
        assertThat(errno(() -> root.readLink("folder"))).isEqualTo(Errno.INVAL);
        assertThat(errno(() -> root.readLink("none"))).isEqualTo(Errno.NOENT);
    }

    @Test
    void createDirectory() throws Exception {
        root.createDirectory("new");
        for (String name : new String[] {"new", "file", "link", "dangling"}) {
            assertThat(errno(() -> root.createDirectory(name))).as(name).isEqualTo(Errno.EXIST);
        }
    }

    @Test
    void createSymlink() throws Exception {
        root.createSymlink("new", "../any/thing");
        assertThat(root.readLink("new")).isEqualTo("../any/thing");
        root.createSymlink("absolute", "/etc/passwd");
        assertThat(root.readLink("absolute")).isEqualTo("/etc/passwd");
        root.removeFile("absolute");
        assertThat(errno(() -> root.createSymlink("dangling", "x"))).isEqualTo(Errno.EXIST);
        assertThat(errno(() -> root.createSymlink("n", ""))).isEqualTo(Errno.NOENT);
        String tooLong = "x/".repeat(2048);
        assertThat(errno(() -> root.createSymlink("n", tooLong))).isEqualTo(Errno.NAMETOOLONG);
    }

    @Test
    void link() throws Exception {
        Directory folder = root.openDirectory("folder");
        root.link("file", folder, "new");
        assertThat(folder.stat("new").inode()).isEqualTo(root.stat("file").inode());
        assertThat(root.stat("file").links()).isEqualTo(2);
        assertThat(errno(() -> root.link("folder", root, "new"))).isEqualTo(Errno.PERM);
        assertThat(errno(() -> root.link("file", root, "dangling"))).isEqualTo(Errno.EXIST);
        assertThat(errno(() -> root.link("none", root, "new"))).isEqualTo(Errno.NOENT);
        folder.close();
    }

    @Test
    void aLinkOfASymlinkIsASymlink() throws Exception {
        root.link("dangling", root, "new");
        assertThat(root.stat("new").type()).isEqualTo(FileType.SYMBOLIC_LINK);
    }

    @Test
    void rename() throws Exception {
        Directory folder = root.openDirectory("folder");
        root.rename("file", folder, "moved");
        assertThat(folder.stat("moved").sizeBytes()).isEqualTo(4);
        assertThat(errno(() -> root.stat("file"))).isEqualTo(Errno.NOENT);
        folder.rename("moved", root, "dangling");
        assertThat(root.stat("dangling").type()).isEqualTo(FileType.REGULAR_FILE);
        root.rename("folder", root, "empty");
        assertThat(root.openDirectory("empty").list()).hasSize(1);
        folder.close();
    }

    @Test
    void renameRefused() throws Exception {
        Directory folder = root.openDirectory("folder");
        Directory inner = folder.openDirectory("inner");
        assertThat(errno(() -> root.rename("none", root, "x"))).isEqualTo(Errno.NOENT);
        assertThat(errno(() -> root.rename("file", root, "empty"))).isEqualTo(Errno.ISDIR);
        assertThat(errno(() -> root.rename("empty", root, "file"))).isEqualTo(Errno.NOTDIR);
        assertThat(errno(() -> root.rename("empty", root, "link"))).isEqualTo(Errno.NOTDIR);
        assertThat(errno(() -> root.rename("empty", root, "folder"))).isEqualTo(Errno.NOTEMPTY);
        assertThat(errno(() -> root.rename("folder", inner, "x"))).isEqualTo(Errno.INVAL);
        assertThat(errno(() -> root.rename("folder", folder, "x"))).isEqualTo(Errno.INVAL);
        assertThat(errno(() -> root.rename("folder", folder, "inner"))).isEqualTo(Errno.INVAL);
        assertThat(errno(() -> folder.rename("inner", root, "folder"))).isEqualTo(Errno.NOTEMPTY);
        folder.close();
        inner.close();
    }

    @Test
    void renameOfTwoNamesOfOneFileDoesNothing() throws Exception {
        root.link("file", root, "other");
        root.rename("file", root, "other");
        assertThat(root.stat("file").inode()).isEqualTo(root.stat("other").inode());
    }

    @Test
    void removeDirectory() throws Exception {
        assertThat(errno(() -> root.removeDirectory("folder"))).isEqualTo(Errno.NOTEMPTY);
        assertThat(errno(() -> root.removeDirectory("file"))).isEqualTo(Errno.NOTDIR);
        assertThat(errno(() -> root.removeDirectory("link"))).isEqualTo(Errno.NOTDIR);
        assertThat(errno(() -> root.removeDirectory("none"))).isEqualTo(Errno.NOENT);
        root.removeDirectory("empty");
        assertThat(temp.resolve("empty")).doesNotExist();
    }

    @Test
    void removeFile() throws Exception {
        assertThat(errno(() -> root.removeFile("empty"))).isEqualTo(Errno.ISDIR);
        assertThat(errno(() -> root.removeFile("none"))).isEqualTo(Errno.NOENT);
        root.removeFile("link");
        assertThat(temp.resolve("folder/inner")).exists();
        root.removeFile("file");
        assertThat(temp.resolve("file")).doesNotExist();
    }

    @Test
    void setTimes() throws Exception {
        long nanos = 1_000_000_000_123_456_789L;
        root.setTimes("file", new Times(nanos, nanos + 1));
        assertThat(root.stat("file").accessNanos()).isEqualTo(nanos);
        assertThat(root.stat("file").modifyNanos()).isEqualTo(nanos + 1);
        root.setTimes("file", new Times(null, nanos + 2));
        assertThat(root.stat("file").accessNanos()).isEqualTo(nanos);
        assertThat(root.stat("file").modifyNanos()).isEqualTo(nanos + 2);
        root.setTimes("folder", new Times(nanos, null));
        assertThat(root.stat("folder").accessNanos()).isEqualTo(nanos);
        root.setTimes(new Times(null, nanos));
        assertThat(root.stat().modifyNanos()).isEqualTo(nanos);
        assertThat(errno(() -> root.setTimes("none", new Times(1L, 1L)))).isEqualTo(Errno.NOENT);
        OpenFile file = root.openFile("file", READ);
        file.setTimes(new Times(nanos + 3, null));
        assertThat(file.stat().accessNanos()).isEqualTo(nanos + 3);
        file.close();
    }

    @Test
    void theTimesOfALinkAreItsOwn() throws Exception {
        long before = root.stat("folder").modifyNanos();
        root.setTimes("link", new Times(5_000L, 7_000L));
        root.setTimes("dangling", new Times(5_000L, 7_000L));
        assertThat(root.stat("link").modifyNanos()).isEqualTo(7_000);
        assertThat(root.stat("folder").modifyNanos()).isEqualTo(before);
    }

    @Test
    void namesAreThoseOfOneEntry() {
        for (String name : new String[] {"", ".", "..", "a/b", "/", "a\0b"}) {
            assertThat(errno(() -> root.stat(name))).as(name).isEqualTo(Errno.INVAL);
            assertThat(errno(() -> root.createDirectory(name))).as(name).isEqualTo(Errno.INVAL);
        }
    }

    @Test
    void namesAreAsLongAsLinuxHasThem() throws Exception {
        root.createDirectory("x".repeat(255));
        root.createDirectory("ä".repeat(127));
        assertThat(errno(() -> root.createDirectory("x".repeat(256)))).isEqualTo(Errno.NAMETOOLONG);
        assertThat(errno(() -> root.createDirectory("ä".repeat(128)))).isEqualTo(Errno.NAMETOOLONG);
    }

    @Test
    void whateverCharactersANameHasItStaysThatName() throws Exception {
        String[] names = {
            "ä",
            "a\u0308",
            "日本",
            "\ud83d\ude00",
            " ",
            "a b",
            "%41",
            "C:",
            "a\\b",
            "~",
            "-",
            "\n",
            "#",
            "?"
        };
        for (String name : names) {
            root.createDirectory(name);
            assertThat(root.stat(name).type()).as(name).isEqualTo(FileType.DIRECTORY);
        }
        assertThat(root.list()).extracting("name").contains((Object[]) names);
    }

    @Test
    void aFolderThatIsRemovedIsEmpty() throws Exception {
        Directory empty = root.openDirectory("empty");
        root.removeDirectory("empty");
        assertThat(errno(() -> empty.createDirectory("x"))).isEqualTo(Errno.NOENT);
        assertThat(errno(() -> empty.openFile("x", CREATE))).isEqualTo(Errno.NOENT);
        empty.close();
    }

    @Test
    void foldersOfDifferentKindsAreNotOfOneRoot() throws Exception {
        Directory other = kind == Kind.HELD ? Kind.BY_PATH.open(temp) : Kind.HELD.open(temp);
        assertThat(errno(() -> root.rename("file", other, "x"))).isEqualTo(Errno.XDEV);
        assertThat(errno(() -> root.link("file", other, "x"))).isEqualTo(Errno.XDEV);
        other.close();
    }

    @Test
    void sync() throws ErrnoException {
        root.sync();
    }
}
