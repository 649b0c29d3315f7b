package dev.kugg.cli;

import org.jspecify.annotations.Nullable;

/** The options: a row each, read by both parsers. Those without a parameter take no value. */
enum Option {
    INVOKE(
            "--invoke",
            "NAME",
            false,
            "Initialise FILE as a reactor and call its export NAME with ARGS, each read by the"
                    + " type of its parameter: integers decimal or 0x hex, signed or unsigned;"
                    + " floats decimal or hex, nan, inf. The results are printed one a line."),
    ENV(
            "--env",
            "K=V",
            true,
            "Give the guest the environment variable K with the value V. Repeatable; without it"
                    + " the environment is empty."),
    INHERIT_ENV(
            "--inherit-env",
            null,
            false,
            "Give the guest the environment of this process; --env adds to it."),
    DIR(
            "--dir",
            "HOST[::GUEST][:ro]",
            true,
            "Give the guest the directory HOST, by the name GUEST or else by its own, to be read"
                    + " and changed, or with :ro to be read only. Repeatable; without it the guest"
                    + " has no files. The first one is descriptor 3."),
    STDIN("--stdin", "FILE", false, "Let the guest read its standard input from FILE."),
    STDOUT("--stdout", "FILE", false, "Write the guest's standard output to FILE."),
    STDERR("--stderr", "FILE", false, "Write the guest's standard error output to FILE."),
    LISTEN(
            "--listen",
            "HOST:PORT",
            true,
            "Listen there for connections, and let the guest accept them. Repeatable; the sockets"
                    + " are the descriptors behind the directories."),
    DETERMINISTIC(
            "--deterministic",
            null,
            false,
            "Give the guest the same clock and the same random numbers in each run."),
    TIMEOUT(
            "--timeout",
            "DURATION",
            false,
            "Stop the guest when it runs longer: a number and a unit, such as 500ms, 2s or 1m."),
    LIMIT(
            "--limit",
            "NAME=N",
            true,
            "Allow other than the usual amount of what NAME says: memory-pages or table-elements of"
                    + " the instance, body-bytes of a function, compile-work of the module."
                    + " Repeatable.");

    private final String text;
    private final @Nullable String param;
    private final boolean repeatable;
    private final String description;

    Option(String text, @Nullable String param, boolean repeatable, String description) {
        this.text = text;
        this.param = param;
        this.repeatable = repeatable;
        this.description = description;
    }

    /** {@return what is typed} */
    String text() {
        return text;
    }

    /** {@return what its value is called; null where it takes none} */
    @Nullable String param() {
        return param;
    }

    boolean repeatable() {
        return repeatable;
    }

    String description() {
        return description;
    }
}
