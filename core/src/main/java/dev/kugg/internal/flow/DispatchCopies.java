package dev.kugg.internal.flow;

import java.util.Arrays;

/**
 * Doubles the dispatch of interpreters: the wide {@code br_table} of a loop, with the few blocks
 * that lead to it. HotSpot computes what several cases have in common before the switch, for all of
 * them each time; where every case has two ways in, it cannot, and the processor predicts two jumps
 * better than one.
 */
final class DispatchCopies {
    /** The most bytes copied. */
    private static final int MOST_BYTES = 400;

    private final FlowGraph graph;
    private final LoopForest forest;
    private final BlockSizes sizes;
    private final int[] partOf;

    /** By block that begins what was copied: the copy; else -1. */
    private final int[] copyOf;

    private DispatchCopies(FlowGraph graph, LoopForest forest, BlockSizes sizes, int[] partOf) {
        this.graph = graph;
        this.forest = forest;
        this.sizes = sizes;
        this.partOf = partOf;
        copyOf = new int[graph.count];
        Arrays.fill(copyOf, -1);
    }

    /**
     * Copies what is worth it; the copies go behind the originals, in the same parts.
     *
     * @param partOf by block, its part
     * @return by block, its part, the copies included; null when there is nothing to copy
     */
    static int[] insert(
            FlowGraph graph, LoopForest forest, BlockSizes sizes, Part[] parts, int[] partOf) {
        DispatchCopies copies = new DispatchCopies(graph, forest, sizes, partOf);
        int before = graph.count;
        int[] blocks = Arrays.copyOf(graph.order, graph.orderCount);
        for (int block : blocks) {
            if (isWide(graph, forest, block)) {
                copies.copy(block);
            }
        }
        if (graph.count == before) {
            return partOf;
        }
        return copies.layOut(blocks, parts);
    }

    /** From how many targets on a {@code br_table} in a loop is an interpreter's. */
    static final int WIDE = 12;

    /** {@return whether a block ends in the wide {@code br_table} of a loop} */
    static boolean isWide(FlowGraph graph, LoopForest forest, int block) {
        if (graph.end[block] != FlowGraph.TABLE
                || graph.edgeCount[block] < WIDE
                || forest.loopOf(block) < 0) {
            return false;
        }
        int first = graph.firstEdge[block];
        int[] targets = Arrays.copyOfRange(graph.target, first, first + graph.edgeCount[block]);
        Arrays.sort(targets);
        int distinct = 1;
        for (int i = 1; i < targets.length; i++) {
            distinct += targets[i] != targets[i - 1] ? 1 : 0;
        }
        return distinct >= WIDE;
    }

    private void copy(int dispatch) {
        int begin = dispatch;
        int bytes = sizes.bytes[dispatch];
        while (forest.predecessorCount(begin) == 1 && !forest.isHeader[begin]) {
            begin = forest.predecessor(begin, 0);
            bytes += sizes.bytes[begin];
            if (bytes > MOST_BYTES + 4 * graph.edgeCount[dispatch]
                    || partOf[begin] != partOf[dispatch]
                    || copyOf[begin] >= 0) {
                return;
            }
        }
        if (copyOf[begin] >= 0 || waysBack(begin) < 2) {
            return;
        }
        int made = copyChain(begin, dispatch);
        redirectHalf(begin, made);
    }

    /** How many edges lead to a block from inside its loop. */
    private int waysBack(int block) {
        int loop = forest.loopOf(block);
        int count = 0;
        for (int i = 0; i < forest.predecessorCount(block); i++) {
            if (isInside(loop, forest.predecessor(block, i))) {
                count++;
            }
        }
        return count;
    }

    private boolean isInside(int loop, int block) {
        int at = forest.loopOf(block);
        for (int steps = 0; at >= 0 && at != loop && steps < 8; steps++) {
            at = forest.parent[at];
        }
        return at == loop;
    }

    private int copyChain(int begin, int dispatch) {
        int copy = graph.copy(dispatch);
        copyOf[dispatch] = copy;
        int at = dispatch;
        while (at != begin) {
            int before = forest.predecessor(at, 0);
            int copyBefore = graph.copy(before);
            for (int e = 0; e < graph.edgeCount[copyBefore]; e++) {
                if (graph.target[graph.firstEdge[copyBefore] + e] == at) {
                    graph.target[graph.firstEdge[copyBefore] + e] = copy;
                }
            }
            copyOf[before] = copyBefore;
            copy = copyBefore;
            at = before;
        }
        return copy;
    }

    /** Leads every other way back to the copy. */
    private void redirectHalf(int begin, int copy) {
        int loop = forest.loopOf(begin);
        int ways = 0;
        int last = -1;
        for (int i = 0; i < forest.predecessorCount(begin); i++) {
            int from = forest.predecessor(begin, i);
            if (from == last || !isInside(loop, from)) {
                continue;
            }
            last = from;
            if ((ways++ & 1) == 0) {
                continue;
            }
            for (int e = 0; e < graph.edgeCount[from]; e++) {
                if (graph.target[graph.firstEdge[from] + e] == begin) {
                    graph.target[graph.firstEdge[from] + e] = copy;
                }
            }
        }
    }

    private int[] layOut(int[] blocks, Part[] parts) {
        int[] found = Arrays.copyOf(partOf, graph.count);
        graph.orderCount = 0;
        for (int block : blocks) {
            graph.layOut(block);
            if (copyOf[block] >= 0) {
                graph.layOut(copyOf[block]);
                found[copyOf[block]] = partOf[block];
            }
        }
        for (Part part : parts) {
            part.items = withCopies(part.items);
        }
        return found;
    }

    private int[] withCopies(int[] items) {
        int[] all = new int[2 * items.length];
        int count = 0;
        for (int item : items) {
            all[count++] = item;
            if (item >= 0 && copyOf[item] >= 0) {
                all[count++] = copyOf[item];
            }
        }
        return Arrays.copyOf(all, count);
    }
}
