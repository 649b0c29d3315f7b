package dev.kugg.wasi.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.wasi.internal.errno.ErrnoException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Somebody outside swaps a folder for a link to the outside, and a file for one to a file there,
 * and back, without end, while a guest's calls go through both.
 *
 * <p>Outside is everything the guest could wish for, under the names it asks for: where a call got
 * out, it would succeed, and it would show: in what is read, or in what has changed outside.
 */
@EnabledOnOs(OS.LINUX)
class JailRaceTest {
    /** How often each call is tried; {@code -Dkugg.race.attempts}. */
    private static final int ATTEMPTS = Integer.getInteger("kugg.race.attempts", 20_000);

    /** So often the swapper must have had its turn, or there was no race. */
    private static final int MIN_SWAPS = 50;

    private static final OpenMode READ = new OpenMode(true, false, false, false, false, false);
    private static final OpenMode WRITE = new OpenMode(true, true, false, false, false, false);
    private static final OpenMode CREATE = new OpenMode(true, true, true, false, true, false);
    private static final Times TIMES = new Times(5L, 7L);

    @TempDir Path temp;

    private Path jail;
    private Path outside;
    private Path hidden;
    private Directory root;
    private TreeMap<String, String> before;
    private Thread swapper;
    private volatile boolean stop;

    /** How often everything was swapped and swapped back; counted by the swapper alone. */
    private volatile int swaps;

    private final AtomicReference<Exception> swapFailure = new AtomicReference<>();

    @BeforeEach
    void open() throws Exception {
        jail = Files.createDirectory(temp.resolve("jail"));
        outside = Files.createDirectory(temp.resolve("outside"));
        hidden = Files.createDirectory(temp.resolve("hidden"));
        fill(Files.createDirectory(jail.resolve("sub")), "inside");
        fill(outside, "a secret");
        Files.writeString(outside.resolve("only-outside"), "a secret");
        Files.writeString(jail.resolve("file"), "inside");
        Files.writeString(jail.resolve("own"), "inside");
        Files.createSymbolicLink(hidden.resolve("sub-link"), outside);
        Files.createSymbolicLink(hidden.resolve("file-link"), outside.resolve("file"));
        before = snapshot();
        root = HostRoot.open(jail, true);
        swapper = new Thread(this::swapOnAndOn, "swapper");
        swapper.start();
    }

    private static void fill(Path folder, String text) throws IOException {
        Files.writeString(folder.resolve("file"), text);
        Files.createDirectory(folder.resolve("empty"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of(text));
    }

    @AfterEach
    void close() throws Exception {
        stop = true;
        swapper.join();
        root.close();
        assertThat(swapFailure.get()).as("what ended the swapping").isNull();
        assertThat(snapshot()).as("what is outside").isEqualTo(before);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Nobody else counts.
    private void swapOnAndOn() {
        try {
            while (!stop) {
                swap("sub");
                swap("file");
                swaps++;
            }
        } catch (IOException e) {
            swapFailure.set(e);
        }
    }

    private void swap(String name) throws IOException {
        Path here = jail.resolve(name);
        Path real = hidden.resolve(name);
        Path link = hidden.resolve(name + "-link");
        move(here, real);
        move(link, here);
        move(here, link);
        move(real, here);
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** {@return everything outside: names, contents, and when each was last changed at all} */
    private TreeMap<String, String> snapshot() throws IOException {
        TreeMap<String, String> all = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(outside)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String contents = Files.isRegularFile(path) ? Files.readString(path) : "";
                Object changed = Files.getAttribute(path, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
                all.put(path.toString(), contents + " " + changed);
            }
        }
        return all;
    }

    /** One call, or more, of a guest. */
    private interface Attempt {
        void run() throws ErrnoException;
    }

    private void race(Attempt attempt) {
        int enough = swaps + MIN_SWAPS;
        for (int i = 0; i < ATTEMPTS || swaps < enough && swapper.isAlive(); i++) {
            attempt(attempt);
        }
    }

    private static void attempt(Attempt attempt) {
        try {
            attempt.run();
        } catch (ErrnoException e) {
            // Refused, or swapped away for a moment.
        }
    }

    private Walk to(String path) throws ErrnoException {
        return Walk.to(root, path, true, () -> {});
    }

    private Walk toEntry(String path) throws ErrnoException {
        return Walk.toEntry(root, path, () -> {});
    }

    private static String read(OpenFile file) throws ErrnoException {
        byte[] bytes = new byte[100];
        int length = file.read(0, bytes, 0, bytes.length);
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private void read(String path, boolean follow) throws ErrnoException {
        try (Walk walk = Walk.to(root, path, follow, () -> {})) {
            OpenFile file = walk.directory().openFile(walk.name(), READ);
            try {
                assertThat(read(file)).isNotEqualTo("a secret");
            } finally {
                file.close();
            }
        }
    }

    private void create(String path) throws ErrnoException {
        try (Walk walk = to(path)) {
            OpenFile file = walk.directory().openFile(walk.name(), CREATE);
            try {
                file.write(0, "inside".getBytes(StandardCharsets.UTF_8), 0, 6);
            } finally {
                file.close();
            }
        }
    }

    private void removeFile(String path) throws ErrnoException {
        try (Walk walk = toEntry(path)) {
            walk.directory().removeFile(walk.name());
        }
    }

    @Test
    void openToRead() {
        race(() -> read("sub/file", true));
        race(() -> read("file", true));
        race(() -> read("file", false));
    }

    @Test
    void openToWrite() {
        race(
                () -> {
                    try (Walk walk = to("file")) {
                        OpenFile file = walk.directory().openFile(walk.name(), WRITE);
                        file.write(0, "inside".getBytes(StandardCharsets.UTF_8), 0, 6);
                        file.close();
                    }
                });
    }

    @Test
    void openToCreateAndTruncate() {
        race(() -> create("sub/new"));
        race(() -> create("sub/file"));
        race(() -> create("file"));
    }

    @Test
    void makeAndRemoveDirectory() {
        race(
                () -> {
                    attempt(
                            () -> {
                                try (Walk walk = toEntry("sub/new")) {
                                    walk.directory().createDirectory(walk.name());
                                }
                            });
                    try (Walk walk = toEntry("sub/new")) {
                        walk.directory().removeDirectory(walk.name());
                    }
                });
    }

    @Test
    void removeDirectory() {
        race(
                () -> {
                    try (Walk walk = toEntry("sub/empty")) {
                        walk.directory().removeDirectory(walk.name());
                        walk.directory().createDirectory(walk.name());
                    }
                });
    }

    @Test
    void symlinkAndUnlink() {
        race(
                () -> {
                    attempt(
                            () -> {
                                try (Walk walk = toEntry("sub/new")) {
                                    walk.directory().createSymlink(walk.name(), "file");
                                }
                            });
                    removeFile("sub/new");
                });
    }

    @Test
    void unlink() {
        race(
                () -> {
                    try (Walk walk = toEntry("sub/file")) {
                        walk.directory().removeFile(walk.name());
                        walk.directory().openFile(walk.name(), CREATE).close();
                    }
                });
    }

    @Test
    void linkIn() {
        race(
                () -> {
                    attempt(
                            () -> {
                                try (Walk walk = toEntry("sub/new")) {
                                    root.link("own", walk.directory(), walk.name());
                                }
                            });
                    removeFile("sub/new");
                });
    }

    @Test
    void linkOut() {
        race(
                () -> {
                    attempt(
                            () -> {
                                try (Walk walk = to("sub/file")) {
                                    walk.directory().link(walk.name(), root, "new");
                                }
                            });
                    attempt(() -> read("new", false));
                    removeFile("new");
                });
    }

    @Test
    void rename() {
        race(
                () -> {
                    attempt(
                            () -> {
                                try (Walk walk = toEntry("sub/file")) {
                                    walk.directory().rename(walk.name(), root, "moved");
                                }
                            });
                    attempt(() -> read("moved", false));
                    try (Walk walk = toEntry("sub/file")) {
                        root.rename("moved", walk.directory(), walk.name());
                    }
                });
    }

    @Test
    void readLink() {
        race(
                () -> {
                    try (Walk walk = Walk.to(root, "sub/link", false, () -> {})) {
                        String text = walk.directory().readLink(walk.name());
                        assertThat(text).isEqualTo("inside");
                    }
                });
    }

    @Test
    void stat() {
        race(
                () -> {
                    try (Walk walk = to("sub/file")) {
                        Stat stat = walk.directory().stat(walk.name());
                        assertThat(stat.sizeBytes()).isNotEqualTo("a secret".length());
                    }
                });
        race(
                () -> {
                    try (Walk walk = to("file")) {
                        Stat stat = walk.directory().stat(walk.name());
                        boolean link = stat.type() == FileType.SYMBOLIC_LINK;
                        assertThat(link ? 0 : stat.sizeBytes()).isNotEqualTo("a secret".length());
                    }
                });
    }

    @Test
    void setTimes() {
        race(
                () -> {
                    try (Walk walk = to("sub/file")) {
                        walk.directory().setTimes(walk.name(), TIMES);
                    }
                });
        race(
                () -> {
                    try (Walk walk = to("file")) {
                        walk.directory().setTimes(walk.name(), TIMES);
                    }
                });
    }

    @Test
    void list() {
        race(
                () -> {
                    try (Walk walk = to("sub/.")) {
                        List<DirectoryEntry> entries = walk.directory().list();
                        assertThat(entries).extracting("name").doesNotContain("only-outside");
                    }
                });
    }

    @Test
    void openDirectoryAndGoOnFromThere() {
        race(
                () -> {
                    Directory sub = root.openDirectory("sub");
                    try (Walk walk = Walk.to(sub, "file", true, () -> {})) {
                        OpenFile file = walk.directory().openFile(walk.name(), READ);
                        assertThat(read(file)).isEqualTo("inside");
                        file.close();
                    } finally {
                        sub.close();
                    }
                });
    }
}
