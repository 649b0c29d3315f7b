package dev.kugg.spectest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.kugg.spectest.SpecRun.Outcome;
import dev.kugg.spectest.SpecRun.Status;

import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Runs the official test suite, a test for each of its files, and keeps two lists honest: what is
 * left out because a feature is not compiled yet ({@code spec-left-out.txt}, generated), and known
 * failures, which may only shrink ({@code spec-known-failures.txt}). {@code -Dspec.update} writes
 * the first anew.
 */
final class SpecSuiteTest {
    private static final Path RESOURCES =
            Shared.projectRoot().resolve("spectest/src/test/resources");
    private static final Path LEFT_OUT = RESOURCES.resolve("spec-left-out.txt");
    private static final Path KNOWN_FAILURES = RESOURCES.resolve("spec-known-failures.txt");

    /** Set where this runs once more with functions cut into parts of about so many bytes. */
    private static final String SPLIT_BYTES = System.getProperty("kugg.test.splitBytes");

    private static final String REPORT =
            SPLIT_BYTES == null
                    ? "spectest/target/spec-report.md"
                    : "spectest/target/spec-report-split.md";

    /** What WebAssembly has had since 2.0, SIMD aside: none of it may be left out. */
    private static final List<String> MUST_RUN =
            List.of(
                    "mvp",
                    "mutable-global",
                    "sign-extension",
                    "nontrapping-float-to-int",
                    "multi-value",
                    "bulk-memory",
                    "reference-types",
                    "extended-const");

    private static final String LEFT_OUT_HEAD =
            """
            # What of the official test suite is left out, by file and by the feature that is not compiled yet.
            # Generated: mvn test -pl spectest -am -Dtest=SpecSuiteTest -Dspec.update -Dsurefire.failIfNoSpecifiedTests=false
            """;

    private final SpecReport report = new SpecReport();
    private final List<String> earlyLeftOut = new ArrayList<>();

    @TestFactory
    Stream<DynamicNode> officialSuite() throws IOException {
        Optional<Path> suite = Shared.find("conformance/spec");
        if (suite.isEmpty()) {
            Shared.leftOut("the official suite", "no ../shared/conformance/spec");
            return Stream.empty();
        }
        SpecLevels levels = new SpecLevels(suite.get());
        List<String> known = lines(KNOWN_FAILURES);
        Map<String, List<DynamicNode>> areas = new LinkedHashMap<>();
        for (SpecScript script : SpecScript.all(suite.get())) {
            String area = script.name().replaceFirst("/.*", "");
            areas.computeIfAbsent(area, name -> new ArrayList<>())
                    .add(dynamicTest(script.name(), () -> run(script, levels, known)));
        }
        Stream<DynamicNode> files =
                areas.entrySet().stream()
                        .map(area -> dynamicContainer(area.getKey(), area.getValue()));
        return Stream.concat(files, closing(known));
    }

    private void run(SpecScript script, SpecLevels levels, List<String> known) throws IOException {
        List<Outcome> outcomes = new SpecRun(script, levels).run();
        report.add(script, outcomes);
        List<String> failures = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            String key = SpecReport.key(script, outcome);
            if (outcome.status() == Status.FAILED && !known.contains(key)) {
                failures.add(key + ": " + outcome.detail());
            }
            if (outcome.status() == Status.LEFT_OUT && mustRun(script, outcome, levels)) {
                earlyLeftOut.add(key + ": " + outcome.detail());
            }
        }
        if (!failures.isEmpty()) {
            fail(failures.size() + " failed\n" + String.join("\n", failures));
        }
    }

    /** These run after all files, on what they gathered. */
    private Stream<DynamicNode> closing(List<String> known) {
        return Stream.of(
                dynamicTest("report", this::writeReport),
                dynamicTest("the list of what is left out is true", this::checkLeftOut),
                dynamicTest(
                        "nothing of 1.0 and 2.0 outside SIMD is left out",
                        () -> assertThat(earlyLeftOut).isEmpty()),
                dynamicTest(
                        "known failures still fail",
                        () -> assertThat(report.failures()).containsAll(known)));
    }

    private static boolean mustRun(SpecScript script, Outcome outcome, SpecLevels levels) {
        String file = outcome.command().binary();
        String feature = outcome.detail();
        boolean early = !file.isEmpty() && levels.isEarly(script, file);
        boolean excused = feature.equals("simd") || feature.endsWith(SpecRun.IN_IMPORTS);
        return MUST_RUN.contains(feature) || early && !excused;
    }

    private void writeReport() throws IOException {
        Path file = Shared.projectRoot().resolve(REPORT);
        Files.createDirectories(file.getParent());
        Files.writeString(file, report.markdown());
        System.out.println(report.summary());
        if (SPLIT_BYTES != null) {
            System.out.println("in parts of " + SPLIT_BYTES + " bytes");
        }
        System.out.println(
                "by file: "
                        + REPORT
                        + "; left out, with reasons: "
                        + "spectest/src/test/resources/spec-left-out.txt");
    }

    private void checkLeftOut() throws IOException {
        if (System.getProperty("spec.update") != null) {
            Files.writeString(LEFT_OUT, LEFT_OUT_HEAD + String.join("\n", report.leftOut()) + "\n");
        }
        assertThat(new TreeSet<>(report.leftOut()))
                .as("what is left out; -Dspec.update writes the list anew")
                .isEqualTo(new TreeSet<>(lines(LEFT_OUT)));
    }

    private static List<String> lines(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }
}
