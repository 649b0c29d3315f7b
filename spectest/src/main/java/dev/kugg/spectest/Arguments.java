package dev.kugg.spectest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The arguments of a script, one after the other. What is wrong with one ends the program with exit
 * code 2 and a line that says it.
 */
final class Arguments {
    /** The garbage collectors that are measured. */
    static final List<String> COLLECTORS = List.of("Serial", "Parallel", "G1");

    private static final int MISUSED = 2;

    private final String usage;
    private final List<String> words;
    private int taken;

    /**
     * A guest that is called again and again.
     *
     * @param file its module
     * @param n what its {@code run} is called with
     */
    record Guest(Path file, int n) {}

    /**
     * Begins with the first of them.
     *
     * @param usage the script's name and what it takes
     * @param words all its arguments
     */
    Arguments(String usage, String... words) {
        this.usage = usage;
        this.words = Arrays.asList(words);
    }

    boolean areLeft() {
        return taken < words.size();
    }

    /** {@return the next of them; there has to be one} */
    String next() {
        return words.get(taken++);
    }

    /** {@return what stands behind the option that was taken last} */
    String value() {
        if (!areLeft()) {
            throw misused(words.get(taken - 1) + " needs a value");
        }
        return next();
    }

    /** {@return the number, from 1 on, that stands behind the option that was taken last} */
    int count() {
        String option = words.get(taken - 1);
        return number(value(), 1, option);
    }

    /** {@return the name that stands behind the option that was taken last} */
    String name(List<String> all) {
        String option = words.get(taken - 1);
        return known(value(), all, option);
    }

    /** {@return the names, with commas between, that stand behind the option taken last} */
    List<String> names(List<String> all) {
        String option = words.get(taken - 1);
        List<String> names = List.of(value().split(",", -1));
        for (String name : names) {
            known(name, all, option);
        }
        return names;
    }

    private String known(String name, List<String> all, String option) {
        if (!all.contains(name)) {
            throw wrong(option + ": no \"" + name + "\"; there are " + String.join(", ", all));
        }
        return name;
    }

    /** {@return the guest that a word FILE:N names; N is 1 by default} */
    Guest guest(String word) {
        if (word.startsWith("-")) {
            throw unknown(word);
        }
        int colon = word.lastIndexOf(':');
        Path file = Path.of(colon < 0 ? word : word.substring(0, colon));
        int n = colon < 0 ? 1 : number(word.substring(colon + 1), Integer.MIN_VALUE, word);
        if (!Files.isRegularFile(file)) {
            throw wrong("no such file: " + file);
        }
        return new Guest(file, n);
    }

    private int number(String text, int least, String where) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Nothing to add to what is said below.
        }
        throw wrong(where + ": not a number from " + least + " on: " + text);
    }

    /** Ends the program: there is no such option. */
    IllegalArgumentException unknown(String word) {
        return misused("unknown option: " + word);
    }

    private IllegalArgumentException misused(String problem) {
        return wrong(problem + System.lineSeparator() + "usage: " + usage);
    }

    /** {@return nothing: it is of use where the compiler asks for an end} */
    private IllegalArgumentException wrong(String problem) {
        String script = usage.substring(usage.indexOf('/') + 1, usage.indexOf(' '));
        System.err.println(script + ": " + problem);
        System.exit(MISUSED);
        return new IllegalArgumentException(problem);
    }
}
