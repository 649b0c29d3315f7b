package dev.kugg.internal.flow;

import dev.kugg.internal.decode.FuncBody;
import dev.kugg.internal.decode.InstructionCursor;
import dev.kugg.internal.opcode.Lowering;
import dev.kugg.internal.opcode.Opcode;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Reads a valid body once and makes its graph. Code that cannot be reached is left out. */
final class GraphBuilder {
    /** The most entries of a {@code br_table} that become one switch; larger ones become trees. */
    private static final int MOST_CASES = 512;

    /** A tree's switches have 2 to the power of this many cases. */
    private static final int TABLE_BITS = 8;

    /** The most operands that the ways of a {@code br_table} move in the same method. */
    private static final int MOST_MOVES = 500;

    /** The kinds of the table's types, by their number; an address is an i32. */
    private static final String KINDS = "?ilfd?i";

    /** One open construct. */
    private static final class Construct {
        final Opcode opcode;
        final String params;
        final String results;
        final int height;

        /** The block a branch to it leads to, or -1. */
        int label;

        /** IF: the block that begins the other way. */
        int otherwise = -1;

        Construct(Opcode opcode, String params, String results, int height) {
            this.opcode = opcode;
            this.params = params;
            this.results = results;
            this.height = height;
            label = -1;
        }

        int arity() {
            return opcode == Opcode.LOOP ? params.length() : results.length();
        }
    }

    private final Kinds kinds;
    private final InstructionCursor cursor;
    private final FlowGraph graph;
    private final CodeSizes sizes;
    private final int blockBytes;
    private final OperandKinds stack = new OperandKinds();
    private Construct[] constructs = new Construct[16];
    private int depth;

    /** The block being read, or -1 where nothing can be reached. */
    private int block;

    /** How many constructs are open that began where nothing could be reached. */
    private int deadConstructs;

    /**
     * By labelidx, the block that moves the operands for it, while a {@code br_table} is read that
     * takes many operands to many labels; else null.
     */
    private @Nullable Map<Integer, Integer> moveBlocks;

    private int codeBytes;
    private int instructions;
    private int accesses;
    private int flags;

    private GraphBuilder(Kinds kinds, int funcidx, InstructionCursor cursor, int blockBytes) {
        this.kinds = kinds;
        this.cursor = cursor;
        this.blockBytes = blockBytes;
        FuncBody body = kinds.def.bodies[funcidx - kinds.def.importedFuncs];
        int type = kinds.def.funcTypes[funcidx];
        char[] locals = localKinds(kinds.params[type], body);
        graph = new FlowGraph(locals, kinds.params[type].length(), kinds.results[type]);
        sizes = new CodeSizes(kinds, Kinds.slots(new String(locals)));
        cursor.reset(body.start, body.end);
        open(new Construct(Opcode.BLOCK, "", kinds.results[type], 0));
        begin(graph.newBlock());
    }

    private static char[] localKinds(String params, FuncBody body) {
        char[] made = Arrays.copyOf(params.toCharArray(), params.length() + body.localCount);
        int local = params.length();
        for (int run = 0; run < body.localCounts.length; run++) {
            Arrays.fill(made, local, local + body.localCounts[run], Kinds.of(body.localTypes[run]));
            local += body.localCounts[run];
        }
        return made;
    }

    /**
     * {@return the graph of a body}
     *
     * @param kinds the module's types
     * @param funcidx a function defined in the module
     * @param cursor any cursor over the module; it is moved
     * @param blockBytes about the most bytes of one block's code
     */
    static FlowGraph build(Kinds kinds, int funcidx, InstructionCursor cursor, int blockBytes) {
        GraphBuilder builder = new GraphBuilder(kinds, funcidx, cursor, blockBytes);
        builder.run();
        return builder.graph;
    }

    private void run() {
        while (cursor.hasNext()) {
            cursor.next();
            if (block < 0) {
                skip(cursor.opcode);
            } else {
                read(cursor.opcode);
            }
        }
    }

    // ---- blocks ----

    private void begin(int next) {
        block = next;
        graph.layOut(next);
        graph.codeStart[next] = cursor.position;
        graph.entry[next] = stack.top();
        stack.enterBlock();
        codeBytes = 0;
        instructions = 0;
        accesses = 0;
        flags = 0;
    }

    private void finish(byte how, int at) {
        graph.codeEnd[block] = at;
        graph.end[block] = how;
        graph.exit[block] = stack.top();
        graph.floor[block] = stack.floor;
        graph.depth[block] = 2 * (stack.peak - stack.floor);
        graph.codeBytes[block] = codeBytes;
        graph.instructions[block] = instructions;
        graph.accesses[block] = accesses;
        graph.flags[block] = (byte) flags;
        graph.firstEdge[block] = graph.edges;
    }

    private void edge(int to, int takes) {
        graph.addEdge(block, to, takes);
    }

    /** Ends the block here and begins the next one. */
    private void cut() {
        int next = graph.newBlock();
        finish(FlowGraph.GOTO, cursor.position);
        edge(next, 0);
        begin(next);
    }

    // ---- constructs ----

    private void open(Construct construct) {
        if (depth == constructs.length) {
            constructs = Arrays.copyOf(constructs, depth * 2);
        }
        constructs[depth++] = construct;
    }

    private Construct construct(Opcode opcode) {
        String params = kinds.blockParams(cursor);
        String results = kinds.blockResults(cursor);
        return new Construct(opcode, params, results, stack.height - params.length());
    }

    private int label(Construct construct) {
        if (construct.label < 0) {
            construct.label = graph.newBlock();
        }
        return construct.label;
    }

    private boolean isFunction(int labelidx) {
        return labelidx == depth - 1;
    }

    private void edgeTo(int labelidx) {
        Construct construct = constructs[depth - 1 - labelidx];
        edge(label(construct), construct.arity());
    }

    private void skip(Opcode opcode) {
        switch (opcode) {
            case BLOCK, LOOP, IF -> deadConstructs++;
            case ELSE -> {
                if (deadConstructs == 0) {
                    beginElse();
                }
            }
            case END -> {
                if (deadConstructs == 0) {
                    end();
                } else {
                    deadConstructs--;
                }
            }
            default -> {}
        }
    }

    private void read(Opcode opcode) {
        switch (opcode) {
            case NOP -> {}
            case BLOCK -> open(construct(Opcode.BLOCK));
            case LOOP -> beginLoop();
            case IF -> beginIf();
            case ELSE -> {
                Construct construct = constructs[depth - 1];
                finish(FlowGraph.GOTO, cursor.start);
                edge(label(construct), construct.arity());
                beginElse();
            }
            case END -> end();
            case BR -> branch();
            case BR_IF -> branchIf();
            case BR_TABLE -> branchTable();
            case RETURN -> returnFunction();
            case UNREACHABLE -> {
                finish(FlowGraph.TRAP, cursor.start);
                block = -1;
            }
            default -> plain(opcode);
        }
    }

    private void beginLoop() {
        Construct construct = construct(Opcode.LOOP);
        construct.label = graph.newBlock();
        open(construct);
        finish(FlowGraph.GOTO, cursor.start);
        edge(construct.label, construct.arity());
        begin(construct.label);
        flags = FlowGraph.LOOP;
    }

    private void beginIf() {
        stack.pop();
        Construct construct = construct(Opcode.IF);
        open(construct);
        int then = graph.newBlock();
        construct.otherwise = graph.newBlock();
        finish(FlowGraph.BRANCH, cursor.start);
        edge(then, construct.params.length());
        edge(construct.otherwise, construct.params.length());
        begin(then);
    }

    private void beginElse() {
        Construct construct = constructs[depth - 1];
        stack.restore(construct.height, construct.params);
        begin(construct.otherwise);
        construct.otherwise = -1;
    }

    private void end() {
        Construct construct = constructs[--depth];
        if (construct.otherwise >= 0) {
            goOn(construct);
            stack.restore(construct.height, construct.params);
            begin(construct.otherwise);
        }
        if (construct.opcode != Opcode.LOOP && construct.label >= 0) {
            goOn(construct);
            stack.restore(construct.height, construct.results);
            begin(construct.label);
        }
        if (depth == 0 && block >= 0) {
            stack.touch(construct.results.length());
            finish(FlowGraph.RETURN, cursor.start);
        }
    }

    /** Goes to a construct's label. */
    private void goOn(Construct construct) {
        if (block >= 0) {
            finish(FlowGraph.GOTO, cursor.start);
            edge(label(construct), construct.arity());
        }
    }

    // ---- branches ----

    private void branch() {
        if (isFunction(cursor.index)) {
            returnFunction();
            return;
        }
        stack.touch(constructs[depth - 1 - cursor.index].arity());
        finish(FlowGraph.GOTO, cursor.start);
        edgeTo(cursor.index);
        block = -1;
    }

    private void returnFunction() {
        stack.touch(graph.results.length());
        finish(FlowGraph.RETURN, cursor.start);
        block = -1;
    }

    private void branchIf() {
        stack.pop();
        stack.touch(constructs[depth - 1 - cursor.index].arity());
        int next = graph.newBlock();
        finish(FlowGraph.BRANCH, cursor.start);
        edgeTo(cursor.index);
        edge(next, 0);
        begin(next);
    }

    private void branchTable() {
        int arity = constructs[depth - 1 - cursor.labels[cursor.labelCount]].arity();
        boolean moves = (long) arity * cursor.labelCount > MOST_MOVES;
        if (moves) {
            moveBlocks = new LinkedHashMap<>();
            beginTable();
        }
        int shift = 0;
        while (cursor.labelCount >>> shift > MOST_CASES) {
            shift += TABLE_BITS;
        }
        table(0, cursor.labelCount, shift);
        if (moves) {
            writeMoveBlocks();
        }
        block = -1;
    }

    /** Begins a block for the {@code br_table} alone, which takes no operand but the index. */
    private void beginTable() {
        int next = graph.newBlock();
        finish(FlowGraph.GOTO, cursor.start);
        edge(next, 0);
        begin(next);
        graph.codeStart[next] = cursor.start;
    }

    /** Each label's moves are a block of their own: one method may not have room for all. */
    private void writeMoveBlocks() {
        Map<Integer, Integer> blocks = Objects.requireNonNull(moveBlocks, "made");
        moveBlocks = null;
        for (Map.Entry<Integer, Integer> each : blocks.entrySet()) {
            begin(each.getValue());
            graph.codeStart[block] = cursor.start;
            stack.touch(constructs[depth - 1 - each.getKey()].arity());
            finish(FlowGraph.GOTO, cursor.start);
            edgeTo(each.getKey());
        }
    }

    private void edgeOfTable(int labelidx) {
        Map<Integer, Integer> blocks = moveBlocks;
        if (blocks == null) {
            edgeTo(labelidx);
            return;
        }
        Integer known = blocks.get(labelidx);
        if (known == null) {
            known = graph.newBlock();
            blocks.put(labelidx, known);
        }
        edge(known, 0);
    }

    /** Ends the block in a switch over the labels from {@code from} on; the index is on top. */
    private void table(int from, int to, int shift) {
        int arity = constructs[depth - 1 - cursor.labels[cursor.labelCount]].arity();
        stack.touch(moveBlocks == null ? 1 + arity : 1);
        if (shift > 0) {
            tableOfTables(from, to, shift);
            return;
        }
        stack.pop();
        finish(FlowGraph.TABLE, cursor.start);
        graph.tableBase[block] = from;
        for (int i = from; i < to; i++) {
            edgeOfTable(cursor.labels[i]);
        }
        edgeOfTable(cursor.labels[cursor.labelCount]);
    }

    private void tableOfTables(int from, int to, int shift) {
        int size = 1 << shift;
        int parts = (to - from + size - 1) >>> shift;
        int first = graph.count;
        for (int i = 0; i <= parts; i++) {
            graph.newBlock();
        }
        finish(FlowGraph.TABLE_OF_TABLES, cursor.start);
        graph.tableBase[block] = from;
        graph.tableShift[block] = shift;
        for (int i = 0; i <= parts; i++) {
            edge(first + i, 0);
        }
        for (int i = 0; i <= parts; i++) {
            begin(first + i);
            graph.codeStart[block] = cursor.start;
            int begin = Math.min(to, from + (i << shift));
            int end = Math.min(to, begin + size);
            table(begin, end, shift - TABLE_BITS);
            stack.push('i');
        }
        stack.pop();
    }

    // ---- straight-line code ----

    private void plain(Opcode opcode) {
        instructions++;
        codeBytes += sizes.of(cursor);
        int kind = Lowering.kind(opcode.lowering);
        if (kind == Lowering.LOAD || kind == Lowering.STORE) {
            flags |= FlowGraph.MEMORY;
            if (CodeSizes.isWideAccess(opcode)) {
                accesses++;
            }
        }
        if (kind == Lowering.SPECIAL) {
            special(opcode);
        } else {
            applySignature(opcode);
        }
        boolean free = stack.height == stack.floor;
        if (codeBytes >= blockBytes && (free || codeBytes >= 2 * blockBytes)) {
            cut();
        }
    }

    private void applySignature(Opcode opcode) {
        stack.pop(opcode.popCount());
        for (int i = 0; i < opcode.pushCount(); i++) {
            stack.push(KINDS.charAt(opcode.push(i)));
        }
    }

    private void special(Opcode opcode) {
        switch (opcode) {
            case LOCAL_GET -> {
                graph.touched[cursor.index] = true;
                stack.push(graph.variableKinds[cursor.index]);
            }
            case LOCAL_SET -> {
                graph.touched[cursor.index] = true;
                stack.pop();
            }
            case LOCAL_TEE -> {
                graph.touched[cursor.index] = true;
                stack.touch(1);
            }
            case DROP -> stack.pop();
            case GLOBAL_GET -> stack.push(kinds.global(cursor.index));
            case GLOBAL_SET -> stack.pop();
            case SELECT, SELECT_T -> {
                stack.pop(2);
                stack.touch(1);
            }
            case CALL -> call(kinds.def.funcTypes[cursor.index]);
            case CALL_INDIRECT -> {
                stack.pop();
                call(cursor.index);
            }
            case REF_NULL, REF_FUNC -> stack.push('r');
            case REF_IS_NULL -> {
                stack.pop();
                stack.push('i');
            }
            case TABLE_GET -> {
                stack.pop();
                stack.push('r');
            }
            case TABLE_SET -> stack.pop(2);
            case TABLE_GROW -> {
                stack.pop(2);
                stack.push('i');
            }
            case TABLE_FILL, TABLE_COPY, TABLE_INIT -> stack.pop(3);
            case MEMORY_GROW -> {
                flags |= FlowGraph.CALLS | FlowGraph.MEMORY;
                applySignature(opcode);
            }
            case MEMORY_SIZE -> {
                flags |= FlowGraph.MEMORY;
                applySignature(opcode);
            }
            default -> applySignature(opcode);
        }
    }

    private void call(int typeidx) {
        flags |= FlowGraph.CALLS;
        stack.pop(kinds.params[typeidx].length());
        stack.push(kinds.results[typeidx]);
    }
}
