package dev.kugg.internal.validate;

/** What validation learnt about the code of one function on its way; immutable. */
public final class BodyFacts {
    /**
     * The greatest height of the operand stack in slots of the JVM, where an i64 or f64 takes two.
     */
    public final int maxStack;

    /** The greatest nesting of labels, the function's own included; at least 1. */
    public final int maxControl;

    /** Whether an instruction reads, writes, measures or grows a memory. */
    public final boolean usesMemory;

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
            int maxStack,
            int maxControl,
            boolean usesMemory,
            boolean hasLoop,
            boolean hasCall,
            boolean hasTable,
            int instructionCount,
            long passedValues) {
        this.maxStack = maxStack;
        this.maxControl = maxControl;
        this.usesMemory = usesMemory;
        this.hasLoop = hasLoop;
        this.hasCall = hasCall;
        this.hasTable = hasTable;
        this.instructionCount = instructionCount;
        this.passedValues = passedValues;
    }
}
