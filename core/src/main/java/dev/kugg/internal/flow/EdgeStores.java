package dev.kugg.internal.flow;

import org.jspecify.annotations.Nullable;

/**
 * What happens on an edge to the operands that a block leaves on the JVM's stack, from the top
 * down: each is stored to a variable or dropped.
 */
public final class EdgeStores {
    private final FlowGraph graph;
    private final int floor;
    private @Nullable Operand source;
    private @Nullable Operand target;
    private int moving;

    /** The variable of the current operand, or -1 when it is dropped. */
    public int variable;

    /** Its kind. */
    public char kind;

    /**
     * Begins before the operand on top.
     *
     * @param block the block the edge leaves
     * @param edge the edge
     */
    public EdgeStores(FlowGraph graph, int block, int edge) {
        this.graph = graph;
        floor = graph.floor[block];
        source = graph.exit[block];
        target = graph.entry[graph.target[edge]];
        moving = graph.keepsOperands(block, edge) ? Integer.MAX_VALUE : graph.arity[edge];
    }

    /** Goes to the next operand; {@return false behind the last one} */
    public boolean next() {
        Operand from = source;
        if (from == null || from.height <= floor) {
            return false;
        }
        source = from.below;
        kind = from.kind;
        Operand to = target;
        if (moving > 0 && to != null) {
            moving--;
            variable = graph.operandVariable(to);
            target = to.below;
        } else if (from.height > Operand.height(to)) {
            variable = -1;
        } else {
            variable = graph.operandVariable(from);
        }
        return true;
    }

    /** {@return whether there is nothing to do} */
    public static boolean none(FlowGraph graph, int block) {
        return Operand.height(graph.exit[block]) <= graph.floor[block];
    }
}
