package dev.kugg.internal.flow;

/**
 * Counts the places in a method where it stores which of several entries a part that it calls is to
 * begin at: one for each entry that anything but the index of the part's own table leads to.
 */
final class EntryStubs {
    private final FlowGraph graph;
    private final Part[] parts;
    private final int[] partOf;

    /** By block, the last method it was counted for, from 1 on. */
    private final int[] countedFor;

    /**
     * Prepares for a body's parts as they are.
     *
     * @param partOf by block, its part
     */
    EntryStubs(FlowGraph graph, Part[] parts, int[] partOf) {
        this.graph = graph;
        this.parts = parts;
        this.partOf = partOf;
        countedFor = new int[graph.count];
    }

    /** {@return how many a part's method has} */
    int of(Part caller) {
        int count = 0;
        for (int block : caller.entries) {
            count += count(caller, block);
        }
        for (int item : caller.items) {
            if (item >= 0) {
                count += ofEdges(caller, item);
            } else {
                for (int exit : parts[~item].exits) {
                    count += count(caller, exit);
                }
            }
        }
        return count;
    }

    private int ofEdges(Part caller, int block) {
        int count = 0;
        int edges = graph.edgeCount[block];
        for (int i = 0; i < edges; i++) {
            int to = graph.target[graph.firstEdge[block] + i];
            if (partOf[to] != caller.number && !leadsByIndex(caller, block, to, i)) {
                count += count(caller, to);
            }
        }
        return count;
    }

    /** The last way of a table is not by its index: any index that is too great leads there. */
    private boolean leadsByIndex(Part caller, int block, int to, int index) {
        int callee = Part.callee(parts, partOf, caller.number, to);
        return callee >= 0
                && parts[callee].table == graph.original[block]
                && index < graph.edgeCount[block] - 1;
    }

    private int count(Part caller, int block) {
        int callee = Part.callee(parts, partOf, caller.number, block);
        if (callee < 0
                || parts[callee].entries.length == 1
                || countedFor[block] == caller.number + 1) {
            return 0;
        }
        countedFor[block] = caller.number + 1;
        return 1;
    }
}
