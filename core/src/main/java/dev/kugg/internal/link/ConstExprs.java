package dev.kugg.internal.link;

import dev.kugg.internal.decode.ConstExpr;
import dev.kugg.internal.decode.InstructionCursor;
import dev.kugg.internal.runtime.InstanceState;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Evaluates constant expressions of one instance. Numbers are kept as their bits, references apart.
 *
 * @see <a
 *     href="https://webassembly.github.io/spec/core/valid/instructions.html#constant-expressions">Constant
 *     expressions</a>
 */
final class ConstExprs {
    private final InstanceState instance;
    private final InstructionCursor cursor;

    /** The values of the globals so far, by globalidx. */
    final long[] globalBits;

    final @Nullable Object[] globalRefs;
    private long[] bits = new long[4];
    private @Nullable Object[] refs = new Object[4];
    private int depth;

    ConstExprs(InstanceState instance, byte[] module, int globalCount) {
        this.instance = instance;
        cursor = new InstructionCursor(module, 0, 0);
        globalBits = new long[globalCount];
        globalRefs = new Object[globalCount];
    }

    /** {@return the value of an expression of a number type, as its bits} */
    long number(ConstExpr expr) {
        evaluate(expr);
        return bits[0];
    }

    /** {@return the value of an expression of a reference type} */
    @Nullable Object reference(ConstExpr expr) {
        evaluate(expr);
        return refs[0];
    }

    /** Evaluates an expression for {@link #lastBits} and {@link #lastReference}. */
    void evaluate(ConstExpr expr) {
        depth = 0;
        cursor.reset(expr.start(), expr.end());
        while (cursor.hasNext()) {
            cursor.next();
            step();
        }
    }

    long lastBits() {
        return bits[0];
    }

    @Nullable Object lastReference() {
        return refs[0];
    }

    private void step() {
        switch (cursor.opcode) {
            case I32_CONST, I64_CONST, F32_CONST, F64_CONST -> push(cursor.constant, null);
            case GLOBAL_GET -> push(globalBits[cursor.index], globalRefs[cursor.index]);
            case REF_FUNC -> push(0, instance.func(cursor.index));
            case REF_NULL -> push(0, null);
            case I32_ADD -> replaceTwo((int) bits[depth - 2] + (int) bits[depth - 1]);
            case I32_SUB -> replaceTwo((int) bits[depth - 2] - (int) bits[depth - 1]);
            case I32_MUL -> replaceTwo(product());
            case I64_ADD -> replaceTwo(bits[depth - 2] + bits[depth - 1]);
            case I64_SUB -> replaceTwo(bits[depth - 2] - bits[depth - 1]);
            case I64_MUL -> replaceTwo(bits[depth - 2] * bits[depth - 1]);
            case END -> {}
            default ->
                    throw new AssertionError(
                            cursor.opcode.mnemonic + " was not refused by validation");
        }
    }

    /** Of the two i32 on the top, in 32 bits. */
    private int product() {
        return (int) bits[depth - 2] * (int) bits[depth - 1];
    }

    private void push(long value, @Nullable Object reference) {
        if (depth == bits.length) {
            bits = Arrays.copyOf(bits, depth * 2);
            refs = Arrays.copyOf(refs, depth * 2);
        }
        bits[depth] = value;
        refs[depth++] = reference;
    }

    private void replaceTwo(long value) {
        depth -= 2;
        push(value, null);
    }
}
