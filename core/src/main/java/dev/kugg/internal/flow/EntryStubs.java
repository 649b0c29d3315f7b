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
            count += count(caller, callee(caller, block), block);
        }
        for (int item : caller.items) {
            if (item >= 0) {
                count += ofEdges(caller, item);
            } else {
                for (int exit : parts[~item].exits) {
                    count += count(caller, callee(caller, exit), exit);
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
            int callee = callee(caller, to);
            // The last way of a table is not by its index: any that is too great leads there.
            boolean byIndex =
                    callee >= 0 && parts[callee].table == graph.original[block] && i < edges - 1;
            count += byIndex ? 0 : count(caller, callee, to);
        }
        return count;
    }

    private int callee(Part caller, int block) {
        return Part.callee(parts, partOf, caller.number, block);
    }

    /** {@return 1 for an entry of a part with several that was not counted before, else 0} */
    private int count(Part caller, int callee, int block) {
        if (callee < 0
                || parts[callee].entries.length == 1
                || countedFor[block] == caller.number + 1) {
            return 0;
        }
        countedFor[block] = caller.number + 1;
        return 1;
    }
}
