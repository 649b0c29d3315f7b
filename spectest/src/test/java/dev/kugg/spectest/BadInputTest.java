package dev.kugg.spectest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.ExitException;
import dev.kugg.Extern;
import dev.kugg.Func;
import dev.kugg.Global;
import dev.kugg.Host;
import dev.kugg.Imports;
import dev.kugg.Instance;
import dev.kugg.InterruptionException;
import dev.kugg.InvalidException;
import dev.kugg.Kugg;
import dev.kugg.LimitException;
import dev.kugg.MalformedException;
import dev.kugg.Memory;
import dev.kugg.Table;
import dev.kugg.TrapException;
import dev.kugg.UninstantiableException;
import dev.kugg.UnlinkableException;
import dev.kugg.UnsupportedException;
import dev.kugg.WasmException;
import dev.kugg.WasmModule;
import dev.kugg.types.FuncType;
import dev.kugg.types.GlobalType;
import dev.kugg.types.ImportType;
import dev.kugg.types.MemoryType;
import dev.kugg.types.NumType;
import dev.kugg.types.TableType;
import dev.kugg.types.ValType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
import java.util.Random;
import java.util.stream.Stream;

/**
 * Broken modules: whatever the bytes, loading ends in a module or in a documented outcome, soon;
 * where wasm-tools is at hand its verdict is the same. What still loads is started and run for a
 * while, and that too ends in documented ways.
 */
final class BadInputTest {
    private static final int MUTANTS = 2_000;
    private static final Duration RUN_TIME = Duration.ofSeconds(1);
    private static final long LOAD_NANOS_MAX = 1_000_000_000L;

    /** What a module is, says a loader. */
    private enum Verdict {
        VALID,
        MALFORMED,
        INVALID,
        UNSUPPORTED,
        LIMIT
    }

    @TempDir private Path folder;

    private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    private final Map<String, Integer> ends = new java.util.TreeMap<>();
    private final List<String> wrong = new ArrayList<>();

    @Test
    void everyPrefixOfTheReactor() throws Exception {
        byte[] reactor = reactor();
        Stream<Input> prefixes =
                Stream.iterate(0, n -> n < reactor.length, n -> n + 1)
                        .map(n -> new Input("first " + n + " bytes", Arrays.copyOf(reactor, n)));
        judge("prefixes of the reactor", prefixes, false);
    }

    @Test
    void mutantsOfTheReactor() throws Exception {
        judge("mutants of the reactor", mutants(reactor(), 1), true);
    }

    @Test
    void mutantsOfALargerModule() throws Exception {
        judge("mutants of a module of 30 KB", mutants(larger(), 2), true);
    }

    @Test
    void mutantsOfGeneratedCode() throws Exception {
        judge("mutants of generated code", mutants(TestModule.generated(3), 3), true);
    }

    /** Bytes to load, and where they come from. */
    private record Input(String name, byte[] bytes) {}

    private static Stream<Input> mutants(byte[] original, long seed) {
        Random random = new Random(seed);
        return Stream.generate(() -> mutant(original, random)).limit(MUTANTS);
    }

    private static Input mutant(byte[] original, Random random) {
        byte[] bytes = original.clone();
        int index = random.nextInt(bytes.length);
        byte old = bytes[index];
        while (bytes[index] == old) {
            bytes[index] = (byte) random.nextInt(256);
        }
        String name = "byte 0x%x: 0x%02x -> 0x%02x".formatted(index, old, bytes[index]);
        return new Input(name, bytes);
    }

    private void judge(String title, Stream<Input> inputs, boolean run) throws Exception {
        Optional<WasmTools> oracle = WasmTools.find(folder);
        for (Input input : (Iterable<Input>) inputs::iterator) {
            Verdict verdict = load(input, run);
            verdicts.merge(verdict, 1, Integer::sum);
            if (oracle.isPresent()) {
                compare(input, verdict, oracle.get().refusal(input.bytes));
            }
        }
        System.out.println(title + ": " + verdicts + ", runs end in " + ends);
        if (oracle.isEmpty()) {
            Shared.leftOut("verdicts on " + title + " against an oracle", "no wasm-tools");
        }
        assertThat(wrong).as(title).isEmpty();
    }

    /** A feature we lack or a limit of ours says nothing about validity. */
    private void compare(Input input, Verdict verdict, String refusal) {
        boolean comparable = verdict != Verdict.UNSUPPORTED && verdict != Verdict.LIMIT;
        if (comparable && (verdict == Verdict.VALID) != refusal.isEmpty()) {
            wrong.add(input.name + ": " + verdict + ", wasm-tools " + refusal);
        }
    }

    private Verdict load(Input input, boolean run) {
        long before = cpuNanos();
        try {
            WasmModule module = Kugg.module("mutant.wasm", input.bytes);
            requireSoon(input, cpuNanos() - before);
            if (run) {
                run(input, module);
            }
            return Verdict.VALID;
        } catch (WasmException e) {
            requireSoon(input, cpuNanos() - before);
            return switch (e) {
                case MalformedException m -> Verdict.MALFORMED;
                case InvalidException i -> Verdict.INVALID;
                case UnsupportedException u -> Verdict.UNSUPPORTED;
                case LimitException l -> Verdict.LIMIT;
                default -> throw new AssertionError(input.name, e);
            };
        } catch (RuntimeException | Error e) {
            wrong.add(input.name + ": loading throws " + trace(e));
            return Verdict.VALID;
        }
    }

    private void requireSoon(Input input, long nanos) {
        if (nanos > LOAD_NANOS_MAX) {
            wrong.add(input.name + ": loading takes " + nanos / 1_000_000 + " ms");
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    // Running what still loads

    private void run(Input input, WasmModule module) {
        try (Instance instance =
                module.with(stubs(module)).timeout(RUN_TIME).initialize(false).start()) {
            for (Extern export : List.copyOf(instance.exports().values())) {
                if (export instanceof Func func && isNumeric(func.type())) {
                    count(input, () -> func.call(new long[func.type().params().size()]));
                }
            }
        } catch (UnlinkableException | UninstantiableException | LimitException e) {
            ends.merge(e.kind(), 1, Integer::sum);
        } catch (TrapException | ExitException | InterruptionException e) {
            wrong.add(input.name + ": starting ends in " + trace(e));
        } catch (RuntimeException | Error e) {
            wrong.add(input.name + ": starting throws " + trace(e));
        }
    }

    private void count(Input input, Runnable call) {
        String end = "values";
        try {
            call.run();
        } catch (TrapException | ExitException | InterruptionException e) {
            end = e.kind();
        } catch (RuntimeException | Error e) {
            wrong.add(input.name + ": a call throws " + trace(e));
        }
        ends.merge(end, 1, Integer::sum);
    }

    private static boolean isNumeric(FuncType type) {
        return Stream.concat(type.params().stream(), type.results().stream())
                .allMatch(NumType.class::isInstance);
    }

    /**
     * Whatever the module asks for: functions that fail as WASI's do, empty memories, tables and
     * globals.
     */
    private static Host stubs(WasmModule module) {
        return imports -> module.imports().forEach(wanted -> stub(imports, wanted));
    }

    private static void stub(Imports imports, ImportType wanted) {
        String from = wanted.module();
        String name = wanted.name();
        switch (wanted.type()) {
            case FuncType type -> imports.function(from, name, type, call -> fail(call));
            case MemoryType type -> imports.extern(from, name, Memory.create(type));
            case TableType type -> imports.extern(from, name, Table.create(type, null));
            case GlobalType type ->
                    imports.extern(from, name, Global.create(type, zero(type.value())));
        }
    }

    private static void fail(dev.kugg.HostCall call) {
        if (call.type().results().equals(List.of(ValType.I32))) {
            call.result(28); // EINVAL
        }
    }

    private static Object zero(ValType type) {
        return switch (type.toString()) {
            case "i32" -> 0;
            case "i64" -> 0L;
            case "f32" -> 0f;
            case "f64" -> 0.0;
            default -> null;
        };
    }

    private static String trace(Throwable e) {
        return e + Arrays.stream(e.getStackTrace()).limit(6).toList().toString();
    }

    // Inputs

    private static byte[] reactor() throws IOException {
        Path example = Shared.projectRoot().resolve("examples/reactor/src/main");
        if (Files.exists(example)) {
            try (Stream<Path> files = Files.walk(example)) {
                Optional<Path> found = files.filter(f -> f.endsWith("reactor.wasm")).findFirst();
                if (found.isPresent()) {
                    return Files.readAllBytes(found.get());
                }
            }
        }
        return Shared.resource("/dev/kugg/reactor.wasm");
    }

    private static byte[] larger() throws IOException {
        Optional<Path> seed = Shared.find("bench/corpus/seed.wasm");
        if (seed.isEmpty()) {
            Shared.leftOut("mutants of seed.wasm", "no ../shared/bench/corpus");
            return TestModule.generated(4);
        }
        return Files.readAllBytes(seed.get());
    }
}
