package dev.kugg.spectest;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The kinds of modules that {@code wasm-tools smith} is asked for, one after the other. All of them
 * use only what this version of Kugg compiles, end by running out of fuel at the latest, and have
 * NaNs made canonical behind each operation, so that every bit of every result is determined.
 */
enum SmithConfig {
    /** Anything, traps included. */
    MIXED(4_000, Lists.ANY, 1_000, "--max-instructions 200"),
    /** Code that gets further, since nothing in it traps. */
    UNTRAPPED(4_000, Lists.ANY, 1_000, "--max-instructions 200 --disallow-traps true"),
    /** Functions that exceed what HotSpot compiles, some also what a JVM method can be. */
    BIG(60_000, Lists.LONG, 1_000, "--max-funcs 3 --max-instructions 4000"),
    BIG_UNTRAPPED(
            60_000,
            Lists.LONG,
            1_000,
            "--max-funcs 3 --max-instructions 4000 --disallow-traps true"),
    /** Blocks, branches and branch tables, deeply nested, around little else. */
    CONTROL(
            40_000,
            Lists.LONG,
            1_000,
            "--max-instructions 1000 --allow-floats false --canonicalize-nans false"
                    + " --allowed-instructions control,variable,numeric,parametric"),
    /** Long chains of values, every one of which is computed and seen. */
    NUMERIC(
            40_000,
            Lists.LONG,
            1_000,
            "--max-instructions 1500 --allowed-instructions numeric,variable,parametric"
                    + " --disallow-traps true"),
    INTEGERS(
            20_000,
            Lists.LONG,
            1_000,
            "--max-instructions 400 --allow-floats false --canonicalize-nans false"
                    + " --disallow-traps true"),
    /** Calls of all kinds with many parameters and results. */
    CALLS(
            16_000,
            Lists.ANY,
            1_000,
            "--min-types 10 --min-funcs 12 --max-funcs 40 --max-instructions 60 --min-tables 1"
                    + " --min-element-segments 3"
                    + " --allowed-instructions control,variable,numeric,parametric,table"),
    MEMORY(
            20_000,
            Lists.LONG,
            1_000,
            "--max-data-segments 5 --max-instructions 600 --disallow-traps true"
                    + " --allowed-instructions memory,numeric,variable,parametric"),
    /** Accesses that are as often outside as inside, and bulk instructions that are too. */
    MEMORY_TRAPS(
            8_000,
            Lists.ANY,
            1_000,
            "--min-data-segments 3 --max-instructions 60"
                    + " --allowed-instructions memory,numeric,variable"),
    TABLES(
            20_000,
            Lists.LONG,
            1_000,
            "--max-element-segments 5 --max-instructions 300 --disallow-traps true"
                    + " --allowed-instructions reference,table,numeric,variable,parametric"),
    REFERENCES(
            8_000,
            Lists.ANY,
            1_000,
            "--min-tables 2 --max-tables 5 --min-element-segments 4"
                    + " --max-instructions 150 --allowed-instructions"
                    + " reference,table,control,parametric,variable,numeric"),
    IMPORTS(
            6_000,
            Lists.ANY,
            1_000,
            "--min-imports 8 --max-imports 20 --min-memories 0 --min-globals 0"
                    + " --max-instructions 150"),
    /** Nothing that came after the first version. */
    MVP(
            4_000,
            Lists.ANY,
            1_000,
            "--max-tables 1 --multi-value-enabled false --bulk-memory-enabled false"
                    + " --reference-types-enabled false --sign-extension-ops-enabled false"
                    + " --saturating-float-to-int-enabled false --extended-const-enabled false"),
    MANY_FUNCTIONS(
            20_000, Lists.ANY, 1_000, "--min-funcs 60 --max-funcs 100 --max-instructions 25"),
    /** Numbers in more bytes than they need. */
    LONG_LEBS(4_000, Lists.ANY, 1_000, "--max-instructions 150 --min-uleb-size 5"),
    /** Loops that go round often enough to be compiled by HotSpot. */
    HOT(3_000, Lists.ANY, 200_000, "--max-instructions 80 --disallow-traps true");

    /** How long whatever there may be several of becomes. */
    private enum Lists {
        ANY(""),
        /** As long as it may, which would make too much of what is not code. */
        LONG(
                "--max-types 8 --min-funcs 1 --max-funcs 5 --max-imports 0 --max-globals 8"
                        + " --max-data-segments 3 --max-element-segments 3 --max-elements 8");

        private final String flags;

        Lists(String flags) {
            this.flags = flags;
        }
    }

    private static final String NOT_COMPILED =
            "--wide-arithmetic-enabled false --custom-page-sizes-enabled false"
                    + " --shared-everything-threads-enabled false --simd-enabled false --relaxed-simd-enabled false --threads-enabled false"
                    + " --gc-enabled false --exceptions-enabled false --tail-call-enabled false"
                    + " --memory64-enabled false --compact-imports-enabled false"
                    + " --custom-descriptors-enabled false";

    // Sizes are bounded so that growing fails at the same point everywhere, and to keep it fast.
    private static final String COMMON =
            "--export-everything true --canonicalize-nans true --min-funcs 3 --max-funcs 12"
                    + " --min-types 4 --max-tables 4 --min-memories 1 --min-globals 3"
                    + " --max-globals 20 --max-imports 6 --memory-max-size-required true"
                    + " --max-memory32-bytes 1048576 --table-max-size-required true"
                    + " --max-table-elements 1000";

    private final int inputBytes;
    private final Lists lists;
    private final int fuel;
    private final String flags;

    /**
     * @param inputBytes how many random bytes a module is made of
     * @param fuel how many calls and trips of loops an instance has in it
     */
    SmithConfig(int inputBytes, Lists lists, int fuel, String flags) {
        this.inputBytes = inputBytes;
        this.lists = lists;
        this.fuel = fuel;
        this.flags = flags;
    }

    /** {@return the random bytes to make a module of} */
    byte[] input(SplittableRandom random) {
        byte[] bytes = new byte[inputBytes];
        random.nextBytes(bytes);
        if (lists == Lists.LONG) {
            // A zero byte is what ends a list early.
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = bytes[i] == 0 ? (byte) random.nextInt(1, 256) : bytes[i];
            }
        }
        return bytes;
    }

    /**
     * {@return the arguments of {@code wasm-tools smith}; the kind's own come before common ones}
     */
    List<String> arguments() {
        List<String> arguments =
                new ArrayList<>(List.of("--ensure-termination", "--fuel", "" + fuel));
        add(arguments, flags);
        add(arguments, lists.flags);
        add(arguments, NOT_COMPILED);
        add(arguments, COMMON);
        return arguments;
    }

    /** Adds pairs of an option and its value, except options that are there. */
    private static void add(List<String> arguments, String pairs) {
        String[] words = pairs.split(" ");
        for (int i = 0; i + 1 < words.length; i += 2) {
            if (!arguments.contains(words[i])) {
                arguments.add(words[i]);
                arguments.add(words[i + 1]);
            }
        }
    }

    /** {@return its name in reports and file names} */
    String text() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
