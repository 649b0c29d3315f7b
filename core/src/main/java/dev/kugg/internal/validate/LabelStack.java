package dev.kugg.internal.validate;

import dev.kugg.internal.opcode.Opcode;
import dev.kugg.types.FuncType;
import dev.kugg.types.ValType;

import java.util.Arrays;
import java.util.List;

/**
 * The blocks around the current instruction, the function's own first. Arrays side by side and not
 * an object per block: modules nest hundreds of thousands of them.
 */
final class LabelStack {
    private Opcode[] kinds = new Opcode[32];
    private FuncType[] types = new FuncType[32];
    private int[] bases = new int[32];
    private boolean[] outerUnreachable = new boolean[32];

    /** By block, the number of the last {@code br_table} that checked it. */
    private int[] checkedBy = new int[32];

    /** The number of blocks. */
    int depth;

    void clear() {
        depth = 0;
    }

    /** A block begins: keeps what the operand stack has to know again when it ends. */
    void push(Opcode kind, FuncType type, OperandStack operands) {
        if (depth == kinds.length) {
            grow();
        }
        kinds[depth] = kind;
        types[depth] = type;
        bases[depth] = operands.base;
        outerUnreachable[depth] = operands.unreachable;
        checkedBy[depth] = 0;
        depth++;
        operands.base = operands.height;
        operands.unreachable = false;
    }

    /** The innermost block ends. */
    void pop(OperandStack operands) {
        depth--;
        operands.base = bases[depth];
        operands.unreachable = outerUnreachable[depth];
    }

    private void grow() {
        int capacity = 2 * depth;
        kinds = Arrays.copyOf(kinds, capacity);
        types = Arrays.copyOf(types, capacity);
        bases = Arrays.copyOf(bases, capacity);
        outerUnreachable = Arrays.copyOf(outerUnreachable, capacity);
        checkedBy = Arrays.copyOf(checkedBy, capacity);
    }

    /** {@return what opened the innermost block; {@code else} after one} */
    Opcode innermostKind() {
        return kinds[depth - 1];
    }

    FuncType innermostType() {
        return types[depth - 1];
    }

    FuncType outermostType() {
        return types[0];
    }

    boolean isLabel(int labelidx) {
        return labelidx >= 0 && labelidx < depth;
    }

    /**
     * {@return what a branch to this label takes with it: a loop's parameters, any other block's
     * results}
     */
    List<ValType> labelTypes(int labelidx) {
        int at = depth - 1 - labelidx;
        return kinds[at] == Opcode.LOOP ? types[at].params() : types[at].results();
    }

    /**
     * {@return whether {@code br_table} number {@code serial} meets this label for the first time}
     */
    boolean markChecked(int labelidx, int serial) {
        int at = depth - 1 - labelidx;
        boolean first = checkedBy[at] != serial;
        checkedBy[at] = serial;
        return first;
    }
}
