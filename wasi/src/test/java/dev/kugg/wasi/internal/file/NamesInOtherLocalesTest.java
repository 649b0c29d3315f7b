package dev.kugg.wasi.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A JVM in a locale whose encoding is not UTF-8 names files by their bytes all the same. */
@EnabledOnOs(OS.LINUX)
class NamesInOtherLocalesTest {
    @TempDir Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "C.UTF-8"})
    void names(String locale) throws Exception {
        Path output = temp.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path")
                                        + File.pathSeparator
                                        + System.getProperty("jdk.module.path", ""),
                                NamesInOtherLocales.class.getName(),
                                Files.createDirectory(temp.resolve("jail")).toString())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().put("LC_ALL", locale);
        int exit = builder.start().waitFor();
        String text = Files.readString(output, StandardCharsets.ISO_8859_1);
        assertThat(exit).as(text).isZero();
        // Seen from here, where names can be spelled or at least told apart by their bytes.
        List<String> names;
        try (Directory0 root = new Directory0(temp.resolve("jail"))) {
            names = root.names();
        }
        assertThat(names).contains(NamesInOtherLocales.NAMES);
    }

    /** A folder for try. */
    private record Directory0(Directory directory) implements AutoCloseable {
        Directory0(Path path) throws Exception {
            this(HostRoot.open(path, true));
        }

        List<String> names() throws Exception {
            return directory.list().stream().map(DirectoryEntry::name).toList();
        }

        @Override
        public void close() {
            directory.close();
        }
    }
}
