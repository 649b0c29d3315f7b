package dev.kugg.internal.flow;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a body along its loops: from the innermost ones outwards, what is too large for one method
 * gives some of its items, runs of blocks and whole inner loops, to methods of their own. What is
 * left is called the spine. A loop that fits stays whole.
 *
 * <p>The cases of a wide {@code br_table} in a loop, an interpreter's main loop as a rule, go in
 * groups, and the smallest stay in the spine.
 */
final class NestedParts {
    /** What a call of a part takes in the spine, about: what its size cannot say beforehand. */
    private static final int CALL = 70;

    /** What it takes where a part holds cases of a wide table, about. */
    private static final int CASE_CALL = 120;

    /** What going to a part at one of its entries takes. */
    private static final int ENTRY = 8;

    /** Less is not worth a call. */
    private static final int LEAST = 160;

    /** A block, an inner loop, or a part that is called. */
    private static final class Item {
        final int block;
        final @Nullable Node loop;
        final @Nullable Group part;
        int bytes;
        int accesses;

        /** Whether it must stay in the spine. */
        boolean fixed;

        Item(int block, @Nullable Node loop, @Nullable Group part, int bytes, int accesses) {
            this.block = block;
            this.loop = loop;
            this.part = part;
            this.bytes = bytes;
            this.accesses = accesses;
        }
    }

    /** A loop, or the whole body. */
    private static final class Node {
        final int header;
        List<Item> items = new ArrayList<>();

        Node(int header) {
            this.header = header;
        }
    }

    /** A part to be. */
    private static final class Group {
        final List<Item> items;

        Group(List<Item> items) {
            this.items = items;
        }
    }

    private final FlowGraph graph;
    private final LoopForest forest;
    private final BlockSizes sizes;
    private final SplitLimits limits;
    private final Node[] loops;

    /** By header, whether a loop's blocks are taken as those of the loop around it. */
    private final boolean[] dissolved;

    private final Node body = new Node(-1);
    private final List<Part> parts = new ArrayList<>();
    private final int[] partOf;

    /** Whether an interpreter's groups may be grouped again. */
    private final boolean deep;

    private NestedParts(
            FlowGraph graph,
            LoopForest forest,
            BlockSizes sizes,
            SplitLimits limits,
            boolean deep) {
        this.deep = deep;
        this.graph = graph;
        this.forest = forest;
        this.sizes = sizes;
        this.limits = limits;
        loops = new Node[graph.count];
        dissolved = new boolean[graph.count];
        partOf = new int[graph.count];
        Arrays.fill(partOf, -1);
    }

    /**
     * {@return the parts with their items, or null when the spine stays too large}
     *
     * @param deep whether an interpreter's cases may be called by way of several methods: slow, but
     *     any number of them fits
     * @param partOf is filled in: by block, its part
     */
    static Part @Nullable [] cut(
            FlowGraph graph,
            LoopForest forest,
            BlockSizes sizes,
            SplitLimits limits,
            boolean deep,
            int[] partOf) {
        NestedParts nested = new NestedParts(graph, forest, sizes, limits, deep);
        nested.build();
        if (!nested.shrinkAll()) {
            return null;
        }
        nested.number(nested.body.items, -1);
        System.arraycopy(nested.partOf, 0, partOf, 0, partOf.length);
        return nested.parts.toArray(new Part[0]);
    }

    // ---- the tree of loops ----

    private void build() {
        for (int i = 0; i < graph.orderCount; i++) {
            if (isWide(graph.order[i])) {
                dissolve(graph.order[i]);
            }
        }
        for (int i = 0; i < graph.orderCount; i++) {
            int block = graph.order[i];
            Node node = node(forest.loopOf(block));
            Item item = new Item(block, null, null, sizes.bytes[block], graph.accesses[block]);
            item.fixed = block == node.header || dissolved[block] || block == 0 || isWide(block);
            node.items.add(item);
        }
    }

    /**
     * An interpreter's inner loop, which only some of its cases go round, is taken as one with the
     * loop around it: many ways would lead out of it.
     */
    private void dissolve(int wide) {
        int loop = forest.loopOf(wide);
        while (loop >= 0 && leaving(wide, loop) >= DispatchCopies.WIDE) {
            dissolved[loop] = true;
            loop = forest.parent[loop];
        }
    }

    private int leaving(int block, int loop) {
        int count = 0;
        for (int e = 0; e < graph.edgeCount[block]; e++) {
            int at = forest.loopOf(graph.target[graph.firstEdge[block] + e]);
            while (at >= 0 && at != loop) {
                at = forest.parent[at];
            }
            count += at == loop ? 0 : 1;
        }
        return count;
    }

    private Node node(int header) {
        if (header < 0) {
            return body;
        }
        if (dissolved[header]) {
            return node(forest.parent[header]);
        }
        if (loops[header] == null) {
            Node made = new Node(header);
            loops[header] = made;
            node(forest.parent[header]).items.add(new Item(-1, made, null, 0, 0));
        }
        return loops[header];
    }

    private boolean isWide(int block) {
        return DispatchCopies.isWide(graph, forest, block);
    }

    // ---- shrinking ----

    /** Shrinks all loops, inner ones first, and the body. */
    private boolean shrinkAll() {
        for (int i = forest.blockAt.length - 1; i >= 0; i--) {
            Node node = loops[forest.blockAt[i]];
            if (node != null && !shrink(node)) {
                return false;
            }
        }
        return shrink(body);
    }

    private boolean shrink(Node node) {
        boolean interpreter = sumLoops(node);
        int before = Integer.MAX_VALUE;
        while (!fits(node)) {
            int size = bytes(node.items);
            if (size >= before) {
                return size <= SplitLimits.HUGE_METHOD - 1000;
            }
            before = size;
            if (interpreter) {
                groupCases(node);
                if (bytes(node.items) <= limits.loop()) {
                    return true;
                }
                if (!deep) {
                    return false;
                }
                interpreter = false;
            } else {
                group(node);
            }
        }
        return true;
    }

    /** Fills in the sizes of inner loops; {@return whether there is a wide table} */
    private boolean sumLoops(Node node) {
        boolean wide = false;
        for (Item item : node.items) {
            if (item.loop != null) {
                item.bytes = bytes(item.loop.items);
                item.accesses = accesses(item.loop.items);
            }
            wide |= item.fixed && item.block >= 0 && isWide(item.block);
        }
        return wide;
    }

    private boolean fits(Node node) {
        int bytes = bytes(node.items);
        if (node == body) {
            return bytes <= limits.part()
                    || bytes <= limits.whole() && accesses(node.items) <= limits.accesses();
        }
        boolean innermost = true;
        for (Item item : node.items) {
            innermost &= item.loop == null && item.part == null;
        }
        return bytes <= limits.part()
                || bytes <= limits.loop()
                        && (innermost || accesses(node.items) <= limits.accesses());
    }

    private static int bytes(List<Item> items) {
        int sum = 0;
        for (Item item : items) {
            sum += item.bytes;
        }
        return sum;
    }

    private static int accesses(List<Item> items) {
        int sum = 0;
        for (Item item : items) {
            sum += item.accesses;
        }
        return sum;
    }

    /** Gives runs of items to parts. */
    private void group(Node node) {
        Run run = new Run(limits.part(), ENTRY);
        for (Item item : node.items) {
            run.add(item);
        }
        node.items = run.closed();
    }

    /** Collects items one after the other, and makes parts of them as they fill up. */
    private final class Run {
        private final int most;
        private final List<Item> kept = new ArrayList<>();
        private List<Item> items = new ArrayList<>();
        private int bytes;
        private int accesses;

        /** What a way into a part takes in the spine. */
        private final int entryBytes;

        Run(int most, int entryBytes) {
            this.most = most;
            this.entryBytes = entryBytes;
        }

        void add(Item item) {
            if (item.fixed) {
                keep(item);
                return;
            }
            makeRoom(item.bytes, item.accesses);
            items.add(item);
            bytes += item.bytes;
            accesses += item.accesses;
        }

        /** Leaves an item in the spine. */
        void keep(Item item) {
            close();
            kept.add(item);
        }

        /** Leaves items in the spine that others may be moved across. */
        void keepAside(List<Item> aside) {
            kept.addAll(aside);
        }

        /** Adds items that belong together, unless they are too many for one part. */
        void addTogether(List<Item> added) {
            if (bytes(added) <= most) {
                makeRoom(bytes(added), accesses(added));
            }
            for (Item item : added) {
                add(item);
            }
        }

        private void makeRoom(int moreBytes, int moreAccesses) {
            if (bytes + moreBytes > most || accesses + moreAccesses > limits.accesses()) {
                close();
            }
        }

        private void close() {
            NestedParts.this.close(items, kept, entryBytes);
            items = new ArrayList<>();
            bytes = 0;
            accesses = 0;
        }

        List<Item> closed() {
            close();
            return kept;
        }
    }

    /** Makes a run of items a part, unless it is not worth it. */
    private void close(List<Item> run, List<Item> kept, int entryBytes) {
        int least = Math.min(LEAST, limits.part() / 2);
        if (bytes(run) < least || run.size() == 1 && run.get(0).part != null) {
            kept.addAll(run);
            return;
        }
        kept.add(new Item(-1, null, new Group(run), callBytes(run, entryBytes), 0));
    }

    /** What is left of a run in the spine: a call, and a few bytes for each way in and out. */
    private int callBytes(List<Item> run, int entryBytes) {
        return CALL + entryBytes * Math.min(run.size(), 40);
    }

    // ---- an interpreter's cases ----

    private void groupCases(Node node) {
        List<List<Item>> cases = cases(node);
        int room = limits.spine() - (bytes(node.items) - sum(cases));
        int keep = largestToKeep(cases, room);
        Run run = new Run(groupBytes(cases, room, keep), 1);
        for (List<Item> each : cases) {
            if (each.get(0).fixed) {
                run.keep(each.get(0));
            } else if (bytes(each) <= keep) {
                run.keepAside(each);
            } else {
                run.addTogether(each);
            }
        }
        node.items = run.closed();
    }

    /** The size of groups: so large that the calls of all fit into the spine. */
    private int groupBytes(List<List<Item>> cases, int room, int keep) {
        int outside = 0;
        for (List<Item> each : cases) {
            boolean stays = each.get(0).fixed || bytes(each) <= keep;
            outside += stays ? 0 : bytes(each);
        }
        int groups = Math.max(1, room / CASE_CALL);
        return Math.max(limits.cases(), Math.min(limits.loop(), outside / groups));
    }

    private static int sum(List<List<Item>> cases) {
        int sum = 0;
        for (List<Item> each : cases) {
            sum += each.get(0).fixed ? 0 : bytes(each);
        }
        return sum;
    }

    /** The items from one target of the table to the next, as they are laid out. */
    private List<List<Item>> cases(Node node) {
        boolean[] begins = new boolean[graph.count];
        for (Item item : node.items) {
            if (item.fixed && item.block >= 0 && isWide(item.block)) {
                int first = graph.firstEdge[item.block];
                for (int e = 0; e < graph.edgeCount[item.block]; e++) {
                    begins[graph.target[first + e]] = true;
                }
            }
        }
        List<List<Item>> cases = new ArrayList<>();
        for (Item item : node.items) {
            int block = item.loop != null ? item.loop.header : item.block;
            boolean begin =
                    cases.isEmpty()
                            || item.fixed
                            || cases.get(cases.size() - 1).get(0).fixed
                            || block >= 0 && begins[block];
            if (begin) {
                cases.add(new ArrayList<>());
            }
            cases.get(cases.size() - 1).add(item);
        }
        return cases;
    }

    /** The size up to which cases stay, so that what stays fits into the room. */
    private int largestToKeep(List<List<Item>> cases, int room) {
        int[] sorted = new int[cases.size()];
        int count = 0;
        int all = 0;
        for (List<Item> each : cases) {
            if (!each.get(0).fixed) {
                sorted[count++] = bytes(each);
                all += bytes(each);
            }
        }
        Arrays.sort(sorted, 0, count);
        int kept = 0;
        int largest = 0;
        for (int i = 0; i < count; i++) {
            kept += sorted[i];
            int groups = (all - kept) / (limits.part() * 3 / 4) + 1;
            int needed = kept + (count - i - 1) * 2 + groups * CALL;
            if (needed > room) {
                break;
            }
            largest = sorted[i];
        }
        return largest;
    }

    // ---- numbers ----

    private int number(List<Item> items, int parent) {
        Part part = new Part(parts.size());
        parts.add(part);
        part.parent = parent;
        List<Integer> flat = new ArrayList<>();
        flatten(items, part, flat);
        part.items = new int[flat.size()];
        for (int i = 0; i < part.items.length; i++) {
            part.items[i] = flat.get(i);
        }
        return part.number;
    }

    private void flatten(List<Item> items, Part part, List<Integer> flat) {
        for (Item item : items) {
            if (item.part != null) {
                flat.add(~number(item.part.items, part.number));
            } else if (item.loop != null) {
                flatten(item.loop.items, part, flat);
            } else {
                flat.add(item.block);
                partOf[item.block] = part.number;
            }
        }
    }
}
