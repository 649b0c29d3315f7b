package dev.kugg.spectest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.kugg.Kugg;
import dev.kugg.wasi.Wasi;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The official suite of WASI preview 1, from where it lies: {@code KUGG_WASI_TESTSUITE} names the
 * folder. Each program runs in a fresh copy of its fixture and says by its exit code whether it is
 * satisfied.
 *
 * <p>A program may have a manifest beside it, JSON by its name: arguments, environment, the folder
 * to preopen as {@code /}, exit code, output. What it does not say is empty, or 0.
 */
final class WasiTestSuiteTest {
    private static final String VARIABLE = "KUGG_WASI_TESTSUITE";
    private static final int PROGRAMS = 72;
    private static final List<String> LANGUAGES = List.of("assemblyscript", "c", "rust");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @TestFactory
    Stream<DynamicTest> programs() throws IOException {
        String folder = System.getenv(VARIABLE);
        if (folder == null || folder.isEmpty()) {
            Shared.leftOut("the official WASI suite", VARIABLE + " is not set");
            return Stream.empty();
        }
        List<Path> programs = find(Path.of(folder));
        assertThat(programs).as("programs in " + folder).hasSizeGreaterThanOrEqualTo(PROGRAMS);
        return programs.stream().map(program -> dynamicTest(nameOf(program), () -> run(program)));
    }

    /** Finds the programs in the suite's repository, or in the folder in it that holds them. */
    private static List<Path> find(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path start : List.of(folder, folder.resolve("tests"))) {
            for (String language : LANGUAGES) {
                Path programs = start.resolve(language).resolve("testsuite/wasm32-wasip1");
                if (Files.isDirectory(programs)) {
                    try (Stream<Path> files = Files.list(programs)) {
                        files.filter(file -> file.toString().endsWith(".wasm"))
                                .sorted()
                                .forEach(found::add);
                    }
                }
            }
        }
        return found;
    }

    private static String nameOf(Path program) {
        Path language = program.getParent().getParent().getParent().getFileName();
        return language + "/" + stem(program);
    }

    private static String stem(Path program) {
        String file = program.getFileName().toString();
        return file.substring(0, file.length() - ".wasm".length());
    }

    private static void run(Path program) throws IOException {
        JsonNode manifest = manifest(program);
        Path copy = Files.createTempDirectory("kugg-wasi-");
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            Wasi wasi = wasi(program, manifest, copy).stdout(out).stderr(err);
            int exit = Kugg.module(program).with(wasi).timeout(TIMEOUT).run();
            assertThat(exit)
                    .as(out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8))
                    .isEqualTo(manifest.path("exit_code").asInt(0));
            requireText(manifest.get("stdout"), out);
            requireText(manifest.get("stderr"), err);
        } finally {
            delete(copy);
        }
    }

    private static JsonNode manifest(Path program) throws IOException {
        Path file = program.resolveSibling(stem(program) + ".json");
        ObjectMapper mapper = new ObjectMapper();
        return Files.exists(file) ? mapper.readTree(file.toFile()) : mapper.createObjectNode();
    }

    private static Wasi wasi(Path program, JsonNode manifest, Path copy) throws IOException {
        List<String> args = new ArrayList<>(List.of(stem(program)));
        manifest.path("args").forEach(arg -> args.add(arg.asText()));
        Map<String, String> environment = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : manifest.path("env").properties()) {
            environment.put(entry.getKey(), entry.getValue().asText());
        }
        Wasi wasi = Wasi.preview1().args(args.toArray(String[]::new)).envs(environment);
        JsonNode root = manifest.path("root");
        if (!root.isTextual()) {
            return wasi;
        }
        copy(program.resolveSibling(root.asText()), copy);
        return wasi.dir(copy, "/");
    }

    private static void requireText(JsonNode expected, ByteArrayOutputStream actual) {
        if (expected != null) {
            assertThat(actual.toString(StandardCharsets.UTF_8)).isEqualTo(expected.asText());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(file -> !file.equals(from)).toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
