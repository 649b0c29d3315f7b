package dev.kugg.internal.compile;

import static dev.kugg.internal.classfile.Jvm.*;
import static dev.kugg.internal.compile.RuntimeNames.*;

import dev.kugg.internal.classfile.CodeWriter;

/**
 * Writes the ways between typed values and arrays: of numbers as 64 bits, and of references. Values
 * stand at their index among the parameters or results, in the array of their sort.
 */
final class ArrayCalls {
    private static final String REFERENCES = "[" + OBJECT_TYPE;
    static final String COPY = "(" + OBJECT_TYPE + "I" + OBJECT_TYPE + "II)V";

    private final CodeWriter code;
    private final Signature signature;

    /** The slots of the instance and of the two arrays. */
    private final int instance;

    private final int numbers;
    private final int references;

    ArrayCalls(CodeWriter code, Signature signature, int instance, int numbers, int references) {
        this.code = code;
        this.signature = signature;
        this.instance = instance;
        this.numbers = numbers;
        this.references = references;
    }

    /** Makes both arrays. */
    void make() {
        int size = Math.max(signature.params.length(), signature.results.length());
        boolean refs = signature.params.indexOf('r') >= 0 || signature.results.indexOf('r') >= 0;
        code.pushInt(size);
        code.newLongArray();
        code.local(ASTORE, numbers);
        code.pushInt(refs ? size : 0);
        code.newObjectArray(OBJECT);
        code.local(ASTORE, references);
    }

    /** Moves the parameters from the operand stack, where the last is on top, into the arrays. */
    void packOperands() {
        for (int i = signature.params.length() - 1; i >= 0; i--) {
            char kind = signature.params.charAt(i);
            if (kind == 'r') {
                code.local(ALOAD, references);
                code.pushInt(i);
                code.invokeStatic(CALLS, "put", "(" + OBJECT_TYPE + REFERENCES + "I)V");
            } else {
                Signature.toBits(code, kind);
                code.local(ALOAD, numbers);
                code.pushInt(i);
                code.invokeStatic(CALLS, "put", "(J[JI)V");
            }
        }
    }

    /** Moves the parameters from the first slots into arrays, made here if need be. */
    void packParams() {
        if (signature.inArrays) {
            code.local(ALOAD, 0);
            code.local(ASTORE, numbers);
            code.local(ALOAD, 1);
            code.local(ASTORE, references);
            return;
        }
        make();
        int slot = 0;
        for (int i = 0; i < signature.params.length(); i++) {
            char kind = signature.params.charAt(i);
            code.local(ALOAD, kind == 'r' ? references : numbers);
            code.pushInt(i);
            code.local(Signature.loadOpcode(kind), slot);
            store(kind);
            slot += Signature.slots(kind);
        }
    }

    private void store(char kind) {
        if (kind == 'r') {
            code.op(AASTORE);
        } else {
            Signature.toBits(code, kind);
            code.op(LASTORE);
        }
    }

    /** Pushes the parameters from the arrays, or the arrays. */
    void unpackParams() {
        if (signature.inArrays) {
            code.local(ALOAD, numbers);
            code.local(ALOAD, references);
            return;
        }
        for (int i = 0; i < signature.params.length(); i++) {
            unpack(signature.params.charAt(i), i);
        }
    }

    private void unpack(char kind, int index) {
        code.local(ALOAD, kind == 'r' ? references : numbers);
        code.pushInt(index);
        if (kind == 'r') {
            code.op(AALOAD);
        } else {
            code.op(LALOAD);
            Signature.fromBits(code, kind);
        }
    }

    /**
     * Moves what a function has returned into the arrays; {@code scratch} and the slot behind it
     * are free.
     */
    void packResults(int scratch) {
        if (signature.results.length() == 1) {
            char kind = signature.results.charAt(0);
            code.local(Signature.storeOpcode(kind), scratch);
            code.local(ALOAD, kind == 'r' ? references : numbers);
            code.op(ICONST_0);
            code.local(Signature.loadOpcode(kind), scratch);
            store(kind);
        } else if (signature.results.length() > 1) {
            copy(true, "results", "[J", numbers);
            if (signature.results.indexOf('r') >= 0) {
                copy(true, "refResults", REFERENCES, references);
            }
        }
    }

    /** Returns what stands in the arrays as a function of this signature does. */
    void returnResults() {
        if (signature.results.length() == 1) {
            unpack(signature.results.charAt(0), 0);
        } else if (signature.results.length() > 1) {
            copy(false, "results", "[J", numbers);
            if (signature.results.indexOf('r') >= 0) {
                copy(false, "refResults", REFERENCES, references);
            }
        }
        code.op(signature.returnOpcode());
    }

    /** Copies the results between the instance's array and one in a slot. */
    private void copy(boolean fromInstance, String field, String descriptor, int slot) {
        if (fromInstance) {
            loadField(field, descriptor);
            code.op(ICONST_0);
            code.local(ALOAD, slot);
        } else {
            code.local(ALOAD, slot);
            code.op(ICONST_0);
            loadField(field, descriptor);
        }
        code.op(ICONST_0);
        code.pushInt(signature.results.length());
        code.invokeStatic("java/lang/System", "arraycopy", COPY);
    }

    private void loadField(String field, String descriptor) {
        code.local(ALOAD, instance);
        code.getField(INSTANCE, field, descriptor);
    }
}
