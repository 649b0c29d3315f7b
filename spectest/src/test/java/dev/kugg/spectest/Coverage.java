package dev.kugg.spectest;

import com.fasterxml.jackson.databind.JsonNode;

import dev.kugg.internal.decode.Decoder;
import dev.kugg.internal.decode.FuncBody;
import dev.kugg.internal.decode.InstructionCursor;
import dev.kugg.internal.decode.ModuleDef;
import dev.kugg.internal.opcode.Opcode;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts what a differential run went through, so that nobody has to believe it. */
final class Coverage {
    private final Map<Opcode, Integer> modulesByInstruction = new EnumMap<>(Opcode.class);
    private final Map<String, Integer> modulesByKind = new TreeMap<>();
    private final Map<String, Integer> starts = new TreeMap<>();
    private final Map<String, Integer> calls = new TreeMap<>();
    private final Map<String, Map<String, Integer>> outcomes = new TreeMap<>();
    private int modules;
    private long bytes;

    /** Counts a module and what the oracle did with it. */
    void add(String kind, byte[] module, JsonNode answer) {
        modules++;
        bytes += module.length;
        modulesByKind.merge(kind, 1, Integer::sum);
        instructions(module)
                .forEach((each, n) -> modulesByInstruction.merge(each, 1, Integer::sum));
        for (JsonNode run : answer.path("runs")) {
            starts.merge(run.path("start").asText(), 1, Integer::sum);
            for (JsonNode call : run.path("calls")) {
                calls.merge(call.path("end").asText(), 1, Integer::sum);
            }
        }
    }

    /** Counts how a comparison ended. */
    void add(String way, Outcome outcome) {
        String what = outcome.what().isEmpty() ? "" : ": " + outcome.what();
        String key = outcome.kind().toString().toLowerCase(java.util.Locale.ROOT) + what;
        outcomes.computeIfAbsent(way, any -> new TreeMap<>()).merge(key, 1, Integer::sum);
    }

    /** {@return the instructions of all bodies, with how often each occurs} */
    private static Map<Opcode, Integer> instructions(byte[] module) {
        Map<Opcode, Integer> counts = new EnumMap<>(Opcode.class);
        ModuleDef def = Decoder.decode(module);
        for (FuncBody body : def.bodies) {
            InstructionCursor cursor = new InstructionCursor(module, body.start, body.end);
            while (cursor.hasNext()) {
                cursor.next();
                counts.merge(cursor.opcode, 1, Integer::sum);
            }
        }
        return counts;
    }

    /** {@return everything, as lines of text} */
    String report() {
        StringBuilder text = new StringBuilder();
        text.append("%d modules, %,d bytes: %s%n".formatted(modules, bytes, modulesByKind));
        text.append("instances start with: " + starts + "\n");
        text.append("calls end in: " + calls + "\n");
        outcomes.forEach((way, counts) -> text.append(way + ": " + counts + "\n"));
        long compiled = Arrays.stream(Opcode.values()).filter(Opcode::compiled).count();
        String missing =
                Arrays.stream(Opcode.values())
                        .filter(each -> each.compiled() && !modulesByInstruction.containsKey(each))
                        .map(each -> each.mnemonic)
                        .collect(Collectors.joining(" "));
        text.append(
                "%d of %d instructions present; not: %s%n"
                        .formatted(modulesByInstruction.size(), compiled, missing));
        return text.toString();
    }

    /** {@return in how many modules each instruction is present} */
    String instructions() {
        return modulesByInstruction.entrySet().stream()
                .map(each -> each.getValue() + "\t" + each.getKey().mnemonic + "\n")
                .collect(Collectors.joining());
    }
}
