package dev.kugg.internal.compile;

import static dev.kugg.internal.Code.EMPTY;
import static dev.kugg.internal.opcode.Opcode.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.Func;
import dev.kugg.Instance;
import dev.kugg.internal.Code;
import dev.kugg.internal.TestModule;
import dev.kugg.internal.opcode.Opcode;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/**
 * Counted loops in all forms, compared with the same loops in Java: as many trips, and the same
 * counter at the end. Each function takes where to start, the bound, and how many trips to stop
 * after, and gives the trips it made and its counter.
 */
class CountedLoopsTest {
    private static final int COUNTER = 0;
    private static final int BOUND = 1;
    private static final int LIMIT = 2;
    private static final int TRIPS = 3;
    private static final String TYPE = "iii:ii";
    private static final String LOCALS = "i";

    private static final int[] VALUES = {
        Integer.MIN_VALUE,
        Integer.MIN_VALUE + 1,
        Integer.MIN_VALUE + 4097,
        -4097,
        -300,
        -9,
        -8,
        -2,
        -1,
        0,
        1,
        2,
        7,
        8,
        300,
        4096,
        1 << 30,
        Integer.MAX_VALUE - 4096,
        Integer.MAX_VALUE - 8,
        Integer.MAX_VALUE - 1,
        Integer.MAX_VALUE
    };

    private static final int[] STEPS = {
        1,
        2,
        4,
        8,
        3,
        4096,
        -1,
        -2,
        -4,
        -8,
        -3,
        -4096,
        1 << 20,
        1 << 30,
        -(1 << 30),
        Integer.MIN_VALUE
    };

    /** A comparison of i32 values, the one that says the same of swapped operands, and in Java. */
    private enum Comparison {
        NE(I32_NE, I32_NE),
        EQ(I32_EQ, I32_EQ),
        LT_S(I32_LT_S, I32_GT_S),
        LT_U(I32_LT_U, I32_GT_U),
        GT_S(I32_GT_S, I32_LT_S),
        GT_U(I32_GT_U, I32_LT_U),
        LE_S(I32_LE_S, I32_GE_S),
        LE_U(I32_LE_U, I32_GE_U),
        GE_S(I32_GE_S, I32_LE_S),
        GE_U(I32_GE_U, I32_LE_U);

        final Opcode plain;
        final Opcode mirrored;

        Comparison(Opcode plain, Opcode mirrored) {
            this.plain = plain;
            this.mirrored = mirrored;
        }

        boolean holds(int a, int b) {
            long x = Integer.toUnsignedLong(a);
            long y = Integer.toUnsignedLong(b);
            return switch (this) {
                case NE -> a != b;
                case EQ -> a == b;
                case LT_S -> a < b;
                case LT_U -> x < y;
                case GT_S -> a > b;
                case GT_U -> x > y;
                case LE_S -> a <= b;
                case LE_U -> x <= y;
                case GE_S -> a >= b;
                case GE_U -> x >= y;
            };
        }
    }

    /** How the end of the loop is written. */
    private enum Closing {
        GET,
        GET_MIRRORED,
        TEE,
        TEE_MIRRORED,
        TEE_BY_SUB,
        CONSTANT,
        CONSTANT_MIRRORED_TEE
    }

    private record Loop(Comparison comparison, Closing closing, int step, int constant) {
        boolean hasConstant() {
            return closing == Closing.CONSTANT || closing == Closing.CONSTANT_MIRRORED_TEE;
        }
    }

    /** The trips, and the counter behind them. */
    private record Outcome(int trips, int counter) {}

    private static Outcome run(Loop loop, int start, int bound, int limit) {
        int counter = start;
        int trips = 0;
        do {
            if (++trips == limit) {
                break;
            }
            counter += loop.step;
        } while (loop.comparison.holds(counter, bound));
        return new Outcome(trips, counter);
    }

    /** Counts the trip and leaves the block around the loop when the limit is reached. */
    private static Code count(int labelOut) {
        Code code = new Code().get(TRIPS).i32(1).op(I32_ADD).tee(TRIPS);
        return code.get(LIMIT).op(I32_EQ).brIf(labelOut);
    }

    private static Code stepped(Loop loop) {
        return new Code().get(COUNTER).i32(loop.step).op(I32_ADD);
    }

    private static Code close(Loop loop) {
        Opcode plain = loop.comparison.plain;
        Opcode mirrored = loop.comparison.mirrored;
        return switch (loop.closing) {
            case GET -> stepped(loop).set(COUNTER).get(COUNTER).get(BOUND).op(plain);
            case GET_MIRRORED -> stepped(loop).set(COUNTER).get(BOUND).get(COUNTER).op(mirrored);
            case TEE -> stepped(loop).tee(COUNTER).get(BOUND).op(plain);
            case TEE_MIRRORED -> new Code().get(BOUND).add(stepped(loop)).tee(COUNTER).op(mirrored);
            case TEE_BY_SUB ->
                    new Code()
                            .get(COUNTER)
                            .i32(-loop.step)
                            .op(I32_SUB)
                            .tee(COUNTER)
                            .get(BOUND)
                            .op(plain);
            case CONSTANT -> stepped(loop).set(COUNTER).get(COUNTER).i32(loop.constant).op(plain);
            case CONSTANT_MIRRORED_TEE ->
                    new Code().i32(loop.constant).add(stepped(loop)).tee(COUNTER).op(mirrored);
        };
    }

    private static Code function(Code loop) {
        return new Code().block(EMPTY).loop(EMPTY).add(loop).end().end().get(TRIPS).get(COUNTER);
    }

    private static Code function(Loop loop) {
        return function(count(1).add(close(loop)).brIf(0));
    }

    private static Outcome call(Func func, int start, int bound, int limit) {
        long[] results = func.call(start, bound, limit);
        return new Outcome((int) results[0], (int) results[1]);
    }

    private static void compare(Func func, Loop loop, int start, int bound, int limit) {
        Outcome found = call(func, start, bound, limit);
        Outcome expected = run(loop, start, bound, limit);
        if (!found.equals(expected)) {
            assertThat(found).as("%s from %d to %d", loop, start, bound).isEqualTo(expected);
        }
    }

    private static List<Func> funcs(TestModule module, int count) {
        Instance instance = module.start();
        List<Func> funcs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            funcs.add(instance.func("f" + i));
        }
        return funcs;
    }

    /** All forms with all pairs of start and bound, up to 40 trips. */
    @Test
    void allFormsMakeTheRightTrips() {
        for (Comparison comparison : Comparison.values()) {
            TestModule module = new TestModule();
            List<Loop> loops = new ArrayList<>();
            for (int step : STEPS) {
                for (Closing closing : Closing.values()) {
                    Loop loop = new Loop(comparison, closing, step, 300);
                    module.func("f" + loops.size(), TYPE, LOCALS, function(loop));
                    loops.add(loop);
                }
            }
            List<Func> funcs = funcs(module, loops.size());
            for (int i = 0; i < funcs.size(); i++) {
                for (int start : VALUES) {
                    for (int bound : loops.get(i).hasConstant() ? new int[] {300} : VALUES) {
                        compare(funcs.get(i), loops.get(i), start, bound, 40);
                    }
                }
            }
        }
    }

    @Test
    void constantsAtTheEdgesAreBoundsToo() {
        TestModule module = new TestModule();
        List<Loop> loops = new ArrayList<>();
        for (Comparison comparison : Comparison.values()) {
            for (int bound : VALUES) {
                for (int step : new int[] {1, -1, 8}) {
                    Loop loop = new Loop(comparison, Closing.CONSTANT, step, bound);
                    module.func("f" + loops.size(), TYPE, LOCALS, function(loop));
                    loops.add(loop);
                }
            }
        }
        List<Func> funcs = funcs(module, loops.size());
        for (int i = 0; i < funcs.size(); i++) {
            for (int start : VALUES) {
                compare(funcs.get(i), loops.get(i), start, loops.get(i).constant, 20);
            }
        }
    }

    /** Loops of many strips. */
    @Test
    void longLoopsMakeTheRightTrips() {
        int[][] pairs = {
            {0, 65_536},
            {0, 100_001},
            {-50_000, 50_000},
            {100_000, 0},
            {5, 5},
            {50_000, -50_000},
            {Integer.MAX_VALUE - 70_000, Integer.MAX_VALUE},
            {Integer.MIN_VALUE + 70_000, Integer.MIN_VALUE},
            {Integer.MAX_VALUE - 30_000, Integer.MIN_VALUE + 30_000},
            {1, 0}
        };
        TestModule module = new TestModule();
        List<Loop> loops = new ArrayList<>();
        for (Comparison comparison : Comparison.values()) {
            for (int step : new int[] {1, 4, 3, -1, -8, -3, 1 << 18}) {
                Loop loop = new Loop(comparison, Closing.TEE, step, 0);
                module.func("f" + loops.size(), TYPE, LOCALS, function(loop));
                loops.add(loop);
            }
        }
        List<Func> funcs = funcs(module, loops.size());
        for (int i = 0; i < funcs.size(); i++) {
            for (int[] pair : pairs) {
                compare(funcs.get(i), loops.get(i), pair[0], pair[1], 120_000);
            }
        }
    }

    @Test
    void aLoopUntilZeroNeedsNoComparison() {
        TestModule module = new TestModule();
        int[] steps = {1, -1, 2, -4, 3, 1 << 30};
        for (int i = 0; i < steps.length; i++) {
            Code tee = new Code().get(COUNTER).i32(steps[i]).op(I32_ADD).tee(COUNTER);
            module.func("f" + 2 * i, TYPE, LOCALS, function(count(1).add(tee).brIf(0)));
            Code get = new Code().get(COUNTER).i32(steps[i]).op(I32_ADD).set(COUNTER).get(COUNTER);
            module.func("f" + (2 * i + 1), TYPE, LOCALS, function(count(1).add(get).brIf(0)));
        }
        List<Func> funcs = funcs(module, 2 * steps.length);
        for (int i = 0; i < funcs.size(); i++) {
            Loop loop = new Loop(Comparison.NE, Closing.TEE, steps[i / 2], 0);
            for (int start : VALUES) {
                compare(funcs.get(i), loop, start, 0, 1000);
            }
        }
    }

    /** The counter is stepped first and used by what follows, which may leave the loop. */
    @Test
    void theStepMayComeFirst() {
        TestModule module = new TestModule();
        Code inside = new Code().get(COUNTER).i32(1).op(I32_ADD).set(COUNTER).add(count(1));
        module.func(
                "f0", TYPE, LOCALS, function(inside.get(COUNTER).get(BOUND).op(I32_LT_S).brIf(0)));
        Func func = funcs(module, 1).get(0);
        for (int start : VALUES) {
            for (int bound : VALUES) {
                int counter = start;
                int trips = 0;
                do {
                    counter++;
                    if (++trips == 100) {
                        break;
                    }
                } while (counter < bound);
                assertThat(call(func, start, bound, 100)).isEqualTo(new Outcome(trips, counter));
            }
        }
    }

    /** What lies on the operand stack under the loop stays there. */
    @Test
    void operandsUnderALoopStay() {
        TestModule module = new TestModule();
        Loop loop = new Loop(Comparison.NE, Closing.TEE, 1, 0);
        Code code = new Code().i64(-5).f64(2.5).get(COUNTER).f32(1.5f);
        code.block(EMPTY).loop(EMPTY).add(count(1)).add(close(loop)).brIf(0).end().end();
        code.op(F64_PROMOTE_F32).set(4).op(DROP).get(4).op(F64_ADD).set(4).set(5);
        module.func("f", "iii:iidl", "idl", code.get(TRIPS).get(COUNTER).get(4).get(5));
        Func func = module.start().func("f");
        assertThat(func.call(0, 20_000, 100_000))
                .containsExactly(20_000, 20_000, Double.doubleToRawLongBits(4.0), -5);
        assertThat(func.call(0, 20_000, 17))
                .containsExactly(17, 16, Double.doubleToRawLongBits(4.0), -5);
    }

    /** In the trip before the fifth the counter jumps: not a counted loop. */
    @Test
    void aCounterThatIsAlsoWrittenElsewhere() {
        TestModule module = new TestModule();
        Code jump = new Code().get(TRIPS).i32(4).op(I32_EQ).when(EMPTY);
        jump.get(COUNTER).i32(7).op(I32_ADD).set(COUNTER).end();
        Loop loop = new Loop(Comparison.LT_S, Closing.TEE, 1, 0);
        module.func("f0", TYPE, LOCALS, function(count(1).add(jump).add(close(loop)).brIf(0)));
        Func func = funcs(module, 1).get(0);
        for (int bound = 0; bound < 40; bound++) {
            int counter = 0;
            int trips = 0;
            do {
                trips++;
                counter += trips == 4 ? 8 : 1;
            } while (counter < bound);
            assertThat(call(func, 0, bound, 1000)).isEqualTo(new Outcome(trips, counter));
        }
    }

    @Test
    void aBoundThatMoves() {
        TestModule module = new TestModule();
        Code nearer = new Code().get(BOUND).i32(1).op(I32_SUB).set(BOUND);
        Loop loop = new Loop(Comparison.LT_S, Closing.TEE, 1, 0);
        module.func("f0", TYPE, LOCALS, function(count(1).add(nearer).add(close(loop)).brIf(0)));
        Code once = new Code().get(TRIPS).i32(3).op(I32_EQ).when(EMPTY).i32(10).set(BOUND).end();
        module.func("f1", TYPE, LOCALS, function(count(1).add(once).add(close(loop)).brIf(0)));
        List<Func> funcs = funcs(module, 2);
        assertThat(call(funcs.get(0), 0, 1000, 100_000)).isEqualTo(new Outcome(500, 500));
        assertThat(call(funcs.get(1), 0, 1000, 100_000)).isEqualTo(new Outcome(10, 10));
        assertThat(call(funcs.get(1), 0, 2, 100_000)).isEqualTo(new Outcome(2, 2));
    }

    @Test
    void aStepOnlyNowAndThen() {
        TestModule module = new TestModule();
        Code odd = new Code().get(TRIPS).i32(1).op(I32_AND).when(EMPTY);
        odd.get(COUNTER).i32(1).op(I32_ADD).set(COUNTER).end();
        Code close = new Code().get(COUNTER).get(BOUND).op(I32_NE).brIf(0);
        module.func("f0", TYPE, LOCALS, function(count(1).add(odd).add(close)));
        Code skip = new Code().block(EMPTY).get(TRIPS).i32(1).op(I32_AND).brIf(0);
        skip.get(COUNTER).i32(1).op(I32_ADD).set(COUNTER).end();
        module.func("f1", TYPE, LOCALS, function(count(1).add(skip).add(close)));
        List<Func> funcs = funcs(module, 2);
        assertThat(call(funcs.get(0), 0, 500, 100_000)).isEqualTo(new Outcome(999, 500));
        assertThat(call(funcs.get(1), 0, 500, 100_000)).isEqualTo(new Outcome(1000, 500));
    }

    @Test
    void twoWaysBack() {
        TestModule module = new TestModule();
        Code again = new Code().get(TRIPS).i32(3).op(I32_AND).brIf(0);
        Loop loop = new Loop(Comparison.NE, Closing.TEE, 1, 0);
        module.func("f0", TYPE, LOCALS, function(count(1).add(again).add(close(loop)).brIf(0)));
        assertThat(call(funcs(module, 1).get(0), 0, 500, 100_000))
                .isEqualTo(new Outcome(2000, 500));
    }

    @Test
    void loopsInLoops() {
        TestModule module = new TestModule();
        Code inner = new Code().i32(0).set(4).loop(EMPTY).add(count(2));
        inner.get(4).i32(1).op(I32_ADD).tee(4).get(COUNTER).op(I32_LT_U).brIf(0).end();
        Loop outer = new Loop(Comparison.LT_S, Closing.TEE, 1, 0);
        module.func("f0", TYPE, "ii", function(inner.add(close(outer)).brIf(0)));
        Func func = funcs(module, 1).get(0);
        for (int bound : new int[] {0, 1, 2, 3, 300}) {
            int trips = 0;
            int counter = 0;
            do {
                trips += Math.max(1, counter);
                counter++;
            } while (counter < bound);
            assertThat(call(func, 0, bound, 1_000_000)).isEqualTo(new Outcome(trips, counter));
        }
    }

    @Test
    void twoLoopsWithTheSameCounter() {
        TestModule module = new TestModule();
        Loop up = new Loop(Comparison.NE, Closing.TEE, 1, 0);
        Code code = new Code().block(EMPTY).loop(EMPTY).add(count(1)).add(close(up)).brIf(0);
        code.end().end().block(EMPTY).loop(EMPTY).add(count(1));
        code.get(COUNTER).i32(2).op(I32_SUB).tee(COUNTER).brIf(0).end().end();
        module.func("f0", TYPE, LOCALS, code.get(TRIPS).get(COUNTER));
        assertThat(call(funcs(module, 1).get(0), 0, 30_000, 1_000_000))
                .isEqualTo(new Outcome(45_000, 0));
    }

    @Test
    void countersOf64Bits() {
        TestModule module = new TestModule();
        Code loop = new Code().loop(EMPTY).get(2).i64(1).op(I64_ADD).set(2);
        loop.get(0).i64(3).op(I64_ADD).tee(0).get(1).op(I64_LT_S).brIf(0).end().get(2);
        module.func("f", "ll:l", "l", loop);
        Func func = module.start().func("f");
        assertThat(func.call(0, 300_000)).containsExactly(100_000);
        assertThat(func.call(0xffff_ffffL, 0x1_0000_0100L)).containsExactly(86);
        assertThat(func.call(5, 5)).containsExactly(1);
    }

    @Test
    void loopsThatTakeAndGiveValues() {
        TestModule module = new TestModule();
        int type = module.type("l:l");
        Code loop = new Code().i64(0).loop(type).i64(2).op(I64_ADD);
        loop.get(0).i32(1).op(I32_SUB).tee(0).brIf(0).end();
        module.func("f", "i:l", "", loop);
        Func func = module.start().func("f");
        assertThat(func.call(1)).containsExactly(2);
        assertThat(func.call(100_000)).containsExactly(200_000);
    }
}
