package dev.kugg.wasi.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.kugg.Instance;
import dev.kugg.Kugg;
import dev.kugg.Memory;
import dev.kugg.WasmModule;
import dev.kugg.wasi.Wasi;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The attacks of {@code attacks.c}, each by a fresh guest on a fresh fixture: none brings back what
 * lies outside, none changes anything there or in a folder that was given read-only, and each call
 * answers what {@code attacks.txt} says. Beside Kugg's answer stands wasmtime's there, and where
 * the two differ, why.
 */
@EnabledOnOs(OS.LINUX)
class AttacksTest {
    private static final Path UPDATED = Path.of("src/test/resources/dev/kugg/wasi/attacks");

    private final WasmModule module = Kugg.module(AttacksTest.class, "attacks.wasm");
    private final String fixture = resource("fixture.txt");

    private final List<String> escapes = new ArrayList<>();

    @TempDir private Path folder;

    @AfterEach
    void remove() throws IOException, InterruptedException {
        Folders.remove(folder);
    }

    @Test
    void nothingGetsOut() throws IOException, InterruptedException {
        Map<String, List<String>> answers = answers();
        assertThat(escapes).isEmpty();
        assertThat(answers).hasSizeGreaterThan(150);
        Golden golden = Golden.of(resource("attacks.txt"));
        if (System.getProperty("attacks.update") != null) {
            Files.writeString(UPDATED.resolve("attacks.txt"), golden.updated(answers));
        } else {
            assertThat(golden.complaints(answers)).isEmpty();
        }
    }

    private Map<String, List<String>> answers() throws IOException, InterruptedException {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        for (Title title : titles()) {
            Path top = Files.createDirectory(folder.resolve(title.text()));
            Fixture made = new Fixture(top, fixture);
            if (title.name().startsWith("device_") && !made.hasDevices()) {
                System.out.println(title.text() + ": left out: devices cannot be made here");
            } else {
                answers.put(title.text(), attack(title, made));
            }
        }
        return answers;
    }

    /** One run of an attack; one of many parts is run once for each. */
    private record Title(int index, String name, int part, String text) {}

    private List<Title> titles() {
        List<Title> titles = new ArrayList<>();
        try (Instance instance = module.with(Wasi.preview1()).start()) {
            Memory memory = instance.memory("memory");
            int count = (int) instance.func("attack_count").call()[0];
            for (int i = 0; i < count; i++) {
                String name = memory.readCString((int) instance.func("attack_name").call(i)[0]);
                int parts = (int) instance.func("attack_parts").call(i)[0];
                for (int part = 0; part < parts; part++) {
                    titles.add(new Title(i, name, part, parts == 1 ? name : name + "-" + part));
                }
            }
        }
        return titles;
    }

    private List<String> attack(Title title, Fixture made) throws IOException {
        Map<String, String> before = made.watched();
        Wasi wasi = made.grant(Wasi.preview1());
        if (title.name().startsWith("proc_")) {
            wasi = wasi.readOnlyDir(Path.of("/proc"), "proc");
        }
        List<String> log;
        try (Instance instance = module.with(wasi).timeout(Duration.ofSeconds(60)).start()) {
            instance.func("attack_run").call(title.index(), title.part());
            Memory memory = instance.memory("memory");
            int address = (int) instance.func("log_address").call()[0];
            int length = (int) instance.func("log_length").call()[0];
            log = memory.readString(address, length).lines().toList();
            byte[] everything = new byte[(int) memory.sizeBytes()];
            memory.readBytes(0, everything, 0, everything.length);
            if (made.isSecretIn(everything)) {
                escapes.add(title.text() + ": read what is outside");
            }
        }
        if (!made.watched().equals(before)) {
            escapes.add(title.text() + ": changed what is outside, or read-only");
        }
        for (String line : log) {
            if (line.endsWith(" ESCAPE") || line.endsWith(" REFUSED")) {
                escapes.add(title.text() + ": " + line);
            }
        }
        return log;
    }

    private static String resource(String name) {
        try (var in = AttacksTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return fail(e);
        }
    }
}
