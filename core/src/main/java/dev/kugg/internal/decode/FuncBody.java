package dev.kugg.internal.decode;

import dev.kugg.types.ValType;

/**
 * The code of one function as a range of the module's bytes, with its locals as the runs they are
 * written in: a module may declare tens of thousands of them in a few bytes.
 */
public final class FuncBody {
    /** The position of the first instruction, behind the locals. */
    public final int start;

    /** The position behind the final {@code end} instruction. */
    public final int end;

    /** How many locals each run declares; as long as {@link #localTypes}, never changed. */
    public final int[] localCounts;

    /** The type of each run's locals; never changed. */
    public final ValType[] localTypes;

    /** The number of declared locals: the sum of the runs, parameters not included. */
    public final int localCount;

    FuncBody(int start, int end, int[] localCounts, ValType[] localTypes, int localCount) {
        this.start = start;
        this.end = end;
        this.localCounts = localCounts;
        this.localTypes = localTypes;
        this.localCount = localCount;
    }
}
