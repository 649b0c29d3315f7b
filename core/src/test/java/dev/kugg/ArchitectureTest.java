package dev.kugg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The arrows between packages that ARCHITECTURE.md draws, read from the sources. */
class ArchitectureTest {
    private static final String KUGG = "dev.kugg";
    private static final String TYPES = "dev.kugg.types";
    private static final String CLASSFILE = "dev.kugg.internal.classfile";
    private static final String OPCODE = "dev.kugg.internal.opcode";
    private static final String DECODE = "dev.kugg.internal.decode";
    private static final String VALIDATE = "dev.kugg.internal.validate";
    private static final String FLOW = "dev.kugg.internal.flow";
    private static final String COMPILE = "dev.kugg.internal.compile";
    private static final String RUNTIME = "dev.kugg.internal.runtime";
    private static final String BIND = "dev.kugg.internal.bind";
    private static final String LINK = "dev.kugg.internal.link";

    /** Package by package, what it may name. */
    private static final Map<String, Set<String>> MAY_NAME =
            Map.ofEntries(
                    Map.entry(TYPES, Set.of()),
                    Map.entry(CLASSFILE, Set.of()),
                    Map.entry(KUGG, Set.of(TYPES)),
                    Map.entry(OPCODE, Set.of(TYPES)),
                    Map.entry(DECODE, Set.of(OPCODE, TYPES, KUGG)),
                    Map.entry(VALIDATE, Set.of(DECODE, OPCODE, TYPES, KUGG)),
                    Map.entry(FLOW, Set.of(VALIDATE, DECODE, OPCODE, TYPES, KUGG)),
                    Map.entry(
                            COMPILE,
                            Set.of(FLOW, VALIDATE, DECODE, OPCODE, TYPES, KUGG, CLASSFILE)),
                    Map.entry(RUNTIME, Set.of(KUGG, TYPES)),
                    Map.entry(BIND, Set.of(RUNTIME, COMPILE, CLASSFILE, KUGG, TYPES)),
                    Map.entry(
                            LINK,
                            Set.of(
                                    BIND, RUNTIME, COMPILE, FLOW, VALIDATE, DECODE, OPCODE,
                                    CLASSFILE, TYPES, KUGG)));

    /**
     * The public types with factory methods: beside "permits" clauses, only they name what
     * implements them.
     */
    private static final Set<String> FACTORIES =
            Set.of("Kugg.java", "Global.java", "Memory.java", "Table.java");

    /** Comments, text blocks, strings and characters: what they say is not a reference. */
    private static final Pattern NO_CODE =
            Pattern.compile(
                    "(?s)/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\"|\"(?:[^\"\\\\\\n]++|\\\\.)*+\"|'(?:[^'\\\\\\n]|\\\\.)[^'\\n]*'");

    private static final Pattern PERMITS = Pattern.compile("\\bpermits\\s[^{]*");
    private static final Pattern PACKAGE =
            Pattern.compile("\\bdev\\.kugg(?:\\.[a-z_]\\w*+(?!\\s*\\())*+");

    @Test
    void packagesNameOnlyWhatTheyMay() throws IOException {
        for (Source source : sources(Path.of("src/main/java"))) {
            assertThat(MAY_NAME).as("a row for " + source.name()).containsKey(source.name());
            Predicate<String> allowed = MAY_NAME.get(source.name())::contains;
            allowed = allowed.or(source.name()::equals);
            Predicate<String> implementing = Set.of(RUNTIME, LINK)::contains;
            boolean api = source.name().equals(KUGG);
            boolean factory = api && FACTORIES.contains(source.file());
            assertThat(source.permitted())
                    .as("what the permits of " + source.name() + "/" + source.file() + " name")
                    .allMatch(api ? allowed.or(implementing) : allowed);
            assertThat(source.named())
                    .as("what " + source.name() + "/" + source.file() + " names")
                    .allMatch(factory ? allowed.or(implementing) : allowed);
        }
    }

    @Test
    void wasiIsWrittenOnThePublicApi() throws IOException {
        for (Source source : sources(Path.of("../wasi/src/main/java"))) {
            assertThat(source.named())
                    .as("what " + source.name() + "/" + source.file() + " names")
                    .allMatch(
                            name ->
                                    name.equals(KUGG)
                                            || name.equals(TYPES)
                                            || name.startsWith("dev.kugg.wasi"));
        }
    }

    @Test
    void packagesAreExplained() throws IOException {
        String architecture = Files.readString(Path.of("../ARCHITECTURE.md"));
        for (String name : MAY_NAME.keySet()) {
            Path folder = Path.of("src/main/java", name.split("\\."));
            assertThat(folder.resolve("package-info.java")).isRegularFile();
            assertThat(architecture)
                    .contains(name.equals(KUGG) ? name : name.substring(KUGG.length() + 1));
        }
    }

    private static List<Source> sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("module-info.java"))
                    .map(file -> Source.read(root, file))
                    .toList();
        }
    }

    /**
     * A source file: its package, the packages its "permits" clauses name, and those the rest of it
     * names.
     */
    private record Source(String name, String file, Set<String> permitted, Set<String> named) {
        static Source read(Path root, Path file) {
            try {
                String code = NO_CODE.matcher(Files.readString(file)).replaceAll(" ");
                String permits =
                        PERMITS.matcher(code)
                                .results()
                                .map(MatchResult::group)
                                .collect(Collectors.joining());
                String name =
                        root.relativize(file.getParent())
                                .toString()
                                .replace(file.getFileSystem().getSeparator(), ".");
                String rest = PERMITS.matcher(code).replaceAll(" ");
                return new Source(
                        name, file.getFileName().toString(), packages(permits), packages(rest));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Set<String> packages(String code) {
            return PACKAGE.matcher(code)
                    .results()
                    .map(MatchResult::group)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
