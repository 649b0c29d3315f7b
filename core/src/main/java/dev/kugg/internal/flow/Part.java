package dev.kugg.internal.flow;

/**
 * One method of a body: blocks, and calls of other parts between them. Part 0 is the function's own
 * method; the others return a number that says where to go on.
 */
public final class Part {
    /** Its number. */
    public final int number;

    /** The part that calls it, or -1. */
    public int parent = -1;

    /**
     * What it consists of, as it is to be laid out: a block's number, or for a part that is called
     * there the complement of the part's.
     */
    public int[] items = {};

    /** The blocks it can be entered at, ascending; with several, a parameter says which. */
    public int[] entries = {};

    /** The variables it takes as parameters. */
    public int[] params = {};

    /** The variables it hands back. */
    public int[] results = {};

    /** The blocks it can leave to, ascending. The number it returns is the index. */
    public int[] exits = {};

    /** Whether it can return from the function; the number behind the exits'. */
    public boolean returns;

    /** The variables it mentions besides its parameters. */
    public int[] variables = {};

    /** Whether it, or a part it calls, can have replaced the memory's array. */
    public boolean calls;

    /** Whether it uses the memory's array. */
    public boolean usesMemory;

    /** An upper bound of its size in bytes. */
    public int codeBytes;

    Part(int number) {
        this.number = number;
    }

    /** {@return how many numbers it can return} */
    public int exitCount() {
        return exits.length + (returns ? 1 : 0);
    }
}
