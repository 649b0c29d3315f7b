package dev.kugg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** What {@code kugg run} gives a guest: directories, files, sockets, the environment, time. */
class GrantsTest {
    private static final String FILES = Outcome.file("files.wasm");

    @TempDir Path folder;

    private static Outcome run(String... args) {
        String[] line = new String[args.length + 1];
        line[0] = "run";
        System.arraycopy(args, 0, line, 1, args.length);
        return Outcome.of("input", line);
    }

    private static void assertFailure(Outcome outcome, String message) {
        assertThat(outcome).isEqualTo(new Outcome(1, "", "Error: " + message + "\n"));
    }

    // ---- directories ----

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDirectoryByItsOwnName() throws IOException {
        Files.writeString(folder.resolve("a"), "content");
        assertThat(run("--dir", folder.toString(), FILES, "cat", folder + "/a"))
                .isEqualTo(new Outcome(0, "content", ""));
        assertThat(run("--dir=" + folder, FILES, "put", folder + "/new", "text").code()).isZero();
        assertThat(folder.resolve("new")).hasContent("text");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDirectoryByTheGuestsName() {
        String dir = folder + "::/data";
        assertThat(run("--dir", dir, FILES, "put", "/data/a", "text").code()).isZero();
        assertThat(run("--dir", dir, FILES, "cat", "/data/a").out()).isEqualTo("text");
        assertThat(run("--dir", folder + "::.", FILES, "cat", "a").out()).isEqualTo("text");
        assertThat(run("--dir", dir, FILES, "ls", "/data").out()).isEqualTo("a\n");
        assertThat(run("--dir", dir, FILES, "cat", "/data/../a").err()).startsWith("/data/../a: ");
        assertThat(run("--dir", dir, FILES, "cat", folder + "/a").code()).isEqualTo(1);
        assertThat(run(FILES, "cat", "/data/a").code()).as("nothing is given").isEqualTo(1);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDirectoryToBeReadOnly() throws IOException {
        Files.writeString(folder.resolve("a"), "content");
        for (String dir : new String[] {folder + ":ro", folder + "::/data:ro"}) {
            String name = dir.contains("::") ? "/data/" : folder + "/";
            assertThat(run("--dir", dir, FILES, "cat", name + "a").out()).isEqualTo("content");
            assertThat(run("--dir", dir, FILES, "put", name + "a", "x"))
                    .isEqualTo(new Outcome(1, "", name + "a: Read-only file system\n"));
            assertThat(run("--dir", dir, FILES, "put", name + "b", "x").code()).isEqualTo(1);
        }
        assertThat(folder.resolve("a")).hasContent("content");
        assertThat(folder.resolve("b")).doesNotExist();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void severalDirectories() throws IOException {
        Path a = Files.createDirectory(folder.resolve("a"));
        Path b = Files.createDirectory(folder.resolve("b"));
        String[] line = {"--dir", a + "::/a:ro", "--dir", b + "::/b", FILES, "put", "/b/x", "text"};
        assertThat(run(line).code()).isZero();
        assertThat(b.resolve("x")).hasContent("text");
        line[6] = "/a/x";
        assertThat(run(line).code()).isEqualTo(1);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void directoriesThatCannotBeGiven() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Path missing = folder.resolve("missing");
        assertFailure(
                run("--dir", missing + "::/d", FILES),
                "unreadable: the guest's /d: " + missing + ": no such directory");
        assertFailure(
                run("--dir", file.toString(), FILES),
                "unreadable: the guest's " + file + ": " + file + ": not a directory");
    }

    @Test
    void directoriesInWrongWords() {
        for (String wrong : new String[] {"", ":ro", "::", "::/a", "/a::", "/a:::ro"}) {
            assertFailure(
                    run("--dir=" + wrong, FILES),
                    "usage: --dir: '" + wrong + "' is not HOST[::GUEST][:ro]");
        }
        assertFailure(run("--dir=a\0b", FILES), "usage: --dir: 'a\\u0000b' is not a path");
    }

    // ---- streams ----

    @Test
    void streamsFromAndToFiles() throws IOException {
        Path in = Files.writeString(folder.resolve("in"), "from a file");
        Path out = folder.resolve("out");
        Path err = Files.writeString(folder.resolve("err"), "what was there before is gone");
        assertThat(run("--stdin", in.toString(), FILES))
                .isEqualTo(new Outcome(0, "from a file", "to stderr\n"));
        assertThat(run("--stdout", out.toString(), "--stderr", err.toString(), FILES))
                .isEqualTo(new Outcome(0, "", ""));
        assertThat(out).hasContent("input");
        assertThat(Files.readString(err)).isEqualTo("to stderr\n");
        assertThat(run("--stdout=" + out, "--stderr=" + out, FILES).code()).isZero();
        assertThat(Files.readString(out)).isEqualTo("to stderr\ninput");
    }

    @Test
    void streamsThatCannotBeOpened() {
        String missing = folder + "/missing/file";
        assertFailure(
                run("--stdin", missing, FILES),
                "unreadable: --stdin: " + missing + ": no such file");
        assertFailure(
                run("--stdin", folder.toString(), FILES),
                "unreadable: --stdin: " + folder + ": is a directory");
        assertFailure(
                run("--stdout", missing, FILES), "unwritable: " + missing + ": no such directory");
        assertFailure(
                run("--stderr=" + folder, FILES), "unwritable: " + folder + ": is a directory");
    }

    // ---- the rest ----

    @Test
    void theEnvironmentIsInheritedWhereThatIsSaid() {
        String path = System.getenv("PATH");
        assertThat(run(FILES, "env", "PATH").out()).isEqualTo("(none)\n");
        assertThat(run("--inherit-env", FILES, "env", "PATH").out()).isEqualTo(path + "\n");
        assertThat(run("--env", "PATH=mine", "--inherit-env", FILES, "env", "PATH").out())
                .isEqualTo("mine\n");
    }

    @Test
    void timeAndChanceAreTheSameInEachRun() {
        Outcome first = run("--deterministic", FILES, "chance");
        assertThat(first.code()).isZero();
        assertThat(run("--deterministic", FILES, "chance")).isEqualTo(first);
        assertThat(run(FILES, "chance").out()).isNotEqualTo(first.out());
    }

    @Test
    void aSocketIsListenedOn() throws Exception {
        int port = freePort();
        CompletableFuture<Outcome> server =
                CompletableFuture.supplyAsync(
                        () ->
                                run(
                                        "--timeout=20s",
                                        "--listen",
                                        "127.0.0.1:" + port,
                                        FILES,
                                        "serve",
                                        "3"));
        assertThat(connect(port)).isEqualTo("hello\n");
        assertThat(server.get()).isEqualTo(new Outcome(0, "ready\n", ""));
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    /** {@return what the guest says, once it listens} */
    private static String connect(int port) throws Exception {
        for (int i = 0; i < 200; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return new String(socket.getInputStream().readAllBytes(), UTF_8);
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        throw new AssertionError("nobody listens");
    }

    @Test
    void socketsThatCannotBeListenedOn() throws IOException {
        for (String wrong : new String[] {"", "1", ":1", "h:", "h:x", "h:65536", "h:-1"}) {
            assertFailure(
                    run("--listen=" + wrong, FILES),
                    "usage: --listen: '" + wrong + "' is not HOST:PORT");
        }
        assertFailure(
                run("--listen=no.such.invalid:1", FILES),
                "unusable: --listen: no.such.invalid: no such host");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run("--listen=127.0.0.1:" + taken.getLocalPort(), FILES).err())
                    .startsWith("Error: unusable: --listen: 127.0.0.1:");
        }
    }
}
