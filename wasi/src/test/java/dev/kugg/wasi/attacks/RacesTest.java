package dev.kugg.wasi.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.kugg.Instance;
import dev.kugg.Kugg;
import dev.kugg.WasmModule;
import dev.kugg.wasi.Wasi;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Calls of a guest while somebody else exchanges folders and files on its path for links to the
 * outside, or moves them there: none gets out. How often each is tried says {@code
 * -Dattacks.attempts}; {@code wasi/attacks.sh --races} tries each 20,000 times.
 */
@EnabledOnOs(OS.LINUX)
class RacesTest {
    private static final int MAX_ROUNDS = 10_000;

    private final int attempts = attempts();
    private final WasmModule module = Kugg.module(RacesTest.class, "races.wasm");

    @TempDir private Path folder;

    @AfterEach
    void remove() throws IOException, InterruptedException {
        Folders.remove(folder);
    }

    /** Not by {@link Integer#getInteger}, which takes what is no number for nothing. */
    private static int attempts() {
        String given = System.getProperty("attacks.attempts", "200");
        try {
            return Integer.parseInt(given);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("-Dattacks.attempts=" + given + ": no number", e);
        }
    }

    /** What somebody else does all the time, until told to stop. */
    @FunctionalInterface
    private interface Meddler {
        void once() throws IOException;
    }

    @Test
    void aFolderGivesWayToALink() throws Exception {
        races("folder", 0, jail -> exchange(jail, "swap", "swap-link"));
    }

    @Test
    void aFolderBehindALinkGivesWayToALink() throws Exception {
        races("behind", 1, jail -> exchange(jail, "swap", "swap-link"));
    }

    @Test
    void aFileGivesWayToALink() throws Exception {
        races("file", 2, RacesTest::replace);
    }

    @Test
    void theFoldersOnTheWayAreMovedOutside() throws Exception {
        races("moved", 3, RacesTest::moveAway);
    }

    @Test
    void theFolderIsMovedOutside() throws Exception {
        races("away", 4, RacesTest::moveAway);
    }

    @Test
    void anotherGuestExchangesThem() throws Exception {
        Fixture made = fixture("guest");
        try (Instance other = module.with(made.grant(Wasi.preview1())).start()) {
            races(made, 0, () -> other.func("swap").call(1));
        }
    }

    @FunctionalInterface
    private interface Trick {
        void play(Path jail) throws IOException;
    }

    private void races(String name, int where, Trick trick) throws Exception {
        Fixture made = fixture(name);
        Path jail = made.path("jail");
        races(made, where, () -> trick.play(jail));
    }

    private void races(Fixture made, int where, Meddler meddler) throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong played = new AtomicLong();
        Thread thread = Thread.ofPlatform().daemon().start(() -> meddle(meddler, stop, played));
        try (Instance guest = module.with(made.grant(Wasi.preview1())).start()) {
            int kinds = (int) guest.func("kinds").call()[0];
            for (int kind = 0; kind < kinds; kind++) {
                Map<String, String> before = outside(made);
                long playedBefore = played.get();
                long escapes = 0;
                // Without a trick meanwhile it would be no race.
                for (int round = 0; round == 0 || played.get() == playedBefore; round++) {
                    assertThat(round).as("rounds without a trick").isLessThan(MAX_ROUNDS);
                    escapes += guest.func("race").call(kind, where, attempts)[0];
                }
                int address = (int) guest.func("kind_name").call(kind)[0];
                String name = guest.memory("memory").readCString(address);
                assertThat(escapes).as(name).isZero();
                assertThat(outside(made)).as(name).isEqualTo(before);
            }
            // Nor if each attempt was refused.
            assertThat(guest.func("succeeded_count").call()[0]).isPositive();
        } finally {
            stop.set(true);
            thread.join();
        }
    }

    /** What the guest has done may stand in the way of a trick; the next one is another chance. */
    private static void meddle(Meddler meddler, AtomicBoolean stop, AtomicLong played) {
        while (!stop.get()) {
            try {
                meddler.once();
                played.incrementAndGet();
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
    }

    private static void exchange(Path folder, String name, String link) throws IOException {
        Path aside = folder.resolve("aside");
        Path path = folder.resolve(name);
        if (Files.isDirectory(path, NOFOLLOW_LINKS)) {
            Files.move(path, aside, ATOMIC_MOVE);
        }
        if (Files.isSymbolicLink(folder.resolve(link))) {
            Files.move(folder.resolve(link), path, ATOMIC_MOVE);
        }
        if (Files.isSymbolicLink(path)) {
            Files.move(path, folder.resolve(link), ATOMIC_MOVE);
        }
        Files.move(aside, path, ATOMIC_MOVE);
    }

    /** Puts a link in the place of the file, and a file in the place of the link. */
    private static void replace(Path jail) throws IOException {
        Path path = jail.resolve("files/secret.txt");
        Path next = jail.resolve("files/next");
        Files.deleteIfExists(next);
        Files.createSymbolicLink(next, Path.of("../../outside/secret.txt"));
        Files.move(next, path, ATOMIC_MOVE);
        Files.writeString(next, "jail/");
        Files.move(next, path, ATOMIC_MOVE);
    }

    private static void moveAway(Path jail) throws IOException {
        Path there = jail.resolveSibling("elsewhere/moving");
        Files.move(jail.resolve("moving"), there, ATOMIC_MOVE);
        Files.move(there, jail.resolve("moving"), ATOMIC_MOVE);
    }

    private Fixture fixture(String name) throws IOException, InterruptedException {
        try (InputStream in =
                Objects.requireNonNull(RacesTest.class.getResourceAsStream("races.txt"))) {
            return new Fixture(
                    Files.createDirectory(folder.resolve(name)),
                    new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /**
     * What must not change; the folder that things are moved to and fro by is seen without them.
     */
    private static Map<String, String> outside(Fixture made) throws IOException {
        Map<String, String> seen = new TreeMap<>(made.watched());
        try (Stream<Path> elsewhere = Files.list(made.path("elsewhere"))) {
            for (Path path : elsewhere.toList()) {
                if (!path.endsWith("moving")) {
                    seen.put(path.toString(), Fixture.describe(path));
                }
            }
        }
        return seen;
    }
}
