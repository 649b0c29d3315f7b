package dev.kugg.cli;

/** The options: a row each, read by both parsers. All take a value. */
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
    TIMEOUT(
            "--timeout",
            "DURATION",
            false,
            "Stop the guest when it runs longer: a number and a unit, such as 500ms, 2s or 1m.");

    private final String text;
    private final String param;
    private final boolean repeatable;
    private final String description;

    Option(String text, String param, boolean repeatable, String description) {
        this.text = text;
        this.param = param;
        this.repeatable = repeatable;
        this.description = description;
    }

    /** {@return what is typed} */
    String text() {
        return text;
    }

    /** {@return what its value is called} */
    String param() {
        return param;
    }

    boolean repeatable() {
        return repeatable;
    }

    String description() {
        return description;
    }
}
