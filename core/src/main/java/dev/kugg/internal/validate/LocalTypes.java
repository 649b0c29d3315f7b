package dev.kugg.internal.validate;

import dev.kugg.internal.decode.FuncBody;
import dev.kugg.types.FuncType;
import dev.kugg.types.ValType;

import java.util.List;

/**
 * The types of a function's locals, parameters first. The first ones are laid out flat, but no more
 * of them than the body has bytes; the others are searched for in their runs. So validating a
 * million bodies that declare 50,000 locals in four bytes each costs what their bytes cost.
 */
final class LocalTypes {
    private ValType[] flat = new ValType[64];
    private int flatCount;
    private List<ValType> params = List.of();
    private ValType[] runTypes = {};

    /** By run, the localidx behind its last local. */
    private int[] runEnds = new int[16];

    /** The number of locals. */
    int count;

    void enter(FuncType type, FuncBody body) {
        params = type.params();
        runTypes = body.localTypes;
        sumRuns(body.localCounts);
        flatCount = Math.min(count, body.end - body.start);
        if (flatCount > flat.length) {
            flat = new ValType[Math.max(flatCount, 2 * flat.length)];
        }
        flatten();
    }

    private void sumRuns(int[] counts) {
        if (counts.length > runEnds.length) {
            runEnds = new int[Math.max(counts.length, 2 * runEnds.length)];
        }
        count = params.size();
        for (int i = 0; i < counts.length; i++) {
            count += counts[i];
            runEnds[i] = count;
        }
    }

    private void flatten() {
        int at = Math.min(params.size(), flatCount);
        for (int i = 0; i < at; i++) {
            flat[i] = params.get(i);
        }
        for (int run = 0; at < flatCount; run++) {
            int end = Math.min(runEnds[run], flatCount);
            while (at < end) {
                flat[at++] = runTypes[run];
            }
        }
    }

    /** {@return the type of a local}, which must be one. */
    ValType get(int localidx) {
        return localidx < flatCount ? flat[localidx] : search(localidx);
    }

    private ValType search(int localidx) {
        if (localidx < params.size()) {
            return params.get(localidx);
        }
        int low = 0;
        int high = runTypes.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (runEnds[middle] > localidx) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return runTypes[low];
    }
}
