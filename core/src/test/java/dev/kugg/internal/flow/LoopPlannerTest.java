package dev.kugg.internal.flow;

import static dev.kugg.internal.Code.EMPTY;
import static dev.kugg.internal.Code.I32;
import static dev.kugg.internal.opcode.Opcode.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.internal.Code;
import dev.kugg.internal.TestModule;
import dev.kugg.internal.decode.Decoder;
import dev.kugg.internal.decode.ModuleDef;
import dev.kugg.internal.opcode.Opcode;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Which loops are counted: only those that are get strips, and all forms that compilers write. */
class LoopPlannerTest {
    private static final int COUNTER = 0;
    private static final int BOUND = 1;
    private static final int OTHER = 2;

    private static List<LoopPlan> plan(Code body) {
        TestModule module = new TestModule();
        module.importFunc("m", "f", ":");
        return plan(module, module.func("iii:", "il", body));
    }

    private static List<LoopPlan> plan(TestModule module, int funcidx) {
        ModuleDef def = Decoder.decode(module.toBytes());
        BodyPlan plan = BodyPlanner.plan(new Kinds(def), SplitLimits.NORMAL, funcidx, null);
        List<LoopPlan> loops = new ArrayList<>();
        for (int i = 0; i < plan.graph.orderCount; i++) {
            LoopPlan loop = plan.loops[plan.graph.order[i]];
            if (loop != null) {
                loops.add(loop);
            }
        }
        return loops;
    }

    private static List<Integer> kinds(Code body) {
        List<Integer> kinds = new ArrayList<>();
        for (LoopPlan loop : plan(body)) {
            kinds.add(loop.kind);
        }
        return kinds;
    }

    @Test
    void valuesThatATripPassesCount() {
        TestModule module = new TestModule();
        String many = "i".repeat(1000);
        Code loop = new Code();
        for (int i = 0; i < 1000; i++) {
            loop.i32(i);
        }
        loop.loop(module.type(many + ":" + many)).br(0).end();
        List<LoopPlan> loops = plan(module, module.func(":" + many, "", loop));
        assertThat(loops).hasSize(1);
        assertThat(loops.get(0).trips()).isLessThan(300);
    }

    private static Code step(int by) {
        return new Code().get(COUNTER).i32(by).op(I32_ADD).set(COUNTER);
    }

    private static Code loop(Code inside) {
        return new Code().loop(EMPTY).add(inside).end();
    }

    private static Code counted(int by, Opcode comparison) {
        return loop(step(by).get(COUNTER).get(BOUND).op(comparison).brIf(0));
    }

    private static int kind(Code body) {
        assertThat(plan(body)).hasSize(1);
        return plan(body).get(0).kind;
    }

    @Test
    void comparisonsThatGoWithTheStepAreCounted() {
        for (Opcode up : List.of(I32_NE, I32_LT_S, I32_LT_U, I32_LE_S, I32_LE_U)) {
            assertThat(kind(counted(1, up))).as(up.mnemonic).isEqualTo(LoopPlan.STRIP);
            assertThat(kind(counted(4, up))).as(up.mnemonic).isEqualTo(LoopPlan.STRIP);
        }
        for (Opcode down : List.of(I32_NE, I32_GT_S, I32_GT_U, I32_GE_S, I32_GE_U)) {
            assertThat(kind(counted(-1, down))).as(down.mnemonic).isEqualTo(LoopPlan.STRIP);
        }
    }

    @Test
    void comparisonsAgainstTheStepAreNot() {
        for (Opcode up : List.of(I32_LT_S, I32_LT_U, I32_LE_S, I32_LE_U)) {
            assertThat(kind(counted(-1, up))).as(up.mnemonic).isEqualTo(LoopPlan.FUEL);
        }
        for (Opcode down : List.of(I32_GT_S, I32_GT_U, I32_GE_S, I32_GE_U, I32_EQ)) {
            assertThat(kind(counted(1, down))).as(down.mnemonic).isEqualTo(LoopPlan.FUEL);
        }
    }

    @Test
    void stepsThatNoStripFits() {
        assertThat(kind(counted(3, I32_NE))).isEqualTo(LoopPlan.FUEL);
        assertThat(kind(counted(3, I32_LT_S))).isEqualTo(LoopPlan.STRIP);
        assertThat(kind(counted(0, I32_NE))).isEqualTo(LoopPlan.FUEL);
        assertThat(kind(counted(0, I32_LT_S))).isEqualTo(LoopPlan.FUEL);
        assertThat(kind(counted(4096, I32_LT_S))).isEqualTo(LoopPlan.STRIP);
        assertThat(kind(counted(4097, I32_LT_S))).isEqualTo(LoopPlan.FUEL);
        assertThat(kind(counted(Integer.MIN_VALUE, I32_NE))).isEqualTo(LoopPlan.FUEL);
        assertThat(kind(counted(Integer.MIN_VALUE, I32_GT_S))).isEqualTo(LoopPlan.FUEL);
    }

    @Test
    void operandsInAnyForm() {
        Code tee = new Code().get(COUNTER).i32(1).op(I32_ADD).tee(COUNTER);
        assertThat(kind(loop(new Code().add(tee).get(BOUND).op(I32_NE).brIf(0))))
                .isEqualTo(LoopPlan.STRIP);
        assertThat(kind(loop(new Code().add(tee).i32(10).op(I32_LT_U).brIf(0))))
                .isEqualTo(LoopPlan.STRIP);
        assertThat(kind(loop(new Code().get(BOUND).add(tee).op(I32_GT_S).brIf(0))))
                .isEqualTo(LoopPlan.STRIP);
        assertThat(kind(loop(step(1).get(BOUND).get(COUNTER).op(I32_GT_S).brIf(0))))
                .isEqualTo(LoopPlan.STRIP);
        assertThat(kind(loop(new Code().add(tee).brIf(0)))).isEqualTo(LoopPlan.STRIP);
        assertThat(kind(loop(step(-1).get(COUNTER).brIf(0)))).isEqualTo(LoopPlan.STRIP);
        Code sub = new Code().get(COUNTER).i32(1).op(I32_SUB).tee(COUNTER);
        assertThat(kind(loop(sub.brIf(0)))).isEqualTo(LoopPlan.STRIP);
    }

    @Test
    void whatAStripSays() {
        LoopPlan plan = plan(loop(step(-4).i32(9).get(COUNTER).op(I32_LT_U).brIf(0))).get(0);
        assertThat(plan.counter).isEqualTo(COUNTER);
        assertThat(plan.step).isEqualTo(-4);
        assertThat(plan.boundVariable).isEqualTo(-1);
        assertThat(plan.boundConstant).isEqualTo(9);
        assertThat(plan.unsigned).isTrue();
        assertThat(plan.operands).isEqualTo(2);
        assertThat(plan.condition).as("mirrored").isEqualTo(dev.kugg.internal.opcode.Lowering.GT);
    }

    @Test
    void aCounterWrittenElsewhereIsNoCounter() {
        Code close = new Code().get(COUNTER).get(BOUND).op(I32_NE).brIf(0);
        assertThat(kind(loop(step(1).add(step(1)).add(close)))).isEqualTo(LoopPlan.FUEL);
        assertThat(kind(loop(new Code().i32(7).set(COUNTER).add(step(1)).add(close))))
                .isEqualTo(LoopPlan.FUEL);
        Code conditional = new Code().get(OTHER).when(EMPTY).add(step(1)).end();
        assertThat(kind(loop(new Code().add(conditional).add(close)))).isEqualTo(LoopPlan.FUEL);
        assertThat(kind(loop(step(1).add(conditional).add(close)))).isEqualTo(LoopPlan.FUEL);
        Code inBlock = new Code().block(EMPTY).get(OTHER).brIf(0).add(step(1)).end();
        assertThat(kind(loop(inBlock.add(close)))).isEqualTo(LoopPlan.FUEL);
        assertThat(kind(loop(close))).as("not written at all").isEqualTo(LoopPlan.FUEL);
    }

    @Test
    void aBoundWrittenInTheLoopIsNoBound() {
        Code close = new Code().get(COUNTER).get(BOUND).op(I32_NE).brIf(0);
        assertThat(kind(loop(step(1).get(OTHER).set(BOUND).add(close)))).isEqualTo(LoopPlan.FUEL);
        assertThat(kind(loop(step(1).get(COUNTER).get(COUNTER).op(I32_NE).brIf(0))))
                .as("its own bound")
                .isEqualTo(LoopPlan.FUEL);
        assertThat(kind(loop(step(1).get(COUNTER).get(OTHER).tee(BOUND).op(I32_NE).brIf(0))))
                .isEqualTo(LoopPlan.FUEL);
    }

    @Test
    void otherWaysBack() {
        Code twice = new Code().get(OTHER).brIf(0);
        assertThat(kind(loop(step(1).add(twice).get(COUNTER).get(BOUND).op(I32_NE).brIf(0))))
                .isEqualTo(LoopPlan.FUEL);
        Code behind = step(1).get(COUNTER).get(BOUND).op(I32_NE).brIf(0).op(NOP);
        assertThat(kind(loop(behind))).as("nothing behind it").isEqualTo(LoopPlan.STRIP);
        assertThat(kind(loop(step(1).br(0)))).isEqualTo(LoopPlan.FUEL);
        assertThat(plan(loop(step(1)))).as("nothing leads back").isEmpty();
        assertThat(kind(loop(step(1).get(COUNTER).brTable(0, 1)))).isEqualTo(LoopPlan.FUEL);
    }

    @Test
    void leavingFromTheMiddleDoesNotMatter() {
        Code inside = new Code().get(OTHER).brIf(1).add(step(1)).get(OTHER).brIf(1);
        inside.get(COUNTER).get(BOUND).op(I32_NE).brIf(0);
        assertThat(kind(new Code().block(EMPTY).add(loop(inside)).end())).isEqualTo(LoopPlan.STRIP);
    }

    @Test
    void loopsWithLoopsOrCallsInThemAreNotCounted() {
        assertThat(kinds(loop(counted(1, I32_NE).add(step(1)).get(COUNTER).brIf(0))))
                .containsExactly(LoopPlan.OUTER, LoopPlan.STRIP);
        Code call = new Code().call(0).add(step(1)).get(COUNTER).get(BOUND).op(I32_NE).brIf(0);
        assertThat(kind(loop(call))).isEqualTo(LoopPlan.OUTER);
        Code giving = new Code().loop(I32).add(step(1)).i32(1).get(COUNTER).brIf(0).end();
        assertThat(kind(giving.op(DROP))).as("it gives a value").isNotEqualTo(LoopPlan.OUTER);
    }

    @Test
    void loopsAroundOthersCountTheirTripsWhereHotSpotMayToo() {
        Code inner = counted(1, I32_NE);
        Code signed = new Code().get(OTHER).i32(2).op(I32_ADD).tee(OTHER).get(BOUND).op(I32_LT_S);
        assertThat(plan(loop(new Code().add(inner).add(signed).brIf(0))).get(0).counts).isTrue();
        Code first = new Code().get(OTHER).op(I32_EQZ).brIf(1).add(inner);
        Code downwards = first.get(OTHER).i32(1).op(I32_SUB).set(OTHER).br(0);
        assertThat(plan(new Code().block(EMPTY).add(loop(downwards)).end()).get(0).counts).isTrue();
        Code unsigned = new Code().get(OTHER).i32(2).op(I32_ADD).tee(OTHER).get(BOUND).op(I32_LT_U);
        assertThat(plan(loop(new Code().add(inner).add(unsigned).brIf(0))).get(0).counts).isFalse();
        Code ofMemory = new Code().get(BOUND).op(I32_EQZ).brIf(0);
        assertThat(plan(loop(new Code().add(inner).add(ofMemory))).get(0).counts).isFalse();
        assertThat(plan(loop(new Code().call(0).add(ofMemory))).get(0).counts)
                .as("it has a call")
                .isTrue();
    }

    @Test
    void aCounterOfOneLoopMayBeWrittenInTheNext() {
        assertThat(kinds(counted(1, I32_NE).add(counted(-1, I32_GT_S)).get(COUNTER).set(BOUND)))
                .containsExactly(LoopPlan.STRIP, LoopPlan.STRIP);
    }
}
