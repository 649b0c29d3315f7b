package dev.kugg.internal.flow;

/** Upper bounds of what blocks take in the JVM with all that belongs to them. */
final class BlockSizes {
    /** What the form of a loop takes. */
    private static final int LOOP = 90;

    /** What leaving to another method takes for each target. */
    static final int EXIT = 8;

    /** By block. */
    final int[] bytes;

    /** The most bytes of a load or store of a variable. */
    final int variable;

    BlockSizes(FlowGraph graph, LoopForest forest) {
        variable = variable(graph);
        bytes = new int[graph.count];
        for (int i = 0; i < graph.orderCount; i++) {
            int block = graph.order[i];
            bytes[block] = of(graph, block, variable) + loops(graph, forest, block, variable);
        }
    }

    private static int variable(FlowGraph graph) {
        int slots = 0;
        int operands = 0;
        for (int v = 0; v < graph.variables; v++) {
            int more = Kinds.slots(graph.variableKinds[v]);
            slots += more;
            operands += v < graph.locals ? 0 : more;
        }
        // Not all operands may have their variables by now.
        int most = operands;
        for (int i = 0; i < graph.orderCount; i++) {
            most = Math.max(most, 2 * Operand.height(graph.entry[graph.order[i]]));
        }
        return CodeSizes.variable(slots - operands + most);
    }

    private static int of(FlowGraph graph, int block, int variable) {
        int floor = graph.floor[block];
        int loads = Math.max(0, Operand.height(graph.entry[block]) - floor);
        int left = Math.max(0, Operand.height(graph.exit[block]) - floor);
        // A branch stores twice even where both of its ways lead to one block.
        int ways = graph.end[block] == FlowGraph.BRANCH ? 2 : distinct(graph, block);
        int end =
                switch (graph.end[block]) {
                    case FlowGraph.GOTO -> 3;
                    case FlowGraph.BRANCH -> 7;
                    case FlowGraph.TABLE, FlowGraph.TABLE_OF_TABLES ->
                            24 + 2 * variable + 4 * graph.edgeCount[block] + 3 * ways;
                    case FlowGraph.RETURN -> 4 + graph.results.length() * (12 + variable);
                    default -> 12;
                };
        int stores = left == 0 ? 0 : ways * (left * variable + 3);
        return graph.codeBytes[block] + loads * variable + end + stores;
    }

    /** What a loop takes where it begins, and where a branch leads back. */
    private static int loops(FlowGraph graph, LoopForest forest, int block, int variable) {
        int bytes = forest.isHeader[block] ? LOOP : 0;
        if (graph.end[block] == FlowGraph.BRANCH) {
            int edge = graph.firstEdge[block];
            boolean back =
                    forest.isHeader[graph.target[edge]] || forest.isHeader[graph.target[edge + 1]];
            bytes += back ? 6 * variable + 6 : 0;
        }
        return bytes;
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
