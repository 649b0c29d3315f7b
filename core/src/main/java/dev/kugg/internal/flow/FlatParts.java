package dev.kugg.internal.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a body of any size and shape into parts side by side: blocks in the order they are laid out,
 * loops that fit whole. Part 0 is empty; it goes from one part to the next. Takes one pass.
 */
final class FlatParts {
    /** What loading and storing a variable's place in the frame takes at most. */
    private static final int FRAMED_VARIABLE = 26;

    private final FlowGraph graph;
    private final LoopForest forest;
    private final VariableUses uses;
    private final BlockSizes sizes;
    private final SplitLimits limits;

    // By header, what its loop takes with all in it; by block, the outermost loop around it that
    // fits, by header, or -1.
    private final long[] loopBytes;
    private final int[] unit;

    // By variable, the last part that touched it.
    private final int[] touched;

    private FlatParts(
            FlowGraph graph,
            LoopForest forest,
            VariableUses uses,
            BlockSizes sizes,
            SplitLimits limits) {
        this.graph = graph;
        this.forest = forest;
        this.uses = uses;
        this.sizes = sizes;
        this.limits = limits;
        loopBytes = new long[graph.count];
        unit = new int[graph.count];
        touched = new int[graph.variables];
    }

    /**
     * {@return the parts with their items}
     *
     * @param partOf is filled in: by block, its part
     */
    static Part[] cut(
            FlowGraph graph,
            LoopForest forest,
            VariableUses uses,
            BlockSizes sizes,
            SplitLimits limits,
            int[] partOf) {
        FlatParts flat = new FlatParts(graph, forest, uses, sizes, limits);
        flat.findUnits();
        return flat.fill(partOf);
    }

    private int blockBytes(int block) {
        return sizes.bytes[block] + BlockSizes.EXIT * Math.min(graph.edgeCount[block], 600);
    }

    private void findUnits() {
        int[] order = forest.blockAt;
        for (int i = order.length - 1; i >= 0; i--) {
            int block = order[i];
            int header = forest.loopOf(block);
            long own = blockBytes(block) + (long) FRAMED_VARIABLE * uses.touchedBy(block);
            if (forest.isHeader[block]) {
                loopBytes[block] += own;
                if (forest.parent[block] >= 0) {
                    loopBytes[forest.parent[block]] += loopBytes[block];
                }
            } else if (header >= 0) {
                loopBytes[header] += own;
            }
        }
        for (int block : order) {
            int around = forest.parent[block] < 0 ? -1 : unit[forest.parent[block]];
            boolean fits = forest.isHeader[block] && loopBytes[block] <= limits.loop();
            unit[block] = around >= 0 ? around : fits ? block : -1;
        }
    }

    private Part[] fill(int[] partOf) {
        int[] next = new int[graph.count];
        int[] first = new int[graph.count];
        collectUnits(first, next);
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(0));
        List<Integer> items = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < graph.orderCount; i++) {
            int block = graph.order[i];
            if (unit[block] >= 0 && first[unit[block]] != block) {
                continue;
            }
            long added = add(block, next, parts.size());
            if (bytes > 0 && bytes + added > limits.part()) {
                close(items, parts, partOf);
                items = new ArrayList<>();
                bytes = 0;
                added = add(block, next, parts.size());
            }
            bytes += added;
            for (int each = block; each >= 0; each = unit[block] < 0 ? -1 : next[each]) {
                items.add(each);
            }
        }
        close(items, parts, partOf);
        return parts.toArray(new Part[0]);
    }

    /** Links the blocks of each unit in the order they are laid out. */
    private void collectUnits(int[] first, int[] next) {
        Arrays.fill(first, -1);
        Arrays.fill(next, -1);
        int[] last = new int[graph.count];
        for (int i = 0; i < graph.orderCount; i++) {
            int block = graph.order[i];
            int of = unit[block];
            if (of < 0) {
                continue;
            }
            if (first[of] < 0) {
                first[of] = block;
            } else {
                next[last[of]] = block;
            }
            last[of] = block;
        }
    }

    /** What a block, or the unit it begins, adds to a part. */
    private long add(int begin, int[] next, int part) {
        long bytes = 0;
        for (int block = begin; block >= 0; block = unit[begin] < 0 ? -1 : next[block]) {
            bytes += blockBytes(block);
            bytes += touch(uses.reads, uses.firstRead[block], uses.firstRead[block + 1], part);
            bytes += touch(uses.writes, uses.firstWrite[block], uses.firstWrite[block + 1], part);
        }
        return bytes;
    }

    private long touch(int[] variables, int from, int to, int part) {
        long bytes = 0;
        for (int i = from; i < to; i++) {
            if (touched[variables[i]] != part) {
                touched[variables[i]] = part;
                bytes += FRAMED_VARIABLE;
            }
        }
        return bytes;
    }

    private static void close(List<Integer> items, List<Part> parts, int[] partOf) {
        Part part = new Part(parts.size());
        part.parent = 0;
        part.items = new int[items.size()];
        for (int i = 0; i < part.items.length; i++) {
            part.items[i] = items.get(i);
            partOf[part.items[i]] = part.number;
        }
        parts.add(part);
    }
}
