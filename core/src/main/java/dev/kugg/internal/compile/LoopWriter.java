package dev.kugg.internal.compile;

import static dev.kugg.internal.classfile.Jvm.*;
import static dev.kugg.internal.compile.RuntimeNames.*;

import dev.kugg.internal.classfile.CodeWriter;
import dev.kugg.internal.classfile.Label;
import dev.kugg.internal.flow.LoopPlan;
import dev.kugg.internal.opcode.Lowering;

/** Writes where loops begin and end, in the forms of {@link LoopPlan}. */
final class LoopWriter {
    private final BodyWriter body;
    private final CodeWriter code;

    LoopWriter(BodyWriter body) {
        this.body = body;
        this.code = body.code;
    }

    /**
     * Begins a loop here.
     *
     * @param enter where ways into the loop lead; placed here
     * @param top where its back edges lead; placed here
     */
    void begin(LoopPlan loop, Label enter, Label top) {
        switch (loop.kind) {
            case LoopPlan.FUEL -> fuelLoop(loop, enter, top);
            case LoopPlan.STRIP -> stripLoop(loop, enter, top);
            default -> outerLoop(loop, enter, top);
        }
    }

    /**
     * {@code top: look; body}, or where the loop counts its trips {@code enter: left = OUTER_TRIPS;
     * top: if (--left < 0) goto enter; look; body}. What the JIT sees then is a loop in a loop that
     * it cannot count, and that keeps the JVM's own stop.
     */
    private void outerLoop(LoopPlan loop, Label enter, Label top) {
        body.placeWithFrame(enter);
        if (loop.counts && loop.level >= LoopPlan.COUNTED_LEVELS) {
            code.place(top);
            body.loadInstance();
            code.invokeVirtual(INSTANCE, InstanceClass.LOOK, "()V");
            return;
        }
        if (loop.counts) {
            int left = body.outerFuelSlot(loop.level);
            code.pushInt(LoopPlan.OUTER_TRIPS);
            code.local(ISTORE, left);
            body.placeWithFrame(top);
            code.increment(left, -1);
            code.local(ILOAD, left);
            body.jumpIf(IFLT, enter);
        } else {
            code.place(top);
        }
        Label go = new Label();
        body.loadInstance();
        code.getField(INSTANCE, "stop", "I");
        body.jumpIf(IFEQ, go);
        body.loadInstance();
        code.invokeVirtual(STATE, "poll", "()V");
        body.placeWithFrame(go);
    }

    /**
     * {@code enter: left = trips(); top: left -= trip; if (left < 0) { if (alarm) look; goto enter;
     * } body}. The JIT cannot count the loop by {@code left}, since it does not know {@code trip}:
     * loops that it counts it unrolls, and most of these end too soon for that.
     */
    private void fuelLoop(LoopPlan loop, Label enter, Label top) {
        int left = body.fuelSlot();
        Label go = new Label();
        body.placeWithFrame(enter);
        code.pushInt(loop.trips());
        code.local(ISTORE, left);
        body.placeWithFrame(top);
        code.local(ILOAD, left);
        body.loadInstance();
        code.getField(INSTANCE, "trip", "I");
        code.op(ISUB);
        code.local(ISTORE, left);
        code.local(ILOAD, left);
        body.jumpIf(IFGE, go);
        enterAgain(enter);
        body.placeWithFrame(go);
    }

    /**
     * Once a count is used up: {@code if (alarm) look; goto enter}. Compiled code has nothing here
     * but the safepoint of the outer loop, and so keeps what it knows of memory from strip to
     * strip.
     */
    private void enterAgain(Label enter) {
        code.invokeStatic(INSTANCE, InstanceClass.RINGS, "()Z");
        body.jumpIf(IFEQ, enter);
        body.loadInstance();
        code.invokeVirtual(STATE, "checkInterrupted", "()V");
        code.goTo(enter);
    }

    /**
     * A counted loop in strips: {@code enter: left = -trips(); top: body; if (++left < 0) goto top;
     * if (condition) { if (alarm) look; goto enter; }}. The JIT sees a loop that counts up to 0:
     * up, since it turns other counters into multiples of this one, and does less with negative
     * ones.
     */
    private void stripLoop(LoopPlan loop, Label enter, Label top) {
        body.placeWithFrame(enter);
        trips(loop);
        code.op(INEG);
        code.local(ISTORE, body.fuelSlot());
        body.placeWithFrame(top);
    }

    private void trips(LoopPlan loop) {
        int size = Math.abs(loop.step);
        boolean rising = loop.step > 0;
        if (rising == (loop.condition == Lowering.NE)) {
            loadBound(loop);
            body.loadLocal(loop.counter);
        } else {
            body.loadLocal(loop.counter);
            loadBound(loop);
        }
        if (loop.condition == Lowering.NE) {
            code.op(ISUB);
            code.pushInt(Integer.numberOfTrailingZeros(size));
            code.pushInt(loop.trips());
            code.invokeStatic(LOOPS, "tripsUntilEqual", "(III)I");
        } else {
            code.pushInt(32 - Integer.numberOfLeadingZeros(size - 1));
            code.pushInt(loop.trips());
            code.invokeStatic(
                    LOOPS, loop.unsigned ? "tripsWhileLessUnsigned" : "tripsWhileLess", "(IIII)I");
        }
    }

    private void loadBound(LoopPlan loop) {
        if (loop.boundVariable >= 0) {
            body.loadLocal(loop.boundVariable);
        } else {
            code.pushInt(loop.boundConstant);
        }
    }

    /** Ends a counted loop, with the operands of its condition on the stack but not compared. */
    void closeStrip(LoopPlan loop, Label enter, Label top) {
        for (int i = 0; i < loop.operands; i++) {
            code.op(POP);
            body.pop();
        }
        code.increment(body.fuelSlot(), 1);
        code.local(ILOAD, body.fuelSlot());
        body.jumpIf(IFLT, top);
        Label out = new Label();
        body.loadLocal(loop.counter);
        loadBound(loop);
        body.jumpIf(CodeWriter.negate(compareStrip(loop)), out);
        enterAgain(enter);
        body.placeWithFrame(out);
    }

    private int compareStrip(LoopPlan loop) {
        if (!loop.unsigned) {
            return IF_ICMPEQ + loop.condition;
        }
        code.invokeStatic("java/lang/Integer", "compareUnsigned", "(II)I");
        return IFEQ + loop.condition;
    }

    /**
     * {@code a != b} at the end of a loop as {@code a < b || a > b}: the JIT counts loops that end
     * on "less", by any step.
     */
    void whileNotEqual(Label top) {
        int a = body.scratch(0);
        int b = body.scratch(1);
        code.local(ISTORE, b);
        code.local(ISTORE, a);
        code.local(ILOAD, a);
        code.local(ILOAD, b);
        body.jumpIf(IF_ICMPLT, top);
        code.local(ILOAD, a);
        code.local(ILOAD, b);
        body.jumpIf(IF_ICMPGT, top);
    }
}
