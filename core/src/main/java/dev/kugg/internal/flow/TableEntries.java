package dev.kugg.internal.flow;

/**
 * Finds the parts that a wide {@code br_table} of a part above leads to: they take the table's
 * index as the place to begin at, so that the spine need not do anything for each case.
 */
final class TableEntries {
    private static final int NONE = -1;
    private static final int SEVERAL = -2;

    private final FlowGraph graph;
    private final Part[] parts;
    private final int[] partOf;
    private final int[] counts;

    private TableEntries(FlowGraph graph, Part[] parts, int[] partOf) {
        this.graph = graph;
        this.parts = parts;
        this.partOf = partOf;
        counts = new int[parts.length];
    }

    static void find(FlowGraph graph, LoopForest forest, Part[] parts, int[] partOf) {
        TableEntries entries = new TableEntries(graph, parts, partOf);
        for (int i = 0; i < graph.orderCount; i++) {
            int block = graph.order[i];
            if (graph.original[block] == block
                    && EdgeStores.none(graph, block)
                    && DispatchCopies.isWide(graph, forest, block)) {
                entries.look(block);
            }
        }
        entries.decide();
    }

    private void look(int block) {
        int spine = partOf[block];
        for (int index = 0; index < graph.edgeCount[block] - 1; index++) {
            int to = graph.target[graph.firstEdge[block] + index];
            if (Part.callee(parts, partOf, spine, to) < 0) {
                continue;
            }
            for (int at = partOf[to]; at != spine; at = parts[at].parent) {
                reach(parts[at], block, index);
            }
        }
    }

    private void reach(Part part, int block, int index) {
        if (part.table == NONE) {
            part.table = block;
            part.leastIndex = index;
        }
        if (part.table != block) {
            part.table = SEVERAL;
        }
        part.greatestIndex = index;
        counts[part.number]++;
    }

    /** Drops those whose own switch would be mostly holes. */
    private void decide() {
        for (Part part : parts) {
            int span = part.greatestIndex - part.leastIndex + 1;
            boolean dense = span <= 4 * counts[part.number] + 16;
            if (part.table < 0 || !dense || part.entries.length < 2) {
                part.table = NONE;
            }
        }
    }

    /** {@return how many more bytes a part takes for it} */
    static int bytes(Part part) {
        return part.table < 0 ? 0 : 30 + 4 * (part.greatestIndex - part.leastIndex + 1);
    }
}
