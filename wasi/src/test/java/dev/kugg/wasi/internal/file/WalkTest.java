package dev.kugg.wasi.internal.file;

import static dev.kugg.wasi.internal.file.FileTests.errno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where paths end. */
@EnabledOnOs(OS.LINUX)
class WalkTest {
    @TempDir Path temp;

    private Directory root;

    @BeforeEach
    void open() throws IOException {
        Path jail = Files.createDirectory(temp.resolve("jail"));
        Files.createDirectory(temp.resolve("outside"));
        Files.createDirectories(jail.resolve("a/b"));
        Files.writeString(jail.resolve("file"), "");
        Files.writeString(jail.resolve("a/inner"), "");
        for (String[] link :
                new String[][] {
                    {"to-file", "file"},
                    {"to-folder", "a"},
                    {"to-b", "a/b"},
                    {"out", "../outside"},
                    {"up", ".."},
                    {"loop", "loop"},
                    {"ping", "pong"},
                    {"pong", "ping"},
                    {"dangling", "a/none"},
                    {"dangling-out", "../outside/none"},
                    {"a/back", "../file"},
                    {"a/self", "../a"},
                    {"round", "a/b/../../a/./inner"},
                }) {
            Files.createSymbolicLink(jail.resolve(link[0]), Path.of(link[1]));
        }
        Files.createSymbolicLink(jail.resolve("absolute"), jail.resolve("file"));
        String target = "file";
        for (int i = 1; i <= 41; i++) {
            Files.createSymbolicLink(jail.resolve("chain" + i), Path.of(target));
            target = "chain" + i;
        }
        root = HostRoot.open(jail, true);
    }

    @AfterEach
    void close() {
        root.close();
    }

    /** {@return the inode of what a path ends at, or the errno} */
    private Object end(String path, boolean follow) {
        try (Walk walk = Walk.to(root, path, follow, () -> {})) {
            return inode(walk);
        } catch (ErrnoException e) {
            return e.errno();
        }
    }

    private static Object inode(Walk walk) throws ErrnoException {
        Directory folder = walk.directory();
        return walk.name().isEmpty() ? folder.stat().inode() : folder.stat(walk.name()).inode();
    }

    private Object followed(String path) {
        return end(path, true);
    }

    private Object kept(String path) {
        return end(path, false);
    }

    private Object inode(String path) throws IOException {
        return Files.getAttribute(temp.resolve("jail").resolve(path), "unix:ino");
    }

    @Test
    void names() throws IOException {
        assertThat(followed("file")).isEqualTo(inode("file"));
        assertThat(followed("a//b")).isEqualTo(inode("a/b"));
        assertThat(followed("a/./b/.")).isEqualTo(inode("a/b"));
        assertThat(followed(".")).isEqualTo(inode("."));
        assertThat(followed("./")).isEqualTo(inode("."));
        assertThat(followed("a/b/../inner")).isEqualTo(inode("a/inner"));
        assertThat(followed("a/..")).isEqualTo(inode("."));
        assertThat(followed("none")).isEqualTo(Errno.NOENT);
        assertThat(followed("none/..")).isEqualTo(Errno.NOENT);
        assertThat(followed("none/x")).isEqualTo(Errno.NOENT);
        assertThat(followed("")).isEqualTo(Errno.NOENT);
        assertThat(followed("a\0b")).isEqualTo(Errno.INVAL);
    }

    @Test
    void whatIsNoFolderIsNotGoneThrough() {
        for (String path : new String[] {"file/x", "file/.", "file/..", "file/../file", "file/"}) {
            assertThat(followed(path)).as(path).isEqualTo(Errno.NOTDIR);
            assertThat(kept(path)).as(path).isEqualTo(Errno.NOTDIR);
        }
        assertThat(followed("to-file/..")).isEqualTo(Errno.NOTDIR);
        assertThat(followed("to-file/")).isEqualTo(Errno.NOTDIR);
    }

    @Test
    void nothingLeadsOut() {
        String[] paths = {
            "..",
            "../",
            "../jail",
            "../jail/file",
            "a/../..",
            "a/b/../../../outside",
            "./..",
            "/",
            "//",
            "/file",
            "out/",
            "out/x",
            "out/..",
            "up/",
            "up/jail/file",
            "absolute/",
            "absolute/x",
            "to-folder/../..",
            "a/self/self/../../x",
        };
        for (String path : paths) {
            assertThat(followed(path)).as(path).isEqualTo(Errno.PERM);
            assertThat(kept(path)).as(path).isEqualTo(Errno.PERM);
        }
        for (String path : new String[] {"out", "up", "absolute", "dangling-out"}) {
            assertThat(followed(path)).as(path).isEqualTo(Errno.PERM);
        }
    }

    @Test
    void linksInside() throws IOException {
        assertThat(followed("to-file")).isEqualTo(inode("file"));
        assertThat(kept("to-file")).isNotEqualTo(inode("file"));
        assertThat(followed("to-folder/inner")).isEqualTo(inode("a/inner"));
        assertThat(kept("to-folder/")).isEqualTo(inode("a"));
        assertThat(followed("a/back")).isEqualTo(inode("file"));
        assertThat(followed("a/self/self/inner")).isEqualTo(inode("a/inner"));
        assertThat(followed("round")).isEqualTo(inode("a/inner"));
        assertThat(followed("dangling")).isEqualTo(Errno.NOENT);
    }

    @Test
    void behindALinkUpIsUpFromWhereItLeads() throws IOException {
        assertThat(followed("to-b/..")).isEqualTo(inode("a"));
        assertThat(followed("to-b/../inner")).isEqualTo(inode("a/inner"));
        assertThat(followed("to-b/../../file")).isEqualTo(inode("file"));
    }

    @Test
    void fortyLinksAreFollowed() throws IOException {
        assertThat(followed("chain40")).isEqualTo(inode("file"));
        assertThat(followed("chain41")).isEqualTo(Errno.LOOP);
        assertThat(followed("loop")).isEqualTo(Errno.LOOP);
        assertThat(followed("ping/x")).isEqualTo(Errno.LOOP);
        assertThat(followed("a/" + "self/".repeat(40))).isEqualTo(inode("a"));
        assertThat(followed("a/" + "self/".repeat(41))).isEqualTo(Errno.LOOP);
    }

    @Test
    void lengths() throws IOException {
        assertThat(followed("x".repeat(255))).isEqualTo(Errno.NOENT);
        assertThat(followed("x".repeat(256))).isEqualTo(Errno.NAMETOOLONG);
        assertThat(followed("x".repeat(256) + "/y")).isEqualTo(Errno.NAMETOOLONG);
        assertThat(followed("ä".repeat(128))).isEqualTo(Errno.NAMETOOLONG);
        assertThat(followed("./".repeat(2045) + "file")).isEqualTo(inode("file"));
        assertThat(followed("./".repeat(2046) + "file")).isEqualTo(Errno.NAMETOOLONG);
    }

    @Test
    void entriesAreNotLookedAt() throws ErrnoException {
        for (String path : new String[] {"to-folder/", "out/", "none/", "file/", "loop/"}) {
            try (Walk walk = Walk.toEntry(root, path, () -> {})) {
                assertThat(walk.name()).isEqualTo(path.substring(0, path.length() - 1));
                assertThat(walk.demandsDirectory()).isTrue();
            }
        }
        assertThat(errno(() -> Walk.toEntry(root, "../x", () -> {}).close())).isEqualTo(Errno.PERM);
        assertThat(errno(() -> Walk.toEntry(root, "out/x", () -> {}).close()))
                .isEqualTo(Errno.PERM);
    }

    @Test
    void throughADanglingLinkTheTargetIsMade() throws Exception {
        try (Walk walk = Walk.to(root, "dangling", true, () -> {})) {
            assertThat(walk.name()).isEqualTo("none");
            walk.directory().openFile(walk.name(), FileTests.CREATE).close();
        }
        assertThat(temp.resolve("jail/a/none")).exists();
    }

    @Test
    void aFolderMovedAwayDoesNotLeadToItsNewParent() throws Exception {
        Directory folder = root.openDirectory("a");
        Files.move(temp.resolve("jail/a"), temp.resolve("outside/a"));
        assertThat(errno(() -> Walk.to(folder, "..", true, () -> {}).close()))
                .isEqualTo(Errno.PERM);
        assertThat(errno(() -> Walk.to(folder, "b/../..", true, () -> {}).close()))
                .isEqualTo(Errno.PERM);
        try (Walk walk = Walk.to(folder, "b/../inner", true, () -> {})) {
            assertThat(walk.directory().stat("inner").type()).isEqualTo(FileType.REGULAR_FILE);
        }
        folder.close();
    }

    @Test
    void aDeepPathLeavesNothingOpen() throws Exception {
        int before = FileTests.openDescriptors();
        Directory folder = root.reopen();
        for (int i = 0; i < 200; i++) {
            folder.createDirectory("d");
            Directory next = folder.openDirectory("d");
            folder.close();
            folder = next;
        }
        folder.close();
        try (Walk walk = Walk.to(root, "d/".repeat(200), true, () -> {})) {
            assertThat(walk.demandsDirectory()).isTrue();
        }
        assertThat(followed("d/".repeat(200) + "x")).isEqualTo(Errno.NOENT);
        assertThat(FileTests.openDescriptors()).isEqualTo(before);
    }

    @Test
    void deepPathsHoldFewFolders() throws Exception {
        Files.createDirectories(temp.resolve("jail/" + "d/".repeat(100)));
        long before = descriptors();
        String down = "d/".repeat(100);
        try (Walk walk = Walk.to(root, down + "x", true, () -> {})) {
            assertThat(descriptors() - before).isBetween(1L, 40L);
            assertThat(walk.name()).isEqualTo("x");
        }
        for (int up : new int[] {1, 31, 32, 33, 99, 100}) {
            try (Walk walk = Walk.to(root, down + "../".repeat(up) + "x", true, () -> {})) {
                Path expected = temp.resolve("jail/" + "d/".repeat(100 - up));
                assertThat(walk.directory().stat().inode())
                        .isEqualTo(Files.getAttribute(expected, "unix:ino"));
            }
        }
        assertThat(errno(() -> Walk.to(root, down + "../".repeat(101), true, () -> {}).close()))
                .isEqualTo(Errno.PERM);
        assertThat(descriptors()).isEqualTo(before);
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    @Test
    void walksCanBeStopped() throws Exception {
        int[] looks = new int[1];
        assertThatThrownBy(
                        () ->
                                Walk.to(
                                        root,
                                        "a/../".repeat(10) + "file",
                                        true,
                                        () -> {
                                            if (++looks[0] > 5) {
                                                throw new IllegalStateException("stopped");
                                            }
                                        }))
                .hasMessage("stopped");
    }
}
