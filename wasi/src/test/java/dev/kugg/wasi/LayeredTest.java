package dev.kugg.wasi;

import static dev.kugg.wasi.FileGuest.CREAT;
import static dev.kugg.wasi.FileGuest.EXCL;
import static dev.kugg.wasi.FileGuest.FIRST;
import static dev.kugg.wasi.FileGuest.READ;
import static dev.kugg.wasi.FileGuest.SECOND;
import static dev.kugg.wasi.FileGuest.TRUNC;
import static dev.kugg.wasi.FileGuest.WRITE;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.wasi.internal.errno.Errno;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Directories that lie one above the other. */
@EnabledOnOs(OS.LINUX)
class LayeredTest {
    private static final int ROFS = Errno.ROFS.number();
    private static final int EXIST = Errno.EXIST.number();

    @TempDir Path folder;

    private Path upper;
    private Path lower;

    @BeforeEach
    void makeLayers() throws IOException {
        upper = Files.createDirectories(folder.resolve("upper"));
        Path middle = Files.createDirectories(folder.resolve("middle"));
        lower = Files.createDirectories(folder.resolve("lower"));
        put(upper, "both", "upper's");
        put(upper, "dir/upper", "u");
        put(upper, "file-above", "a file");
        put(middle, "both", "middle's");
        put(middle, "middle", "m");
        put(middle, "dir/middle", "m");
        put(lower, "both", "lower's");
        put(lower, "lower", "l");
        put(lower, "dir/lower", "l");
        put(lower, "deep/er/file", "deep");
        put(lower, "file-above/hidden", "never seen");
        Files.createDirectory(lower.resolve("empty"));
        Files.createSymbolicLink(lower.resolve("link"), Path.of("dir/upper"));
        layers = Root.layered(Root.of(upper), Root.of(middle), Root.of(lower));
    }

    private Root layers = Root.of(Path.of("."));

    private static void put(Path layer, String name, String content) throws IOException {
        Path file = layer.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private FileGuest guest() {
        return new FileGuest(Wasi.preview1().dir(layers, "/"));
    }

    @Test
    void theUppermostIsSeen() {
        try (FileGuest guest = guest()) {
            assertThat(guest.list(FIRST, "."))
                    .isEqualTo("both deep dir empty file-above link lower middle");
            assertThat(guest.list(FIRST, "dir")).isEqualTo("lower middle upper");
            assertThat(guest.get(FIRST, "both")).isEqualTo("upper's");
            assertThat(guest.get(FIRST, "dir/../dir/lower")).isEqualTo("l");
            assertThat(guest.get(FIRST, "deep/er/file")).isEqualTo("deep");
            assertThat(guest.get(FIRST, "link")).as("from the lowest to the first").isEqualTo("u");
            assertThat(guest.get(FIRST, "file-above/hidden"))
                    .isEqualTo("errno " + Errno.NOTDIR.number());
            assertThat(guest.get(FIRST, "../upper/both")).startsWith("errno");
            assertThat(guest.get(FIRST, "missing")).isEqualTo("errno " + Errno.NOENT.number());
        }
    }

    @Test
    void whatIsNewGoesToTheUppermost() {
        try (FileGuest guest = guest()) {
            assertThat(guest.put(FIRST, "new", "n")).isZero();
            assertThat(guest.put(FIRST, "dir/new", "n")).isZero();
            assertThat(guest.put(FIRST, "deep/er/new", "n")).isZero();
            assertThat(guest.mkdir(FIRST, "deep/dir")).isZero();
            assertThat(guest.symlink("er/file", FIRST, "deep/link")).isZero();
            assertThat(guest.list(FIRST, "deep")).isEqualTo("dir er link");
            assertThat(guest.list(FIRST, "deep/er")).isEqualTo("file new");
            assertThat(guest.get(FIRST, "deep/link")).isEqualTo("deep");
            assertThat(guest.rename(FIRST, "new", FIRST, "lower")).as("hides it").isZero();
            assertThat(guest.get(FIRST, "lower")).isEqualTo("n");
            assertThat(guest.link(FIRST, "dir/new", FIRST, "empty/linked")).isZero();
            assertThat(guest.list(FIRST, "empty")).isEqualTo("linked");
        }
        assertThat(upper.resolve("deep/er/new")).hasContent("n");
        assertThat(lower.resolve("deep/er")).isDirectoryNotContaining("glob:**new");
        assertThat(lower.resolve("lower")).hasContent("l");
    }

    @Test
    void lookingMakesNothing() {
        try (FileGuest guest = guest()) {
            assertThat(guest.list(FIRST, "deep/er")).isEqualTo("file");
            assertThat(guest.put(FIRST, "deep/er/file/x", "x")).isNotZero();
            assertThat(guest.mkdir(FIRST, "deep/er/file")).isEqualTo(EXIST);
        }
        assertThat(upper.resolve("deep")).doesNotExist();
    }

    @Test
    void whatLiesBelowStays() {
        try (FileGuest guest = guest()) {
            assertThat(guest.open(FIRST, "lower", 0, WRITE)).isEqualTo(ROFS);
            assertThat(guest.open(FIRST, "lower", TRUNC, READ)).isEqualTo(ROFS);
            assertThat(guest.open(FIRST, "lower", CREAT, WRITE)).isEqualTo(ROFS);
            assertThat(guest.open(FIRST, "lower", CREAT | EXCL, WRITE)).isEqualTo(EXIST);
            assertThat(guest.open(FIRST, "lower", CREAT, READ)).isZero();
            assertThat(guest.unlink(FIRST, "lower")).isEqualTo(ROFS);
            assertThat(guest.unlink(FIRST, "both")).as("would show another").isEqualTo(ROFS);
            assertThat(guest.rmdir(FIRST, "empty")).isEqualTo(ROFS);
            assertThat(guest.rename(FIRST, "lower", FIRST, "x")).isEqualTo(ROFS);
            assertThat(guest.rename(FIRST, "both", FIRST, "x")).isEqualTo(ROFS);
            assertThat(guest.link(FIRST, "lower", FIRST, "x")).isEqualTo(Errno.XDEV.number());
            assertThat(guest.setTimes(FIRST, "lower")).isEqualTo(ROFS);
            assertThat(guest.setTimes(FIRST, "deep")).isEqualTo(ROFS);
            assertThat(guest.mkdir(FIRST, "lower")).isEqualTo(EXIST);
            assertThat(guest.symlink("x", FIRST, "lower")).isEqualTo(EXIST);
            assertThat(guest.link(FIRST, "both", FIRST, "lower")).isEqualTo(EXIST);
            assertThat(guest.unlink(FIRST, "missing")).isEqualTo(Errno.NOENT.number());
            assertThat(guest.unlink(FIRST, "dir")).isEqualTo(Errno.ISDIR.number());
            assertThat(guest.rmdir(FIRST, "lower")).isEqualTo(Errno.NOTDIR.number());
        }
        assertThat(lower.resolve("lower")).hasContent("l");
    }

    @Test
    void renamesThatPosixForbids() {
        try (FileGuest guest = guest()) {
            assertThat(guest.mkdir(FIRST, "made")).isZero();
            assertThat(guest.put(FIRST, "file", "x")).isZero();
            assertThat(guest.rename(FIRST, "file", FIRST, "empty")).isEqualTo(Errno.ISDIR.number());
            assertThat(guest.rename(FIRST, "made", FIRST, "lower"))
                    .isEqualTo(Errno.NOTDIR.number());
            assertThat(guest.rename(FIRST, "made", FIRST, "deep"))
                    .isEqualTo(Errno.NOTEMPTY.number());
            assertThat(guest.rename(FIRST, "made", FIRST, "empty")).isZero();
            assertThat(guest.rename(FIRST, "dir/upper", FIRST, "deep/moved")).isZero();
            assertThat(guest.get(FIRST, "deep/moved")).isEqualTo("u");
        }
    }

    @Test
    void whatIsUpperOnlyIsChanged() {
        try (FileGuest guest = guest()) {
            assertThat(guest.put(FIRST, "dir/upper", "changed")).isZero();
            assertThat(guest.setTimes(FIRST, "dir/upper")).isZero();
            assertThat(guest.unlink(FIRST, "dir/upper")).isZero();
            assertThat(guest.mkdir(FIRST, "dir/made")).isZero();
            assertThat(guest.rmdir(FIRST, "dir/made")).isZero();
            assertThat(guest.list(FIRST, "dir")).isEqualTo("lower middle");
        }
    }

    @Test
    void allOfThemReadOnly() {
        try (FileGuest guest =
                new FileGuest(
                        Wasi.preview1()
                                .dir(layers.readOnly(), "/")
                                .dir(
                                        Root.layered(Root.of(upper).readOnly(), Root.of(lower)),
                                        "/b"))) {
            for (int dir : new int[] {FIRST, SECOND}) {
                assertThat(guest.get(dir, "deep/er/file")).isEqualTo("deep");
                assertThat(guest.put(dir, "both", "x")).isEqualTo(ROFS);
                assertThat(guest.mkdir(dir, "new")).isEqualTo(ROFS);
                assertThat(guest.mkdir(dir, "deep/new")).isEqualTo(ROFS);
                assertThat(guest.unlink(dir, "both")).isEqualTo(ROFS);
                assertThat(guest.setTimes(dir, "both")).isEqualTo(ROFS);
            }
        }
        assertThat(upper.resolve("deep")).doesNotExist();
    }

    @Test
    void whatIsMadeOnTheWayCounts() {
        Wasi wasi = Wasi.preview1().dir(layers, "/").quota(100, 2);
        try (FileGuest guest = new FileGuest(wasi)) {
            assertThat(guest.put(FIRST, "deep/er/new", "n"))
                    .as("deep, er and new")
                    .isEqualTo(Errno.NOSPC.number());
            assertThat(guest.mkdir(FIRST, "new")).isEqualTo(Errno.NOSPC.number());
            assertThat(guest.list(FIRST, "deep/er")).isEqualTo("file");
        }
    }
}
