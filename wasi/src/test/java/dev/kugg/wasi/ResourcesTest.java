package dev.kugg.wasi;

import static dev.kugg.wasi.FileGuest.FIRST;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;

import dev.kugg.wasi.internal.errno.Errno;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.logging.Logger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Folders of resources, wherever a program keeps them. */
class ResourcesTest {
    private static final String ANCHOR = "dev/kugg/wasi/ResourcesTest$Anchor.class";
    private static final String NAME = "/dev/kugg/wasi/tree";

    @TempDir Path folder;

    /** A class that is loaded from where a test puts it. */
    public static final class Anchor {
        private Anchor() {}
    }

    @Test
    void inADirectoryOfTheClassPath() {
        assertReads(Root.resources(ResourcesTest.class, "tree"));
        assertReads(Root.resources(ResourcesTest.class, "/dev/kugg/wasi/tree"));
    }

    private static void assertReads(Root root) {
        try (FileGuest guest = new FileGuest(Wasi.preview1().dir(root, "/"))) {
            assertThat(guest.list(FIRST, ".")).isEqualTo("a.txt sub");
            assertThat(guest.get(FIRST, "sub/b.txt")).isEqualTo("b\n");
            assertThat(guest.get(FIRST, "sub/../a.txt")).isEqualTo("a\n");
            assertThat(guest.get(FIRST, "../preview1.wasm")).startsWith("errno");
            assertThat(guest.put(FIRST, "a.txt", "x")).isEqualTo(Errno.ROFS.number());
            assertThat(guest.mkdir(FIRST, "new")).isEqualTo(Errno.ROFS.number());
            assertThat(guest.unlink(FIRST, "a.txt")).isEqualTo(Errno.ROFS.number());
        }
    }

    @Test
    void inAJar() throws Exception {
        for (boolean folders : new boolean[] {true, false}) {
            Path jar = folder.resolve("with spaces " + folders + ".jar");
            writeJar(jar, folders);
            try (URLClassLoader loader =
                    new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
                Class<?> anchor = loader.loadClass(Anchor.class.getName());
                assertReads(Root.resources(anchor, "tree"));
                assertReads(Root.resources(anchor, NAME));
            }
        }
    }

    /** The file system of the jar lives as long as anything in it, and no longer. */
    @Test
    void aJarIsClosedWithTheInstance() throws Exception {
        Path jar = folder.resolve("x.jar");
        writeJar(jar, true);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            Root root = Root.resources(loader.loadClass(Anchor.class.getName()), "tree");
            for (int i = 0; i < 3; i++) {
                try (FileGuest guest = new FileGuest(Wasi.preview1().dir(root, "/"))) {
                    assertThat(guest.open(FIRST, "sub", FileGuest.DIRECTORY, 0)).isZero();
                    int sub = guest.fd();
                    assertThat(guest.closeFd(FIRST)).isZero();
                    assertThat(guest.get(sub, "b.txt")).isEqualTo("b\n");
                }
            }
            assertThat(openFilesNamed("x.jar")).isLessThanOrEqualTo(1);
        }
    }

    private static long openFilesNamed(String name) throws IOException {
        Path open = Path.of("/proc/self/fd");
        if (!Files.exists(open)) {
            return 0;
        }
        long count = 0;
        try (var files = Files.newDirectoryStream(open)) {
            for (Path file : files) {
                try {
                    if (Files.readSymbolicLink(file).endsWith(name)) {
                        count++;
                    }
                } catch (IOException e) {
                    // That of the listing itself, which is closed by now.
                    continue;
                }
            }
        }
        return count;
    }

    @Test
    void inAModuleOfTheRuntime() {
        Root root = Root.resources(Logger.class, "/java/util/logging");
        try (FileGuest guest = new FileGuest(Wasi.preview1().dir(root, "/"))) {
            assertThat(guest.stat(FIRST, "Logger.class")).isZero();
            assertThat(guest.sizeBytes()).isPositive();
        }
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> start(Root.resources(ResourcesTest.class, "missing")))
                .withMessage(
                        "the guest's /: resources 'missing' of dev.kugg.wasi.ResourcesTest:"
                                + " no such directory");
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> start(Root.resources(ResourcesTest.class, "preview1.wasm")))
                .withMessageEndingWith(": no such directory");
    }

    /** Some launchers keep jars in jars, under addresses of their own. */
    @Test
    void whatNobodyElseCanReadIsRefused() throws Exception {
        URLStreamHandler handler =
                new URLStreamHandler() {
                    @Override
                    protected URLConnection openConnection(URL url) throws IOException {
                        throw new IOException("not to be opened");
                    }
                };
        URL nested = URL.of(URI.create("nested:/app.jar/!lib.jar!/tree"), handler);
        ClassLoader loader =
                new ClassLoader(null) {
                    @Override
                    public URL getResource(String name) {
                        return nested;
                    }

                    @Override
                    protected Class<?> findClass(String name) throws ClassNotFoundException {
                        try (InputStream code = codeOfAnchor()) {
                            byte[] bytes = code.readAllBytes();
                            return defineClass(name, bytes, 0, bytes.length);
                        } catch (IOException e) {
                            throw new ClassNotFoundException(name, e);
                        }
                    }
                };
        Root root = Root.resources(loader.loadClass(Anchor.class.getName()), "tree");
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> start(root))
                .withMessageContaining("nested:/app.jar/!lib.jar!/tree")
                .withMessageEndingWith("is neither in a folder nor in a jar file of its own");
    }

    private static InputStream codeOfAnchor() {
        return Objects.requireNonNull(ResourcesTest.class.getResourceAsStream("/" + ANCHOR));
    }

    @Test
    void aDirectoryOfAZip() throws Exception {
        Path zip = folder.resolve("files.zip");
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(out)) {
            put(entries, "tree/a.txt", "a\n");
            put(entries, "tree/sub/b.txt", "b\n");
        }
        try (FileSystem files = FileSystems.newFileSystem(zip)) {
            assertReads(Root.of(files.getPath("/tree")).readOnly());
        }
    }

    @Test
    void aDirectoryInMemory() throws Exception {
        try (FileSystem files = Jimfs.newFileSystem(Configuration.unix())) {
            Path tree = Files.createDirectories(files.getPath("/tree/sub")).getParent();
            Files.writeString(tree.resolve("a.txt"), "a\n");
            Files.writeString(tree.resolve("sub/b.txt"), "b\n");
            assertReads(Root.of(tree).readOnly());
            Wasi wasi = Wasi.preview1().dir(tree, "/").quota(10, 3);
            try (FileGuest guest = new FileGuest(wasi)) {
                assertThat(guest.put(FIRST, "sub/new", "12345678901")).isZero();
                assertThat(guest.guest.size()).isEqualTo(10);
                assertThat(guest.rename(FIRST, "sub/new", FIRST, "a.txt")).isZero();
                assertThat(guest.link(FIRST, "a.txt", FIRST, "sub/link")).isZero();
                assertThat(guest.symlink("sub/link", FIRST, "symlink")).isZero();
                assertThat(guest.get(FIRST, "symlink")).isEqualTo("1234567890");
                assertThat(guest.mkdir(FIRST, "more")).isEqualTo(Errno.NOSPC.number());
                assertThat(guest.unlink(FIRST, "sub/link")).isZero();
                assertThat(guest.mkdir(FIRST, "more")).isZero();
                assertThat(guest.list(FIRST, ".")).isEqualTo("a.txt more sub symlink");
            }
        }
    }

    private static void start(Root root) {
        new FileGuest(Wasi.preview1().dir(root, "/")).close();
    }

    private static void writeJar(Path jar, boolean folders) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream entries = new ZipOutputStream(out);
                InputStream code = codeOfAnchor()) {
            entries.putNextEntry(new ZipEntry(ANCHOR));
            code.transferTo(entries);
            if (folders) {
                entries.putNextEntry(new ZipEntry("dev/kugg/wasi/tree/"));
                entries.putNextEntry(new ZipEntry("dev/kugg/wasi/tree/sub/"));
            }
            put(entries, "dev/kugg/wasi/tree/a.txt", "a\n");
            put(entries, "dev/kugg/wasi/tree/sub/b.txt", "b\n");
        }
    }

    private static void put(ZipOutputStream entries, String name, String text) throws IOException {
        entries.putNextEntry(new ZipEntry(name));
        entries.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
