package dev.kugg.internal.flow;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** Fills in what parts take, hand back, and where they can be entered and left. */
final class PartInterfaces {
    private final FlowGraph graph;
    private final VariableUses uses;
    private final @Nullable Liveness liveness;
    private final Part[] parts;
    private final int[] partOf;
    private final int[] depth;

    // By part: the variables its blocks and those of the parts it calls touch, and write.
    private final VariableSet[] touched;
    private final VariableSet[] written;

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
        touched = new VariableSet[parts.length];
        written = new VariableSet[parts.length];
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
            touched[part.number] = new VariableSet();
            written[part.number] = new VariableSet();
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
            touched[part.number].add(uses.reads[i]);
        }
        for (int i = uses.firstWrite[block]; i < uses.firstWrite[block + 1]; i++) {
            touched[part.number].add(uses.writes[i]);
            written[part.number].add(uses.writes[i]);
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
        VariableSet[] own = new VariableSet[parts.length];
        for (int i = 0; i < parts.length; i++) {
            own[i] = touched[i].copy();
        }
        for (int i = parts.length - 1; i > 0; i--) {
            touched[parts[i].parent].addAll(touched[i]);
            written[parts[i].parent].addAll(written[i]);
        }
        for (int i = parts.length - 1; i > 0; i--) {
            fill(parts[i], own);
        }
        parts[0].variables = own[0].toArray();
    }

    private void fill(Part part, VariableSet[] own) {
        VariableSet params = liveAt(part.entries, touched[part.number]);
        VariableSet results = liveAt(part.exits, written[part.number]);
        part.params = params.toArray();
        part.results = results.toArray();
        VariableSet variables = own[part.number];
        variables.addAll(results);
        VariableSet ofCaller = own[part.parent];
        ofCaller.addAll(params);
        ofCaller.addAll(results);
        variables.removeAll(params);
        part.variables = variables.toArray();
    }

    /** Those among variables that are live at one of the blocks. */
    private VariableSet liveAt(int[] blocks, VariableSet among) {
        Liveness known = liveness;
        if (known == null) {
            return among.copy();
        }
        VariableSet found = new VariableSet();
        for (int block : blocks) {
            for (int v = among.next(0); v >= 0; v = among.next(v + 1)) {
                if (known.isLive(v, block)) {
                    found.add(v);
                }
            }
        }
        return found;
    }
}
