package dev.kugg.spectest;

import dev.kugg.ExitException;
import dev.kugg.Extern;
import dev.kugg.Func;
import dev.kugg.HostCall;
import dev.kugg.Instance;
import dev.kugg.InterruptionException;
import dev.kugg.InvalidException;
import dev.kugg.Kugg;
import dev.kugg.LimitException;
import dev.kugg.MalformedException;
import dev.kugg.Memory;
import dev.kugg.TrapException;
import dev.kugg.UninstantiableException;
import dev.kugg.UnlinkableException;
import dev.kugg.UnsupportedException;
import dev.kugg.WasmException;
import dev.kugg.WasmModule;
import dev.kugg.types.FuncType;
import dev.kugg.types.NumType;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Loads broken modules, compares what is said of them with an oracle, and runs those that are still
 * valid: whatever the bytes, each step ends in a documented outcome, and soon.
 *
 * <p>What does not is in {@link #wrong} and, with its module, in {@code spectest/target/badinput};
 * the module that is in work when the JVM ends or hangs lies there as {@code running.bytes}. Not as
 * wasm files, all of which other tests take for sound ones.
 */
final class BadInput implements AutoCloseable {
    /** How long a call may run. */
    private static final Duration TIMEOUT = Duration.ofMillis(50);

    /** How much later than that it may end, on an idle machine. */
    private static final long LATE_NANOS_MAX = 100_000_000;

    /** To grow a memory larger than this takes as long as the JVM needs, about so long a byte. */
    private static final long GROWN_BYTES = 64 << 20;

    private static final long GROWING_NANOS_PER_BYTE = 4;

    private static final int CALLS_MAX = 6;
    private static final int AGAIN = 3;
    private static final long LOAD_NANOS_MAX = 1_000_000_000;
    private static final long LOAD_NANOS_PER_BYTE_MAX = 2_000;

    /** What we refuse because core 2.0 does, and the oracle takes as core 3.0 has it. */
    private static final String LONG_ZERO = "a memory index of more than a byte";

    /** What a module is, says a loader. */
    private enum Verdict {
        VALID,
        MALFORMED,
        INVALID,
        UNSUPPORTED,
        LIMIT
    }

    private final Optional<Verdicts> oracle;
    private final Path folder;
    private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    private final Map<String, Integer> ends = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private int loads;
    private int runs;
    private long lateNanosWorst;
    private String latest = "";
    private volatile String current = "";
    private volatile long currentSince = System.nanoTime();
    private final long start = System.nanoTime();

    BadInput() throws IOException {
        folder = Shared.projectRoot().resolve("spectest/target/badinput");
        Files.createDirectories(folder);
        oracle = Verdicts.find(folder);
        if (oracle.isEmpty()) {
            Shared.leftOut("verdicts on bad input against an oracle", "no wasm-tools, no wasmtime");
        }
    }

    /** {@return what ended as it should not, each in a line} */
    List<String> wrong() {
        return wrong;
    }

    /** {@return the counts of everything, to be printed} */
    String report() {
        return "%d loads %s; %d runs, their calls end in %s; latest %.1f ms after the deadline%s; %d s"
                .formatted(loads, verdicts, runs, ends, lateNanosWorst / 1e6, latest, seconds());
    }

    /** {@return how long all of it has taken} */
    long seconds() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    }

    /** {@return the module in work; for another thread} */
    String current() {
        return current;
    }

    /** {@return how long it has been; for another thread} */
    long currentMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - currentSince);
    }

    @Override
    public void close() {
        oracle.ifPresent(Verdicts::close);
    }

    /** Loads a module's beginnings: all, or so many of them. */
    void prefixes(String name, byte[] module, int count) throws Exception {
        int step = Math.max(1, module.length / Math.max(count, 1));
        for (int length = 0; length < module.length; length += step) {
            judge(name + ", first " + length + " bytes", Arrays.copyOf(module, length));
        }
    }

    /**
     * Loads mutants of a module and runs some of them.
     *
     * @param runsMax how many of those that are valid are run
     */
    void mutants(String name, byte[] module, long seed, int count, int runsMax) throws Exception {
        Mutator mutator = new Mutator(module, seed);
        int run = 0;
        for (int i = 0; i < count; i++) {
            Mutator.Mutant mutant = mutator.next();
            String title = name + ", mutant " + i + " of seed " + seed + ", " + mutant.how();
            Optional<WasmModule> valid = judge(title, mutant.bytes());
            if (valid.isPresent() && run++ < runsMax) {
                run(title, valid.get(), mutant.bytes(), new SplittableRandom(seed + i));
            }
        }
    }

    private void wrong(String text, byte[] module) {
        wrong.add(text);
        try {
            Files.write(folder.resolve("wrong-" + wrong.size() + ".bytes"), module);
            Files.write(folder.resolve("wrong.txt"), wrong);
        } catch (IOException e) {
            wrong.add("cannot be kept: " + e);
        }
    }

    // Loading

    /** {@return the module, if it is one} */
    Optional<WasmModule> judge(String name, byte[] bytes) throws Exception {
        loads++;
        current = name;
        currentSince = System.nanoTime();
        long before = cpuNanos();
        Verdict verdict;
        WasmModule module = null;
        boolean comparable = true;
        try {
            module = Kugg.module("mutant.wasm", bytes);
            verdict = Verdict.VALID;
        } catch (WasmException e) {
            verdict = verdict(e);
            comparable = !e.getMessage().contains(LONG_ZERO);
        } catch (Throwable e) {
            wrong(name + ": loading throws " + trace(e), bytes);
            return Optional.empty();
        }
        long nanos = cpuNanos() - before;
        if (nanos > LOAD_NANOS_MAX + LOAD_NANOS_PER_BYTE_MAX * bytes.length) {
            wrong(name + ": loading takes " + nanos / 1_000_000 + " ms", bytes);
        }
        verdicts.merge(verdict, 1, Integer::sum);
        if (comparable) {
            compare(name, verdict, bytes);
        }
        return Optional.ofNullable(module);
    }

    private static Verdict verdict(WasmException e) {
        return switch (e) {
            case MalformedException m -> Verdict.MALFORMED;
            case InvalidException i -> Verdict.INVALID;
            case UnsupportedException u -> Verdict.UNSUPPORTED;
            case LimitException l -> Verdict.LIMIT;
            default -> throw new AssertionError("loading ends in " + e.kind(), e);
        };
    }

    /**
     * The oracle has the features we have, so what is unsupported is refused there too; a limit of
     * ours says nothing.
     */
    private void compare(String name, Verdict verdict, byte[] bytes) throws Exception {
        if (oracle.isEmpty() || verdict == Verdict.LIMIT) {
            return;
        }
        boolean valid = verdict == Verdict.VALID;
        String refusal = oracle.get().refusal(bytes, valid);
        if (valid != refusal.isEmpty()) {
            String other = refusal.isEmpty() ? "takes it" : "says " + refusal;
            wrong(name + ": " + verdict + ", the oracle " + other, bytes);
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    // Running

    private void run(String name, WasmModule module, byte[] bytes, SplittableRandom random)
            throws IOException {
        runs++;
        Files.write(folder.resolve("running.bytes"), bytes);
        long before = System.nanoTime();
        try (Instance instance = start(module)) {
            List<Extern> exports = List.copyOf(instance.exports().values());
            int first = exports.isEmpty() ? 0 : random.nextInt(exports.size());
            for (int i = 0, calls = 0; i < exports.size() && calls < CALLS_MAX; i++) {
                if (exports.get((first + i) % exports.size()) instanceof Func func
                        && isNumeric(func.type())) {
                    calls++;
                    call(name, instance, func, arguments(func, random), bytes);
                }
            }
        } catch (UnlinkableException
                | UninstantiableException
                | LimitException
                | InterruptionException e) {
            // A start function may run for ever.
            ends.merge(e.kind(), 1, Integer::sum);
            long nanos = System.nanoTime() - before;
            late(name + ", start", nanos, LATE_NANOS_MAX, () -> start(module).close(), bytes);
        } catch (Throwable e) {
            wrong(name + ": starting throws " + trace(e), bytes);
        }
    }

    private static Instance start(WasmModule module) {
        return module.with(new Stubs(module, BadInput::answer))
                .timeout(TIMEOUT)
                .initialize(false)
                .start();
    }

    /** As WASI's functions do when they are given nonsense. */
    private static void answer(HostCall call) {
        if (call.type().results().equals(List.of(NumType.I32))) {
            call.result(28); // EINVAL
        }
    }

    private static long[] arguments(Func func, SplittableRandom random) {
        long[] arguments = new long[func.type().params().size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] =
                    func.type().params().get(i).equals(NumType.I32)
                            ? random.nextInt(-2, 300)
                            : random.nextLong() >>> random.nextInt(64);
        }
        return arguments;
    }

    private void call(String name, Instance instance, Func func, long[] arguments, byte[] bytes) {
        long before = System.nanoTime();
        String end = "values";
        try {
            func.call(arguments);
        } catch (TrapException | ExitException | InterruptionException e) {
            end = e.kind();
        } catch (Throwable e) {
            wrong(name + ": a call throws " + trace(e), bytes);
        }
        long nanos = System.nanoTime() - before;
        ends.merge(end, 1, Integer::sum);
        long most = LATE_NANOS_MAX + growingNanos(instance);
        late(name + ", " + func, nanos, most, () -> func.call(arguments), bytes);
    }

    private static long growingNanos(Instance instance) {
        long sizeBytes = 0;
        for (Extern export : instance.exports().values()) {
            sizeBytes += export instanceof Memory memory ? memory.sizeBytes() : 0;
        }
        return sizeBytes > GROWN_BYTES ? GROWING_NANOS_PER_BYTE * sizeBytes : 0;
    }

    /** Other work on the machine may have been in the way: what is late again is late. */
    private void late(String name, long nanos, long most, Runnable again, byte[] bytes) {
        long late = nanos - TIMEOUT.toNanos();
        for (int i = 0; i < AGAIN && late > most; i++) {
            long before = System.nanoTime();
            try {
                again.run();
            } catch (WasmException e) {
                // As before.
            }
            late = Math.min(late, System.nanoTime() - before - TIMEOUT.toNanos());
        }
        if (late > lateNanosWorst) {
            lateNanosWorst = late;
            latest = " (" + name + ")";
        }
        if (late > most) {
            wrong(name + ": ends " + late / 1_000_000 + " ms after its deadline", bytes);
        }
    }

    private static boolean isNumeric(FuncType type) {
        return Stream.concat(type.params().stream(), type.results().stream())
                .allMatch(NumType.class::isInstance);
    }

    private static String trace(Throwable e) {
        return e + Arrays.stream(e.getStackTrace()).limit(8).toList().toString();
    }
}
