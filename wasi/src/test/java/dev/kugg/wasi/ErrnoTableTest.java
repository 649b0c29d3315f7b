package dev.kugg.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.Kugg;
import dev.kugg.WasmModule;
import dev.kugg.wasi.internal.errno.Errno;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What is answered to each thing done to each kind of target, as {@code errnos.txt} says: a column
 * of what wasmtime answers, which the script {@code wasi/src/test/guests/errnos} writes, one of
 * what Kugg answers, and where they differ the reason, a letter of the legend at the top.
 *
 * <p>{@code -Derrnos.update} writes Kugg's column anew; the reasons are to be written by hand.
 */
class ErrnoTableTest {
    private static final String TABLE = "guests/errnos.txt";
    private static final Path SOURCE = Path.of("src/test/resources/dev/kugg/wasi", TABLE);
    private static final WasmModule GUEST = Kugg.module(ErrnoTableTest.class, "guests/errnos.wasm");

    @TempDir Path temp;

    private int fixtures;

    /** A fixture nobody has changed yet. */
    private @Nullable Path jail;

    @Test
    void asInTheTable() throws IOException {
        List<String> wanted = new ArrayList<>();
        List<String> found = new ArrayList<>();
        for (String line : table().lines().toList()) {
            wanted.add(line);
            found.add(line.startsWith("#") ? line : answered(line.split("\\t", -1)));
        }
        if (System.getProperty("errnos.update") != null) {
            Files.write(SOURCE, found);
        }
        assertThat(found).isEqualTo(wanted);
        assertThat(found).hasSizeGreaterThan(2000);
    }

    /** A difference without a reason, or a reason without a difference, is a mistake. */
    @Test
    void differencesHaveReasons() throws IOException {
        String table = table();
        for (String line : table.lines().toList()) {
            if (line.startsWith("#")) {
                continue;
            }
            String[] columns = line.split("\\t", -1);
            boolean differs = !columns[3].equals(columns[4]);
            assertThat(columns.length > 5).as(line).isEqualTo(differs);
            if (differs) {
                assertThat(table).contains("# " + columns[5] + ": ");
            }
        }
    }

    private String answered(String[] columns) throws IOException {
        Path folder = jail;
        if (folder == null) {
            folder = fixture(Files.createDirectory(temp.resolve("fixture" + fixtures++)));
        }
        String target = columns[2].equals("LONG") ? "n".repeat(256) : columns[2];
        Wasi wasi = Wasi.preview1().args("errnos", columns[0], columns[1], target).dir(folder, "/");
        columns[4] = nameOf(GUEST.with(wasi).run());
        // What was refused has changed nothing; with descriptors, preparations have.
        boolean unchanged = columns[0].equals("path") && !columns[4].equals("success");
        jail = unchanged ? folder : null;
        return String.join("\t", columns);
    }

    private static String nameOf(int number) {
        for (Errno errno : Errno.values()) {
            if (errno.number() == number) {
                return errno.name().toLowerCase(Locale.ROOT);
            }
        }
        return Integer.toString(number);
    }

    /** The same as the script makes. */
    private static Path fixture(Path folder) throws IOException {
        Path jail = Files.createDirectory(folder.resolve("jail"));
        Files.createDirectory(jail.resolve("dir"));
        Files.createDirectory(jail.resolve("dir2"));
        for (String name : List.of("secret", "jail/file", "jail/file2", "jail/dir/inner")) {
            Files.writeString(folder.resolve(name), "0123456789");
        }
        symlink(jail, "link", "file");
        symlink(jail, "dirlink", "dir");
        symlink(jail, "dir/up", "../file");
        symlink(jail, "dangling", "nothing");
        symlink(jail, "loop", "loop");
        symlink(jail, "outside", "../secret");
        symlink(jail, "absolute", "/file");
        symlink(jail, "above", "..");
        return jail;
    }

    private static void symlink(Path folder, String name, String text) throws IOException {
        Files.createSymbolicLink(folder.resolve(name), Path.of(text));
    }

    private static String table() throws IOException {
        try (InputStream in = ErrnoTableTest.class.getResourceAsStream(TABLE)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
