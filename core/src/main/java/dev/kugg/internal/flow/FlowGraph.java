package dev.kugg.internal.flow;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * A body as basic blocks: ranges of straight-line code, each with a way it ends and the edges that
 * lead on. Arrays by block rather than objects, since a body may have hundreds of thousands.
 *
 * <p><b>Operands.</b> Between blocks all operands live in variables, one for each height and kind
 * ({@link #operandVariable}); locals are variables too, by their localidx. A block loads what its
 * code uses of them, those above {@link #floor}, and its edges store what is left.
 *
 * <p>Several blocks may have the same code: copies that something made.
 */
public final class FlowGraph {
    /** Goes to its one edge. */
    public static final byte GOTO = 0;

    /** Pops a condition: its first edge when that is not 0, else the second. */
    public static final byte BRANCH = 1;

    /**
     * Pops an index, less {@link #tableBase}: that edge, or the last one when there are not so
     * many.
     */
    public static final byte TABLE = 2;

    /** Returns the operands on top from the function. */
    public static final byte RETURN = 3;

    /** Ends in an instruction that always traps. */
    public static final byte TRAP = 4;

    /**
     * The operand on top, less {@link #tableBase} and shifted right by {@link #tableShift}, selects
     * the edge, or the last one; it is not popped.
     */
    public static final byte TABLE_OF_TABLES = 5;

    /** The number of blocks. Block 0 is where the function begins. */
    public int count;

    /** Where a block's code begins in the module. */
    public int[] codeStart = new int[16];

    /** Behind its code; there stands the instruction that ends it, if there is one. */
    public int[] codeEnd = new int[16];

    /** How it ends. */
    public byte[] end = new byte[16];

    /** TABLE, TABLE_OF_TABLES: the index of the first edge. */
    public int[] tableBase = new int[16];

    /** TABLE_OF_TABLES: the shift. */
    public int[] tableShift = new int[16];

    /** The first of its edges. */
    public int[] firstEdge = new int[16];

    /** How many edges it has. */
    public int[] edgeCount = new int[16];

    /** Its operands where it begins. */
    public @Nullable Operand[] entry = new Operand[16];

    /** Its operands where it ends, behind what ending it pops. */
    public @Nullable Operand[] exit = new Operand[16];

    /** The least height its code goes down to. */
    public int[] floor = new int[16];

    /** How many instructions it has, those not counted that only structure. */
    public int[] instructions = new int[16];

    /** An upper bound of the bytes its code takes in the JVM, without its end. */
    public int[] codeBytes = new int[16];

    /** How many of its accesses to memory are not of single bytes. */
    public int[] accesses = new int[16];

    /** The most slots of the JVM's operand stack it takes. */
    public int[] depth = new int[16];

    /** The block it is a copy of, or itself. */
    public int[] original = new int[16];

    /** See the flags below. */
    public byte[] flags = new byte[16];

    /** It calls, or grows a memory. */
    public static final int CALLS = 1;

    /** It uses the memory's array. */
    public static final int MEMORY = 2;

    /** A {@code loop} begins with it. */
    public static final int LOOP = 4;

    /** The edges' targets. */
    public int[] target = new int[32];

    /** How many values on top of the operands an edge takes along. */
    public int[] arity = new int[32];

    /** The number of edges; some may belong to no block any more. */
    public int edges;

    /** The blocks that can be reached, as they are to be laid out. */
    public int[] order = new int[16];

    /** The number of blocks in {@link #order}. */
    public int orderCount;

    /** The kinds of all variables: the locals, then operands. */
    public char[] variableKinds;

    /** The number of variables. */
    public int variables;

    /** By localidx, whether the body mentions the local. */
    final boolean[] touched;

    /** The number of locals, parameters included. */
    public final int locals;

    /** The number of parameters. */
    public final int params;

    /** Whether the parameters come in arrays: they are variables like the locals then. */
    public final boolean paramsInArrays;

    /** The kinds of the results. */
    public final String results;

    /** The value the last parameter is known to have, or null. */
    public @Nullable Integer lastParam;

    // The variable of each operand, by 5 * height + kind, plus 1.
    private int[] operandVariables = new int[16];

    FlowGraph(char[] localKinds, int params, String results) {
        variableKinds = localKinds;
        variables = localKinds.length;
        locals = variables;
        touched = new boolean[locals];
        this.params = params;
        paramsInArrays = Kinds.passInArrays(new String(localKinds, 0, params));
        this.results = results;
    }

    int newBlock() {
        int block = count++;
        if (block == codeStart.length) {
            grow(block * 2);
        }
        original[block] = block;
        return block;
    }

    private void grow(int size) {
        codeStart = Arrays.copyOf(codeStart, size);
        codeEnd = Arrays.copyOf(codeEnd, size);
        end = Arrays.copyOf(end, size);
        tableBase = Arrays.copyOf(tableBase, size);
        tableShift = Arrays.copyOf(tableShift, size);
        firstEdge = Arrays.copyOf(firstEdge, size);
        edgeCount = Arrays.copyOf(edgeCount, size);
        entry = Arrays.copyOf(entry, size);
        exit = Arrays.copyOf(exit, size);
        floor = Arrays.copyOf(floor, size);
        instructions = Arrays.copyOf(instructions, size);
        codeBytes = Arrays.copyOf(codeBytes, size);
        accesses = Arrays.copyOf(accesses, size);
        depth = Arrays.copyOf(depth, size);
        original = Arrays.copyOf(original, size);
        flags = Arrays.copyOf(flags, size);
    }

    /** Makes a block with the code, the end and the edges of another. */
    int copy(int block) {
        int made = newBlock();
        codeStart[made] = codeStart[block];
        codeEnd[made] = codeEnd[block];
        end[made] = end[block];
        tableBase[made] = tableBase[block];
        tableShift[made] = tableShift[block];
        entry[made] = entry[block];
        exit[made] = exit[block];
        floor[made] = floor[block];
        instructions[made] = instructions[block];
        codeBytes[made] = codeBytes[block];
        accesses[made] = accesses[block];
        depth[made] = depth[block];
        flags[made] = flags[block];
        original[made] = original[block];
        firstEdge[made] = edges;
        for (int i = 0; i < edgeCount[block]; i++) {
            addEdge(made, target[firstEdge[block] + i], arity[firstEdge[block] + i]);
        }
        return made;
    }

    /** Adds an edge to the block whose edges are the last ones. */
    void addEdge(int block, int to, int takes) {
        if (edges == target.length) {
            target = Arrays.copyOf(target, edges * 2);
            arity = Arrays.copyOf(arity, edges * 2);
        }
        target[edges] = to;
        arity[edges++] = takes;
        edgeCount[block]++;
    }

    void layOut(int block) {
        if (orderCount == order.length) {
            order = Arrays.copyOf(order, orderCount * 2);
        }
        order[orderCount++] = block;
    }

    /** {@return the variable of the operand on top of a stack} */
    public int operandVariable(Operand top) {
        int key = 5 * top.height + "ilfdr".indexOf(top.kind);
        if (key >= operandVariables.length) {
            operandVariables = Arrays.copyOf(operandVariables, key * 2);
        }
        if (operandVariables[key] == 0) {
            if (variables == variableKinds.length) {
                variableKinds = Arrays.copyOf(variableKinds, variables * 2 + 8);
            }
            variableKinds[variables++] = top.kind;
            operandVariables[key] = variables;
        }
        return operandVariables[key] - 1;
    }

    /** {@return whether a block does nothing but go on} */
    boolean isEmpty(int block) {
        return end[block] == GOTO
                && instructions[block] == 0
                && keepsOperands(block, firstEdge[block]);
    }

    /** {@return whether an edge leaves all operands where they are} */
    boolean keepsOperands(int block, int edge) {
        return Operand.height(exit[block]) == Operand.height(entry[target[edge]]);
    }
}
