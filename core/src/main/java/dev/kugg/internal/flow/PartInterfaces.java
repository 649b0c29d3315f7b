package dev.kugg.internal.flow;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.BitSet;

/** Fills in what parts take, hand back, and where they can be entered and left. */
final class PartInterfaces {
    private final FlowGraph graph;
    private final VariableUses uses;
    private final @Nullable Liveness liveness;
    private final Part[] parts;
    private final int[] partOf;
    private final int[] depth;

    // By part: the variables its blocks and those of the parts it calls touch, and write.
    private final BitSet[] touched;
    private final BitSet[] written;

    private long[] entries = new long[16];
    private int entryCount;
    private long[] exits = new long[16];
    private int exitCount;

    private PartInterfaces(
            FlowGraph graph,
            VariableUses uses,
            @Nullable Liveness liveness,
            Part[] parts,
            int[] partOf) {
        this.graph = graph;
        this.uses = uses;
        this.liveness = liveness;
        this.parts = parts;
        this.partOf = partOf;
        depth = new int[parts.length];
        touched = new BitSet[parts.length];
        written = new BitSet[parts.length];
    }

    /**
     * Fills in the parts.
     *
     * @param liveness null when it is not known: then all that a part touches goes in and out
     */
    static void fill(
            FlowGraph graph,
            VariableUses uses,
            @Nullable Liveness liveness,
            Part[] parts,
            int[] partOf) {
        PartInterfaces filler = new PartInterfaces(graph, uses, liveness, parts, partOf);
        filler.collectBlocks();
        filler.collectEdges();
        filler.spread();
        filler.collectVariables();
    }

    private void collectBlocks() {
        for (Part part : parts) {
            touched[part.number] = new BitSet();
            written[part.number] = new BitSet();
            depth[part.number] = part.parent < 0 ? 0 : depth[part.parent] + 1;
            for (int item : part.items) {
                if (item >= 0) {
                    collect(part, item);
                }
            }
        }
        for (int i = parts.length - 1; i > 0; i--) {
            Part part = parts[i];
            Part caller = parts[part.parent];
            caller.returns |= part.returns;
            caller.calls |= part.calls;
        }
    }

    private void collect(Part part, int block) {
        part.returns |= graph.end[block] == FlowGraph.RETURN;
        part.calls |= (graph.flags[block] & FlowGraph.CALLS) != 0;
        part.usesMemory |= (graph.flags[block] & FlowGraph.MEMORY) != 0;
        for (int i = uses.firstRead[block]; i < uses.firstRead[block + 1]; i++) {
            touched[part.number].set(uses.reads[i]);
        }
        for (int i = uses.firstWrite[block]; i < uses.firstWrite[block + 1]; i++) {
            touched[part.number].set(uses.writes[i]);
            written[part.number].set(uses.writes[i]);
        }
    }

    // ---- ways in and out ----

    private void collectEdges() {
        addEntry(0, partOf[0]);
        for (int up = parts[partOf[0]].parent; up > 0; up = parts[up].parent) {
            addEntry(0, up);
        }
        for (int i = 0; i < graph.orderCount; i++) {
            int block = graph.order[i];
            int before = -1;
            for (int e = 0; e < graph.edgeCount[block]; e++) {
                int to = graph.target[graph.firstEdge[block] + e];
                if (to != before && partOf[to] != partOf[block]) {
                    cross(partOf[block], to);
                }
                before = to;
            }
        }
        entries = sorted(entries, entryCount);
        exits = sorted(exits, exitCount);
    }

    private void cross(int from, int block) {
        int out = from;
        int in = partOf[block];
        while (out != in) {
            if (depth[out] >= depth[in]) {
                addExit(block, out);
                out = parts[out].parent;
            } else {
                addEntry(block, in);
                in = parts[in].parent;
            }
        }
    }

    private void addEntry(int block, int part) {
        if (entryCount == entries.length) {
            entries = Arrays.copyOf(entries, entryCount * 2);
        }
        entries[entryCount++] = (long) part << 32 | block;
    }

    private void addExit(int block, int part) {
        if (exitCount == exits.length) {
            exits = Arrays.copyOf(exits, exitCount * 2);
        }
        exits[exitCount++] = (long) part << 32 | block;
    }

    private static long[] sorted(long[] pairs, int count) {
        Arrays.sort(pairs, 0, count);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || pairs[i] != pairs[i - 1]) {
                pairs[kept++] = pairs[i];
            }
        }
        return Arrays.copyOf(pairs, kept);
    }

    private void spread() {
        int entry = 0;
        int exit = 0;
        for (Part part : parts) {
            int firstEntry = entry;
            while (entry < entries.length && entries[entry] >> 32 == part.number) {
                entry++;
            }
            part.entries = blocks(entries, firstEntry, entry);
            int firstExit = exit;
            while (exit < exits.length && exits[exit] >> 32 == part.number) {
                exit++;
            }
            part.exits = blocks(exits, firstExit, exit);
        }
    }

    private static int[] blocks(long[] pairs, int from, int to) {
        int[] blocks = new int[to - from];
        for (int i = from; i < to; i++) {
            blocks[i - from] = (int) pairs[i];
        }
        return blocks;
    }

    // ---- variables ----

    private void collectVariables() {
        BitSet[] own = new BitSet[parts.length];
        for (int i = 0; i < parts.length; i++) {
            own[i] = (BitSet) touched[i].clone();
        }
        for (int i = parts.length - 1; i > 0; i--) {
            touched[parts[i].parent].or(touched[i]);
            written[parts[i].parent].or(written[i]);
        }
        for (int i = parts.length - 1; i > 0; i--) {
            fill(parts[i], own);
        }
        parts[0].variables = list(own[0]);
    }

    private void fill(Part part, BitSet[] own) {
        BitSet params = liveAt(part.entries, touched[part.number]);
        BitSet results = liveAt(part.exits, written[part.number]);
        part.params = list(params);
        part.results = list(results);
        BitSet variables = own[part.number];
        variables.or(results);
        BitSet ofCaller = own[part.parent];
        ofCaller.or(params);
        ofCaller.or(results);
        variables.andNot(params);
        part.variables = list(variables);
    }

    /** Those among variables that are live at one of the blocks. */
    private BitSet liveAt(int[] blocks, BitSet among) {
        Liveness known = liveness;
        if (known == null) {
            return (BitSet) among.clone();
        }
        BitSet found = new BitSet();
        for (int block : blocks) {
            for (int v = among.nextSetBit(0); v >= 0; v = among.nextSetBit(v + 1)) {
                if (known.isLive(v, block)) {
                    found.set(v);
                }
            }
        }
        return found;
    }

    private static int[] list(BitSet set) {
        int[] list = new int[set.cardinality()];
        int count = 0;
        for (int v = set.nextSetBit(0); v >= 0; v = set.nextSetBit(v + 1)) {
            list[count++] = v;
        }
        return list;
    }
}
