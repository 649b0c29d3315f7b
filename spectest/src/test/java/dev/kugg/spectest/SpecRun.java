package dev.kugg.spectest;

import com.fasterxml.jackson.databind.JsonNode;

import dev.kugg.ExhaustionException;
import dev.kugg.Func;
import dev.kugg.Instance;
import dev.kugg.InvalidException;
import dev.kugg.Kugg;
import dev.kugg.LimitException;
import dev.kugg.MalformedException;
import dev.kugg.TrapException;
import dev.kugg.UninstantiableException;
import dev.kugg.UnlinkableException;
import dev.kugg.UnsupportedException;
import dev.kugg.WasmException;
import dev.kugg.WasmModule;
import dev.kugg.spectest.SpecScript.Command;
import dev.kugg.types.FuncType;
import dev.kugg.types.NumType;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs the commands of one script through the public API.
 *
 * <p>A module that Kugg refuses as unsupported takes along all that depends on it: the commands
 * that use it and the modules that import from it. So a name stands for an instance or for the
 * reason there is none.
 */
final class SpecRun {
    /** Generous: it only keeps a broken loop from stopping the whole run. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

    /** Follows the feature where not a module itself needs it, but what it imports from. */
    static final String IN_IMPORTS = ", in what it imports";

    /** How a command ended. */
    enum Status {
        PASSED,
        FAILED,
        LEFT_OUT
    }

    /**
     * How one command ended.
     *
     * @param command the command
     * @param status how it ended
     * @param detail what went wrong, or the feature that is missing
     * @param text the suite's message, where it has one and ours is another
     */
    record Outcome(Command command, Status status, String detail, String text) {}

    /**
     * An instance, or why there is none; {@code leftOut} says whether that is a missing feature or
     * a failure.
     */
    private record Slot(Instance instance, WasmModule module, String why, boolean leftOut) {
        static Slot of(Instance instance) {
            return new Slot(instance, instance.module(), "", false);
        }

        static Slot none(Gone gone) {
            return new Slot(null, null, gone.getMessage(), gone.leftOut);
        }
    }

    /** Ends a command that needs something which is left out or failed before. */
    private static final class Gone extends Exception {
        private static final long serialVersionUID = 1;
        final boolean leftOut;

        Gone(String why, boolean leftOut) {
            super(why);
            this.leftOut = leftOut;
        }
    }

    /** A command did not do what the suite says. */
    private static final class Mismatch extends Exception {
        private static final long serialVersionUID = 1;

        Mismatch(String message) {
            super(message);
        }
    }

    private static final Slot NOTHING = Slot.none(new Gone("no module yet", false));

    private final SpecScript script;
    private final SpecLevels levels;
    private final SpecHost host = new SpecHost();
    private final Map<String, Slot> instances = new HashMap<>();
    private final Map<String, Slot> definitions = new HashMap<>();
    private final Map<String, Slot> missingImports = new HashMap<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private Slot current = NOTHING;
    private Slot currentDefinition = NOTHING;
    private String otherText = "";
    private String lastLeftOut = "";

    SpecRun(SpecScript script, SpecLevels levels) {
        this.script = script;
        this.levels = levels;
    }

    /** {@return how each command ended that is about a binary module} */
    List<Outcome> run() throws IOException {
        for (Command command : script.commands()) {
            if (!command.textOnly() && !levels.isStale(script, command)) {
                outcomes.add(outcome(command));
            }
        }
        Stream.concat(instances.values().stream(), Stream.of(current))
                .filter(slot -> slot.instance != null)
                .forEach(slot -> slot.instance.close());
        return outcomes;
    }

    private Outcome outcome(Command command) throws IOException {
        otherText = "";
        try {
            execute(command);
            return new Outcome(command, Status.PASSED, "", otherText);
        } catch (Gone e) {
            return e.leftOut ? leftOut(command, e.getMessage()) : failed(command, e.getMessage());
        } catch (SpecValues.UnknownTypeException e) {
            return leftOut(command, e.getMessage());
        } catch (Mismatch e) {
            return failed(command, e.getMessage());
        } catch (RuntimeException | Error e) {
            return failed(command, "unexpected " + describe(e));
        }
    }

    private Outcome leftOut(Command command, String feature) {
        lastLeftOut = feature;
        return new Outcome(command, Status.LEFT_OUT, feature, "");
    }

    /**
     * Beyond 2.0, what fails after a module was left out may need what that module would have
     * written.
     */
    private Outcome failed(Command command, String why) {
        return script.isEarly() || lastLeftOut.isEmpty()
                ? new Outcome(command, Status.FAILED, why, "")
                : new Outcome(command, Status.LEFT_OUT, lastLeftOut, "");
    }

    private void execute(Command command) throws IOException, Gone, Mismatch {
        switch (command.type()) {
            case "module" -> module(command);
            case "module_definition" -> definition(command);
            case "module_instance" -> instance(command);
            case "register" -> register(command);
            case "action" -> act(command);
            case "assert_return" -> assertReturn(command);
            case "assert_trap" -> assertTrap(command, TrapException.class);
            case "assert_exhaustion" -> assertTrap(command, ExhaustionException.class);
            case "assert_exception" -> assertException(command);
            case "assert_malformed" -> assertLoad(command, MalformedException.class);
            case "assert_invalid" -> assertLoad(command, InvalidException.class);
            case "assert_unlinkable" -> assertStart(command, UnlinkableException.class);
            case "assert_uninstantiable" -> assertStart(command, UninstantiableException.class);
            default -> throw new Mismatch("a command this runner does not know");
        }
    }

    // Modules

    private void module(Command command) throws IOException, Gone {
        current = started(load(command));
        name(instances, command.text("name"), current);
        require(current);
    }

    private void definition(Command command) throws IOException, Gone {
        currentDefinition = load(command);
        name(definitions, command.text("name"), currentDefinition);
        require(currentDefinition);
    }

    private void instance(Command command) throws Gone {
        String definition = command.text("module");
        current =
                started(
                        definition.isEmpty()
                                ? currentDefinition
                                : definitions.getOrDefault(definition, NOTHING));
        name(instances, command.text("instance"), current);
        require(current);
    }

    private void register(Command command) throws Gone {
        Slot slot = slot(command.text("name"));
        if (slot.instance == null) {
            missingImports.put(command.text("as"), slot);
        } else {
            missingImports.remove(command.text("as"));
            host.register(command.text("as"), slot.instance);
        }
        require(slot);
    }

    private static void name(Map<String, Slot> names, String name, Slot slot) {
        if (!name.isEmpty()) {
            names.put(name, slot);
        }
    }

    private static void require(Slot slot) throws Gone {
        if (slot.instance == null && slot.module == null) {
            throw new Gone(slot.why, slot.leftOut);
        }
    }

    /** {@return the module of a command, not yet started} */
    private Slot load(Command command) throws IOException {
        String file = command.binary();
        try {
            return new Slot(null, Kugg.module(file, script.bytes(file)), "", false);
        } catch (UnsupportedException e) {
            return Slot.none(new Gone(SpecLevels.feature(e), true));
        } catch (MalformedException e) {
            return Slot.none(unknown(e));
        } catch (RuntimeException | Error e) {
            return Slot.none(new Gone("module " + file + ": " + describe(e), false));
        }
    }

    /** What a proposal newer than our opcode table adds cannot be told from a mistake. */
    private Gone unknown(WasmException e) {
        String proposal = SpecLevels.unknownProposal(script);
        return proposal.isEmpty()
                ? new Gone("refused: " + describe(e), false)
                : new Gone(proposal, true);
    }

    private Slot started(Slot loaded) {
        if (loaded.module == null) {
            return loaded;
        }
        try {
            requireImports(loaded.module);
            return Slot.of(start(loaded.module));
        } catch (Gone e) {
            return Slot.none(e);
        } catch (RuntimeException | Error e) {
            return Slot.none(new Gone("module does not start: " + describe(e), false));
        }
    }

    private Instance start(WasmModule module) {
        return module.with(host).timeout(CALL_TIMEOUT).initialize(false).start();
    }

    /** A module that imports from one that is left out is left out too. */
    private void requireImports(WasmModule module) throws Gone {
        for (var wanted : module.imports()) {
            Slot missing = missingImports.get(wanted.module());
            if (missing != null) {
                String why = missing.why;
                boolean said = !missing.leftOut || why.endsWith(IN_IMPORTS);
                throw new Gone(said ? why : why + IN_IMPORTS, missing.leftOut);
            }
        }
    }

    private Slot slot(String name) {
        return name.isEmpty() ? current : instances.getOrDefault(name, NOTHING);
    }

    // Actions

    private Object[] act(Command command) throws Gone {
        JsonNode action = command.json().path("action");
        Slot slot = slot(action.path("module").asText());
        require(slot);
        String field = action.path("field").asText();
        if (action.path("type").asText().equals("get")) {
            return new Object[] {slot.instance.global(field).get()};
        }
        Object[] arguments = SpecValues.arguments(action.path("args"));
        Func func = slot.instance.func(field);
        // Every other line takes the second of the two ways to call, where it can.
        return command.line() % 2 == 0 && isNumeric(func.type())
                ? LongCalls.call(func, arguments)
                : func.invoke(arguments);
    }

    private static boolean isNumeric(FuncType type) {
        return Stream.concat(type.params().stream(), type.results().stream())
                .allMatch(value -> value instanceof NumType);
    }

    private void assertReturn(Command command) throws Gone, Mismatch {
        JsonNode expected = command.json().path("expected");
        Object[] actual = act(command);
        boolean matches = actual.length == expected.size();
        for (int i = 0; matches && i < actual.length; i++) {
            matches = SpecValues.matches(expected.get(i), actual[i]);
        }
        if (!matches) {
            throw new Mismatch("expected " + expected + ", got " + SpecValues.describe(actual));
        }
    }

    private void assertTrap(Command command, Class<? extends TrapException> expected)
            throws Gone, Mismatch {
        Object[] results;
        try {
            results = act(command);
        } catch (TrapException e) {
            check(command, expected, e);
            if (!otherText.isEmpty()) {
                throw new Mismatch("expected the message '" + otherText + "', got " + describe(e));
            }
            return;
        }
        throw new Mismatch("expected a trap, got " + SpecValues.describe(results));
    }

    private void assertException(Command command) throws Gone, Mismatch {
        act(command);
        throw new Mismatch("expected an exception");
    }

    // Modules that must be refused

    private void assertLoad(Command command, Class<? extends WasmException> expected)
            throws IOException, Gone, Mismatch {
        String file = command.binary();
        try {
            Kugg.module(file, script.bytes(file));
        } catch (WasmException e) {
            if (e instanceof UnsupportedException) {
                throw new Gone(SpecLevels.feature(e), true);
            }
            if (e instanceof LimitException) {
                throw new Gone("over a limit", true);
            }
            if (e instanceof MalformedException && !expected.isInstance(e)) {
                throw unknown(e);
            }
            check(command, expected, e);
            return;
        }
        throw new Mismatch("expected " + command.text("text") + ", but it loads");
    }

    private void assertStart(Command command, Class<? extends WasmException> expected)
            throws IOException, Gone, Mismatch {
        Slot loaded = load(command);
        require(loaded);
        requireImports(loaded.module);
        Instance instance;
        try {
            instance = start(loaded.module);
        } catch (WasmException e) {
            check(command, expected, e);
            return;
        }
        instance.close();
        throw new Mismatch("expected " + command.text("text") + ", but it starts");
    }

    /** The class must be the expected one; another text is only noted. */
    private void check(Command command, Class<? extends WasmException> expected, WasmException e)
            throws Mismatch {
        if (!expected.isInstance(e)) {
            throw new Mismatch("expected " + expected.getSimpleName() + ", got " + describe(e));
        }
        // The suite's own runner compares beginnings; an index behind the text is left to the
        // engine.
        String text = command.text("text").replaceFirst(" \\d+$", "");
        if (!String.valueOf(e.getMessage()).startsWith(text)) {
            otherText = text + " | " + e.getMessage();
        }
    }

    private static String describe(Throwable e) {
        String where = e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0];
        String message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        String start = message.substring(0, Math.min(message.length(), 200));
        return e.getClass().getSimpleName() + ": " + start + where;
    }
}
