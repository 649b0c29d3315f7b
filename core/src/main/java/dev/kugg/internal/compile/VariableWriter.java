package dev.kugg.internal.compile;

import static dev.kugg.internal.classfile.Jvm.*;
import static dev.kugg.internal.compile.RuntimeNames.*;

import dev.kugg.internal.classfile.CodeWriter;
import dev.kugg.internal.classfile.Label;
import dev.kugg.internal.opcode.Opcode;

/** Writes the instructions on locals, globals, tables, references and ranges of memory. */
final class VariableWriter {
    private final BodyWriter body;
    private final CodeWriter code;
    private final NumericWriter numbers;

    VariableWriter(BodyWriter body, NumericWriter numbers) {
        this.body = body;
        this.code = body.code;
        this.numbers = numbers;
    }

    // ---- locals ----

    void localGet(int local) {
        body.loadLocal(local);
        body.push(body.localKind(local));
        body.topIs(local);
    }

    void localSet(int local) {
        body.storeLocal(local);
        body.pop();
    }

    void localTee(int local) {
        code.op(Signature.slots(body.localKind(local)) == 2 ? DUP2 : DUP);
        body.storeLocal(local);
        body.topIs(local);
    }

    // ---- globals ----

    void globalGet(int global) {
        char kind = body.plan.globalKind(global);
        body.loadInstance();
        code.getField(INSTANCE, ModulePlan.globalField(global), body.plan.globalDescriptor(global));
        if (body.plan.sharedGlobals[global]) {
            code.getField(GLOBAL, sharedField(kind), Signature.descriptor(kind));
        }
        body.push(kind);
    }

    void globalSet(int global) {
        char kind = body.pop();
        body.loadInstance();
        if (body.plan.sharedGlobals[global]) {
            code.getField(INSTANCE, ModulePlan.globalField(global), GLOBAL_TYPE);
            swapBelow(kind);
            code.putField(GLOBAL, sharedField(kind), Signature.descriptor(kind));
        } else {
            swapBelow(kind);
            code.putField(INSTANCE, ModulePlan.globalField(global), Signature.descriptor(kind));
        }
    }

    /** Puts the reference on the top of the stack below the value of a kind. */
    private void swapBelow(char kind) {
        if (Signature.slots(kind) == 2) {
            code.op(DUP_X2);
            code.op(POP);
        } else {
            code.op(SWAP);
        }
    }

    private static String sharedField(char kind) {
        return switch (kind) {
            case 'i' -> "i32";
            case 'l' -> "i64";
            case 'f' -> "f32";
            case 'd' -> "f64";
            default -> "ref";
        };
    }

    // ---- parametric ----

    void drop() {
        body.drop(body.pop());
    }

    void select() {
        body.pop();
        Label first = new Label();
        // Both values are still there where a jump is followed by a frame.
        body.jumpIf(IFNE, first);
        char kind = body.pop();
        // The second value is on top of the first.
        if (Signature.slots(kind) == 2) {
            int scratch = body.scratch(0);
            code.local(Signature.storeOpcode(kind), scratch);
            code.op(POP2);
            code.local(Signature.loadOpcode(kind), scratch);
        } else {
            code.op(SWAP);
            code.op(POP);
        }
        Label end = new Label();
        code.goTo(end);
        body.push(kind);
        body.placeWithFrame(first);
        body.drop(kind);
        body.pop();
        body.placeWithFrame(end);
    }

    // ---- references ----

    void refNull() {
        code.op(ACONST_NULL);
        body.push('r');
    }

    /** {@return the JVM's jump that is taken when the reference is null} */
    int refIsNull() {
        body.pop();
        return IFNULL;
    }

    void refFunc(int funcidx) {
        body.loadInstance();
        code.pushInt(funcidx);
        code.invokeVirtual(STATE, "func", "(I)" + FUNC_TYPE);
        body.push('r');
    }

    // ---- tables ----

    private void loadTable(int table) {
        body.loadInstance();
        code.getField(INSTANCE, "tables", "[" + TABLE_TYPE);
        code.pushInt(table);
        code.op(AALOAD);
    }

    void tableGet(int table) {
        loadTable(table);
        code.op(SWAP);
        code.invokeVirtual(TABLE, "get", "(I)" + OBJECT_TYPE);
        body.pop();
        body.push('r');
    }

    void tableSet(int table) {
        int value = body.scratch(0);
        code.local(ASTORE, value);
        loadTable(table);
        code.op(SWAP);
        code.local(ALOAD, value);
        code.invokeVirtual(TABLE, "set", "(I" + OBJECT_TYPE + ")V");
        body.pop(2);
    }

    void tableSize(int table) {
        bulk("tableSize", "", "I", table);
        body.push('i');
    }

    void tableGrow(int table) {
        bulk("tableGrow", OBJECT_TYPE + "I", "I", table);
        body.pop(2);
        body.push('i');
    }

    void tableFill(int table) {
        bulk("tableFill", "I" + OBJECT_TYPE + "I", "V", table);
        body.pop(3);
    }

    void tableCopy(int to, int from) {
        bulk("tableCopy", "III", "V", to, from);
        body.pop(3);
    }

    void tableInit(int elem, int table) {
        bulk("tableInit", "III", "V", table, elem);
        body.pop(3);
    }

    void elemDrop(int elem) {
        bulk("elemDrop", "", "V", elem);
    }

    // ---- memory as a whole ----

    void memorySize() {
        body.loadMemory();
        code.op(ARRAYLENGTH);
        code.pushInt(16);
        code.op(IUSHR);
        body.push('i');
    }

    void memoryGrow() {
        bulk("memoryGrow", "I", "I");
        body.loadMemoryArray();
    }

    void memoryRange(Opcode opcode, int data) {
        switch (opcode) {
            case MEMORY_FILL -> bulk("memoryFill", "III", "V");
            case MEMORY_COPY -> bulk("memoryCopy", "III", "V");
            default -> bulk("memoryInit", "III", "V", data);
        }
        numbers.applyStack(opcode);
    }

    void dataDrop(int data) {
        bulk("dataDrop", "", "V", data);
    }

    /** Calls a method of {@code Bulk}: operands, instance, then indices. */
    private void bulk(String method, String operands, String result, int... indices) {
        StringBuilder descriptor = new StringBuilder("(").append(operands).append(STATE_TYPE);
        body.loadInstance();
        for (int index : indices) {
            code.pushInt(index);
            descriptor.append('I');
        }
        code.invokeStatic(BULK, method, descriptor.append(')').append(result).toString());
    }
}
