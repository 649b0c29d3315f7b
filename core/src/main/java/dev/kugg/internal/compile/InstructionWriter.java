package dev.kugg.internal.compile;

import dev.kugg.internal.classfile.CodeWriter;
import dev.kugg.internal.decode.InstructionCursor;
import dev.kugg.internal.opcode.Lowering;
import dev.kugg.internal.opcode.Opcode;

/** Writes straight-line code: the instructions between two places where control may change. */
final class InstructionWriter {
    private final ModulePlan plan;
    private final InstructionCursor cursor;
    private final BodyWriter body;
    private final NumericWriter numbers;
    private final MemoryWriter memory;
    private final VariableWriter variables;
    private final CallWriter calls;

    /** Whether a condition at the very end stays a jump, for the branch that follows. */
    private boolean branchFollows;

    /** Whether a comparison at the very end is left out, its operands on the stack. */
    private boolean skipsComparison;

    private int condition;

    InstructionWriter(BodyWriter body, CallWriter calls) {
        this.plan = body.plan;
        this.body = body;
        this.cursor = body.cursor;
        this.calls = calls;
        numbers = new NumericWriter(body);
        memory = new MemoryWriter(body);
        variables = new VariableWriter(body, numbers);
    }

    /** Writes a range of code that ends a block in no branch. */
    void write(int start, int end) {
        branchFollows = false;
        skipsComparison = false;
        run(start, end);
    }

    /**
     * Writes a range of code that a branch follows.
     *
     * @return the JVM's jump that is taken when the branch's condition holds; its operands are on
     *     the stack, as those of {@code ifne} when nothing else fits
     */
    int writeBeforeBranch(int start, int end) {
        branchFollows = true;
        skipsComparison = false;
        condition = -1;
        run(start, end);
        if (condition < 0) {
            body.pop();
            condition = dev.kugg.internal.classfile.Jvm.IFNE;
        }
        return condition;
    }

    /** Writes a range of code up to a comparison at its end, which is left out. */
    void writeBeforeComparison(int start, int end) {
        branchFollows = true;
        skipsComparison = true;
        run(start, end);
    }

    private void run(int start, int end) {
        cursor.reset(start, end);
        while (cursor.hasNext()) {
            cursor.next();
            instruction(cursor.opcode);
        }
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
            case NOP, BLOCK, END -> {} // What they structure, the graph knows.
            case CALL -> calls.call(cursor.index);
            case CALL_INDIRECT -> calls.callIndirect(cursor.index, cursor.index2);
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
            default -> referenceOrTable(opcode);
        }
    }

    private void referenceOrTable(Opcode opcode) {
        switch (opcode) {
            case MEMORY_SIZE -> variables.memorySize();
            case MEMORY_GROW -> variables.memoryGrow();
            case MEMORY_FILL, MEMORY_COPY, MEMORY_INIT ->
                    variables.memoryRange(opcode, cursor.index);
            case DATA_DROP -> variables.dataDrop(cursor.index);
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

    /**
     * A constant: an address where a load follows, a value where a store does, or what a copy of a
     * function is made for where its call does.
     */
    private void intConstant(int value) {
        Opcode next = Opcode.of(Math.max(cursor.peekCode(), 0));
        if (next != null && Lowering.kind(next.lowering) == Lowering.LOAD) {
            cursor.next();
            memory.loadAt(next, value, cursor.offset);
        } else if (next != null && isStoreOf('i', next)) {
            cursor.next();
            memory.storeConstant(next, cursor.offset, value);
        } else if (next == Opcode.CALL) {
            cursor.next();
            callWith(value, cursor.index);
        } else {
            numbers.constant(Opcode.I32_CONST, value);
        }
    }

    private void callWith(int lastArgument, int funcidx) {
        if (lastArgument == FunctionPlans.COPY_FOR && plan.functions.hasCopy(funcidx)) {
            calls.callCopy(funcidx);
        } else {
            numbers.constant(Opcode.I32_CONST, lastArgument);
            calls.call(funcidx);
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

    private void compare(Opcode opcode) {
        skipStructure();
        if (skipsComparison && !cursor.hasNext()) {
            return;
        }
        condition(numbers.compare(opcode));
    }

    /**
     * Makes a condition, which is a jump of the JVM, a number, unless a branch uses it as it is.
     */
    private void condition(int jump) {
        int taken = jump;
        skipStructure();
        while (cursor.peekCode() == Opcode.I32_EQZ.code) {
            cursor.next();
            taken = CodeWriter.negate(taken);
            skipStructure();
        }
        if (branchFollows && !cursor.hasNext()) {
            condition = taken;
        } else {
            numbers.materialise(taken);
        }
    }

    private void skipStructure() {
        while (isStructure(cursor.peekCode())) {
            cursor.next();
        }
    }

    private static boolean isStructure(int code) {
        return code == Opcode.NOP.code || code == Opcode.BLOCK.code || code == Opcode.END.code;
    }
}
