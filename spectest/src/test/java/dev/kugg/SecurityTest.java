package dev.kugg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** SECURITY.md names tests, which must be there. */
class SecurityTest {
    private static final Pattern NAME = Pattern.compile("`(\\w+Test)`");

    @Test
    void theTestsItNamesAreThere() throws IOException {
        String text = Files.readString(Path.of("../SECURITY.md"));
        Set<String> named = new TreeSet<>();
        for (Matcher matcher = NAME.matcher(text); matcher.find(); ) {
            named.add(matcher.group(1));
        }
        assertThat(named).hasSizeGreaterThan(30);
        assertThat(tests()).containsAll(named);
    }

    private static Set<String> tests() throws IOException {
        Set<String> all = new TreeSet<>();
        for (String module : new String[] {"core", "wasi", "cli", "spectest", "examples"}) {
            try (Stream<Path> files = Files.walk(Path.of("..", module))) {
                all.addAll(
                        files.map(file -> file.getFileName().toString())
                                .filter(name -> name.endsWith("Test.java"))
                                .map(name -> name.substring(0, name.length() - ".java".length()))
                                .collect(Collectors.toSet()));
            }
        }
        return all;
    }
}
