package dev.kugg.cli;

import org.jspecify.annotations.Nullable;

/**
 * Reads the usual forms of a command line: {@code command --option value --option=value FILE ARGS}.
 * What it is not sure about, mistakes and calls for help included, it leaves to {@link FullParser}.
 */
final class PlainParser {
    private PlainParser() {}

    /** {@return what was typed, or null where it is not plain} */
    static @Nullable Arguments parse(String... args) {
        Command command = args.length == 0 ? null : Command.named(args[0]);
        if (command == null) {
            return null;
        }
        Arguments parsed = new Arguments(command);
        int next = 1;
        while (next < args.length && args[next].startsWith("-")) {
            next = parseOption(parsed, args, next);
            if (next < 0) {
                return null;
            }
        }
        if (!command.operands().allow(args.length - next)) {
            return null;
        }
        while (next < args.length) {
            parsed.addOperand(args[next++]);
        }
        return parsed;
    }

    /** {@return the index behind the option at an index, or -1 where it is not plain} */
    private static int parseOption(Arguments parsed, String[] args, int index) {
        String arg = args[index];
        int equals = arg.indexOf('=');
        Option option = parsed.command().optionNamed(equals < 0 ? arg : arg.substring(0, equals));
        if (option == null || (parsed.has(option) && !option.repeatable())) {
            return -1;
        }
        if (option.param() == null) {
            parsed.add(option, "");
            return equals < 0 ? index + 1 : -1;
        }
        if (equals >= 0) {
            parsed.add(option, arg.substring(equals + 1));
            return index + 1;
        }
        if (index + 1 == args.length || args[index + 1].startsWith("-")) {
            return -1;
        }
        parsed.add(option, args[index + 1]);
        return index + 2;
    }
}
