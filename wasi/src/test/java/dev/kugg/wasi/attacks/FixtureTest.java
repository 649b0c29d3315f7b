package dev.kugg.wasi.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;

/** What watches over the attacks sees what they could do. */
@EnabledOnOs(OS.LINUX)
class FixtureTest {
    private static final String TEXT =
            """
            # a comment
            open rw jail jail
            dir outside
            secret outside/secret.txt
            dir ro
            file ro/file.txt
            dir ro/child
            """;

    @TempDir private Path folder;

    @FunctionalInterface
    private interface Change {
        void in(Path top) throws IOException;
    }

    @Test
    void changesAreSeen() throws IOException, InterruptedException {
        List<Change> changes =
                List.of(
                        top -> Files.writeString(top.resolve("outside/secret.txt"), "x"),
                        top -> Files.createFile(top.resolve("outside/planted")),
                        top -> Files.createDirectory(top.resolve("planted")),
                        top -> Files.delete(top.resolve("ro/file.txt")),
                        top ->
                                Files.createLink(
                                        top.resolve("ro/child/link"), top.resolve("ro/file.txt")),
                        top ->
                                Files.setLastModifiedTime(
                                        top.resolve("outside"), FileTime.fromMillis(1)));
        for (int i = 0; i < changes.size(); i++) {
            Path top = Files.createDirectory(folder.resolve("change" + i));
            Fixture made = new Fixture(top, TEXT);
            Map<String, String> before = made.watched();
            assertThat(made.watched()).isEqualTo(before);
            changes.get(i).in(top);
            assertThat(made.watched()).isNotEqualTo(before);
        }
    }

    @Test
    void whatIsWritableIsNotWatched() throws IOException, InterruptedException {
        Fixture made = new Fixture(folder, TEXT);
        Map<String, String> before = made.watched();
        Files.createFile(folder.resolve("ro/child/new"));
        assertThat(made.watched()).isEqualTo(before);
    }

    @Test
    void theSecretIsFound() throws IOException, InterruptedException {
        Fixture made = new Fixture(folder, TEXT);
        byte[] secret = Files.readAllBytes(folder.resolve("outside/secret.txt"));
        byte[] memory = new byte[100];
        assertThat(made.isSecretIn(memory)).isFalse();
        System.arraycopy(secret, 0, memory, memory.length - secret.length, secret.length);
        assertThat(made.isSecretIn(memory)).isTrue();
        memory[memory.length - 1] ^= 1;
        assertThat(made.isSecretIn(memory)).isFalse();
    }
}
