package dev.kugg.internal.flow;

import java.util.Arrays;

/**
 * Looks at where the parts that a spine calls leave to. The most common way out is looked for
 * first, and what is not needed there is not handed back on it. Where the parts have very many ways
 * out together, they number them alike, and the spine has one switch over all of them.
 */
final class SharedExits {
    /** From how many calls on, with how many ways out, it is worth it. */
    private static final int LEAST_CALLS = 8;

    private static final int LEAST_EXITS = 48;

    private SharedExits() {}

    static void find(FlowGraph graph, Liveness liveness, Part[] parts) {
        int[] counts = new int[graph.count];
        for (Part part : parts) {
            int calls = 0;
            int exits = 0;
            int most = -1;
            for (int item : part.items) {
                if (item < 0) {
                    calls++;
                    exits += parts[~item].exits.length;
                    most = count(parts[~item].exits, counts, most);
                }
            }
            if (calls > 1 && most >= 0) {
                setMainExits(part, parts, most, liveness);
            }
            if (calls >= LEAST_CALLS && exits >= LEAST_EXITS) {
                share(part, parts, exits);
            }
            for (int item : part.items) {
                if (item < 0) {
                    clear(parts[~item].exits, counts);
                }
            }
        }
    }

    /** Counts exits; {@return the one met most often so far} */
    private static int count(int[] exits, int[] counts, int before) {
        int most = before;
        for (int exit : exits) {
            counts[exit]++;
            if (most < 0 || counts[exit] > counts[most]) {
                most = exit;
            }
        }
        return most;
    }

    private static void clear(int[] exits, int[] counts) {
        for (int exit : exits) {
            counts[exit] = 0;
        }
    }

    private static void setMainExits(Part spine, Part[] parts, int exit, Liveness liveness) {
        for (int item : spine.items) {
            Part callee = item < 0 ? parts[~item] : spine;
            if (callee == spine
                    || callee.exitCount() < 2
                    || Arrays.binarySearch(callee.exits, exit) < 0) {
                continue;
            }
            callee.mainExit = exit;
            int[] needed = new int[callee.results.length];
            int count = 0;
            for (int variable : callee.results) {
                if (liveness.isLive(variable, exit)) {
                    needed[count++] = variable;
                }
            }
            callee.mainResults = Arrays.copyOf(needed, count);
        }
    }

    private static void share(Part spine, Part[] parts, int exits) {
        int[] all = new int[exits];
        int count = 0;
        for (int item : spine.items) {
            if (item < 0) {
                for (int exit : parts[~item].exits) {
                    all[count++] = exit;
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
        for (int item : spine.items) {
            if (item < 0 && parts[~item].exitCount() > 1) {
                parts[~item].sharedExits = shared;
            }
        }
    }

    /** {@return what the ways out take where a part is called} */
    static int bytes(Part callee) {
        return 16 + (callee.sharedExits != null ? 0 : 6 * callee.exitCount());
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
