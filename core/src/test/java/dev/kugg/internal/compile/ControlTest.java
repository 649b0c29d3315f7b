package dev.kugg.internal.compile;

import static dev.kugg.internal.Code.EMPTY;
import static dev.kugg.internal.Code.F64;
import static dev.kugg.internal.Code.I32;
import static dev.kugg.internal.Code.I64;
import static dev.kugg.internal.opcode.Opcode.*;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kugg.Func;
import dev.kugg.Instance;
import dev.kugg.TrapException;
import dev.kugg.internal.Code;
import dev.kugg.internal.TestModule;
import dev.kugg.internal.opcode.Opcode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks, branches, and the values they take along. */
class ControlTest {
    private static final int ONE = Float.floatToRawIntBits(1.5f);
    private static final long TWO = Double.doubleToRawLongBits(2.5);

    private static Func func(String type, String locals, Code body) {
        return func(new TestModule(), type, locals, body);
    }

    private static Func func(TestModule module, String type, String locals, Code body) {
        module.func("f", type, locals, body);
        return module.start().func("f");
    }

    private static long call(Func func, long... args) {
        return func.call(args)[0];
    }

    @Test
    void aBranchLeavesWhatLiesUnderItsValue() {
        Code code = new Code().i32(100).block(I32).i64(1).f64(2).f32(3).i32(7).get(0).brIf(0);
        code.op(DROP, DROP, DROP, DROP).i32(9).end().op(I32_ADD);
        Func func = func("i:i", "", code);
        assertThat(call(func, 1)).isEqualTo(107);
        assertThat(call(func, 0)).isEqualTo(109);
    }

    @Test
    void aBranchOutOfNestedBlocks() {
        Code code = new Code().i64(1000).block(I64).i32(1).block(EMPTY).f64(1).block(EMPTY);
        code.i64(5).i64(6).br(2).end().op(DROP).end().op(DROP).i64(7).end().op(I64_ADD);
        assertThat(call(func(":l", "", code))).isEqualTo(1006);
    }

    @Test
    void branchesWithSeveralValuesOfAllTypes() {
        TestModule module = new TestModule();
        int type = module.type(":ilfd");
        Code code = new Code().f64(9).block(type).i64(3).i32(4);
        code.i32(-1).i64(-2).f32(1.5f).f64(2.5).get(0).brIf(0);
        code.op(DROP, DROP, DROP, DROP, DROP, DROP).i32(1).i64(2).f32(1.5f).f64(2.5).end();
        code.set(4).set(3).set(2).set(1).op(DROP).get(1).get(2).get(3).get(4);
        Func func = func(module, "i:ilfd", "ilfd", code);
        assertThat(func.call(1)).containsExactly(-1, -2, ONE, TWO);
        assertThat(func.call(0)).containsExactly(1, 2, ONE, TWO);
    }

    @Test
    void aBranchToTheFunctionReturns() {
        Code code = new Code().i32(1).i32(2).i64(40).get(0).brIf(0).op(DROP, DROP, DROP);
        Func func = func("i:l", "", code.i64(50));
        assertThat(call(func, 1)).isEqualTo(40);
        assertThat(call(func, 0)).isEqualTo(50);
    }

    @Test
    void returnWithADeepStack() {
        Code code = new Code();
        for (int i = 0; i < 200; i++) {
            code.i64(i).f32(i).i32(i);
        }
        code.get(0).when(EMPTY).f64(1).i32(11).i64(12).op(RETURN).end();
        for (int i = 0; i < 200; i++) {
            code.op(DROP, DROP, DROP);
        }
        Func func = func("i:il", "", code.i32(21).i64(22));
        assertThat(func.call(1)).containsExactly(11, 12);
        assertThat(func.call(0)).containsExactly(21, 22);
    }

    @Test
    void branchTables() {
        Code code = new Code().block(EMPTY).block(EMPTY).block(EMPTY).get(0).brTable(2, 0, 1, 2);
        code.end().i32(10).op(RETURN).end().i32(20).op(RETURN).end().i32(30);
        Func func = func("i:i", "", code);
        int[] expected = {30, 10, 20, 30, 30};
        for (int i = 0; i < expected.length; i++) {
            assertThat(call(func, i)).isEqualTo(expected[i]);
        }
        assertThat(call(func, -1)).isEqualTo(30);
        assertThat(call(func, Integer.MIN_VALUE)).isEqualTo(30);
    }

    /** To blocks at different heights, one of them the function. */
    @Test
    void branchTablesWithValues() {
        Code code = new Code().i32(1).block(I32).i64(2).block(I32).i32(3).i32(50).get(0);
        code.brTable(0, 1, 2, 0).end().i32(100).op(I32_ADD).op(NOP).set(1).op(DROP).get(1);
        code.end().i32(1000).op(I32_ADD).op(I32_ADD);
        Func func = func("i:i", "i", code);
        assertThat(call(func, 0)).isEqualTo(1151);
        assertThat(call(func, 1)).isEqualTo(1051);
        assertThat(call(func, 2)).isEqualTo(50);
        assertThat(call(func, 3)).isEqualTo(1151);
    }

    @Test
    void branchTablesWithOneAndWithoutTargets() {
        Code none = new Code().block(I32).i32(7).get(0).brTable(0).end();
        assertThat(call(func("i:i", "", none), 5)).isEqualTo(7);
        Code toFunction = new Code().i64(0).i32(8).get(0).brTable(0);
        assertThat(call(func("i:i", "", toFunction), 5)).isEqualTo(8);
        Code one = new Code().block(EMPTY).block(EMPTY).get(0).brTable(0, 1).end();
        one.i32(1).op(RETURN).end().i32(2);
        Func func = func("i:i", "", one);
        assertThat(call(func, 0)).isEqualTo(1);
        assertThat(call(func, 1)).isEqualTo(2);
    }

    @Test
    void aBranchTableThatCloses() {
        Code code = new Code().block(EMPTY).loop(EMPTY).get(1).i32(1).op(I32_ADD).tee(1);
        code.get(0).op(I32_GE_U).brTable(0, 1).end().end().get(1);
        Func func = func("i:i", "i", code);
        assertThat(call(func, 1)).isEqualTo(1);
        assertThat(call(func, 100_000)).isEqualTo(100_000);
    }

    @Test
    void aBigBranchTable() {
        int count = 1000;
        Code code = new Code();
        for (int i = 0; i <= count; i++) {
            code.block(EMPTY);
        }
        int[] labels = new int[count + 1];
        for (int i = 0; i <= count; i++) {
            labels[i] = i;
        }
        code.get(0).brTable(labels);
        for (int i = 0; i <= count; i++) {
            code.end().i32(i * 3).op(RETURN);
        }
        Func func = func("i:i", "", code.op(UNREACHABLE));
        for (int i : new int[] {0, 1, 127, 128, 500, count - 1, count}) {
            assertThat(call(func, i)).isEqualTo(i * 3);
        }
        assertThat(call(func, count + 1)).isEqualTo(3 * count);
        assertThat(call(func, -1)).isEqualTo(3 * count);
    }

    @Test
    void aBranchTableLargerThanAMethod() {
        int[] labels = new int[200_001];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 3;
        }
        Code code = new Code().block(EMPTY).block(EMPTY).block(EMPTY).get(0).brTable(labels);
        for (int i = 0; i < 3; i++) {
            code.end().i32(7 + i).op(RETURN);
        }
        Func func = func("i:i", "", code.op(UNREACHABLE));
        for (int i : new int[] {0, 1, 255, 256, 511, 512, 65_535, 65_536, 131_072, 199_999}) {
            assertThat(call(func, i)).as("%d", i).isEqualTo(7 + i % 3);
        }
        for (int i : new int[] {200_000, 200_001, 1 << 30, Integer.MIN_VALUE, -1}) {
            assertThat(call(func, i)).as("%d", i).isEqualTo(7 + 200_000 % 3);
        }
    }

    @Test
    void anIfWithoutElsePassesItsParametersOn() {
        TestModule module = new TestModule();
        int type = module.type("il:il");
        Code code = new Code().i32(1).i64(2).get(0).when(type);
        code.op(DROP, DROP).i32(3).i64(4).end();
        Func func = func(module, "i:il", "", code);
        assertThat(func.call(1)).containsExactly(3, 4);
        assertThat(func.call(0)).containsExactly(1, 2);
    }

    @Test
    void ifWithElse() {
        TestModule module = new TestModule();
        int type = module.type("d:di");
        Code code = new Code().f64(2.5).get(0).when(type).i32(1).otherwise().i32(2).end();
        Func func = func(module, "i:di", "", code);
        assertThat(func.call(7)).containsExactly(TWO, 1);
        assertThat(func.call(0)).containsExactly(TWO, 2);
    }

    @Test
    void conditionsOfAllComparisonsChooseTheBranch() {
        for (Opcode comparison : new Opcode[] {I32_LT_S, I32_LT_U, I32_EQ, I32_GE_S, I32_GE_U}) {
            Code value = new Code().get(0).get(1).op(comparison);
            Code viaIf = new Code().add(value).when(I32).i32(1).otherwise().i32(0).end();
            Code notIf =
                    new Code().add(value).op(I32_EQZ).when(I32).i32(0).otherwise().i32(1).end();
            Code twice = new Code().add(value).op(I32_EQZ, I32_EQZ);
            Code branch = new Code().block(I32).i32(1).add(value).brIf(0).op(DROP).i32(0).end();
            TestModule module = new TestModule();
            module.func("value", "ii:i", "", value);
            module.func("if", "ii:i", "", viaIf);
            module.func("not", "ii:i", "", notIf);
            module.func("twice", "ii:i", "", twice);
            module.func("branch", "ii:i", "", branch);
            Instance instance = module.start();
            for (int a : new int[] {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
                for (int b : new int[] {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
                    long expected = call(instance.func("value"), a, b);
                    for (String name : new String[] {"if", "not", "twice", "branch"}) {
                        assertThat(call(instance.func(name), a, b))
                                .as("%s %s %d %d", comparison, name, a, b)
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }

    /** A comparison with a NaN fails, and so its negation holds. */
    @Test
    void comparisonsWithNaNs() {
        for (Opcode comparison : new Opcode[] {F64_LT, F64_GT, F64_LE, F64_GE, F64_EQ}) {
            Code value = new Code().get(0).get(1).op(comparison);
            Code not = new Code().add(value).op(I32_EQZ).when(I32).i32(1).otherwise().i32(0).end();
            Func func = func("dd:i", "", not);
            long nan = Double.doubleToRawLongBits(Double.NaN);
            assertThat(call(func, nan, TWO)).as(comparison.mnemonic).isEqualTo(1);
            assertThat(call(func, TWO, nan)).as(comparison.mnemonic).isEqualTo(1);
            assertThat(call(func, nan, nan)).as(comparison.mnemonic).isEqualTo(1);
        }
        Func ne = func("dd:i", "", new Code().get(0).get(1).op(F64_NE));
        assertThat(call(ne, Double.doubleToRawLongBits(Double.NaN), TWO)).isEqualTo(1);
    }

    @Test
    void blocksAndLoopsWithParameters() {
        TestModule module = new TestModule();
        int block = module.type("ii:i");
        Code code = new Code().get(0).get(1).block(block).op(I32_SUB).end();
        assertThat(call(func(module, "ii:i", "", code), 10, 3)).isEqualTo(7);
        TestModule sums = new TestModule();
        int loop = sums.type("li:l");
        Code sum = new Code().i64(0).get(0).loop(loop).set(0).get(0);
        sum.op(I64_EXTEND_I32_U).op(I64_ADD).get(0).i32(1).op(I32_SUB).tee(0).get(0).brIf(0);
        assertThat(call(func(sums, "i:l", "", sum.op(DROP).end()), 1000)).isEqualTo(500_500);
    }

    @Test
    void codeBehindABranchIsNotRun() {
        Code code = new Code().block(I32).i32(1).br(0);
        code.op(UNREACHABLE).block(EMPTY).loop(EMPTY).br(0).end().end();
        code.i32(0).when(I32).i32(5).otherwise().i32(6).end().op(DROP).op(I32_ADD).end();
        code.op(RETURN).op(I64_MUL).op(DROP).br(0);
        assertThat(call(func(":i", "", code))).isEqualTo(1);
    }

    /** Loops in code that is not written must not be taken for those that follow. */
    @Test
    void loopsBehindABranchAreLeftOut() {
        Code code = new Code().block(EMPTY).br(0).loop(EMPTY).loop(EMPTY).br(1).end().end().end();
        code.loop(EMPTY).get(1).i32(1).op(I32_ADD).tee(1).get(0).op(I32_NE).brIf(0).end().get(1);
        assertThat(call(func("i:i", "i", code), 30_000)).isEqualTo(30_000);
    }

    @Test
    void ifsThatEndInBranchesOnOneOrBothSides() {
        Code one = new Code().get(0).when(I32).i32(1).op(RETURN).otherwise().i32(2).end();
        Func func = func("i:i", "", one.i32(10).op(I32_ADD));
        assertThat(call(func, 1)).isEqualTo(1);
        assertThat(call(func, 0)).isEqualTo(12);
        Code both =
                new Code().get(0).when(I32).i32(1).op(RETURN).otherwise().i32(2).op(RETURN).end();
        func = func("i:i", "", both);
        assertThat(call(func, 1)).isEqualTo(1);
        assertThat(call(func, 0)).isEqualTo(2);
    }

    @Test
    void unreachableTraps() {
        assertThatThrownBy(() -> func(":", "", new Code().op(UNREACHABLE)).call())
                .isInstanceOf(TrapException.class)
                .hasMessage("unreachable");
    }

    @Test
    void selectOfAllTypes() {
        Code code = new Code();
        code.get(0).get(1).get(10).op(SELECT);
        code.get(2).get(3).get(10).op(SELECT);
        code.get(4).get(5).get(10).op(SELECT);
        code.get(6).get(7).get(10).op(SELECT);
        code.get(8).get(9).get(10).select('x');
        Func func = func("iillffddxxi:ilfdx", "", code);
        Object[] args = {1, 2, 3L, 4L, 5f, 6f, 7.0, 8.0, "a", "b", 1};
        assertThat(func.invoke(args)).containsExactly(1, 3L, 5f, 7.0, "a");
        args[10] = 0;
        assertThat(func.invoke(args)).containsExactly(2, 4L, 6f, 8.0, "b");
        args[10] = Integer.MIN_VALUE;
        assertThat(func.invoke(args)).containsExactly(1, 3L, 5f, 7.0, "a");
    }

    @Test
    void functionsWithManyResults() {
        TestModule module = new TestModule();
        int many = module.func("l:ilfdxilfd", "", results());
        Code code = new Code().i32(77).get(0).call(many);
        code.set(9).set(8).set(7).set(6).set(5).set(4).set(3).set(2).set(1).op(DROP);
        for (int i = 1; i <= 9; i++) {
            code.get(i);
        }
        module.func("f", "l:ilfdxilfd", "ilfdxilfd", code);
        module.exportFunc("g", many);
        Instance instance = module.start();
        Object[] expected = {1, 5L, 2.5f, 3.5, null, -1, -5L, -2.5f, -3.5};
        assertThat(instance.func("f").invoke(5L)).containsExactly(expected);
        assertThat(instance.func("g").invoke(5L)).containsExactly(expected);
    }

    private static Code results() {
        Code code = new Code().i32(1).get(0).f32(2.5f).f64(3.5).refNull('x').i32(-1);
        return code.i64(0).get(0).op(I64_SUB).f32(-2.5f).f64(-3.5);
    }

    /** Results pass through one place of the instance: a call for one must not disturb another. */
    @Test
    void resultsOfNestedCalls() {
        TestModule module = new TestModule();
        int pair = module.func("i:ii", "", new Code().get(0).get(0).i32(1).op(I32_ADD));
        Code code = new Code().i32(1).call(pair).i32(10).call(pair).i32(100).call(pair);
        code.op(I32_ADD, I32_MUL, I32_ADD, I32_MUL, I32_ADD);
        int expected = 1 + 2 * (10 + 11 * (100 + 101));
        assertThat(call(func(module, ":i", "", code))).isEqualTo(expected);
    }

    /** More than the JVM's jumps of 16 bits reach. */
    @Test
    void farJumps() {
        Code filler = new Code();
        for (int i = 0; i < 6000; i++) {
            filler.get(1).i32(12_345 + i).op(I32_ADD).set(1);
        }
        Code code = new Code().block(F64).loop(EMPTY).f64(1).get(0).i32(3).op(I32_EQ).brIf(1);
        code.op(DROP).get(0).i32(2).op(I32_EQ).when(EMPTY).add(filler).otherwise().i32(5).set(1);
        code.end().get(0).i32(1).op(I32_ADD).tee(0).i32(100).op(I32_LT_S).brIf(0).end();
        code.f64(2).end().get(1);
        Func func = func("i:di", "i", code);
        int sum = 0;
        for (int i = 0; i < 6000; i++) {
            sum += 12_345 + i;
        }
        assertThat(func.call(2)).containsExactly(Double.doubleToRawLongBits(1), sum);
        assertThat(func.call(50)).containsExactly(Double.doubleToRawLongBits(2), 5);
        assertThat(func.call(1)).containsExactly(Double.doubleToRawLongBits(1), 5 + sum);
        assertThat(func.call(3)).containsExactly(Double.doubleToRawLongBits(1), 0);
    }

    /** Where jumps are far, a frame follows each of them: also of those that a value takes. */
    @Test
    void selectAmongFarJumps() {
        Code filler = new Code();
        for (int i = 0; i < 6000; i++) {
            filler.get(0).i32(12_345 + i).op(I32_XOR).set(0);
        }
        Code code = new Code().i64(1).i64(20).i64(300).get(0).op(SELECT, I64_ADD);
        code.f64(4000).op(I64_TRUNC_F64_S, I64_ADD);
        code.i32(50_000).i32(60_000).get(0).i32(7).op(I32_GT_S, SELECT, I64_EXTEND_I32_S);
        code.op(I64_ADD).get(0).when(EMPTY).add(filler).end();
        Func func = func("i:l", "", code);
        assertThat(func.call(0)).containsExactly(1L + 300 + 4000 + 60_000);
        assertThat(func.call(8)).containsExactly(1L + 20 + 4000 + 50_000);
    }

    @Test
    void aFunctionLargerThanAMethod() {
        Code code = new Code();
        int sum = 0;
        for (int i = 0; i < 12_000; i++) {
            code.get(0).i32(100_000 + i).op(I32_ADD).set(0);
            sum += 100_000 + i;
        }
        Func func = func("i:i", "", code.get(0));
        assertThat(call(func, 5)).isEqualTo(sum + 5);
    }

    @Test
    void manyLocals() {
        TestModule module = new TestModule();
        Code code = new Code().get(0).set(3000).get(3000).set(299).get(299).get(3000).op(I64_ADD);
        module.exportFunc("f", module.funcWithManyLocals("l:l", 3000, 'l', code));
        code = new Code().block(I32).get(8999).get(0).brIf(0).op(DROP).i32(4).end();
        module.exportFunc("g", module.funcWithManyLocals("i:i", 9000, 'i', code));
        module.exportFunc("h", module.funcWithManyLocals("i:i", 9000, 'i', countTo100()));
        Instance instance = module.start();
        assertThat(instance.func("f").call(21)).containsExactly(42);
        assertThat(instance.func("g").call(1)).containsExactly(0);
        assertThat(instance.func("g").call(0)).containsExactly(4);
        assertThat(instance.func("h").call(0)).containsExactly(100);
    }

    private static Code countTo100() {
        Code code = new Code().loop(EMPTY).get(9000).i32(1).op(I32_ADD).tee(9000).i32(100);
        return code.op(I32_NE).brIf(0).end().get(9000);
    }

    @Test
    void moreLocalsThanAMethodHas() {
        TestModule module = new TestModule();
        Code code = new Code();
        for (int i = 1; i < 50_000; i++) {
            code.get(i - 1).i32(1).op(I32_ADD).set(i);
        }
        code.get(49_999);
        module.exportFunc("f", module.funcWithManyLocals("i:i", 49_999, 'i', code));
        assertThat(module.start().func("f").call(3)).containsExactly(50_002);
    }

    @Test
    void asManyParametersAsTheJvmHas() {
        TestModule module = new TestModule();
        String params = "l".repeat(125) + "i";
        Code sum = new Code().i64(0);
        for (int i = 0; i < 125; i++) {
            sum.get(i).op(I64_ADD);
        }
        int callee = module.func("callee", params + ":l", "", sum);
        module.table('r', 1, 1);
        module.elem(0, new Code().i32(0), callee);
        Code call = new Code();
        Code indirect = new Code();
        for (int i = 0; i < 126; i++) {
            call.get(i);
            indirect.get(i);
        }
        module.func("call", params + ":l", "", call.call(callee));
        module.func(
                "indirect",
                params + ":l",
                "",
                indirect.i32(0).callIndirect(module.type(params + ":l"), 0));
        Instance instance = module.start();
        long[] args = new long[126];
        for (int i = 0; i < 125; i++) {
            args[i] = i;
        }
        for (String name : new String[] {"callee", "call", "indirect"}) {
            assertThat(instance.func(name).call(args)).as(name).containsExactly(125 * 62);
        }
    }

    /** A {@code br_table} that takes so many operands to so many labels, each further down. */
    @ParameterizedTest
    @CsvSource({"2, 300", "10, 60", "100, 1000", "600, 40", "1000, 300"})
    void branchTablesWithManyOperands(int labels, int operands) {
        TestModule module = new TestModule();
        int gives = module.type(":" + "i".repeat(operands));
        Code code = new Code().i32(0);
        for (int i = 0; i < labels; i++) {
            code.i32(1).block(gives);
        }
        for (int i = 0; i < operands; i++) {
            code.get(0).i32(i).op(I32_XOR);
        }
        int[] table = new int[labels];
        for (int i = 0; i < labels; i++) {
            table[i] = i;
        }
        code.get(0).brTable(table);
        for (int i = 0; i < labels; i++) {
            code.end();
            // Behind each label all are added up, with what stood below; the rest are new.
            for (int k = 0; k < operands; k++) {
                code.op(I32_ADD);
            }
            for (int k = 1; i < labels - 1 && k < operands; k++) {
                code.i32(0);
            }
        }
        module.func("run", "i:i", "", code.op(I32_ADD));
        Instance instance = module.start();
        for (int arg : new int[] {0, 1, labels / 2, labels - 1, labels, -1}) {
            int sum = 0;
            for (int i = 0; i < operands; i++) {
                sum += arg ^ i;
            }
            int label = Integer.compareUnsigned(arg, labels) < 0 ? arg : labels - 1;
            assertThat(instance.func("run").call(arg)[0])
                    .as("index %d", arg)
                    .isEqualTo(sum + labels - label);
        }
    }
}
