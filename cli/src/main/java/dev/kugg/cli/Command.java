package dev.kugg.cli;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** The commands: a row each, read by both parsers. Options come before the first operand. */
enum Command {
    DEMO("demo", Operands.NONE, List.of(), "Run the embedded example, a reactor written in Zig."),
    RUN(
            "run",
            Operands.FILE_AND_ARGS,
            List.of(
                    Option.INVOKE,
                    Option.DIR,
                    Option.ENV,
                    Option.INHERIT_ENV,
                    Option.STDIN,
                    Option.STDOUT,
                    Option.STDERR,
                    Option.LISTEN,
                    Option.DETERMINISTIC,
                    Option.TIMEOUT,
                    Option.LIMIT),
            "Run the WebAssembly module FILE with WASI: its _start with the arguments ARGS, or"
                    + " with --invoke one of its exports. Whatever follows FILE belongs to the"
                    + " guest, which has nothing that is not named here but clocks and random"
                    + " numbers. The exit code is the guest's, or 1 when it ends in another way,"
                    + " 130 or 143 when SIGINT or SIGTERM stops it."),
    INSPECT(
            "inspect",
            Operands.FILE,
            List.of(Option.LIMIT),
            "Show what the WebAssembly module FILE consists of: sections, types, imports, exports,"
                    + " limits, producers.");

    /** What follows the options. */
    enum Operands {
        NONE(0, 0),
        FILE(1, 1),
        FILE_AND_ARGS(1, Integer.MAX_VALUE);

        private final int min;
        private final int max;

        Operands(int min, int max) {
            this.min = min;
            this.max = max;
        }

        boolean allow(int count) {
            return min <= count && count <= max;
        }
    }

    private final String text;
    private final Operands operands;

    @SuppressWarnings("ImmutableEnumChecker") // Each is made by List.of.
    private final List<Option> options;

    private final String description;

    Command(String text, Operands operands, List<Option> options, String description) {
        this.text = text;
        this.operands = operands;
        this.options = options;
        this.description = description;
    }

    /** {@return the command of this name, or null} */
    static @Nullable Command named(String text) {
        for (Command command : values()) {
            if (command.text.equals(text)) {
                return command;
            }
        }
        return null;
    }

    /** {@return this command's option of this name, or null} */
    @Nullable Option optionNamed(String text) {
        for (Option option : options) {
            if (option.text().equals(text)) {
                return option;
            }
        }
        return null;
    }

    String text() {
        return text;
    }

    Operands operands() {
        return operands;
    }

    List<Option> options() {
        return options;
    }

    String description() {
        return description;
    }
}
