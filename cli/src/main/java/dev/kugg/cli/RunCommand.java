package dev.kugg.cli;

import dev.kugg.ExitException;
import dev.kugg.Instance;
import dev.kugg.InstanceBuilder;
import dev.kugg.InterruptionException;
import dev.kugg.WasmModule;
import dev.kugg.types.ExportType;
import dev.kugg.types.FuncType;
import dev.kugg.types.NumType;
import dev.kugg.types.ValType;
import dev.kugg.wasi.Wasi;

import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code kugg run}: a command's {@code _start}, or one export of a module. */
final class RunCommand {
    private static final String START = "_start";

    /** So many exports are listed in a message. */
    private static final int MAX_LISTED = 20;

    private final Streams streams;
    private final Arguments arguments;
    private final String file;
    private final List<String> guestArgs;

    RunCommand(Streams streams, Arguments arguments) {
        this.streams = streams;
        this.arguments = arguments;
        this.file = arguments.operands().get(0);
        this.guestArgs = arguments.operands().subList(1, arguments.operands().size());
    }

    /** {@return the exit code} */
    int run() throws FailureException {
        // Before files for its streams are made or emptied.
        WasmModule module = Modules.load(file, Modules.read(file), arguments);
        if (!givesFiles()) {
            return run(module, wasi());
        }
        try (Grants grants = new Grants(arguments)) {
            return run(module, grants.addTo(wasi()));
        }
    }

    /** {@return whether {@link Grants} are needed, which it would take time to load} */
    private boolean givesFiles() {
        return arguments.has(Option.DIR)
                || arguments.has(Option.STDIN)
                || arguments.has(Option.STDOUT)
                || arguments.has(Option.STDERR)
                || arguments.has(Option.LISTEN);
    }

    private int run(WasmModule module, Wasi wasi) throws FailureException {
        Duration timeout = timeout();
        String invoked = arguments.value(Option.INVOKE);
        String name = invoked == null ? START : invoked;
        FuncType type = typeOf(module, name, invoked != null);
        long[] args = invoked == null ? new long[0] : parse(name, type);
        InstanceBuilder builder = module.with(wasi).initialize(invoked != null);
        return call(timeout == null ? builder : builder.timeout(timeout), name, type, args);
    }

    private int call(InstanceBuilder builder, String name, FuncType type, long[] args)
            throws FailureException {
        try (Instance instance = builder.start()) {
            StopHook hook = StopHook.of(instance);
            try {
                print(type, instance.func(name).call(args));
            } catch (InterruptionException e) {
                if (!StopHook.isStopping()) {
                    throw e;
                }
            } finally {
                hook.guestEnded();
            }
            return 0;
        } catch (ExitException e) {
            return e.code();
        } catch (UncheckedIOException e) {
            // Of the directories it was to be given, one cannot be opened.
            throw new FailureException("unreadable", String.valueOf(e.getMessage()));
        }
    }

    private void print(FuncType type, long[] results) throws FailureException {
        for (int i = 0; i < results.length; i++) {
            streams.out().println(Numbers.format((NumType) type.results().get(i), results[i]));
        }
        if (streams.out().checkError()) {
            throw new FailureException("unwritable", "standard output");
        }
    }

    private Wasi wasi() throws FailureException {
        Wasi wasi =
                Wasi.preview1()
                        .args(argv())
                        .stdin(streams.in())
                        .stdout(streams.guestOut())
                        .stderr(streams.guestErr())
                        .terminals(
                                Terminals.isTerminal(0),
                                Terminals.isTerminal(1),
                                Terminals.isTerminal(2));
        if (arguments.has(Option.INHERIT_ENV)) {
            wasi = wasi.envs(inherited());
        }
        if (arguments.has(Option.DETERMINISTIC)) {
            wasi = wasi.deterministic();
        }
        for (String variable : arguments.values(Option.ENV)) {
            int equals = variable.indexOf('=');
            if (equals <= 0) {
                throw new FailureException("usage", "--env: '" + variable + "' is not K=V");
            }
            wasi = wasi.env(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return wasi;
    }

    /** {@return the environment, without what some systems keep in it under no proper name} */
    private static Map<String, String> inherited() {
        Map<String, String> variables = new LinkedHashMap<>();
        for (Map.Entry<String, String> variable : System.getenv().entrySet()) {
            String name = variable.getKey();
            if (!name.isEmpty() && name.indexOf('=') < 0) {
                variables.put(name, variable.getValue());
            }
        }
        return variables;
    }

    /** {@return what the guest gets as its arguments: those of an invoked export are its own} */
    private String[] argv() {
        String own = Modules.name(file);
        if (arguments.has(Option.INVOKE)) {
            return new String[] {own};
        }
        String[] argv = new String[1 + guestArgs.size()];
        argv[0] = own;
        for (int i = 1; i < argv.length; i++) {
            argv[i] = guestArgs.get(i - 1);
        }
        return argv;
    }

    private @Nullable Duration timeout() throws FailureException {
        String text = arguments.value(Option.TIMEOUT);
        if (text == null) {
            return null;
        }
        Duration timeout = Durations.parse(text);
        if (timeout == null) {
            String hint = "' is not a duration, such as 500ms, 2s or 1m";
            throw new FailureException("usage", "--timeout: '" + text + hint);
        }
        return timeout;
    }

    /** {@return the type of the function to call, which must be of numbers only} */
    private FuncType typeOf(WasmModule module, String name, boolean invoked)
            throws FailureException {
        for (ExportType export : module.exports()) {
            if (export.name().equals(name) && export.type() instanceof FuncType type) {
                requireCallable(name, type, invoked);
                return type;
            }
        }
        throw noFunction(module, name, invoked);
    }

    private void requireCallable(String name, FuncType type, boolean invoked)
            throws FailureException {
        if (!invoked && !(type.params().isEmpty() && type.results().isEmpty())) {
            throw new FailureException(
                    "usage", file + ": " + name + " is " + type + ", and should be [] -> []");
        }
        requireNumbers(name + ": parameter ", type.params());
        requireNumbers(name + ": result ", type.results());
    }

    private static void requireNumbers(String what, List<ValType> types) throws FailureException {
        for (int i = 0; i < types.size(); i++) {
            if (!(types.get(i) instanceof NumType)) {
                String place = what + (i + 1) + " is of type " + types.get(i);
                throw new FailureException("usage", place + "; only numbers can be typed");
            }
        }
    }

    private FailureException noFunction(WasmModule module, String name, boolean invoked) {
        StringBuilder message = new StringBuilder(file);
        message.append(": exports no function ").append(name);
        int functions = 0;
        for (ExportType export : module.exports()) {
            if (export.type() instanceof FuncType type) {
                if (functions == 0) {
                    message.append(invoked ? "; there are" : "; with --invoke NAME there are");
                }
                if (functions++ < MAX_LISTED) {
                    message.append("\n    ").append(export.name()).append(' ').append(type);
                }
            }
        }
        if (functions > MAX_LISTED) {
            message.append("\n    and ").append(functions - MAX_LISTED);
            message.append(" more, which 'kugg inspect' shows");
        }
        return new FailureException("usage", message.toString());
    }

    private long[] parse(String name, FuncType type) throws FailureException {
        List<ValType> params = type.params();
        if (guestArgs.size() != params.size()) {
            String counts = guestArgs.size() + " instead of " + params.size();
            throw new FailureException(
                    "usage", name + " " + type + ": wrong number of arguments, " + counts);
        }
        long[] args = new long[params.size()];
        for (int i = 0; i < args.length; i++) {
            NumType param = (NumType) params.get(i);
            try {
                args[i] = Numbers.parse(param, guestArgs.get(i));
            } catch (NumberFormatException e) {
                String what = "argument " + (i + 1) + ", '" + guestArgs.get(i) + "', is not an ";
                throw new FailureException("usage", name + " " + type + ": " + what + param);
            }
        }
        return args;
    }
}
