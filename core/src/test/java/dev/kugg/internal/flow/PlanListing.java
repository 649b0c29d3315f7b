package dev.kugg.internal.flow;

import dev.kugg.internal.decode.FuncBody;
import dev.kugg.internal.decode.InstructionCursor;
import dev.kugg.internal.decode.ModuleDef;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Writes a function's instructions and plans of it as text that a test can compare. */
final class PlanListing {
    private final ModuleDef def;
    private final FuncBody body;
    private final StringBuilder text = new StringBuilder();

    /** By position in the module, the number of the instruction that begins there. */
    private final Map<Integer, Integer> numbers = new HashMap<>();

    PlanListing(ModuleDef def, int funcidx) {
        this.def = def;
        body = def.bodies[funcidx - def.importedFuncs];
        instructions();
    }

    String text() {
        return text.toString();
    }

    private PlanListing line(String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments).stripTrailing()).append('\n');
        return this;
    }

    // ---- instructions ----

    private void instructions() {
        InstructionCursor cursor = new InstructionCursor(def.bytes, body.start, body.end);
        int depth = 0;
        while (cursor.hasNext()) {
            cursor.next();
            switch (cursor.opcode) {
                case END, ELSE -> depth = Math.max(0, depth - 1);
                default -> {}
            }
            int number = numbers.size();
            numbers.put(cursor.start, number);
            String shown = cursor.opcode.mnemonic + immediates(cursor);
            line("%4d  %s%s", number, "  ".repeat(depth), shown);
            switch (cursor.opcode) {
                case BLOCK, LOOP, IF, ELSE -> depth++;
                default -> {}
            }
        }
        numbers.put(body.end, numbers.size());
    }

    private static String immediates(InstructionCursor at) {
        return switch (at.opcode.immediate) {
            case LABEL, FUNC, LOCAL, GLOBAL -> " " + at.index;
            case LABELS -> " " + list(Arrays.copyOf(at.labels, at.labelCount + 1));
            case I32, I64 -> " " + at.constant;
            case MEMARG -> at.offset == 0 ? "" : " offset=" + at.offset;
            default -> "";
        };
    }

    private static String list(int[] numbers) {
        StringBuilder listed = new StringBuilder();
        for (int number : numbers) {
            listed.append(listed.isEmpty() ? "" : " ").append(number);
        }
        return listed.toString();
    }

    // ---- a plan ----

    PlanListing add(String title, BodyPlan plan) {
        line("%n%s%s", title, plan.framed ? " (framed)" : "");
        for (int i = 0; i < plan.graph.orderCount; i++) {
            block(plan, plan.graph.order[i]);
        }
        variables(plan.graph);
        if (plan.parts.length > 1) {
            for (Part part : plan.parts) {
                part(plan, part);
            }
        }
        return this;
    }

    private void block(BodyPlan plan, int block) {
        FlowGraph graph = plan.graph;
        StringBuilder shown = new StringBuilder();
        if (graph.original[block] != block) {
            shown.append("copy of ").append(graph.original[block]).append(": ");
        }
        shown.append(range(graph.codeStart[block], graph.codeEnd[block]));
        String operands = operands(graph.entry[block]);
        if (!operands.isEmpty()) {
            shown.append(" with ").append(operands).append(" from ").append(graph.floor[block]);
        }
        shown.append(", ").append(end(graph, block));
        for (int e = 0; e < graph.edgeCount[block]; e++) {
            int to = graph.target[graph.firstEdge[block] + e];
            shown.append(' ').append(to).append(plan.isBackEdge(block, to) ? "^" : "");
        }
        LoopPlan loop = plan.loops[block];
        line("block %d: %s%s", block, shown, loop == null ? "" : "; " + loop(loop));
    }

    /** The instructions from one position to another; those that only end a block are left out. */
    private String range(int start, int end) {
        int first = number(start);
        int last = number(end) - 1;
        if (last < first) {
            return "-";
        }
        return last == first ? String.valueOf(first) : first + ".." + last;
    }

    private int number(int position) {
        Integer number = numbers.get(position);
        if (number == null) {
            throw new IllegalStateException("no instruction begins at " + position);
        }
        return number;
    }

    private static String operands(Operand top) {
        return top == null ? "" : operands(top.below) + top.kind;
    }

    private static String end(FlowGraph graph, int block) {
        return switch (graph.end[block]) {
            case FlowGraph.GOTO -> "goto";
            case FlowGraph.BRANCH -> "branch";
            case FlowGraph.TABLE -> "table from " + graph.tableBase[block] + ":";
            case FlowGraph.TABLE_OF_TABLES -> "table of tables:";
            case FlowGraph.RETURN -> "return";
            default -> "trap";
        };
    }

    private static String loop(LoopPlan loop) {
        return switch (loop.kind) {
            case LoopPlan.OUTER ->
                    "outer loop of level " + loop.level + (loop.counts ? ", counted" : "");
            case LoopPlan.FUEL -> "loop with fuel, " + loop.trips() + " trips";
            default ->
                    String.format(
                            Locale.ROOT,
                            "loop in strips, %d trips, latch %d, v%d steps by %d, bound %s",
                            loop.trips(),
                            loop.latch,
                            loop.counter,
                            loop.step,
                            loop.boundVariable >= 0
                                    ? "v" + loop.boundVariable
                                    : String.valueOf(loop.boundConstant));
        };
    }

    private void variables(FlowGraph graph) {
        line(
                "variables: %s | %s",
                String.valueOf(graph.variableKinds, 0, graph.locals),
                String.valueOf(graph.variableKinds, graph.locals, graph.variables - graph.locals));
    }

    private void part(BodyPlan plan, Part part) {
        StringBuilder items = new StringBuilder();
        for (int item : part.items) {
            items.append(item >= 0 ? " " + item : " part " + ~item);
        }
        line("part %d:%s", part.number, items);
        line("  entries %s; exits %s%s", list(part.entries), list(part.exits), leaves(part));
        line("  params %s; results %s", list(part.params), list(part.results));
        line("  variables %s", list(part.variables));
        if (plan.framed && part.number == 0) {
            line("  frame %s", list(plan.frame));
        }
    }

    private static String leaves(Part part) {
        StringBuilder shown = new StringBuilder();
        shown.append(part.returns ? ", returns" : "");
        shown.append(part.calls ? ", calls" : "");
        shown.append(part.usesMemory ? ", uses memory" : "");
        if (part.mainExit >= 0) {
            shown.append("; main exit ").append(part.mainExit);
            shown.append(" with ").append(list(part.mainResults));
        }
        if (part.table >= 0) {
            shown.append("; table of ").append(part.table);
            shown.append(' ').append(part.leastIndex).append("..").append(part.greatestIndex);
        }
        return shown.toString();
    }
}
