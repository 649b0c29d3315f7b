package dev.kugg.internal.compile;

import static dev.kugg.internal.classfile.Jvm.*;
import static dev.kugg.internal.compile.RuntimeNames.*;

import dev.kugg.internal.classfile.CodeWriter;
import dev.kugg.internal.classfile.Label;
import dev.kugg.internal.decode.FuncBody;
import dev.kugg.internal.decode.InstructionCursor;
import dev.kugg.internal.validate.BodyFacts;

import java.util.Arrays;

/**
 * What the writers of all instruction families share while they write one function: the code, the
 * types on the operand stack, and where each local lives.
 *
 * <p>The slots of the JVM's frame: parameters, instance, stack budget, declared locals, then, where
 * the body needs them, the memory's array and the counter of the innermost loop, then scratch slots
 * that no frame mentions.
 */
final class BodyWriter {
    final ModulePlan plan;
    final int funcidx;
    final BodyFacts facts;
    final InstructionCursor cursor;
    final CodeWriter code;
    final Signature signature;

    /** The verification types on the operand stack. */
    int[] stack = new int[16];

    int depth;

    /** By localidx. */
    private final int[] localSlots;

    private final char[] localKinds;
    final int instanceSlot;
    final int remainingSlot;
    private int memorySlot = -1;
    private int fuelSlot = -1;
    private int outerFuelSlot = -1;
    private final int outerLevels;
    private int firstScratch;
    private int maxLocals;

    /** Whether a handler for accesses out of bounds, or for a zero divisor, is needed. */
    boolean accessesMemory;

    boolean divides;

    private final int referenceType;

    BodyWriter(
            ModulePlan plan,
            int funcidx,
            InstructionCursor cursor,
            CodeWriter code,
            int outerLevels) {
        this.plan = plan;
        this.outerLevels = outerLevels;
        this.funcidx = funcidx;
        this.cursor = cursor;
        this.code = code;
        FuncBody body = plan.def.bodies[funcidx - plan.def.importedFuncs];
        facts = plan.module.bodies[funcidx - plan.def.importedFuncs];
        signature = plan.signature(funcidx);
        referenceType = code.objectType(OBJECT);
        int params = signature.params.length();
        localSlots = new int[params + body.localCount];
        localKinds = new char[localSlots.length];
        instanceSlot = signature.paramSlots;
        remainingSlot = instanceSlot + 1;
        int slot = placeParams();
        slot = placeLocals(body, params, slot + 2);
        firstScratch = placeHelpers(slot);
        maxLocals = firstScratch;
    }

    private int placeParams() {
        int slot = 0;
        for (int i = 0; i < signature.params.length(); i++) {
            slot = place(i, signature.params.charAt(i), slot);
        }
        code.frameLocal(code.objectType(INSTANCE));
        code.frameLocal(CodeWriter.INT);
        code.endParameters();
        return slot;
    }

    private int placeLocals(FuncBody body, int first, int slot) {
        int local = first;
        for (int run = 0; run < body.localCounts.length; run++) {
            char kind = Signature.kind(body.localTypes[run]);
            for (int i = 0; i < body.localCounts[run]; i++) {
                slot = place(local++, kind, slot);
            }
        }
        return slot;
    }

    private int place(int local, char kind, int slot) {
        localSlots[local] = slot;
        localKinds[local] = kind;
        code.frameLocal(type(kind));
        return slot + Signature.slots(kind);
    }

    private int placeHelpers(int slot) {
        int next = slot;
        if (facts.usesMemory) {
            memorySlot = next++;
            code.frameLocal(code.objectType("[B"));
        }
        if (facts.hasLoop) {
            fuelSlot = next++;
            code.frameLocal(CodeWriter.INT);
        }
        outerFuelSlot = next;
        for (int i = 0; i < outerLevels; i++) {
            next++;
            code.frameLocal(CodeWriter.INT);
        }
        return next;
    }

    /** Gives every slot that frames mention its first value. */
    void initialiseLocals() {
        for (int local = signature.params.length(); local < localSlots.length; local++) {
            switch (localKinds[local]) {
                case 'i' -> code.op(ICONST_0);
                case 'l' -> code.op(LCONST_0);
                case 'f' -> code.op(FCONST_0);
                case 'd' -> code.op(DCONST_0);
                default -> code.op(ACONST_NULL);
            }
            code.local(Signature.storeOpcode(localKinds[local]), localSlots[local]);
        }
        if (fuelSlot >= 0) {
            code.op(ICONST_0);
            code.local(ISTORE, fuelSlot);
        }
        for (int i = 0; i < outerLevels; i++) {
            code.op(ICONST_0);
            code.local(ISTORE, outerFuelSlot + i);
        }
        loadMemoryArray();
    }

    /**
     * Reads the memory's array again, where the body keeps it in a local: it may have been
     * replaced.
     */
    void loadMemoryArray() {
        if (memorySlot >= 0) {
            loadInstance();
            code.getField(INSTANCE, "memory", MEMORY_TYPE);
            code.getField(MEMORY, "bytes", "[B");
            code.local(ASTORE, memorySlot);
        }
    }

    // ---- the operand stack ----

    int type(char kind) {
        return kind == 'r' ? referenceType : Signature.verificationType(kind, code);
    }

    char kind(int type) {
        return switch (type) {
            case CodeWriter.INT -> 'i';
            case CodeWriter.LONG -> 'l';
            case CodeWriter.FLOAT -> 'f';
            case CodeWriter.DOUBLE -> 'd';
            default -> 'r';
        };
    }

    void push(char kind) {
        pushType(type(kind));
    }

    void pushType(int verificationType) {
        if (depth == stack.length) {
            stack = Arrays.copyOf(stack, depth * 2);
        }
        stack[depth++] = verificationType;
    }

    void push(String kinds) {
        for (int i = 0; i < kinds.length(); i++) {
            push(kinds.charAt(i));
        }
    }

    char pop() {
        return kind(stack[--depth]);
    }

    void pop(int count) {
        depth -= count;
    }

    /** The kind of an operand; 0 is the top of the stack. */
    char peek(int fromTop) {
        return kind(stack[depth - 1 - fromTop]);
    }

    /** Drops the top of the JVM's stack, which is of this kind. */
    void drop(char kind) {
        code.op(Signature.slots(kind) == 2 ? POP2 : POP);
    }

    // ---- frames, jumps ----

    void frame() {
        code.frame(stack, depth);
    }

    void placeWithFrame(Label label) {
        code.place(label);
        frame();
    }

    void jumpIf(int opcode, Label target) {
        code.jumpIf(opcode, target, stack, depth);
    }

    // ---- locals ----

    char localKind(int local) {
        return localKinds[local];
    }

    void loadLocal(int local) {
        code.local(Signature.loadOpcode(localKinds[local]), localSlots[local]);
    }

    void storeLocal(int local) {
        code.local(Signature.storeOpcode(localKinds[local]), localSlots[local]);
    }

    void loadInstance() {
        code.local(ALOAD, instanceSlot);
    }

    void loadRemaining() {
        code.local(ILOAD, remainingSlot);
    }

    void loadMemory() {
        code.local(ALOAD, memorySlot);
    }

    /** The counter of the innermost loops. */
    int fuelSlot() {
        return fuelSlot;
    }

    /** The counter of the other loops of a level. */
    int outerFuelSlot(int level) {
        return outerFuelSlot + level;
    }

    /**
     * A scratch slot: the k-th of those that nothing keeps a value in from one instruction to the
     * next.
     */
    int scratch(int k) {
        int slot = firstScratch + k;
        maxLocals = Math.max(maxLocals, slot + 2);
        return slot;
    }

    int maxLocals() {
        return maxLocals;
    }

    /**
     * An upper estimate of what one activation takes of the stack: an interpreted frame, in bytes.
     */
    int frameBytes() {
        return 128 + 8 * (firstScratch + 8 + facts.maxStack);
    }
}
