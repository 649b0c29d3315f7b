package dev.kugg.wasi.attacks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kugg.wasi.Wasi;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What {@code fixture.txt} says, made in a folder: some folders to be given to a guest, and beside
 * them one that it must neither read nor change.
 */
final class Fixture {
    private final Path top;
    private final byte[] secret;
    private final List<String[]> opens = new ArrayList<>();
    private boolean hasDevices = true;

    Fixture(Path top, String text) throws IOException, InterruptedException {
        this.top = top.toRealPath();
        byte[] bits = new byte[16];
        new SplittableRandom().nextBytes(bits);
        this.secret = HexFormat.of().formatHex(bits).getBytes(UTF_8);
        for (String line : text.lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] words = line.split(" ");
                make(words[0], Arrays.copyOfRange(words, 1, words.length));
            }
        }
    }

    private void make(String kind, String[] words) throws IOException, InterruptedException {
        Path path = top.resolve(words[0]);
        switch (kind) {
            case "open" -> opens.add(words);
            case "dir" -> Files.createDirectory(path);
            case "file" -> Files.writeString(path, words[0]);
            case "secret" -> Files.write(path, secret);
            case "link" ->
                    Files.createSymbolicLink(
                            path, Path.of(words[1].replace("$TOP", top.toString())));
            case "hops" -> hops(words[0], Integer.parseInt(words[1]), words[2]);
            case "fifo" -> run("mkfifo", path.toString());
            case "socket" -> {
                try (ServerSocketChannel socket =
                        ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                    socket.bind(UnixDomainSocketAddress.of(path));
                }
            }
            case "null" -> hasDevices = run("mknod", "-m", "666", path.toString(), "c", "1", "3");
            default -> throw new IllegalArgumentException(kind);
        }
    }

    private void hops(String name, int count, String target) throws IOException {
        String next = target;
        for (int i = 1; i <= count; i++) {
            Path link = top.resolve(name + i);
            Files.createSymbolicLink(link, Path.of(next));
            next = Objects.requireNonNull(link.getFileName()).toString();
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    boolean hasDevices() {
        return hasDevices;
    }

    Path path(String name) {
        return top.resolve(name);
    }

    /** {@return what the guest is given} */
    Wasi grant(Wasi wasi) {
        Wasi granted = wasi.args(top.toString());
        for (String[] open : opens) {
            Path path = top.resolve(open[1]);
            granted =
                    open[0].equals("ro")
                            ? granted.readOnlyDir(path, open[2])
                            : granted.dir(path, open[2]);
        }
        return granted;
    }

    /** {@return whether these bytes hold the secret} */
    boolean isSecretIn(byte[] bytes) {
        int last = bytes.length - secret.length;
        for (int at = 0; at <= last; at++) {
            if (bytes[at] == secret[0]
                    && Arrays.equals(bytes, at, at + secret.length, secret, 0, secret.length)) {
                return true;
            }
        }
        return false;
    }

    /**
     * {@return everything known about what must not change: all in {@code outside}, and all in the
     * read-only folder but what its writable part holds} When files were last read is left out.
     */
    Map<String, String> watched() throws IOException {
        Map<String, String> seen = new TreeMap<>();
        Path child = top.resolve("ro/child");
        try (Stream<Path> beside = Files.list(top)) {
            beside.forEach(path -> seen.put(path.toString(), "there"));
        }
        for (String folder : List.of("outside", "ro")) {
            try (Stream<Path> all = Files.walk(top.resolve(folder))) {
                for (Path path : all.toList()) {
                    if (!path.startsWith(child)) {
                        seen.put(path.toString(), describe(path));
                    }
                }
            }
        }
        return seen;
    }

    static String describe(Path path) throws IOException {
        Map<String, Object> attributes =
                new TreeMap<>(
                        Files.readAttributes(
                                path,
                                "unix:ino,mode,nlink,size,lastModifiedTime,ctime",
                                LinkOption.NOFOLLOW_LINKS));
        String content =
                Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? Files.readString(path) : "";
        return attributes + content;
    }
}
