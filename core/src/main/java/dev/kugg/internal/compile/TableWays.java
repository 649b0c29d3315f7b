package dev.kugg.internal.compile;

import dev.kugg.internal.classfile.Label;

import org.jspecify.annotations.Nullable;

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

    /** Where a stub goes on to, if that is all it does; else null. */
    @Nullable Label[] stubTargets = new Label[4];

    int stubs;

    private final Map<Long, Label> known = new HashMap<>();
    private final Map<Label, Label> ahead = new HashMap<>();

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
            stub = add(index, null);
            known.put(key, stub);
        }
        targets[index] = stub;
    }

    /** Leads a case by a stub to a place behind which the jump would lead back. */
    void leadByIndex(int index, Label target) {
        Label stub = ahead.get(target);
        if (stub == null) {
            stub = add(index, target);
            ahead.put(target, stub);
        }
        targets[index] = stub;
    }

    private Label add(int index, @Nullable Label target) {
        Label stub = new Label();
        if (stubs == stubLabels.length) {
            stubLabels = Arrays.copyOf(stubLabels, stubs * 2);
            stubIndexes = Arrays.copyOf(stubIndexes, stubs * 2);
            stubTargets = Arrays.copyOf(stubTargets, stubs * 2);
        }
        stubLabels[stubs] = stub;
        stubTargets[stubs] = target;
        stubIndexes[stubs++] = index;
        return stub;
    }
}
