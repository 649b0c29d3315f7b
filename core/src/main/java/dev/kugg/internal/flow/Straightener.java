package dev.kugg.internal.flow;

import dev.kugg.internal.decode.InstructionCursor;
import dev.kugg.internal.opcode.Opcode;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Turns jumps through a variable into jumps. Compilers that have to express jumps without a block
 * structure put the number of the place to go on at into a local, and go to a {@code br_table} on
 * it: where the number is a constant on an edge to such a dispatch, the edge goes straight to the
 * table's target. Between the two lies nothing but the reading of the local, so neither an effect
 * nor a trap is lost. Nothing about the producer need be known; the constants are proved by
 * following the local through all blocks.
 *
 * <p>Also leads edges around empty blocks, and leaves out what cannot be reached.
 */
final class Straightener {
    /** How many locals are followed, at most: each takes a pass over the body. */
    private static final int MOST_LOCALS = 8;

    // What is known of the local's value: nothing yet, one value, or that it varies.
    private static final byte UNSEEN = 0;
    private static final byte CONSTANT = 1;
    private static final byte VARIES = 2;

    private final FlowGraph graph;
    private final InstructionCursor cursor;

    // By block, the local a dispatch switches over, or -1.
    private final int[] dispatchOn;

    // By block, what it leaves in the local followed: UNSEEN when it does not write it.
    private byte[] leaves = {};
    private int[] leavesValue = {};
    private boolean[] reads = {};
    private int[] pairAt = {};

    // By block, what is known where it begins.
    private byte[] state = {};
    private int[] value = {};
    private int[] work = {};
    private int workCount;

    private Straightener(FlowGraph graph, InstructionCursor cursor) {
        this.graph = graph;
        this.cursor = cursor;
        dispatchOn = new int[graph.count];
    }

    /** Straightens a graph. */
    static void straighten(FlowGraph graph, InstructionCursor cursor) {
        skipEmptyBlocks(graph);
        Straightener straightener = new Straightener(graph, cursor);
        int[] locals = straightener.findDispatches();
        for (int local : locals) {
            straightener.follow(local);
        }
        layOutReachable(graph);
        for (int local : locals) {
            straightener.dropWrites(local);
        }
    }

    /** {@return whether a block that can be reached switches over a local and nothing else} */
    static boolean hasDispatchOn(FlowGraph graph, InstructionCursor cursor, int local) {
        for (int i = 0; i < graph.orderCount; i++) {
            if (dispatchLocal(graph, cursor, graph.order[i]) == local) {
                return true;
            }
        }
        return false;
    }

    // ---- empty blocks ----

    private static void skipEmptyBlocks(FlowGraph graph) {
        int[] leadsTo = new int[graph.count];
        Arrays.fill(leadsTo, -1);
        for (int edge = 0; edge < graph.edges; edge++) {
            graph.target[edge] = behindEmpty(graph, graph.target[edge], leadsTo);
        }
    }

    private static int behindEmpty(FlowGraph graph, int block, int[] leadsTo) {
        int end = block;
        int steps = 0;
        while (leadsTo[end] < 0 && canSkip(graph, end) && steps++ < graph.count) {
            end = graph.target[graph.firstEdge[end]];
        }
        if (leadsTo[end] >= 0) {
            end = leadsTo[end];
        } else if (canSkip(graph, end)) {
            return block; // A circle of empty blocks.
        }
        int at = block;
        while (at != end && leadsTo[at] < 0) {
            leadsTo[at] = end;
            at = graph.target[graph.firstEdge[at]];
        }
        return end;
    }

    /** Two loops that begin at the same place stay two: the inner one may be counted. */
    private static boolean canSkip(FlowGraph graph, int block) {
        int both = FlowGraph.LOOP;
        if (graph.isEmpty(block)) {
            both &= graph.flags[block] & graph.flags[graph.target[graph.firstEdge[block]]];
        }
        return graph.isEmpty(block) && both == 0;
    }

    // ---- what can be reached ----

    static void layOutReachable(FlowGraph graph) {
        boolean[] reached = new boolean[graph.count];
        int[] stack = new int[graph.count];
        int depth = 0;
        reached[0] = true;
        stack[depth++] = 0;
        while (depth > 0) {
            int block = stack[--depth];
            int end = graph.firstEdge[block] + graph.edgeCount[block];
            for (int edge = graph.firstEdge[block]; edge < end; edge++) {
                int to = graph.target[edge];
                if (!reached[to]) {
                    reached[to] = true;
                    stack[depth++] = to;
                }
            }
        }
        int kept = 0;
        for (int i = 0; i < graph.orderCount; i++) {
            if (reached[graph.order[i]]) {
                graph.order[kept++] = graph.order[i];
            }
        }
        graph.orderCount = kept;
    }

    // ---- dispatches ----

    private int[] findDispatches() {
        int[] locals = new int[MOST_LOCALS];
        int found = 0;
        for (int block = 0; block < graph.count; block++) {
            int local = dispatchLocal(graph, cursor, block);
            dispatchOn[block] = local;
            if (local >= 0 && found < MOST_LOCALS && !contains(locals, found, local)) {
                locals[found++] = local;
            }
        }
        return Arrays.copyOf(locals, found);
    }

    private static boolean contains(int[] list, int count, int wanted) {
        for (int i = 0; i < count; i++) {
            if (list[i] == wanted) {
                return true;
            }
        }
        return false;
    }

    /** The local that a block reads and switches over without doing anything else, or -1. */
    private static int dispatchLocal(FlowGraph graph, InstructionCursor cursor, int block) {
        if (graph.end[block] != FlowGraph.TABLE
                || graph.instructions[block] != 1
                || Operand.height(graph.exit[block]) != Operand.height(graph.entry[block])) {
            return -1;
        }
        int end = graph.firstEdge[block] + graph.edgeCount[block];
        for (int edge = graph.firstEdge[block]; edge < end; edge++) {
            if (!graph.keepsOperands(block, edge)) {
                return -1;
            }
        }
        cursor.reset(graph.codeStart[block], graph.codeEnd[block]);
        while (cursor.hasNext()) {
            cursor.next();
            if (cursor.opcode == Opcode.LOCAL_GET) {
                return cursor.index;
            }
        }
        return -1;
    }

    // ---- one local ----

    private void follow(int local) {
        scan(local);
        propagate(local);
        for (int block = 0; block < graph.count; block++) {
            if (state[block] == UNSEEN) {
                continue;
            }
            int end = graph.firstEdge[block] + graph.edgeCount[block];
            for (int edge = graph.firstEdge[block]; edge < end; edge++) {
                graph.target[edge] = target(block, edge, local);
            }
        }
    }

    /** Looks at what each block does to the local. */
    private void scan(int local) {
        leaves = new byte[graph.count];
        leavesValue = new int[graph.count];
        reads = new boolean[graph.count];
        pairAt = new int[graph.count];
        for (int block = 0; block < graph.count; block++) {
            if (dispatchOn[block] != local) {
                scan(block, local);
            }
        }
    }

    private void scan(int block, int local) {
        cursor.reset(graph.codeStart[block], graph.codeEnd[block]);
        boolean constant = false;
        int constantAt = 0;
        int number = 0;
        pairAt[block] = -1;
        while (cursor.hasNext()) {
            cursor.next();
            boolean ofLocal = false;
            switch (cursor.opcode) {
                case LOCAL_GET -> reads[block] |= cursor.index == local;
                case LOCAL_SET, LOCAL_TEE -> ofLocal = cursor.index == local;
                default -> {}
            }
            pairAt[block] = -1;
            if (ofLocal) {
                leaves[block] = constant ? CONSTANT : VARIES;
                leavesValue[block] = number;
                if (constant && cursor.opcode == Opcode.LOCAL_SET) {
                    pairAt[block] = constantAt;
                }
            }
            constant = cursor.opcode == Opcode.I32_CONST;
            if (constant) {
                number = (int) cursor.constant;
                constantAt = cursor.start;
            }
        }
    }

    private void propagate(int local) {
        state = new byte[graph.count];
        value = new int[graph.count];
        work = new int[graph.count];
        workCount = 0;
        Integer known = local >= graph.params ? Integer.valueOf(0) : knownParam(local);
        meet(0, known == null ? VARIES : CONSTANT, known == null ? 0 : known);
        while (workCount > 0) {
            int block = work[--workCount];
            byte left = left(block);
            int number = leftValue(block);
            int end = graph.firstEdge[block] + graph.edgeCount[block];
            for (int edge = graph.firstEdge[block]; edge < end; edge++) {
                meet(target(block, edge, local), left, number);
            }
        }
    }

    private @Nullable Integer knownParam(int local) {
        return local == graph.params - 1 ? graph.lastParam : null;
    }

    private byte left(int block) {
        return leaves[block] != UNSEEN ? leaves[block] : state[block];
    }

    private int leftValue(int block) {
        return leaves[block] != UNSEEN ? leavesValue[block] : value[block];
    }

    private void meet(int block, byte incoming, int number) {
        byte before = state[block];
        if (before == VARIES || before == incoming && value[block] == number) {
            return;
        }
        boolean same = before == UNSEEN;
        state[block] = same ? incoming : VARIES;
        value[block] = same ? number : 0;
        // Each block is on the list at most once more than it can fall.
        if (workCount == work.length) {
            work = Arrays.copyOf(work, workCount * 2);
        }
        work[workCount++] = block;
    }

    /** Where an edge leads, with what is known of the local at its beginning. */
    private int target(int block, int edge, int local) {
        int to = graph.target[edge];
        if (dispatchOn[to] != local
                || left(block) != CONSTANT
                || dispatchOn[block] == local
                || !graph.keepsOperands(block, edge)) {
            return to;
        }
        int index = leftValue(block) - graph.tableBase[to];
        int last = graph.edgeCount[to] - 1;
        boolean inside = index >= 0 && index < last;
        return graph.target[graph.firstEdge[to] + (inside ? index : last)];
    }

    /** Takes out constants for a local that nobody reads any more. */
    private void dropWrites(int local) {
        scan(local);
        for (int i = 0; i < graph.orderCount; i++) {
            int block = graph.order[i];
            if (reads[block] || dispatchOn[block] == local) {
                return;
            }
        }
        for (int i = 0; i < graph.orderCount; i++) {
            int block = graph.order[i];
            if (pairAt[block] >= 0) {
                graph.codeEnd[block] = pairAt[block];
                graph.instructions[block] -= 2;
            }
        }
    }
}
