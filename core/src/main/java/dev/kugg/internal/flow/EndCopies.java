package dev.kugg.internal.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives each part its own copies of the small blocks that end the function, those that raise an
 * error and trap as a rule: a body may go to hundreds of them from everywhere, and each would be
 * one more way out of a part and into another.
 */
final class EndCopies {
    /** The most bytes of a block that is copied. */
    private static final int MOST_BYTES = 64;

    private final FlowGraph graph;
    private final BlockSizes sizes;

    private EndCopies(FlowGraph graph, BlockSizes sizes) {
        this.graph = graph;
        this.sizes = sizes;
    }

    /**
     * Copies what is worth it, and drops the originals nobody goes to any more.
     *
     * @param sizes of the blocks before anything was copied
     * @param partOf by block, its part
     * @return by block, its part, the copies included
     */
    static int[] insert(FlowGraph graph, BlockSizes sizes, Part[] parts, int[] partOf) {
        return new EndCopies(graph, sizes).insert(parts, partOf);
    }

    private boolean isSmallEnd(int block) {
        return graph.edgeCount[block] == 0
                && block < sizes.bytes.length
                && sizes.bytes[block] <= MOST_BYTES;
    }

    private int[] insert(Part[] parts, int[] before) {
        int[] partOf = before;
        for (Part part : parts) {
            Map<Integer, Integer> copies = new HashMap<>();
            for (int item : part.items) {
                if (item >= 0) {
                    partOf = redirect(item, part, partOf, copies);
                }
            }
            if (!copies.isEmpty()) {
                part.items = with(part.items, copies);
            }
        }
        if (partOf.length > before.length) {
            dropUnreached(parts);
        }
        return Arrays.copyOf(partOf, graph.count);
    }

    private int[] redirect(int block, Part part, int[] before, Map<Integer, Integer> copies) {
        int[] partOf = before;
        for (int e = 0; e < graph.edgeCount[block]; e++) {
            int to = graph.target[graph.firstEdge[block] + e];
            if (partOf[to] == part.number || !isSmallEnd(to)) {
                continue;
            }
            Integer copy = copies.get(to);
            if (copy == null) {
                copy = graph.copy(to);
                copies.put(to, copy);
                graph.layOut(copy);
                if (copy >= partOf.length) {
                    partOf = Arrays.copyOf(partOf, graph.count + graph.count / 2);
                }
                partOf[copy] = part.number;
            }
            graph.target[graph.firstEdge[block] + e] = copy;
        }
        return partOf;
    }

    private static int[] with(int[] items, Map<Integer, Integer> copies) {
        int[] all = Arrays.copyOf(items, items.length + copies.size());
        int count = items.length;
        for (int copy : copies.values()) {
            all[count++] = copy;
        }
        Arrays.sort(all, items.length, count);
        return all;
    }

    private void dropUnreached(Part[] parts) {
        Straightener.layOutReachable(graph);
        boolean[] reached = new boolean[graph.count];
        for (int i = 0; i < graph.orderCount; i++) {
            reached[graph.order[i]] = true;
        }
        for (int i = parts.length - 1; i >= 0; i--) {
            List<Integer> kept = new ArrayList<>();
            for (int item : parts[i].items) {
                if (item < 0 ? parts[~item].items.length > 0 : reached[item]) {
                    kept.add(item);
                }
            }
            parts[i].items = new int[kept.size()];
            for (int k = 0; k < kept.size(); k++) {
                parts[i].items[k] = kept.get(k);
            }
        }
    }
}
