package dev.kugg.internal.compile;

import static dev.kugg.internal.classfile.Jvm.*;
import static dev.kugg.internal.compile.RuntimeNames.*;

import dev.kugg.internal.classfile.CodeWriter;
import dev.kugg.internal.classfile.Label;
import dev.kugg.internal.decode.InstructionCursor;
import dev.kugg.internal.flow.BodyPlan;
import dev.kugg.internal.flow.FlowGraph;
import dev.kugg.internal.flow.LoopPlan;
import dev.kugg.internal.flow.Part;

import java.util.Arrays;

/**
 * What the writers of all instruction families share while they write one method, a whole function
 * or a part of one: the code, the types on the operand stack, and where each variable lives.
 *
 * <p>The slots of the JVM's frame: parameters (see {@link FunctionCode} for those of parts), the
 * instance, the stack budget, the other variables, then, where the part needs them, the memory's
 * array and the counters of loops, then scratch slots that no frame mentions.
 */
final class BodyWriter {
    final ModulePlan plan;
    final int funcidx;
    final BodyPlan body;
    final FlowGraph graph;
    final Part part;
    final InstructionCursor cursor;
    final CodeWriter code;
    final Signature signature;

    /** The verification types on the JVM's operand stack. */
    int[] stack = new int[16];

    int depth;

    /** By height, the variable an operand was read from, or -1; and its version then. */
    private int[] origins = new int[16];

    private int[] originVersions = new int[16];

    /** Counts the writes to variables; by variable of this part, the last one. */
    private int writes;

    private final int[] versions;

    /** By variable of this part: the write behind which an access showed it to be an address. */
    private final int[] shown;

    /** Of the part's parameters, in their order. */
    private final int[] paramSlots;

    /** Of the part's other variables, in their order. */
    private final int[] slots;

    final int instanceSlot;
    final int remainingSlot;
    private int memorySlot = -1;
    private int fuelSlot = -1;
    private int placeSlot = -1;
    private int outerFuelSlot = -1;
    private int outerLevels;
    private boolean hasInnermostLoop;
    private final int firstScratch;
    private int maxLocals;

    /** Whether a handler for accesses out of bounds, or for a zero divisor, is needed. */
    boolean accessesMemory;

    boolean divides;

    private final int referenceType;

    /** Lays out the frame of a part. */
    BodyWriter(FunctionCode function, Part part, CodeWriter code) {
        this.plan = function.plan;
        this.funcidx = function.funcidx;
        this.body = function.body;
        this.graph = body.graph;
        this.part = part;
        this.cursor = plan.functions.cursor();
        this.code = code;
        paramSlots = new int[part.params.length];
        slots = new int[part.variables.length];
        versions = new int[paramSlots.length + slots.length];
        shown = new int[versions.length];
        Arrays.fill(shown, -1);
        signature = plan.signature(funcidx);
        referenceType = code.objectType(OBJECT);
        countLoops();
        int slot = declareParams();
        instanceSlot = slot++;
        remainingSlot = slot++;
        code.frameLocal(code.objectType(INSTANCE));
        code.frameLocal(CodeWriter.INT);
        code.endParameters();
        if (body.framed && part.number > 0) {
            slot = place(part.params, paramSlots, slot);
        }
        slot = place(part.variables, slots, slot);
        firstScratch = placeHelpers(slot);
        maxLocals = firstScratch;
    }

    private void countLoops() {
        for (int item : part.items) {
            LoopPlan loop = item >= 0 ? body.loops[item] : null;
            if (loop == null) {
                continue;
            }
            if (loop.kind != LoopPlan.OUTER) {
                hasInnermostLoop = true;
            } else if (loop.counts) {
                int level = Math.min(loop.level + 1, LoopPlan.COUNTED_LEVELS);
                outerLevels = Math.max(outerLevels, level);
            }
        }
    }

    private int declareParams() {
        if (part.number == 0 && graph.paramsInArrays) {
            declareArrays();
            return 2;
        }
        if (part.number == 0) {
            return place(part.params, paramSlots, 0);
        }
        int slot = 0;
        if (FunctionCode.takesEntry(body, part)) {
            code.frameLocal(CodeWriter.INT);
            slot++;
        }
        if (body.framed) {
            declareArrays();
            return slot + 2;
        }
        return place(part.params, paramSlots, slot);
    }

    private void declareArrays() {
        code.frameLocal(code.objectType("[J"));
        code.frameLocal(code.objectType("[" + OBJECT_TYPE));
    }

    private int place(int[] variables, int[] places, int first) {
        int slot = first;
        for (int i = 0; i < variables.length; i++) {
            places[i] = slot;
            char kind = localKind(variables[i]);
            code.frameLocal(type(kind));
            slot += Signature.slots(kind);
        }
        return slot;
    }

    private int slot(int variable) {
        int index = index(variable);
        return index < paramSlots.length ? paramSlots[index] : slots[index - paramSlots.length];
    }

    /** The place of a variable among those of this part. */
    private int index(int variable) {
        int param = Arrays.binarySearch(part.params, variable);
        return param >= 0
                ? param
                : paramSlots.length + Arrays.binarySearch(part.variables, variable);
    }

    // ---- what is known of addresses ----

    /** Says that the operand on top was just read from a variable, or written to it. */
    void topIs(int variable) {
        origins[depth - 1] = variable;
        originVersions[depth - 1] = versions[index(variable)];
    }

    /** Forgets what is known: other code may lead here. */
    void forgetAddresses() {
        Arrays.fill(shown, -1);
    }

    /**
     * {@return whether the operand on top is known to be the address of a byte of the memory} Some
     * access has used it before, and no memory shrinks.
     */
    boolean topIsAddress() {
        int variable = origins[depth - 1];
        if (variable < 0) {
            return false;
        }
        int index = index(variable);
        return originVersions[depth - 1] == versions[index] && shown[index] == versions[index];
    }

    /** Says that an access uses the operand on top as an address; it goes on only if it is one. */
    void topIsUsed() {
        int variable = origins[depth - 1];
        if (variable >= 0) {
            int index = index(variable);
            if (originVersions[depth - 1] == versions[index]) {
                shown[index] = versions[index];
            }
        }
    }

    /** Whether it calls a part that can be entered at several places, or left by shared ways. */
    private boolean callsByPlace() {
        for (int item : part.items) {
            Part callee = item < 0 ? body.parts[~item] : part;
            if (callee != part
                    && (FunctionCode.takesEntry(body, callee)
                            || callee.mainExit >= 0
                            || callee.sharedExits != null)) {
                return true;
            }
        }
        return false;
    }

    private int placeHelpers(int slot) {
        int next = slot;
        if (part.usesMemory) {
            memorySlot = next++;
            code.frameLocal(code.objectType("[B"));
        }
        if (hasInnermostLoop) {
            fuelSlot = next++;
            code.frameLocal(CodeWriter.INT);
        }
        if (callsByPlace()) {
            placeSlot = next++;
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
    void initialise() {
        for (int variable : part.variables) {
            initialise(variable);
        }
        if (fuelSlot >= 0) {
            code.op(ICONST_0);
            code.local(ISTORE, fuelSlot);
        }
        if (placeSlot >= 0) {
            code.op(ICONST_0);
            code.local(ISTORE, placeSlot);
        }
        for (int i = 0; i < outerLevels; i++) {
            code.op(ICONST_0);
            code.local(ISTORE, outerFuelSlot + i);
        }
        loadMemoryArray();
    }

    private void initialise(int variable) {
        Integer known = graph.lastParam;
        if (known != null && part.number == 0 && variable == graph.params - 1) {
            code.pushInt(known);
        } else if (part.number == 0 && graph.paramsInArrays && variable < graph.params) {
            loadFromArrays(0, variable, localKind(variable));
        } else {
            switch (localKind(variable)) {
                case 'i' -> code.op(ICONST_0);
                case 'l' -> code.op(LCONST_0);
                case 'f' -> code.op(FCONST_0);
                case 'd' -> code.op(DCONST_0);
                default -> code.op(ACONST_NULL);
            }
        }
        storeLocal(variable);
    }

    /**
     * Pushes what stands at an index of the array of numbers in a slot, or of the array of
     * references in the next.
     */
    void loadFromArrays(int numbers, int index, char kind) {
        code.local(ALOAD, kind == 'r' ? numbers + 1 : numbers);
        code.pushInt(index);
        if (kind == 'r') {
            code.op(AALOAD);
        } else {
            code.op(LALOAD);
            Signature.fromBits(code, kind);
        }
    }

    /**
     * Reads the memory's array again, where the part keeps it in a local: it may have been
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
            origins = Arrays.copyOf(origins, depth * 2);
            originVersions = Arrays.copyOf(originVersions, depth * 2);
        }
        origins[depth] = -1;
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
        code.jumpIf(opcode, target);
    }

    // ---- variables ----

    char localKind(int variable) {
        return graph.variableKinds[variable];
    }

    void loadLocal(int variable) {
        code.local(Signature.loadOpcode(localKind(variable)), slot(variable));
    }

    void storeLocal(int variable) {
        versions[index(variable)] = ++writes;
        code.local(Signature.storeOpcode(localKind(variable)), slot(variable));
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

    /**
     * Where the place to begin at is kept on the way to the call of a part: not on the stack, since
     * HotSpot does not compile a loop that goes round with something on it.
     */
    int placeSlot() {
        return placeSlot;
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
        int slot = firstScratch + 2 * k;
        maxLocals = Math.max(maxLocals, slot + 2);
        return slot;
    }

    int maxLocals() {
        return maxLocals;
    }
}
