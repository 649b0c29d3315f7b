package dev.kugg.internal.compile;

import static dev.kugg.internal.classfile.Jvm.*;
import static dev.kugg.internal.compile.RuntimeNames.*;

import dev.kugg.internal.classfile.CodeWriter;

/**
 * Writes calls and returns. Arguments are on the operand stack in the order the method takes them;
 * the instance and the rest of the stack budget follow. Several results come back through arrays of
 * the instance.
 */
final class CallWriter {
    private final BodyWriter body;
    private final CodeWriter code;

    CallWriter(BodyWriter body) {
        this.body = body;
        this.code = body.code;
    }

    void call(int funcidx) {
        Signature callee = body.plan.signature(funcidx);
        packArguments(callee);
        body.loadInstance();
        body.loadRemaining();
        code.invokeStatic(
                body.plan.functionClass(funcidx), body.plan.methodName(funcidx), callee.descriptor);
        returned(callee);
    }

    /**
     * Calls the copy of a function that is made for the last argument, which is not on the stack.
     */
    void callCopy(int funcidx) {
        Signature callee = body.plan.signature(funcidx);
        body.loadInstance();
        body.loadRemaining();
        code.invokeStatic(
                body.plan.functions.className(funcidx, 0, true),
                body.plan.functions.methodName(funcidx, true),
                body.plan.functions.descriptor(funcidx, true));
        body.push('i');
        returned(callee);
    }

    void callIndirect(int typeidx, int table) {
        int type = body.plan.def.canonicalType[typeidx];
        Signature callee = body.plan.signatures[type];
        body.pop();
        if (callee.inArrays) {
            int index = body.scratch(2);
            code.local(ISTORE, index);
            packArguments(callee);
            code.local(ILOAD, index);
        }
        body.loadInstance();
        code.getField(INSTANCE, "tables", "[" + TABLE_TYPE);
        code.pushInt(table);
        code.op(AALOAD);
        body.loadInstance();
        body.loadRemaining();
        code.invokeStatic(
                Dispatch.typeClass(type),
                Dispatch.INDIRECT + type,
                Dispatch.indirectDescriptor(callee));
        returned(callee);
    }

    /** Puts two arrays in the place of arguments that pass so. */
    private void packArguments(Signature callee) {
        if (callee.inArrays) {
            int numbers = body.scratch(0);
            int references = body.scratch(1);
            ArrayCalls arrays =
                    new ArrayCalls(code, callee, body.instanceSlot, numbers, references);
            arrays.make();
            arrays.packOperands();
            code.local(ALOAD, numbers);
            code.local(ALOAD, references);
        }
    }

    private void returned(Signature callee) {
        body.pop(callee.params.length());
        body.loadMemoryArray();
        if (callee.results.length() > 1) {
            unpackResults(callee.results);
        }
        body.push(callee.results);
    }

    private void unpackResults(String kinds) {
        for (int i = 0; i < kinds.length(); i++) {
            char kind = kinds.charAt(i);
            body.loadInstance();
            if (kind == 'r') {
                code.getField(INSTANCE, "refResults", "[" + OBJECT_TYPE);
                code.pushInt(i);
                code.op(AALOAD);
            } else {
                code.getField(INSTANCE, "results", "[J");
                code.pushInt(i);
                code.op(LALOAD);
                Signature.fromBits(code, kind);
            }
        }
    }

    /** Returns from the function with the operands on the top of the stack. */
    void returnResults() {
        String kinds = body.signature.results;
        if (kinds.length() > 1) {
            packResults(kinds);
        }
        code.op(body.signature.returnOpcode());
    }

    /** Leaves the function's results, on the top of the stack, where its own method finds them. */
    void leaveResults() {
        String kinds = body.signature.results;
        if (kinds.length() > 1) {
            packResults(kinds);
            body.pop(kinds.length());
        } else if (kinds.length() == 1) {
            char kind = body.pop();
            int value = body.scratch(0);
            code.local(Signature.storeOpcode(kind), value);
            body.loadInstance();
            code.local(Signature.loadOpcode(kind), value);
            code.putField(INSTANCE, FieldNames.result(kind), Signature.descriptor(kind));
        }
    }

    /** Returns from the function what a part has left. */
    void returnLeft() {
        String kinds = body.signature.results;
        if (kinds.length() == 1) {
            char kind = kinds.charAt(0);
            body.loadInstance();
            code.getField(INSTANCE, FieldNames.result(kind), Signature.descriptor(kind));
            if (kind == 'r') {
                forget(FieldNames.result(kind));
            }
        }
        code.op(body.signature.returnOpcode());
    }

    /** Clears a field of the instance, so that it keeps nothing alive. */
    void forget(String field) {
        body.loadInstance();
        code.op(ACONST_NULL);
        code.putField(INSTANCE, field, OBJECT_TYPE);
    }

    private void packResults(String kinds) {
        int value = body.scratch(0);
        for (int i = kinds.length() - 1; i >= 0; i--) {
            char kind = kinds.charAt(i);
            if (kind == 'r') {
                code.local(ASTORE, value);
                body.loadInstance();
                code.getField(INSTANCE, "refResults", "[" + OBJECT_TYPE);
                code.pushInt(i);
                code.local(ALOAD, value);
                code.op(AASTORE);
            } else {
                Signature.toBits(code, kind);
                code.local(LSTORE, value);
                body.loadInstance();
                code.getField(INSTANCE, "results", "[J");
                code.pushInt(i);
                code.local(LLOAD, value);
                code.op(LASTORE);
            }
        }
    }
}
