package dev.kugg.internal.compile;

import static dev.kugg.internal.classfile.Jvm.*;
import static dev.kugg.internal.compile.RuntimeNames.*;

import dev.kugg.LimitException;
import dev.kugg.internal.classfile.ClassWriter;
import dev.kugg.internal.classfile.CodeWriter;
import dev.kugg.internal.classfile.Label;
import dev.kugg.internal.decode.FuncBody;
import dev.kugg.internal.decode.InstructionCursor;
import dev.kugg.internal.opcode.Lowering;
import dev.kugg.internal.opcode.Opcode;

import java.util.List;

/** Writes one function as one static method, in one pass over its instructions. */
final class FunctionWriter {
    /**
     * The most parameter slots of a function: the JVM allows 255, and calls through tables add four
     * of their own.
     */
    static final int MAX_PARAM_SLOTS = 251;

    private static final int MAX_LOCAL_SLOTS = 65_000;

    /** Frames list all locals: many of both multiply. No sensible function comes near. */
    private static final int MAX_FRAME_BYTES = 4 << 20;

    /**
     * A function without loops and calls that is shorter neither runs long nor nests: it need not
     * look at anything.
     */
    private static final int SHORT_LEAF_INSTRUCTIONS = 200;

    private final ModulePlan plan;
    private final InstructionCursor cursor;
    private final BodyWriter body;
    private final CodeWriter code;
    private final NumericWriter numbers;
    private final MemoryWriter memory;
    private final VariableWriter variables;
    private final CallWriter calls;
    private final ControlWriter control;

    private FunctionWriter(ModulePlan plan, int funcidx, CodeWriter code) {
        this.plan = plan;
        this.code = code;
        FuncBody range = plan.def.bodies[funcidx - plan.def.importedFuncs];
        cursor = new InstructionCursor(plan.def.bytes, range.start, range.end);
        List<LoopPlan> loops = List.of();
        if (plan.module.bodies[funcidx - plan.def.importedFuncs].hasLoop) {
            int params = plan.signature(funcidx).params.length();
            loops = LoopPlanner.plan(cursor, params + range.localCount);
            cursor.reset(range.start, range.end);
        }
        body = new BodyWriter(plan, funcidx, cursor, code, outerLevels(loops));
        numbers = new NumericWriter(body);
        memory = new MemoryWriter(body);
        variables = new VariableWriter(body, numbers);
        calls = new CallWriter(body);
        control = new ControlWriter(body, calls, loops);
    }

    /** {@return how many levels of loops count their outer trips} */
    private static int outerLevels(List<LoopPlan> loops) {
        int levels = 0;
        for (int i = 0; i < loops.size(); i++) {
            LoopPlan loop = loops.get(i);
            if (loop.kind == LoopPlan.OUTER) {
                levels = Math.max(levels, Math.min(loop.level + 1, LoopPlan.COUNTED_LEVELS));
            }
        }
        return levels;
    }

    /**
     * Writes a function's method.
     *
     * @throws LimitException if the function does not fit a method of the JVM
     */
    static void write(ModulePlan plan, int funcidx, ClassWriter owner) {
        checkSlots(plan, funcidx);
        if (!tryWrite(plan, funcidx, owner, false)) {
            tryWrite(plan, funcidx, owner, true);
        }
    }

    /**
     * {@return false if a jump was too far for its short form, which happens in methods above 32 KB
     * only}
     */
    private static boolean tryWrite(ModulePlan plan, int funcidx, ClassWriter owner, boolean wide) {
        CodeWriter code =
                owner.method(
                        ClassWriter.PUBLIC | ClassWriter.STATIC,
                        plan.methodName(funcidx),
                        plan.signature(funcidx).descriptor);
        if (wide) {
            code.wideJumps();
        }
        return new FunctionWriter(plan, funcidx, code).write();
    }

    private static void checkSlots(ModulePlan plan, int funcidx) {
        Signature signature = plan.signature(funcidx);
        checkParams(signature, plan.describe(funcidx));
        int locals = plan.def.bodies[funcidx - plan.def.importedFuncs].localCount;
        if (signature.paramSlots + 2 * locals > MAX_LOCAL_SLOTS) {
            throw new LimitException(
                    plan.describe(funcidx)
                            + " has "
                            + locals
                            + " locals; the limit is "
                            + MAX_LOCAL_SLOTS / 2);
        }
    }

    static void checkParams(Signature signature, String what) {
        if (signature.paramSlots > MAX_PARAM_SLOTS) {
            throw new LimitException(
                    what
                            + " has parameters of "
                            + signature.paramSlots
                            + " JVM slots (an i64 or f64 takes two); the limit is "
                            + MAX_PARAM_SLOTS);
        }
    }

    static LimitException tooLarge(ModulePlan plan, int funcidx) {
        return new LimitException(
                plan.describe(funcidx)
                        + " takes more than "
                        + CodeWriter.MAX_CODE_BYTES
                        + " bytes of JVM code, the limit of one method");
    }

    private boolean write() {
        if (mustLook()) {
            enter();
        }
        body.initialiseLocals();
        int start = code.size();
        while (cursor.hasNext()) {
            cursor.next();
            if (control.reachable) {
                instruction(cursor.opcode);
            } else {
                control.skip(cursor.opcode);
            }
            if (code.size() > CodeWriter.MAX_CODE_BYTES) {
                throw tooLarge(plan, body.funcidx);
            }
            if (code.frameBytes() > MAX_FRAME_BYTES) {
                throw new LimitException(
                        plan.describe(body.funcidx)
                                + " needs stack maps of more than "
                                + MAX_FRAME_BYTES
                                + " bytes, the limit for one function");
            }
        }
        int end = code.size();
        if (body.accessesMemory) {
            trapHandler(
                    start,
                    end,
                    "java/lang/IndexOutOfBoundsException",
                    "out of bounds memory access");
        }
        if (body.divides) {
            trapHandler(start, end, "java/lang/ArithmeticException", "integer divide by zero");
        }
        if (code.size() > CodeWriter.MAX_CODE_BYTES || tooDeep()) {
            throw tooLarge(plan, body.funcidx);
        }
        if (code.jumpTooFar()) {
            return false;
        }
        code.end(body.facts.maxStack + 10, body.maxLocals());
        return true;
    }

    private boolean tooDeep() {
        return body.facts.maxStack + 10 > 65_535;
    }

    private boolean mustLook() {
        return body.facts.hasCall
                || body.facts.hasLoop
                || body.facts.instructionCount > SHORT_LEAF_INSTRUCTIONS
                || body.maxLocals() > SHORT_LEAF_INSTRUCTIONS;
    }

    /**
     * Takes this activation's share of the stack budget, and looks whether the call is to be
     * stopped, in one comparison.
     */
    private void enter() {
        Label enough = new Label();
        body.loadRemaining();
        code.pushInt(body.frameBytes());
        code.op(ISUB);
        code.op(DUP);
        code.local(ISTORE, body.remainingSlot);
        body.loadInstance();
        code.getField(INSTANCE, "limit", "I");
        code.jumpIfBeforeLocals(IF_ICMPGE, enough);
        body.loadInstance();
        body.loadRemaining();
        code.invokeVirtual(STATE, "enterFunction", "(I)V");
        code.place(enough);
        code.frameOfParameters();
    }

    /**
     * Turns what the JVM's own check throws into a trap, made here so that its stack trace begins
     * in this function.
     */
    private void trapHandler(int start, int end, String exception, String message) {
        if (start == end) {
            return;
        }
        code.handler(start, end, exception);
        code.op(POP);
        code.newObject(TRAP);
        code.op(DUP);
        code.pushString(message);
        code.invokeSpecial(TRAP, "<init>", "(Ljava/lang/String;)V");
        code.op(ATHROW);
    }

    private void instruction(Opcode opcode) {
        switch (Lowering.kind(opcode.lowering)) {
            case Lowering.JVM -> numbers.jvm(opcode);
            case Lowering.HELPER -> numbers.helper(opcode);
            case Lowering.LOAD -> memory.load(opcode, cursor.offset);
            case Lowering.STORE -> memory.store(opcode, cursor.offset);
            case Lowering.COMPARE -> compare(opcode);
            case Lowering.SPECIAL -> special(opcode);
            default -> throw new AssertionError(opcode.mnemonic + " was not refused by validation");
        }
    }

    private void special(Opcode opcode) {
        switch (opcode) {
            case NOP -> {}
            case BLOCK -> control.block();
            case LOOP -> control.loop();
            case IF -> {
                body.pop();
                control.ifElse(IFNE);
            }
            case ELSE -> control.otherwise();
            case END -> control.end();
            case BR -> control.branch(cursor.index);
            case BR_IF -> branchIf();
            case BR_TABLE -> control.branchTable(cursor);
            case RETURN -> control.returnFunction();
            case UNREACHABLE -> control.unreachable();
            case CALL -> calls.call(cursor.index);
            case CALL_INDIRECT -> calls.callIndirect(cursor.index, cursor.index2);
            default -> plainSpecial(opcode);
        }
    }

    private void plainSpecial(Opcode opcode) {
        switch (opcode) {
            case I32_CONST -> intConstant((int) cursor.constant);
            case I64_CONST, F32_CONST, F64_CONST -> numbers.constant(opcode, cursor.constant);
            case I32_ROTL, I32_ROTR, I64_ROTL, I64_ROTR -> numbers.rotate(opcode);
            case I64_EXTEND_I32_U -> numbers.extendUnsigned();
            case I32_REINTERPRET_F32,
                    I64_REINTERPRET_F64,
                    F32_REINTERPRET_I32,
                    F64_REINTERPRET_I64 ->
                    numbers.reinterpret(opcode);
            case LOCAL_GET -> localGet(cursor.index);
            case LOCAL_SET -> variables.localSet(cursor.index);
            case LOCAL_TEE -> variables.localTee(cursor.index);
            case GLOBAL_GET -> variables.globalGet(cursor.index);
            case GLOBAL_SET -> variables.globalSet(cursor.index);
            case DROP -> variables.drop();
            case SELECT, SELECT_T -> variables.select();
            case MEMORY_SIZE -> variables.memorySize();
            case MEMORY_GROW -> variables.memoryGrow();
            case MEMORY_FILL, MEMORY_COPY, MEMORY_INIT ->
                    variables.memoryRange(opcode, cursor.index);
            case DATA_DROP -> variables.dataDrop(cursor.index);
            default -> referenceOrTable(opcode);
        }
    }

    private void referenceOrTable(Opcode opcode) {
        switch (opcode) {
            case REF_NULL -> variables.refNull();
            case REF_IS_NULL -> condition(variables.refIsNull());
            case REF_FUNC -> variables.refFunc(cursor.index);
            case TABLE_GET -> variables.tableGet(cursor.index);
            case TABLE_SET -> variables.tableSet(cursor.index);
            case TABLE_SIZE -> variables.tableSize(cursor.index);
            case TABLE_GROW -> variables.tableGrow(cursor.index);
            case TABLE_FILL -> variables.tableFill(cursor.index);
            case TABLE_COPY -> variables.tableCopy(cursor.index, cursor.index2);
            case TABLE_INIT -> variables.tableInit(cursor.index, cursor.index2);
            case ELEM_DROP -> variables.elemDrop(cursor.index);
            default -> throw new AssertionError("no code for " + opcode.mnemonic);
        }
    }

    // ---- an operand and its user at once ----

    /** A constant: an address where a load follows, a value where a store does. */
    private void intConstant(int value) {
        Opcode next = Opcode.of(Math.max(cursor.peekCode(), 0));
        if (next != null && Lowering.kind(next.lowering) == Lowering.LOAD) {
            cursor.next();
            memory.loadAt(next, value, cursor.offset);
        } else if (next != null && isStoreOf('i', next)) {
            cursor.next();
            memory.storeConstant(next, cursor.offset, value);
        } else {
            numbers.constant(Opcode.I32_CONST, value);
        }
    }

    private void localGet(int local) {
        Opcode next = Opcode.of(Math.max(cursor.peekCode(), 0));
        if (next != null && isStoreOf(body.localKind(local), next)) {
            cursor.next();
            memory.storeLocal(next, cursor.offset, local);
        } else {
            variables.localGet(local);
        }
    }

    private static boolean isStoreOf(char kind, Opcode opcode) {
        return Lowering.kind(opcode.lowering) == Lowering.STORE
                && Lowering.type(opcode.lowering) == kind;
    }

    // ---- conditions ----

    private void branchIf() {
        if (control.closesStrip(cursor.start)) {
            control.closeStrip();
            return;
        }
        body.pop();
        control.branchIf(IFNE, cursor.index);
    }

    private void compare(Opcode opcode) {
        if (cursor.peekCode() == Opcode.BR_IF.code && control.closesStrip(cursor.position)) {
            cursor.next();
            control.closeStrip();
            return;
        }
        condition(numbers.compare(opcode));
    }

    /**
     * Uses a condition, which is a jump of the JVM, in the branch or negation that follows; else
     * makes it a number.
     */
    private void condition(int jump) {
        int taken = jump;
        while (cursor.peekCode() == Opcode.I32_EQZ.code) {
            cursor.next();
            taken = CodeWriter.negate(taken);
        }
        int next = cursor.peekCode();
        if (next == Opcode.BR_IF.code) {
            cursor.next();
            control.branchIf(taken, cursor.index);
        } else if (next == Opcode.IF.code) {
            cursor.next();
            control.ifElse(taken);
        } else {
            numbers.materialise(taken);
        }
    }
}
