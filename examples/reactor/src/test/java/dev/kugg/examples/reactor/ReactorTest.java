package dev.kugg.examples.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the example as its reader would, in a process of its own, and looks at what it is made from.
 */
class ReactorTest {
    private static final String MAIN = "dev.kugg.examples.reactor.Main";

    @TempDir Path folder;

    @Test
    void onTheClassPath() throws Exception {
        assertThat(java("-cp", path(jars()), MAIN)).isEqualTo(expected());
    }

    @Test
    void onTheModulePath() throws Exception {
        assertThat(java("-p", path(jars()), "-m", "kugg.examples.reactor/" + MAIN))
                .isEqualTo(expected());
    }

    @Test
    void saysWhatIsWrongAndExitsWith1() throws Exception {
        Path main = Path.of(MAIN.replace('.', '/') + ".class");
        Path there = Files.createDirectories(folder.resolve("classes").resolve(main).getParent());
        Path classes =
                Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.list(classes.resolve(main).getParent())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, there.resolve(file.getFileName()));
            }
        }
        Files.write(there.resolve("reactor.wasm"), new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0, 99});
        List<Path> classPath = new ArrayList<>(jars());
        classPath.set(0, folder.resolve("classes"));
        Run run = java("-cp", path(classPath), MAIN);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("dev.kugg.MalformedException");
    }

    @Test
    void checkedInModuleIsWhatTheSourceGives() throws IOException {
        Path built = Path.of("target/zig/bin/reactor.wasm");
        assumeTrue(
                Files.exists(built),
                "left out: no Zig 0.14.1 here to build reactor.wasm from source");
        assertThat(Files.readAllBytes(Path.of("src/main/zig/reactor.wasm")))
                .as(
                        "reactor.wasm against what reactor.zig gives; ./build-wasm --accept takes"
                                + " the new one over")
                .isEqualTo(Files.readAllBytes(built));
    }

    private static Run expected() {
        return new Run(0, "inc(1) = 21\ninc(21) = 42\n", "s = 20\n");
    }

    /** What the example needs: its jar first, then whatever of Kugg the tests run with. */
    private static List<Path> jars() throws URISyntaxException {
        List<Path> jars = new ArrayList<>();
        jars.add(Path.of(System.getProperty("kugg.example.jar")));
        for (Class<?> type : List.of(dev.kugg.Kugg.class, dev.kugg.wasi.Wasi.class)) {
            jars.add(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()));
        }
        return jars;
    }

    private static String path(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private Run java(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xshare:auto");
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().remove("JDK_JAVA_OPTIONS");
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("still running after 60 s: " + command);
        }
        return new Run(process.exitValue(), text(out), text(err));
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, UTF_8).replace(System.lineSeparator(), "\n");
    }

    private record Run(int exit, String out, String err) {}
}
