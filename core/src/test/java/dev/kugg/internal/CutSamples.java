package dev.kugg.internal;

import static dev.kugg.internal.opcode.Opcode.*;

/** Functions for what few guests have in a place where it can be cut. */
public final class CutSamples {
    /** How many cases the interpreter has. */
    public static final int CASES = 20;

    private CutSamples() {}

    /**
     * {@return a module with {@code pick(x, y, n)}: x if n is above 0, else y} Both lie on the
     * stack while other code runs.
     */
    public static TestModule references() {
        Code other = new Code().block(Code.EMPTY).get(2).brIf(0);
        for (int i = 0; i < 20; i++) {
            other.get(3).i32(i).op(I32_MUL).set(3);
        }
        other.end();
        Code code = new Code().get(0).get(1).add(other).add(other).get(2).i32(0).op(I32_GT_S);
        TestModule module = new TestModule();
        module.func("pick", "xxi:x", "i", code.select('x'));
        return module;
    }

    /**
     * {@return a module with {@code run(state, n)}: n steps of an interpreter of {@link #CASES}
     * cases}
     */
    public static TestModule interpreter() {
        TestModule module = new TestModule();
        module.func("run", "ii:i", "", interpreterCode());
        return module;
    }

    /** {@return its code; the state is local 0, the steps left are local 1} */
    public static Code interpreterCode() {
        Code code = new Code().block(Code.EMPTY).loop(Code.EMPTY);
        int[] labels = new int[CASES];
        for (int i = 0; i < CASES; i++) {
            code.block(Code.EMPTY);
            labels[i] = i;
        }
        code.get(0).i32(31).op(I32_AND).brTable(labels);
        for (int i = 0; i < CASES; i++) {
            int loop = CASES - 1 - i;
            code.end().get(0).i32(31 + 2 * i).op(I32_MUL).i32(7 * i + 1).op(I32_ADD).set(0);
            code.get(1).i32(1).op(I32_SUB).tee(1).brIf(loop).br(loop + 1);
        }
        return code.end().end().get(0);
    }

    /** {@return what the interpreter computes} */
    public static int interpret(int state, int steps) {
        int at = state;
        for (int i = 0; i < steps; i++) {
            int index = Math.min(at & 31, CASES - 1);
            at = at * (31 + 2 * index) + 7 * index + 1;
        }
        return at;
    }
}
