package dev.kugg.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;

/** Reads every command line, with picocli: it knows how to help, and to say what is wrong. */
final class FullParser {
    private FullParser() {}

    /**
     * Reads a command line, or gives the help it asks for.
     *
     * @param out gets the help or version that was asked for
     * @param args the command line
     * @return what was typed, or null where it asked for help
     * @throws FailureException if it is wrong
     */
    static @Nullable Arguments parse(PrintStream out, String... args) throws FailureException {
        CommandLine line = new CommandLine(spec());
        line.setExpandAtFiles(false);
        try {
            ParseResult result = line.parseArgs(args);
            if (help(line, result, out)) {
                return null;
            }
            if (!result.hasSubcommand()) {
                throw new ParameterException(line, "no command is given");
            }
            return arguments(result.subcommand());
        } catch (ParameterException e) {
            throw failure(e);
        }
    }

    private static boolean help(CommandLine line, ParseResult result, PrintStream out) {
        line.setOut(new PrintWriter(out, true, out.charset()));
        return CommandLine.executeHelpRequest(result) != null;
    }

    private static FailureException failure(ParameterException e) {
        StringBuilder message = new StringBuilder();
        if (e instanceof UnmatchedArgumentException unmatched) {
            appendUnmatched(message, unmatched);
        } else {
            message.append(e.getMessage());
        }
        message.append("\nTry '").append(e.getCommandLine().getCommandSpec().qualifiedName());
        message.append(" --help'.");
        return new FailureException("usage", message.toString());
    }

    private static void appendUnmatched(StringBuilder message, UnmatchedArgumentException e) {
        String first = e.getUnmatched().get(0);
        if (e.isUnknownOption()) {
            message.append("unknown option '").append(first).append('\'');
        } else if (e.getCommandLine().getParent() == null) {
            message.append("unknown command '").append(first).append('\'');
        } else {
            message.append("nothing is expected where '").append(first).append("' stands");
        }
        List<String> suggestions = e.getSuggestions();
        if (!suggestions.isEmpty()) {
            message.append("; did you mean ").append(String.join(" or ", suggestions)).append('?');
        }
    }

    private static CommandSpec spec() {
        CommandSpec root =
                CommandSpec.create()
                        .name("kugg")
                        .version(Version.TEXT)
                        .mixinStandardHelpOptions(true);
        root.usageMessage()
                .description("Runs WebAssembly on the Java platform.")
                .synopsisSubcommandLabel("COMMAND");
        for (Command command : Command.values()) {
            root.addSubcommand(command.text(), new CommandLine(spec(command)));
        }
        root.addSubcommand("help", new CommandLine(new HelpCommand()));
        return root;
    }

    private static CommandSpec spec(Command command) {
        CommandSpec spec = CommandSpec.create().name(command.text());
        spec.usageMessage().description(command.description()).sortOptions(false);
        spec.parser().stopAtPositional(command.operands() == Command.Operands.FILE_AND_ARGS);
        spec.addOption(
                OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help.")
                        .build());
        for (Option option : command.options()) {
            spec.addOption(spec(option));
        }
        if (command.operands() != Command.Operands.NONE) {
            spec.addPositional(
                    PositionalParamSpec.builder()
                            .index("0")
                            .paramLabel("FILE")
                            .type(String.class)
                            .required(true)
                            .description("A WebAssembly module in the binary format.")
                            .build());
        }
        if (command.operands() == Command.Operands.FILE_AND_ARGS) {
            spec.addPositional(
                    PositionalParamSpec.builder()
                            .index("1..*")
                            .paramLabel("ARGS")
                            .arity("0..*")
                            .type(List.class)
                            .auxiliaryTypes(String.class)
                            .description("The guest's arguments, or those of the export.")
                            .build());
        }
        return spec;
    }

    private static OptionSpec spec(Option option) {
        OptionSpec.Builder builder =
                OptionSpec.builder(option.text()).description(option.description());
        if (option.param() == null) {
            return builder.arity("0").type(boolean.class).build();
        }
        builder.paramLabel(option.param());
        if (option.repeatable()) {
            builder.type(List.class).auxiliaryTypes(String.class);
        } else {
            builder.type(String.class);
        }
        return builder.build();
    }

    private static Arguments arguments(ParseResult result) {
        Command command = Objects.requireNonNull(Command.named(result.commandSpec().name()));
        Arguments parsed = new Arguments(command);
        for (Option option : command.options()) {
            OptionSpec matched = result.matchedOption(option.text());
            if (matched != null && option.param() == null) {
                parsed.add(option, "");
            } else if (matched != null) {
                for (String value : matched.stringValues()) {
                    parsed.add(option, value);
                }
            }
        }
        for (PositionalParamSpec matched : result.matchedPositionals()) {
            for (String value : matched.stringValues()) {
                parsed.addOperand(value);
            }
        }
        return parsed;
    }
}
