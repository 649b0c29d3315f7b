package dev.kugg.internal.flow;

import org.jspecify.annotations.Nullable;

/** How a body is to be written: its graph, its loops, and the methods it is cut into. */
public final class BodyPlan {
    /** The blocks. */
    public final FlowGraph graph;

    /** By number; the first is the function's own method. */
    public final Part[] parts;

    /** By block, the number of the part it is in. */
    public final int[] partOf;

    /** By block, its place among the items of its part. */
    public final int[] indexOf;

    /** By block, for a loop's header, the loop's form. */
    public final @Nullable LoopPlan[] loops;

    /**
     * Whether the variables that several parts need are in arrays, and part 0 only goes from one to
     * the next: the form for bodies that have too many variables or blocks for the other.
     */
    public final boolean framed;

    /** framed: the variables that have a place in the arrays, in the order of their places. */
    public final int[] frame;

    private final LoopForest forest;

    BodyPlan(
            FlowGraph graph,
            LoopForest forest,
            Part[] parts,
            int[] partOf,
            @Nullable LoopPlan[] loops,
            boolean framed,
            int[] frame) {
        this.graph = graph;
        this.forest = forest;
        this.parts = parts;
        this.partOf = partOf;
        indexOf = new int[graph.count];
        for (Part part : parts) {
            for (int i = 0; i < part.items.length; i++) {
                if (part.items[i] >= 0) {
                    indexOf[part.items[i]] = i;
                }
            }
        }
        this.loops = loops;
        this.framed = framed;
        this.frame = frame;
    }

    /** {@return whether an edge from one block to a header closes the header's loop} */
    public boolean isBackEdge(int from, int header) {
        return loops[header] != null && forest.isBackEdge(from, header);
    }

    /** {@return the one block with an edge to this one, or -1 when there are several or none} */
    public int onlyPredecessor(int block) {
        return block != 0 && forest.predecessorCount(block) == 1
                ? forest.predecessor(block, 0)
                : -1;
    }

    /** {@return the number of the part called from {@code caller} that a block is in, or -1} */
    public int callee(int caller, int block) {
        return Part.callee(parts, partOf, caller, block);
    }
}
