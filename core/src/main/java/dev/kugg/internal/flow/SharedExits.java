package dev.kugg.internal.flow;

import java.util.Arrays;

/**
 * Lets the parts that a spine calls number their ways out alike, where they have very many together:
 * the spine then has one switch over all of them, and at each call only looks for the most common.
 */
final class SharedExits {
    /** From how many calls on, with how many ways out, it is worth it. */
    private static final int LEAST_CALLS = 8;

    private static final int LEAST_EXITS = 48;

    private SharedExits() {}

    static void find(FlowGraph graph, Part[] parts) {
        for (Part part : parts) {
            int calls = 0;
            int exits = 0;
            for (int item : part.items) {
                if (item < 0) {
                    calls++;
                    exits += parts[~item].exits.length;
                }
            }
            if (calls >= LEAST_CALLS && exits >= LEAST_EXITS) {
                share(graph, part, parts, exits);
            }
        }
    }

    private static void share(FlowGraph graph, Part spine, Part[] parts, int exits) {
        int[] all = new int[exits];
        int[] counts = new int[graph.count];
        int count = 0;
        for (int item : spine.items) {
            if (item < 0) {
                for (int exit : parts[~item].exits) {
                    all[count++] = exit;
                    counts[exit]++;
                }
            }
        }
        Arrays.sort(all);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || all[i] != all[i - 1]) {
                all[kept++] = all[i];
            }
        }
        int[] shared = Arrays.copyOf(all, kept);
        spine.commonExit = shared[0];
        for (int exit : shared) {
            if (counts[exit] > counts[spine.commonExit]) {
                spine.commonExit = exit;
            }
        }
        for (int item : spine.items) {
            if (item < 0 && parts[~item].exitCount() > 1) {
                parts[~item].sharedExits = shared;
            }
        }
    }

    /** {@return what the ways out take where a part is called} */
    static int bytes(Part callee) {
        return callee.sharedExits != null ? 16 : 6 * callee.exitCount();
    }

    /** {@return what the switch over all of them takes in a spine} */
    static int bytes(Part spine, Part[] parts) {
        for (int item : spine.items) {
            int[] shared = item < 0 ? parts[~item].sharedExits : null;
            if (shared != null) {
                return 24 + 8 * shared.length;
            }
        }
        return 0;
    }
}
