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

    /** What reading a parameter from an array takes, beside the store. */
    private static final int PARAM_FROM_ARRAY = 10;

    /** The most slots of parameters of a part. */
    private static final int MOST_PARAM_SLOTS = 240;

    /** How much larger than usual parts may get when the spine would be too large. */
    private static final int MOST_PART_SIZE = 4;

    /** Bodies of more bytes are tried with the usual parts and the largest, with none between. */
    private static final int LARGE_BODY = 2_000_000;

    /** Loops that nest deeper are not cut along their nesting. */
    private static final int MOST_LOOP_DEPTH = 60;

    private final Kinds kinds;
    private final SplitLimits limits;
    private final InstructionCursor cursor;

    /** Whether one more try to cut along loops would come to nothing, and take as long. */
    private boolean hopeless;

    /** Whether the last try to cut along loops has doubled a dispatch. */
    private boolean doubled;

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
        Shape shape = unrolled(funcidx, lastParam);
        FlowGraph graph = shape.graph;
        LoopForest forest = shape.forest;
        BlockSizes sizes = shape.sizes;
        if (fits(graph, sizes)) {
            return whole(graph, forest, sizes);
        }
        if (hasHugeBlock(graph, sizes)) {
            return flat(graph, forest, sizes);
        }
        int step = isLarge(graph, sizes) ? 2 * MOST_PART_SIZE - 2 : 1;
        for (int size = 2; size <= 2 * MOST_PART_SIZE && !hopeless; size += step) {
            BodyPlan plan = nested(funcidx, lastParam, size);
            if (plan != null) {
                return plan;
            }
        }
        return flat(graph, forest, sizes);
    }

    private static boolean isLarge(FlowGraph graph, BlockSizes sizes) {
        long bytes = 0;
        for (int i = 0; i < graph.orderCount; i++) {
            bytes += sizes.bytes[graph.order[i]];
        }
        return bytes > LARGE_BODY;
    }

    /** Whether a block alone is more than a part along loops may have. */
    private boolean hasHugeBlock(FlowGraph graph, BlockSizes sizes) {
        for (int i = 0; i < graph.orderCount; i++) {
            if (sizes.bytes[graph.order[i]] > mostPartBytes(limits)) {
                return true;
            }
        }
        return false;
    }

    private static int mostPartBytes(SplitLimits limits) {
        return Math.max(limits.whole(), SplitLimits.HUGE_METHOD - 100);
    }

    /**
     * {@return the plan of parts along loops, or null when it comes out too large}
     *
     * @param size the size of parts, in halves of the usual: larger ones leave less in the spine
     */
    private @Nullable BodyPlan nested(int funcidx, @Nullable Integer lastParam, int size) {
        SplitLimits larger = limits.withParts(size);
        for (int copies = 1; copies >= 0 && !hopeless; copies--) {
            Shape shape = unrolled(funcidx, lastParam);
            BodyPlan plan = nested(shape, larger, copies > 0, size == 2 * MOST_PART_SIZE);
            if (plan != null || !doubled) {
                return plan;
            }
        }
        return null;
    }

    /** A graph, and what is known of it as it is. */
    private static final class Shape {
        final FlowGraph graph;
        final LoopForest forest;
        final BlockSizes sizes;

        Shape(FlowGraph graph) {
            this.graph = graph;
            forest = new LoopForest(graph);
            sizes = new BlockSizes(graph, forest);
        }
    }

    private Shape unrolled(int funcidx, @Nullable Integer lastParam) {
        FlowGraph graph = graph(funcidx, lastParam);
        Shape before = new Shape(graph);
        boolean changed = LoopUnroller.unroll(graph, before.forest, before.sizes, cursor);
        return changed ? new Shape(graph) : before;
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
        for (int v = 0; v < graph.locals; v++) {
            bytes += graph.touched[v] ? 3 + fromArray(graph, v) : 0;
        }
        int accesses = 0;
        for (int i = 0; i < graph.orderCount; i++) {
            bytes += sizes.bytes[graph.order[i]];
            accesses += graph.accesses[graph.order[i]];
        }
        return bytes <= limits.part() || bytes <= limits.whole() && accesses <= limits.accesses();
    }

    /** What a variable's first value takes if it is a parameter that comes in an array. */
    private static int fromArray(FlowGraph graph, int variable) {
        return graph.paramsInArrays && variable < graph.params ? PARAM_FROM_ARRAY : 0;
    }

    // ---- in one method ----

    private BodyPlan whole(FlowGraph graph, LoopForest loops, BlockSizes sizes) {
        Part part = new Part(0);
        part.items = Arrays.copyOf(graph.order, graph.orderCount);
        part.entries = new int[] {0};
        Part[] parts = {part};
        int[] partOf = DispatchCopies.insert(graph, loops, sizes, parts, new int[graph.count]);
        boolean copied = partOf.length > sizes.bytes.length;
        LoopForest forest = copied ? new LoopForest(graph) : loops;
        for (int i = 0; i < graph.orderCount; i++) {
            int block = graph.order[i];
            part.usesMemory |= (graph.flags[block] & FlowGraph.MEMORY) != 0;
            mentionOperands(graph, block);
        }
        part.variables = mentioned(graph);
        measure(graph, part, parts, copied ? new BlockSizes(graph, forest) : sizes, false);
        return finish(graph, forest, parts, partOf, false);
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

    /**
     * How many parameters the function's method has: not the last one where its value is known, and
     * none that come in arrays.
     */
    private static int ownParamCount(FlowGraph graph) {
        if (graph.paramsInArrays) {
            return 0;
        }
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

    private BodyPlan flat(FlowGraph graph, LoopForest forest, BlockSizes sizes) {
        VariableUses uses = new VariableUses(graph, cursor);
        Liveness liveness = Liveness.of(graph, forest, uses);
        int[] partOf = new int[graph.count];
        Part[] parts = FlatParts.cut(graph, forest, uses, sizes, limits, partOf);
        PartInterfaces.fill(graph, uses, liveness, parts, partOf);
        for (Part part : parts) {
            measure(graph, part, parts, sizes, true);
        }
        return finish(graph, forest, parts, partOf, true);
    }

    private @Nullable BodyPlan nested(
            Shape shape, SplitLimits limits, boolean copies, boolean deep) {
        FlowGraph graph = shape.graph;
        LoopForest before = shape.forest;
        BlockSizes sizes = shape.sizes;
        doubled = false;
        if (before.depth() > MOST_LOOP_DEPTH || !Liveness.isKnown(graph)) {
            hopeless = true;
            return null;
        }
        int[] cut = new int[graph.count];
        Part[] parts = NestedParts.cut(graph, before, sizes, limits, deep, cut);
        if (parts == null) {
            return null;
        }
        int[] partOf = copies ? DispatchCopies.insert(graph, before, sizes, parts, cut) : cut;
        doubled = partOf.length > cut.length;
        partOf = EndCopies.insert(graph, sizes, parts, partOf);
        LoopForest forest = new LoopForest(graph);
        VariableUses uses = new VariableUses(graph, cursor);
        Liveness liveness = Liveness.of(graph, forest, uses);
        if (liveness == null) {
            hopeless = Liveness.isHopeless(graph);
            return null;
        }
        PartInterfaces.fill(graph, uses, liveness, parts, partOf);
        TableEntries.find(graph, forest, parts, partOf);
        SharedExits.find(graph, liveness, parts);
        return allFit(graph, parts, new BlockSizes(graph, forest), partOf)
                ? finish(graph, forest, parts, partOf, false)
                : null;
    }

    private boolean allFit(FlowGraph graph, Part[] parts, BlockSizes sizes, int[] partOf) {
        int most = mostPartBytes(limits);
        EntryStubs stubs = new EntryStubs(graph, parts, partOf);
        for (Part part : parts) {
            measure(graph, part, parts, sizes, false);
            part.codeBytes += BlockSizes.EXIT * stubs.of(part);
            int slots = 0;
            for (int variable : part.params) {
                slots += Kinds.slots(graph.variableKinds[variable]);
            }
            if (part.codeBytes > most
                    || slots > MOST_PARAM_SLOTS
                    || handsBackTooMuch(graph, part)) {
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
        int variable = sizes.variable;
        int bytes = FRAME_BYTES + part.variables.length * (variable + 1);
        if (part.number == 0) {
            for (int v : part.variables) {
                bytes += fromArray(graph, v);
            }
        }
        bytes += 4 * part.entries.length + BlockSizes.EXIT * part.exitCount();
        bytes += TableEntries.bytes(part) + SharedExits.bytes(part, parts);
        bytes += part.mainExit < 0 ? 0 : 4 + part.mainResults.length * (variable + 4);
        int own = framed ? 2 * variable + 9 : variable + 4;
        bytes += part.results.length * own + (framed ? part.params.length * own : 0);
        for (int item : part.items) {
            bytes += item >= 0 ? sizes.bytes[item] : call(parts[~item], variable);
        }
        part.codeBytes = bytes;
    }

    private static int call(Part callee, int variable) {
        return 34
                + callee.params.length * variable
                + (callee.results.length + callee.mainResults.length) * (2 * variable + 3)
                + (callee.mainExit < 0 ? 0 : 24)
                + SharedExits.bytes(callee);
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
        // They stand there as in their own arrays, which are copied.
        Arrays.fill(kept, 0, graph.paramsInArrays ? graph.params : 0, true);
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
