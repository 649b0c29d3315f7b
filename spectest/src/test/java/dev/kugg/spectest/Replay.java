package dev.kugg.spectest;

import com.fasterxml.jackson.databind.JsonNode;

import dev.kugg.ExhaustionException;
import dev.kugg.Func;
import dev.kugg.Global;
import dev.kugg.Instance;
import dev.kugg.InvalidException;
import dev.kugg.Kugg;
import dev.kugg.LimitException;
import dev.kugg.MalformedException;
import dev.kugg.Memory;
import dev.kugg.Table;
import dev.kugg.TrapException;
import dev.kugg.UninstantiableException;
import dev.kugg.UnsupportedException;
import dev.kugg.WasmModule;
import dev.kugg.types.FuncType;
import dev.kugg.types.NumType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Does with a module in Kugg what the oracle did with it, call for call, and compares every result,
 * trap, and what is left in memories, tables and globals.
 */
final class Replay {
    private static final Duration CALL_TIME = Duration.ofSeconds(5);
    private static final int TABLE_ELEMENTS = 64;

    /** How a start or a call ends where the oracle has no answer. */
    private static final String CUT = "cut";

    /** The messages of traps that wasmtime does not tell from another. */
    private static final Map<String, String> SAME_TRAP =
            Map.of("undefined element", "out of bounds table access");

    private final byte[] bytes;
    private final JsonNode answer;
    private final int stackBudget;
    private int calls;

    Replay(byte[] bytes, JsonNode answer, int stackBudget) {
        this.bytes = bytes;
        this.answer = answer;
        this.stackBudget = stackBudget;
    }

    /** Ends a comparison early. */
    private static final class Ended extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Outcome outcome;

        Ended(Outcome outcome) {
            this.outcome = outcome;
        }
    }

    /** {@return how it went} */
    Outcome run() {
        try {
            WasmModule module = load();
            for (JsonNode run : answer.path("runs")) {
                run(module, run);
            }
            return answer.has("cut") ? Outcome.cut(answer.path("cut").asText()) : Outcome.agrees();
        } catch (Ended e) {
            return e.outcome;
        } catch (RuntimeException | Error e) {
            return Outcome.differs("throws " + e.getClass().getSimpleName(), trace(e));
        }
    }

    private WasmModule load() throws Ended {
        try {
            WasmModule module = Kugg.module("guest.wasm", bytes);
            if (answer.has("refused")) {
                throw differs("loads", "wasmtime refuses: " + answer.path("refused").asText());
            }
            return module;
        } catch (UnsupportedException | LimitException e) {
            throw new Ended(Outcome.refused(e.kind(), e.getMessage()));
        } catch (MalformedException | InvalidException e) {
            throw answer.has("refused")
                    ? new Ended(Outcome.agrees())
                    : differs("refuses", e.toString());
        } catch (RuntimeException | Error e) {
            throw differs("loading throws " + e.getClass().getSimpleName(), trace(e));
        }
    }

    private void run(WasmModule module, JsonNode run) throws Ended {
        String expected = run.path("start").asText();
        if (expected.equals(CUT)) {
            return;
        }
        try (Instance instance = start(module, expected)) {
            if (instance == null) {
                return;
            }
            for (JsonNode each : run.path("filled")) {
                Func func = instance.func(each.path("func").asText());
                instance.table(each.path("table").asText()).set(each.path("index").asInt(), func);
            }
            for (JsonNode call : run.path("calls")) {
                call(instance, call);
            }
            compareState("memory", run.path("memories"), name -> memory(instance.memory(name)));
            compareState("table", run.path("tables"), name -> table(instance.table(name)));
            compareState("global", run.path("globals"), name -> global(instance.global(name)));
        }
    }

    /** {@return the instance, or null if both sides agree that there is none} */
    private Instance start(WasmModule module, String expected) throws Ended {
        String end = "values";
        Instance instance = null;
        try {
            instance =
                    module.with(new Stubs(module))
                            .timeout(CALL_TIME)
                            .stackBudget(stackBudget)
                            .initialize(false)
                            .start();
        } catch (UninstantiableException e) {
            end = trap((TrapException) Objects.requireNonNull(e.getCause()));
        } catch (LimitException e) {
            throw new Ended(Outcome.refused(e.kind(), e.getMessage()));
        } catch (RuntimeException | Error e) {
            throw differs("starting throws " + e.getClass().getSimpleName(), trace(e));
        }
        if (!end.equals(expected)) {
            throw differs("start", "wasmtime: " + expected + "\nKugg: " + end);
        }
        return instance;
    }

    private void call(Instance instance, JsonNode call) throws Ended {
        String expected = call.path("end").asText();
        if (expected.equals(CUT)) {
            return;
        }
        List<String> results = new ArrayList<>();
        String end = "values";
        try {
            call(instance, call, results);
        } catch (TrapException e) {
            end = trap(e);
        } catch (RuntimeException | Error e) {
            String what = "a call throws " + e.getClass().getSimpleName();
            throw differs(what, call + "\n" + trace(e));
        }
        String kugg = "\nKugg: " + end + " " + results;
        if (!end.equals(expected)) {
            throw differs("the end of a call", "wasmtime: " + call + kugg);
        }
        if (!results.equals(texts(call.path("results")))) {
            throw differs("results", "wasmtime: " + call + kugg);
        }
    }

    /** By the two ways there are to call a function, in turn where both are possible. */
    private void call(Instance instance, JsonNode call, List<String> results) {
        Func func = instance.func(call.path("name").asText());
        FuncType type = func.type();
        List<String> args = texts(call.path("args"));
        if (calls++ % 2 == 0 && isNumeric(type)) {
            long[] values = func.call(args.stream().mapToLong(Values::bits).toArray());
            for (int i = 0; i < values.length; i++) {
                results.add(Values.text(type.results().get(i), values[i]));
            }
        } else {
            Object[] values =
                    func.invoke(args.stream().map(each -> Values.parse(each, instance)).toArray());
            for (int i = 0; i < values.length; i++) {
                results.add(Values.text(type.results().get(i), values[i]));
            }
        }
    }

    private static boolean isNumeric(FuncType type) {
        return Stream.concat(type.params().stream(), type.results().stream())
                .allMatch(NumType.class::isInstance);
    }

    private static String trap(TrapException e) throws Ended {
        if (e instanceof ExhaustionException) {
            throw new Ended(Outcome.cut("call stack exhausted in Kugg"));
        }
        String message = e.getMessage();
        if (message.startsWith("uninitialized element")) {
            return "uninitialized element";
        }
        return SAME_TRAP.getOrDefault(message, message);
    }

    private static List<String> texts(JsonNode values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.asText()));
        return texts;
    }

    // What is left

    private static void compareState(
            String what, JsonNode expected, Function<String, String> actual) throws Ended {
        for (Map.Entry<String, JsonNode> each : expected.properties()) {
            String wasmtime = each.getValue().asText();
            String kugg = actual.apply(each.getKey());
            if (!wasmtime.equals(kugg)) {
                String name = " \"" + each.getKey() + "\"";
                throw differs(what, what + name + "\nwasmtime: " + wasmtime + "\nKugg: " + kugg);
            }
        }
    }

    private static String memory(Memory memory) {
        byte[] contents = memory.readBytes(0, (int) memory.sizeBytes());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(contents);
            return memory.sizePages() + " pages " + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String table(Table table) {
        StringBuilder text = new StringBuilder(table.size() + " ");
        long shown = Math.min(table.size(), TABLE_ELEMENTS);
        for (long i = 0; i < shown; i++) {
            text.append(i == 0 ? "" : " ");
            text.append(Values.text(table.type().element(), table.get(i)));
        }
        return text.toString();
    }

    private static String global(Global global) {
        return Values.text(global.type().value(), global.get());
    }

    private static Ended differs(String what, String detail) {
        return new Ended(Outcome.differs(what, detail));
    }

    static String trace(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString().lines().limit(40).reduce("", (all, line) -> all + line + "\n");
    }
}
