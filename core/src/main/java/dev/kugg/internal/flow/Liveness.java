package dev.kugg.internal.flow;

import org.jspecify.annotations.Nullable;

/** Which variables are live where each block begins: a bit set a block. */
final class Liveness {
    /** The most words of all sets together. */
    private static final long MOST_WORDS = 4 << 20;

    /** The most rounds over all blocks. */
    private static final int MOST_ROUNDS = 64;

    private final int words;
    private final long[] live;

    private Liveness(int words, long[] live) {
        this.words = words;
        this.live = live;
    }

    /** {@return whether a graph is not too large for it} */
    static boolean isKnown(FlowGraph graph) {
        return words(graph) <= MOST_WORDS;
    }

    /** {@return whether it would take too much for any way to cut the same body} */
    static boolean isHopeless(FlowGraph graph) {
        return words(graph) > 4 * MOST_WORDS;
    }

    private static long words(FlowGraph graph) {
        return (graph.variables + 63L) / 64 * graph.count;
    }

    /** {@return the live variables of all blocks, or null when that would take too much} */
    static @Nullable Liveness of(FlowGraph graph, LoopForest forest, VariableUses uses) {
        int words = (graph.variables + 63) / 64;
        if (!isKnown(graph)) {
            return null;
        }
        Liveness liveness = new Liveness(words, new long[words * graph.count]);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            boolean changed = false;
            for (int i = forest.blockAt.length - 1; i >= 0; i--) {
                changed |= liveness.update(graph, uses, forest.blockAt[i]);
            }
            if (!changed) {
                return liveness;
            }
        }
        return null;
    }

    private boolean update(FlowGraph graph, VariableUses uses, int block) {
        long[] now = new long[words];
        for (int e = 0; e < graph.edgeCount[block]; e++) {
            int from = graph.target[graph.firstEdge[block] + e] * words;
            for (int w = 0; w < words; w++) {
                now[w] |= live[from + w];
            }
        }
        for (int i = uses.firstWrite[block]; i < uses.firstMaybe[block]; i++) {
            now[uses.writes[i] >> 6] &= ~(1L << uses.writes[i]);
        }
        for (int i = uses.firstRead[block]; i < uses.firstRead[block + 1]; i++) {
            now[uses.reads[i] >> 6] |= 1L << uses.reads[i];
        }
        boolean changed = false;
        int at = block * words;
        for (int w = 0; w < words; w++) {
            changed |= live[at + w] != now[w];
            live[at + w] = now[w];
        }
        return changed;
    }

    boolean isLive(int variable, int block) {
        return (live[block * words + (variable >> 6)] >>> variable & 1) != 0;
    }
}
