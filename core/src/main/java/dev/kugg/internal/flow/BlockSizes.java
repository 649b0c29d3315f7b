package dev.kugg.internal.flow;

/** Upper bounds of what blocks take in the JVM with all that belongs to them. */
final class BlockSizes {
    /** What the form of a loop takes. */
    private static final int LOOP = 90;

    /** What leaving to another method takes for each target. */
    static final int EXIT = 8;

    /** By block. */
    final int[] bytes;

    BlockSizes(FlowGraph graph, LoopForest forest) {
        int variable = graph.variables > 200 ? 4 : 2;
        bytes = new int[graph.count];
        for (int i = 0; i < graph.orderCount; i++) {
            int block = graph.order[i];
            bytes[block] = of(graph, block, variable) + (forest.isHeader[block] ? LOOP : 0);
        }
    }

    private static int of(FlowGraph graph, int block, int variable) {
        int floor = graph.floor[block];
        int loads = Math.max(0, Operand.height(graph.entry[block]) - floor);
        int left = Math.max(0, Operand.height(graph.exit[block]) - floor);
        int ways = Math.min(graph.edgeCount[block], distinct(graph, block));
        int end =
                switch (graph.end[block]) {
                    case FlowGraph.GOTO -> 3;
                    case FlowGraph.BRANCH -> 12;
                    case FlowGraph.TABLE, FlowGraph.TABLE_OF_TABLES ->
                            24 + 2 * variable + 4 * graph.edgeCount[block] + 3 * ways;
                    case FlowGraph.RETURN -> 4 + graph.results.length() * (12 + variable);
                    default -> 12;
                };
        int stores = left == 0 ? 0 : ways * (left * variable + 3);
        return graph.codeBytes[block] + loads * variable + end + stores;
    }

    private static int distinct(FlowGraph graph, int block) {
        int count = 0;
        int before = -1;
        for (int i = 0; i < graph.edgeCount[block]; i++) {
            int target = graph.target[graph.firstEdge[block] + i];
            if (target != before) {
                count++;
            }
            before = target;
        }
        return count;
    }
}
