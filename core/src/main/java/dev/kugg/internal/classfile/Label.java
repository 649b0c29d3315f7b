package dev.kugg.internal.classfile;

import java.util.Arrays;

/** A place in a method's code that jumps lead to; it may be placed before or after them. */
public final class Label {
    /** The position in the code, or -1 while it is not placed. */
    int position = -1;

    // Forward jumps to be filled in: where the offset stands, and the start of its instruction
    // (negated for 4 bytes).
    int[] uses = new int[4];
    int useCount;

    /**
     * {@return whether a jump leads here} For a label placed before its jumps this is known only
     * once they are written.
     */
    public boolean isUsed() {
        return useCount > 0;
    }

    /** {@return whether it is placed already, so that jumps to it lead back} */
    public boolean isPlaced() {
        return position >= 0;
    }

    void addUse(int offsetAt, int instructionStart) {
        if (useCount + 2 > uses.length) {
            uses = Arrays.copyOf(uses, uses.length * 2);
        }
        uses[useCount++] = offsetAt;
        uses[useCount++] = instructionStart;
    }
}
