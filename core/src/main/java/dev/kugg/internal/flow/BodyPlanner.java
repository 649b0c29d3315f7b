package dev.kugg.internal.flow;

import dev.kugg.internal.decode.InstructionCursor;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Plans bodies: graph, straight jumps, loops, parts. Takes time linear in the body, and always
 * succeeds. The same body gives the same plan every time.
 */
public final class BodyPlanner {
    /** What a method has besides its blocks. */
    private static final int FRAME_BYTES = 120;

    /** The most slots of parameters of a part. */
    private static final int MOST_PARAM_SLOTS = 240;

    /** Loops that nest deeper are not cut along their nesting. */
    private static final int MOST_LOOP_DEPTH = 60;

    private final Kinds kinds;
    private final SplitLimits limits;
    private final InstructionCursor cursor;

    private BodyPlanner(Kinds kinds, SplitLimits limits) {
        this.kinds = kinds;
        this.limits = limits;
        cursor = new InstructionCursor(kinds.def.bytes, 0, 0);
    }

    /**
     * {@return the plan of a function}
     *
     * @param kinds the module's types
     * @param limits how large methods may get
     * @param funcidx a function defined in the module
     * @param lastParam what its last parameter, an i32, is known to be; null when it may be
     *     anything
     */
    public static BodyPlan plan(
            Kinds kinds, SplitLimits limits, int funcidx, @Nullable Integer lastParam) {
        return new BodyPlanner(kinds, limits).plan(funcidx, lastParam);
    }

    private BodyPlan plan(int funcidx, @Nullable Integer lastParam) {
        FlowGraph graph = graph(funcidx, lastParam);
        LoopForest forest = new LoopForest(graph);
        BlockSizes sizes = new BlockSizes(graph, forest);
        return fits(graph, sizes) ? whole(graph, forest) : split(graph, forest, sizes);
    }

    private FlowGraph graph(int funcidx, @Nullable Integer lastParam) {
        FlowGraph graph = GraphBuilder.build(kinds, funcidx, cursor, limits.block());
        graph.lastParam = lastParam;
        Straightener.straighten(graph, cursor);
        return graph;
    }

    /**
     * {@return whether a function begins by switching over its last parameter, and a copy of it for
     * {@code value} does so no more}
     *
     * @param kinds the module's types
     * @param limits how large methods may get
     * @param funcidx a function defined in the module whose last parameter is an i32
     * @param value the parameter's value
     */
    public static boolean isBetterWith(Kinds kinds, SplitLimits limits, int funcidx, int value) {
        return new BodyPlanner(kinds, limits).isBetterWith(funcidx, value);
    }

    private boolean isBetterWith(int funcidx, int value) {
        FlowGraph graph = graph(funcidx, value);
        int param = graph.params - 1;
        if (!graph.touched[param] || Straightener.hasDispatchOn(graph, cursor, param)) {
            return false;
        }
        return Straightener.hasDispatchOn(graph(funcidx, null), cursor, param);
    }

    private boolean fits(FlowGraph graph, BlockSizes sizes) {
        long bytes = FRAME_BYTES + 3L * (graph.variables - graph.locals);
        for (boolean touched : graph.touched) {
            bytes += touched ? 3 : 0;
        }
        int accesses = 0;
        for (int i = 0; i < graph.orderCount; i++) {
            bytes += sizes.bytes[graph.order[i]];
            accesses += graph.accesses[graph.order[i]];
        }
        return bytes <= limits.part() || bytes <= limits.whole() && accesses <= limits.accesses();
    }

    // ---- in one method ----

    private BodyPlan whole(FlowGraph graph, LoopForest forest) {
        Part part = new Part(0);
        part.items = Arrays.copyOf(graph.order, graph.orderCount);
        part.entries = new int[] {0};
        for (int i = 0; i < graph.orderCount; i++) {
            int block = graph.order[i];
            part.usesMemory |= (graph.flags[block] & FlowGraph.MEMORY) != 0;
            mentionOperands(graph, block);
        }
        part.variables = mentioned(graph);
        int[] partOf = new int[graph.count];
        return finish(graph, forest, new Part[] {part}, partOf, false);
    }

    /** Gives the operands that a block loads and stores their variables. */
    private static void mentionOperands(FlowGraph graph, int block) {
        Operand operand = graph.entry[block];
        while (operand != null && operand.height > graph.floor[block]) {
            graph.operandVariable(operand);
            operand = operand.below;
        }
        if (EdgeStores.none(graph, block)) {
            return;
        }
        for (int i = 0; i < graph.edgeCount[block]; i++) {
            EdgeStores stores = new EdgeStores(graph, block, graph.firstEdge[block] + i);
            while (stores.next()) {
                // Asking made the variable.
            }
        }
    }

    private static int[] mentioned(FlowGraph graph) {
        int[] found = new int[graph.variables];
        int count = 0;
        int params = ownParamCount(graph);
        for (int v = 0; v < graph.variables; v++) {
            if (v >= graph.locals || graph.touched[v] && v >= params) {
                found[count++] = v;
            }
        }
        return Arrays.copyOf(found, count);
    }

    /** How many parameters the function's method has: not the last one where its value is known. */
    private static int ownParamCount(FlowGraph graph) {
        return graph.lastParam == null ? graph.params : graph.params - 1;
    }

    private static int[] ownParams(FlowGraph graph) {
        int[] params = new int[ownParamCount(graph)];
        for (int i = 0; i < params.length; i++) {
            params[i] = i;
        }
        return params;
    }

    // ---- in several ----

    private BodyPlan split(FlowGraph graph, LoopForest forest, BlockSizes sizes) {
        VariableUses uses = new VariableUses(graph, cursor);
        Liveness liveness = Liveness.of(graph, forest, uses);
        int[] partOf = new int[graph.count];
        if (liveness != null && forest.depth() <= MOST_LOOP_DEPTH) {
            Part[] nested = NestedParts.cut(graph, forest, sizes, limits, partOf);
            if (nested != null) {
                PartInterfaces.fill(graph, uses, liveness, nested, partOf);
                if (allFit(graph, nested, sizes)) {
                    return finish(graph, forest, nested, partOf, false);
                }
            }
        }
        if (System.getProperty("dbg") != null)
            System.err.println(
                    "FLAT vars "
                            + graph.variables
                            + " blocks "
                            + graph.orderCount
                            + " live "
                            + (liveness != null)
                            + " depth "
                            + forest.depth());
        Part[] flat = FlatParts.cut(graph, forest, uses, sizes, limits, partOf);
        PartInterfaces.fill(graph, uses, liveness, flat, partOf);
        for (Part part : flat) {
            measure(graph, part, flat, sizes, true);
        }
        return finish(graph, forest, flat, partOf, true);
    }

    private boolean allFit(FlowGraph graph, Part[] parts, BlockSizes sizes) {
        int most = Math.max(limits.whole(), SplitLimits.HUGE_METHOD - 100);
        for (Part part : parts) {
            measure(graph, part, parts, sizes, false);
            int slots = 0;
            for (int variable : part.params) {
                slots += Kinds.slots(graph.variableKinds[variable]);
            }
            if (part.codeBytes > most
                    || slots > MOST_PARAM_SLOTS
                    || handsBackTooMuch(graph, part)) {
                if (System.getProperty("dbg") != null)
                    System.err.println(
                            "part "
                                    + part.number
                                    + " of "
                                    + parts.length
                                    + " bytes "
                                    + part.codeBytes
                                    + " slots "
                                    + slots
                                    + " results "
                                    + part.results.length
                                    + " exits "
                                    + part.exitCount()
                                    + " items "
                                    + part.items.length
                                    + " vars "
                                    + part.variables.length);
                return false;
            }
        }
        return true;
    }

    private static boolean handsBackTooMuch(FlowGraph graph, Part part) {
        String kinds = "ilfdr";
        int[] counts = new int[kinds.length()];
        for (int variable : part.results) {
            char kind = graph.variableKinds[variable];
            if (++counts[kinds.indexOf(kind)] > Kinds.mostHandedBack(kind)) {
                return true;
            }
        }
        return false;
    }

    private static void measure(
            FlowGraph graph, Part part, Part[] parts, BlockSizes sizes, boolean framed) {
        int variable = graph.variables > 200 ? 4 : 2;
        int bytes = FRAME_BYTES + part.variables.length * (variable + 1);
        bytes += 4 * part.entries.length + BlockSizes.EXIT * part.exitCount();
        int own = framed ? 2 * variable + 9 : variable + 4;
        bytes += part.results.length * own + (framed ? part.params.length * own : 0);
        for (int item : part.items) {
            bytes += item >= 0 ? sizes.bytes[item] : call(parts[~item], variable);
        }
        part.codeBytes = bytes;
        if (System.getProperty("dbg") != null) {
            int bb = 0, cb = 0, nb = 0, nc = 0;
            for (int item : part.items)
                if (item >= 0) {
                    bb += sizes.bytes[item];
                    nb++;
                } else {
                    cb += call(parts[~item], variable);
                    nc++;
                }
            System.err.println(
                    "  "
                            + (part.number == 0
                                    ? "FUNC vars "
                                            + graph.variables
                                            + " order "
                                            + graph.orderCount
                                            + " "
                                    : "")
                            + "part "
                            + part.number
                            + " parent "
                            + part.parent
                            + " bytes "
                            + bytes
                            + " blocks "
                            + nb
                            + "="
                            + bb
                            + " calls "
                            + nc
                            + "="
                            + cb
                            + " entries "
                            + part.entries.length
                            + " exits "
                            + part.exitCount()
                            + " params "
                            + part.params.length
                            + " results "
                            + part.results.length
                            + " vars "
                            + part.variables.length);
        }
    }

    private static int call(Part callee, int variable) {
        return 50
                + callee.params.length * variable
                + callee.results.length * (2 * variable + 3)
                + BlockSizes.EXIT * (callee.entries.length + callee.exitCount());
    }

    private BodyPlan finish(
            FlowGraph graph, LoopForest forest, Part[] parts, int[] partOf, boolean framed) {
        parts[0].params = ownParams(graph);
        if (!framed) {
            parts[0].variables = withoutParams(graph, parts[0].variables);
        }
        @Nullable LoopPlan[] loops = LoopPlanner.plan(graph, forest, cursor, partOf);
        if (framed) {
            parts[0].variables = new int[0];
        }
        int[] frame = framed ? frame(graph, parts) : new int[0];
        return new BodyPlan(graph, forest, parts, partOf, loops, framed, frame);
    }

    private static int[] withoutParams(FlowGraph graph, int[] variables) {
        int[] kept = new int[variables.length];
        int count = 0;
        for (int variable : variables) {
            if (variable >= ownParamCount(graph)) {
                kept[count++] = variable;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    /** The variables that parts take or hand back. */
    private static int[] frame(FlowGraph graph, Part[] parts) {
        boolean[] kept = new boolean[graph.variables];
        for (Part part : parts) {
            for (int variable : part.params) {
                kept[variable] = true;
            }
            for (int variable : part.results) {
                kept[variable] = true;
            }
        }
        int[] frame = new int[graph.variables];
        int count = 0;
        for (int variable = 0; variable < kept.length; variable++) {
            if (kept[variable]) {
                frame[count++] = variable;
            }
        }
        return Arrays.copyOf(frame, count);
    }
}
