package dev.kugg.spectest;

import dev.kugg.spectest.SpecRun.Outcome;
import dev.kugg.spectest.SpecRun.Status;
import dev.kugg.spectest.SpecScript.Command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds up how the scripts ended: figures by file and area, what is left out and why, and what
 * failed.
 */
final class SpecReport {
    /**
     * Figures of a file or an area; {@code text} counts the assertions that only a text parser can
     * judge.
     */
    private record Figures(int modules, int passed, int failed, int leftOut, int text) {
        static final Figures NONE = new Figures(0, 0, 0, 0, 0);

        Figures plus(Figures more) {
            return new Figures(
                    modules + more.modules,
                    passed + more.passed,
                    failed + more.failed,
                    leftOut + more.leftOut,
                    text + more.text);
        }

        String row(String name) {
            return "| %s | %d | %d | %d | %d | %d |"
                    .formatted(name, modules, passed, failed, leftOut, text);
        }
    }

    private static final String HEAD =
            """
            | %s | modules loaded | passed | failed | left out | text format |
            |---|--:|--:|--:|--:|--:|
            """;

    private final Map<String, Figures> files = new TreeMap<>();
    private final Map<String, Figures> areas = new TreeMap<>();
    private final List<String> leftOut = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> otherTexts = new ArrayList<>();

    /** Adds one script. */
    void add(SpecScript script, List<Outcome> outcomes) {
        Figures figures = figures(script, outcomes);
        files.put(script.name(), figures);
        areas.merge(area(script.name()), figures, Figures::plus);
        addLeftOut(script, outcomes);
        for (Outcome outcome : outcomes) {
            if (outcome.status() == Status.FAILED) {
                failures.add(key(script, outcome));
            }
            if (!outcome.text().isEmpty()) {
                otherTexts.add(key(script, outcome) + ": " + outcome.text());
            }
        }
    }

    /** {@return the name under which a failure is known: file, line and command} */
    static String key(SpecScript script, Outcome outcome) {
        return script.name() + ":" + outcome.command().line() + " " + outcome.command().type();
    }

    /** {@return the keys of all failures} */
    List<String> failures() {
        return failures;
    }

    /** {@return what is left out: by file and feature, how many modules and assertions} */
    List<String> leftOut() {
        return leftOut;
    }

    /** {@return the figures by area, a line each} */
    String summary() {
        StringBuilder text = new StringBuilder(HEAD.formatted("area"));
        areas.forEach((area, figures) -> text.append(figures.row(area)).append('\n'));
        Figures all = areas.values().stream().reduce(Figures.NONE, Figures::plus);
        return text.append(all.row("**all**")).append('\n').toString();
    }

    /** {@return the whole report, as Markdown} */
    String markdown() {
        StringBuilder text = new StringBuilder("# The official test suite\n\n");
        text.append("Assertions by area and by file.\n\n").append(summary()).append('\n');
        text.append(HEAD.formatted("file"));
        files.forEach((file, figures) -> text.append(figures.row(file)).append('\n'));
        section(text, "Failed", failures);
        section(text, "Left out", leftOut);
        section(text, "Right outcome, other text (the suite's | ours)", otherTexts);
        return text.toString();
    }

    private static void section(StringBuilder text, String title, List<String> lines) {
        text.append("\n## ").append(title).append(": ").append(lines.size()).append('\n');
        lines.forEach(line -> text.append("- ").append(line).append('\n'));
    }

    private static Figures figures(SpecScript script, List<Outcome> outcomes) {
        int modules = 0;
        int[] assertions = new int[Status.values().length];
        for (Outcome outcome : outcomes) {
            if (outcome.command().isAssertion()) {
                assertions[outcome.status().ordinal()]++;
            } else if (outcome.status() == Status.FAILED) {
                assertions[Status.FAILED.ordinal()]++;
            } else if (outcome.command().type().startsWith("module")) {
                modules += outcome.status() == Status.PASSED ? 1 : 0;
            }
        }
        return new Figures(
                modules,
                assertions[Status.PASSED.ordinal()],
                assertions[Status.FAILED.ordinal()],
                assertions[Status.LEFT_OUT.ordinal()],
                (int) script.commands().stream().filter(Command::textOnly).count());
    }

    private void addLeftOut(SpecScript script, List<Outcome> outcomes) {
        Map<String, int[]> counts = new TreeMap<>();
        for (Outcome outcome : outcomes) {
            if (outcome.status() == Status.LEFT_OUT) {
                int[] count = counts.computeIfAbsent(outcome.detail(), feature -> new int[2]);
                count[outcome.command().isAssertion() ? 1 : 0]++;
            }
        }
        counts.forEach(
                (feature, count) ->
                        leftOut.add(
                                "%s: %s: %d modules and actions, %d assertions"
                                        .formatted(script.name(), feature, count[0], count[1])));
    }

    private static String area(String name) {
        return name.startsWith("proposals/")
                ? name.replaceFirst("/[^/]+$", "")
                : name.replaceFirst("/.*", "");
    }
}
