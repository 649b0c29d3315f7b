package dev.kugg.internal.compile;

import dev.kugg.internal.classfile.Label;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Where the cases of a {@code tableswitch} lead: straight to a place, or to a stub behind it. */
final class TableWays {
    /** By case. */
    final Label[] targets;

    /** The stubs: where each is, and a case that leads there. */
    Label[] stubLabels = new Label[4];

    int[] stubIndexes = new int[4];
    int stubs;

    private final Map<Long, Label> known = new HashMap<>();

    TableWays(int cases) {
        targets = new Label[cases];
    }

    void lead(int index, Label target) {
        targets[index] = target;
    }

    /** Leads a case to the stub for a block and so many values, which is made if need be. */
    void leadBy(int index, int block, int arity) {
        Long key = (long) block << 32 | arity;
        Label stub = known.get(key);
        if (stub == null) {
            stub = new Label();
            known.put(key, stub);
            if (stubs == stubLabels.length) {
                stubLabels = Arrays.copyOf(stubLabels, stubs * 2);
                stubIndexes = Arrays.copyOf(stubIndexes, stubs * 2);
            }
            stubLabels[stubs] = stub;
            stubIndexes[stubs++] = index;
        }
        targets[index] = stub;
    }
}
