package dev.kugg.internal.flow;

import org.jspecify.annotations.Nullable;

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

    /**
     * The block whose {@code br_table} leads to several of its entries, so that it can be entered
     * by the table's index too; or -1.
     */
    public int table = -1;

    /** The least and the greatest index of the table that lead here. */
    public int leastIndex;

    public int greatestIndex;

    /** The variables it takes as parameters. */
    public int[] params = {};

    /** The variables it hands back. */
    public int[] results = {};

    /** The blocks it can leave to, ascending. The number it returns is the index. */
    public int[] exits = {};

    /**
     * Where the parts that its caller calls can leave to, all together and ascending, when they
     * number their ways out by this; else null.
     */
    public int @Nullable [] sharedExits;

    /** Where most of the parts beside this one leave to too, one of several exits; or -1. */
    public int mainExit = -1;

    /** Those of the results that are needed there. */
    public int[] mainResults = {};

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

    /** {@return the blocks its numbers stand for} */
    public int[] numberedExits() {
        int[] shared = sharedExits;
        return shared != null ? shared : exits;
    }

    /**
     * {@return the number of the part called from {@code caller} that a block is in, or -1}
     *
     * @param parts by number
     * @param partOf by block, its part
     */
    static int callee(Part[] parts, int[] partOf, int caller, int block) {
        int part = partOf[block];
        while (part >= 0 && parts[part].parent != caller) {
            part = parts[part].parent;
        }
        return part;
    }

    /** {@return how many numbers it can return} */
    public int exitCount() {
        return exits.length + (returns ? 1 : 0);
    }
}
