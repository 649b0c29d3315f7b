package dev.kugg.internal.validate;

/** What validation learnt about the code of one function on its way; immutable. */
public final class BodyFacts {
    /** Whether there is a {@code loop}. */
    public final boolean hasLoop;

    /** Whether there is a call of any kind. */
    public final boolean hasCall;

    /** Whether there is a {@code br_table}. */
    public final boolean hasTable;

    /** The number of instructions, the final {@code end} included. */
    public final int instructionCount;

    /** How many values its instructions pass beyond the usual; see CompileWork. */
    public final long passedValues;

    BodyFacts(
            boolean hasLoop,
            boolean hasCall,
            boolean hasTable,
            int instructionCount,
            long passedValues) {
        this.hasLoop = hasLoop;
        this.hasCall = hasCall;
        this.hasTable = hasTable;
        this.instructionCount = instructionCount;
        this.passedValues = passedValues;
    }
}
