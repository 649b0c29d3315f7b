package dev.kugg.internal.flow;

import dev.kugg.internal.decode.InstructionCursor;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Writes the body of a small loop several times, one turn behind the other. An innermost loop that
 * counts its trips counts one in {@link #TURNS} then, and in a short loop the count takes about as
 * long as the rest.
 *
 * <p>Loops of a single block stay as they are: HotSpot unrolls and vectorises those itself.
 */
final class LoopUnroller {
    /** How many turns are written. */
    private static final int TURNS = 4;

    /** The most bytes of a loop that is unrolled, before that. */
    private static final int MOST_BYTES = 500;

    /** The most bytes by which a body grows: where loops are many, none of them is the hot one. */
    private static final int MOST_GROWTH = 16_000;

    private static final int[] NONE = new int[0];

    private final FlowGraph graph;
    private final LoopForest forest;
    private final BlockSizes sizes;

    /** By header, the blocks of a loop that is unrolled, as they are laid out; empty for others. */
    private final int[][] members;

    /** By header, how many of them there are. */
    private final int[] blocks;

    /** By block of the loop that is copied, its newest copy. */
    private final int[] copyOf;

    private int growth;

    private LoopUnroller(FlowGraph graph, LoopForest forest, BlockSizes sizes) {
        this.graph = graph;
        this.forest = forest;
        this.sizes = sizes;
        members = new int[graph.count][];
        Arrays.fill(members, NONE);
        blocks = new int[graph.count];
        copyOf = new int[graph.count];
    }

    /**
     * Unrolls what is worth it.
     *
     * @param cursor any cursor over the module; it is moved
     * @return whether the graph has changed
     */
    static boolean unroll(
            FlowGraph graph, LoopForest forest, BlockSizes sizes, InstructionCursor cursor) {
        if (!hasLoops(forest)) {
            return false;
        }
        LoopUnroller unroller = new LoopUnroller(graph, forest, sizes);
        if (!unroller.choose(LoopPlanner.plan(graph, forest, cursor, new int[graph.count]))) {
            return false;
        }
        unroller.layOut();
        return true;
    }

    private static boolean hasLoops(LoopForest forest) {
        for (int block : forest.blockAt) {
            if (forest.isHeader[block]) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether there is a loop to unroll} */
    private boolean choose(@Nullable LoopPlan[] plans) {
        int[] bytes = new int[graph.count];
        for (int block : forest.blockAt) {
            int loop = forest.loopOf(block);
            if (loop >= 0) {
                bytes[loop] += sizes.bytes[block];
                blocks[loop]++;
            }
        }
        for (int block : forest.blockAt) {
            LoopPlan plan = plans[block];
            if (plan != null
                    && plan.kind == LoopPlan.FUEL
                    && !forest.severalWaysIn[block]
                    && blocks[block] > 1
                    && bytes[block] <= MOST_BYTES
                    && growth < MOST_GROWTH) {
                members[block] = new int[blocks[block]];
                growth += (TURNS - 1) * bytes[block];
            }
        }
        return growth > 0;
    }

    /** Lays the blocks out anew, the further turns of a loop behind its last block. */
    private void layOut() {
        int[] order = Arrays.copyOf(graph.order, graph.orderCount);
        int[] met = new int[graph.count];
        graph.orderCount = 0;
        for (int block : order) {
            graph.layOut(block);
            int loop = forest.loopOf(block);
            int[] turn = loop < 0 ? NONE : members[loop];
            if (turn.length > 0) {
                turn[met[loop]++] = block;
                if (met[loop] == turn.length) {
                    unroll(loop, turn);
                }
            }
        }
    }

    private void unroll(int header, int[] first) {
        int[][] turns = new int[TURNS][];
        int[] headers = new int[TURNS];
        turns[0] = first;
        for (int turn = 1; turn < TURNS; turn++) {
            turns[turn] = copy(header, first);
            headers[turn] = copyOf[header];
        }
        for (int turn = 0; turn + 1 < TURNS; turn++) {
            redirect(turns[turn], header, headers[turn + 1]);
        }
    }

    /** Copies a turn; the ways back of the copy still lead to the loop's header. */
    private int[] copy(int header, int[] turn) {
        int[] copies = new int[turn.length];
        for (int i = 0; i < turn.length; i++) {
            copies[i] = graph.copy(turn[i]);
            copyOf[turn[i]] = copies[i];
            graph.layOut(copies[i]);
        }
        for (int block : copies) {
            for (int e = 0; e < graph.edgeCount[block]; e++) {
                int edge = graph.firstEdge[block] + e;
                int to = graph.target[edge];
                if (to != header && forest.loopOf(to) == header) {
                    graph.target[edge] = copyOf[to];
                }
            }
        }
        return copies;
    }

    private void redirect(int[] turn, int from, int to) {
        for (int block : turn) {
            for (int e = 0; e < graph.edgeCount[block]; e++) {
                int edge = graph.firstEdge[block] + e;
                if (graph.target[edge] == from) {
                    graph.target[edge] = to;
                }
            }
        }
    }
}
