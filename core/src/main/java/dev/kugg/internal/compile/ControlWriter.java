package dev.kugg.internal.compile;

import static dev.kugg.internal.classfile.Jvm.*;
import static dev.kugg.internal.compile.RuntimeNames.*;

import dev.kugg.internal.classfile.CodeWriter;
import dev.kugg.internal.classfile.Label;
import dev.kugg.internal.decode.InstructionCursor;
import dev.kugg.internal.opcode.Lowering;
import dev.kugg.internal.opcode.Opcode;

import java.util.Arrays;
import java.util.List;

/**
 * Writes blocks, loops and branches. A label's values stay on the JVM's operand stack; where a
 * branch leaves more behind than its label takes, the rest is removed on the way. Code that cannot
 * be reached is not written at all.
 */
final class ControlWriter {
    private static final int JVM_CASES_BYTES = 4;

    /** One open construct. */
    private static final class Construct {
        final Opcode opcode;
        final String params;
        final String results;
        final int height;
        final Label label = new Label();
        Label otherwise = new Label();
        LoopPlan loop = NO_LOOP;
        final Label strip = new Label();

        Construct(Opcode opcode, String params, String results, int height) {
            this.opcode = opcode;
            this.params = params;
            this.results = results;
            this.height = height;
        }

        /** The kinds a branch to it takes along. */
        String branchKinds() {
            return opcode == Opcode.LOOP ? params : results;
        }
    }

    private static final LoopPlan NO_LOOP = new LoopPlan(-1, true);

    private final BodyWriter body;
    private final CodeWriter code;
    private final CallWriter calls;
    private final List<LoopPlan> loops;
    private int loopsSeen;
    private Construct[] constructs = new Construct[16];
    private int count;

    /** Whether the current place can be reached. */
    boolean reachable = true;

    /** How many constructs are open that began where nothing could be reached. */
    private int deadConstructs;

    ControlWriter(BodyWriter body, CallWriter calls, List<LoopPlan> loops) {
        this.body = body;
        this.code = body.code;
        this.calls = calls;
        this.loops = loops;
        open(new Construct(Opcode.BLOCK, "", body.signature.results, 0));
    }

    private void open(Construct construct) {
        if (count == constructs.length) {
            constructs = Arrays.copyOf(constructs, count * 2);
        }
        constructs[count++] = construct;
    }

    private Construct target(int label) {
        return constructs[count - 1 - label];
    }

    private boolean isFunction(int label) {
        return label == count - 1;
    }

    // ---- where nothing can be reached ----

    /**
     * Follows an instruction that is not written, for the sake of the constructs it opens and
     * closes.
     */
    void skip(Opcode opcode) {
        switch (opcode) {
            case BLOCK, IF -> deadConstructs++;
            case LOOP -> {
                deadConstructs++;
                loopsSeen++;
            }
            case ELSE -> {
                if (deadConstructs == 0) {
                    otherwise();
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

    // ---- constructs ----

    private Construct construct(Opcode opcode) {
        InstructionCursor cursor = body.cursor;
        String params = "";
        String results = "";
        if (cursor.blockType >= 0) {
            Signature type = body.plan.signatures[body.plan.def.canonicalType[cursor.blockType]];
            params = type.params;
            results = type.results;
        } else if (cursor.blockType == InstructionCursor.BLOCK_VALUE) {
            results = String.valueOf(Signature.kind(java.util.Objects.requireNonNull(cursor.type)));
        }
        return new Construct(opcode, params, results, body.depth - params.length());
    }

    void block() {
        open(construct(Opcode.BLOCK));
    }

    /** An {@code if} whose condition is the JVM's jump {@code taken}. */
    void ifElse(int taken) {
        Construct construct = construct(Opcode.IF);
        open(construct);
        body.jumpIf(CodeWriter.negate(taken), construct.otherwise);
    }

    void otherwise() {
        Construct construct = constructs[count - 1];
        if (reachable) {
            code.goTo(construct.label);
        }
        restore(construct, construct.params);
        body.placeWithFrame(construct.otherwise);
        construct.otherwise = construct.label;
        reachable = true;
    }

    void end() {
        Construct construct = constructs[--count];
        if (count == 0) {
            endFunction(construct);
            return;
        }
        if (construct.opcode == Opcode.IF && construct.otherwise != construct.label) {
            code.place(construct.otherwise);
            reachable = true;
        }
        boolean branched = construct.opcode != Opcode.LOOP && construct.label.isUsed();
        if (branched) {
            code.place(construct.label);
        }
        restore(construct, construct.results);
        if (branched || construct.opcode == Opcode.IF && reachable) {
            body.frame();
        }
        reachable |= branched;
    }

    private void endFunction(Construct construct) {
        if (construct.label.isUsed()) {
            code.place(construct.label);
            restore(construct, construct.results);
            body.frame();
            reachable = true;
        }
        if (reachable) {
            calls.returnResults();
        }
    }

    private void restore(Construct construct, String kinds) {
        body.depth = construct.height;
        body.push(kinds);
    }

    // ---- loops ----

    void loop() {
        Construct construct = construct(Opcode.LOOP);
        construct.loop = loops.get(loopsSeen++);
        open(construct);
        switch (construct.loop.kind) {
            case LoopPlan.OUTER -> outerLoop(construct);
            case LoopPlan.FUEL -> fuelLoop(construct);
            case LoopPlan.STRIP -> stripLoop(construct);
            default -> {}
        }
    }

    /**
     * {@code again: left = OUTER_TRIPS; top: if (--left < 0) goto again; look; body}. What the JIT
     * sees is a loop in a loop that it cannot count, and that keeps the JVM's own stop.
     */
    private void outerLoop(Construct construct) {
        int level = construct.loop.level;
        if (level >= LoopPlan.COUNTED_LEVELS) {
            body.placeWithFrame(construct.label);
            body.loadInstance();
            code.invokeVirtual(INSTANCE, InstanceClass.LOOK, "()V");
            return;
        }
        int left = body.outerFuelSlot(level);
        Label again = new Label();
        Label go = new Label();
        body.placeWithFrame(again);
        code.pushInt(LoopPlan.OUTER_TRIPS);
        code.local(ISTORE, left);
        body.placeWithFrame(construct.label);
        code.increment(left, -1);
        code.local(ILOAD, left);
        body.jumpIf(IFLT, again);
        lookAtStop();
        body.jumpIf(IFEQ, go);
        poll();
        body.placeWithFrame(go);
    }

    private void lookAtStop() {
        body.loadInstance();
        code.getField(INSTANCE, "stop", "I");
    }

    private void poll() {
        body.loadInstance();
        code.invokeVirtual(STATE, "poll", "()V");
    }

    /** {@code again: left = trips(); top: if (--left < 0) { look; goto again; } body}. */
    private void fuelLoop(Construct construct) {
        int left = body.fuelSlot();
        Label again = new Label();
        Label go = new Label();
        body.placeWithFrame(again);
        code.pushInt(construct.loop.trips());
        code.local(ISTORE, left);
        body.placeWithFrame(construct.label);
        code.increment(left, -1);
        code.local(ILOAD, left);
        body.jumpIf(IFGE, go);
        body.loadInstance();
        code.invokeVirtual(STATE, "checkInterrupted", "()V");
        code.goTo(again);
        body.placeWithFrame(go);
    }

    /**
     * A counted loop in strips: {@code strip: left = -trips(); top: body; if (++left < 0) goto top;
     * if (condition) { look; goto strip; }}. The JIT sees a loop that counts up to 0: up, since it
     * turns other counters into multiples of this one, and does less with negative ones.
     */
    private void stripLoop(Construct construct) {
        body.placeWithFrame(construct.strip);
        trips(construct.loop);
        code.op(INEG);
        code.local(ISTORE, body.fuelSlot());
        body.placeWithFrame(construct.label);
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
        if (loop.boundLocal >= 0) {
            body.loadLocal(loop.boundLocal);
        } else {
            code.pushInt(loop.boundConstant);
        }
    }

    /** {@return whether the {@code br_if} at a position closes a counted loop} */
    boolean closesStrip(int position) {
        LoopPlan loop = constructs[count - 1].loop;
        return loop.kind == LoopPlan.STRIP && loop.branchAt == position;
    }

    /**
     * The {@code br_if} that closes a counted loop, with its operands on the stack but not
     * compared.
     */
    void closeStrip() {
        Construct construct = constructs[count - 1];
        LoopPlan loop = construct.loop;
        for (int i = 0; i < loop.operands; i++) {
            code.op(POP);
            body.pop();
        }
        code.increment(body.fuelSlot(), 1);
        code.local(ILOAD, body.fuelSlot());
        body.jumpIf(IFLT, construct.label);
        Label out = new Label();
        body.loadLocal(loop.counter);
        loadBound(loop);
        body.jumpIf(CodeWriter.negate(compareStrip(loop)), out);
        lookAtStop();
        body.jumpIf(IFEQ, construct.strip);
        poll();
        code.goTo(construct.strip);
        body.placeWithFrame(out);
    }

    private int compareStrip(LoopPlan loop) {
        if (!loop.unsigned) {
            return IF_ICMPEQ + loop.condition;
        }
        code.invokeStatic("java/lang/Integer", "compareUnsigned", "(II)I");
        return IFEQ + loop.condition;
    }

    // ---- branches ----

    void branch(int label) {
        leaveTo(label);
        reachable = false;
    }

    /**
     * A branch that is taken when the JVM's jump {@code taken} is; its operands are on the stack.
     */
    void branchIf(int taken, int label) {
        if (!isFunction(label) && excess(target(label)) == 0) {
            if (taken == IF_ICMPNE && target(label).opcode == Opcode.LOOP && !code.isWide()) {
                loopWhileNotEqual(target(label).label);
                return;
            }
            body.jumpIf(taken, target(label).label);
            return;
        }
        Label stay = new Label();
        body.jumpIf(CodeWriter.negate(taken), stay);
        leaveTo(label);
        body.placeWithFrame(stay);
    }

    /**
     * {@code a != b} at the end of a loop as {@code a < b || a > b}: the JIT counts loops that end
     * on "less", by any step.
     */
    private void loopWhileNotEqual(Label top) {
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

    void branchTable(InstructionCursor cursor) {
        body.pop();
        int count = cursor.labelCount;
        if ((long) count * JVM_CASES_BYTES > CodeWriter.MAX_CODE_BYTES) {
            throw FunctionWriter.tooLarge(body.plan, body.funcidx);
        }
        Label[] stubs = new Label[this.count];
        Label[] targets = new Label[count + 1];
        for (int i = 0; i <= count; i++) {
            targets[i] = jumpTarget(cursor.labels[i], stubs);
        }
        if (count == 0) {
            code.op(POP);
            code.goTo(targets[0]);
        } else {
            code.tableSwitch(targets, count, targets[count]);
        }
        for (int label = 0; label < stubs.length; label++) {
            if (stubs[label] != null) {
                body.placeWithFrame(stubs[label]);
                leaveTo(label);
            }
        }
        reachable = false;
    }

    /** The label itself where a jump can lead there directly, else that of a stub to be written. */
    private Label jumpTarget(int label, Label[] stubs) {
        Construct construct = target(label);
        // A loop that only a tableswitch closed would never be compiled while it runs: it needs a
        // goto of its own.
        boolean direct =
                !isFunction(label) && excess(construct) == 0 && construct.opcode != Opcode.LOOP;
        if (direct) {
            return construct.label;
        }
        if (stubs[label] == null) {
            stubs[label] = new Label();
        }
        return stubs[label];
    }

    void returnFunction() {
        calls.returnResults();
        reachable = false;
    }

    void unreachable() {
        code.newObject(TRAP);
        code.op(DUP);
        code.pushString("unreachable");
        code.invokeSpecial(TRAP, "<init>", "(Ljava/lang/String;)V");
        code.op(ATHROW);
        reachable = false;
    }

    /** How many operands below a label's values a branch to it has to remove. */
    private int excess(Construct construct) {
        return body.depth - construct.height - construct.branchKinds().length();
    }

    /** Jumps to a label whatever it takes; the operands stay as they are for the code behind. */
    private void leaveTo(int label) {
        if (isFunction(label)) {
            calls.returnResults();
            return;
        }
        Construct construct = target(label);
        String kinds = construct.branchKinds();
        int excess = excess(construct);
        if (excess > 0) {
            removeBelow(kinds, excess);
        }
        code.goTo(construct.label);
    }

    private void removeBelow(String kinds, int excess) {
        int slot = 0;
        for (int i = kinds.length() - 1; i >= 0; i--) {
            char kind = kinds.charAt(i);
            code.local(Signature.storeOpcode(kind), body.scratch(slot));
            slot += Signature.slots(kind);
        }
        for (int i = 0; i < excess; i++) {
            body.drop(body.peek(kinds.length() + i));
        }
        for (int i = 0; i < kinds.length(); i++) {
            char kind = kinds.charAt(i);
            slot -= Signature.slots(kind);
            code.local(Signature.loadOpcode(kind), body.scratch(slot));
        }
    }
}
