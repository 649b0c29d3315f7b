package dev.kugg.cli;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** What was typed, read by one of the two parsers. */
final class Arguments {
    private final Command command;
    private final List<Option> options = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private final List<String> operands = new ArrayList<>();

    Arguments(Command command) {
        this.command = command;
    }

    Command command() {
        return command;
    }

    void add(Option option, String value) {
        options.add(option);
        values.add(value);
    }

    void addOperand(String operand) {
        operands.add(operand);
    }

    boolean has(Option option) {
        return options.contains(option);
    }

    /** {@return the value of an option that is not repeatable, or null where it was not given} */
    @Nullable String value(Option option) {
        int index = options.indexOf(option);
        return index < 0 ? null : values.get(index);
    }

    /** {@return the values of a repeatable option in the order they were given} */
    List<String> values(Option option) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < options.size(); i++) {
            if (options.get(i) == option) {
                all.add(values.get(i));
            }
        }
        return all;
    }

    /** {@return the file and what follows it} */
    List<String> operands() {
        return operands;
    }
}
