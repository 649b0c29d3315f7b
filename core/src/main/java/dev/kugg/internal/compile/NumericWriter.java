package dev.kugg.internal.compile;

import static dev.kugg.internal.classfile.Jvm.*;
import static dev.kugg.internal.compile.RuntimeNames.NUMERICS;

import dev.kugg.internal.classfile.CodeWriter;
import dev.kugg.internal.classfile.Label;
import dev.kugg.internal.opcode.Lowering;
import dev.kugg.internal.opcode.Opcode;

/**
 * Writes the numeric instructions: those the table lowers by itself, and the few that need more
 * than one local.
 */
final class NumericWriter {
    /** The kinds of the table's types, by their number; an address is an i32. */
    private static final String KINDS = "?ilfd?i";

    /** Their verification types. */
    private static final int[] TYPES = {
        0, CodeWriter.INT, CodeWriter.LONG, CodeWriter.FLOAT, CodeWriter.DOUBLE, 0, CodeWriter.INT
    };

    // By ordinal, made when first needed; two threads would make equal ones.
    private static final String[] HELPER_NAMES = new String[Opcode.values().length];
    private static final String[] HELPER_DESCRIPTORS = new String[HELPER_NAMES.length];

    private final BodyWriter body;
    private final CodeWriter code;

    NumericWriter(BodyWriter body) {
        this.body = body;
        this.code = body.code;
    }

    /** One to three JVM instructions. */
    void jvm(Opcode opcode) {
        for (int i = 0; i < 3; i++) {
            int op = Lowering.jvmOpcode(opcode.lowering, i);
            if (op != 0) {
                code.op(op);
            }
        }
        switch (opcode) {
            case I32_REM_S, I64_REM_S -> body.divides = true;
            default -> {}
        }
        applyStack(opcode);
    }

    /** A call of the runtime's method of the instruction's name. */
    void helper(Opcode opcode) {
        int ordinal = opcode.ordinal();
        String name = HELPER_NAMES[ordinal];
        if (name == null) {
            name = opcode.mnemonic.replace('.', '_');
            HELPER_NAMES[ordinal] = name;
            HELPER_DESCRIPTORS[ordinal] = helperDescriptor(opcode);
        }
        code.invokeStatic(NUMERICS, name, HELPER_DESCRIPTORS[ordinal]);
        switch (opcode) {
            case I32_DIV_S, I32_DIV_U, I32_REM_U, I64_DIV_S, I64_DIV_U, I64_REM_U ->
                    body.divides = true;
            default -> {}
        }
        applyStack(opcode);
    }

    private static String helperDescriptor(Opcode opcode) {
        StringBuilder descriptor = new StringBuilder("(");
        for (int i = 0; i < opcode.popCount(); i++) {
            descriptor.append(Signature.descriptor(KINDS.charAt(opcode.pop(i))));
        }
        return descriptor
                .append(')')
                .append(Signature.descriptor(KINDS.charAt(opcode.push(0))))
                .toString();
    }

    /** Pops and pushes what the instruction's row says. */
    void applyStack(Opcode opcode) {
        body.pop(opcode.popCount());
        int pushed = opcode.pushCount();
        for (int i = 0; i < pushed; i++) {
            body.pushType(TYPES[opcode.push(i)]);
        }
    }

    /**
     * Compares the operands.
     *
     * @return the JVM's jump that is taken when the comparison holds
     */
    int compare(Opcode opcode) {
        int lowering = opcode.lowering;
        int condition = Lowering.condition(lowering);
        char type = Lowering.type(lowering);
        body.pop(type == 'z' || type == 'y' ? 1 : 2);
        switch (type) {
            case 'z' -> {}
            case 'y' -> {
                code.op(LCONST_0);
                code.op(LCMP);
            }
            case 'i' -> {
                if (!Lowering.unsigned(lowering)) {
                    return IF_ICMPEQ + condition;
                }
                code.invokeStatic("java/lang/Integer", "compareUnsigned", "(II)I");
            }
            case 'l' -> {
                if (Lowering.unsigned(lowering)) {
                    code.invokeStatic("java/lang/Long", "compareUnsigned", "(JJ)I");
                } else {
                    code.op(LCMP);
                }
            }
            // A NaN must make the comparison fail: as greater for "less", as less for the others.
            case 'f' -> code.op(isLess(condition) ? FCMPG : FCMPL);
            default -> code.op(isLess(condition) ? DCMPG : DCMPL);
        }
        return IFEQ + condition;
    }

    private static boolean isLess(int condition) {
        return condition == Lowering.LT || condition == Lowering.LE;
    }

    /** Pushes 1 if the jump is taken, else 0. */
    void materialise(int jump) {
        Label yes = new Label();
        Label end = new Label();
        body.jumpIf(jump, yes);
        code.op(ICONST_0);
        code.goTo(end);
        body.placeWithFrame(yes);
        code.op(ICONST_0 + 1);
        body.push('i');
        body.placeWithFrame(end);
    }

    void constant(Opcode opcode, long value) {
        switch (opcode) {
            case I32_CONST -> code.pushInt((int) value);
            case I64_CONST -> code.pushLong(value);
            case F32_CONST -> floatConstant((int) value);
            default -> doubleConstant(value);
        }
        applyStack(opcode);
    }

    private void floatConstant(int bits) {
        if (Float.isNaN(Float.intBitsToFloat(bits))) {
            code.pushInt(bits);
            code.invokeStatic("java/lang/Float", "intBitsToFloat", "(I)F");
        } else {
            code.pushFloat(bits);
        }
    }

    private void doubleConstant(long bits) {
        if (Double.isNaN(Double.longBitsToDouble(bits))) {
            code.pushLong(bits);
            code.invokeStatic("java/lang/Double", "longBitsToDouble", "(J)D");
        } else {
            code.pushDouble(bits);
        }
    }

    /**
     * {@code rotl} and {@code rotr} as shifts: a call would cost the JIT inlining it needs
     * elsewhere.
     */
    void rotate(Opcode opcode) {
        boolean left = opcode == Opcode.I32_ROTL || opcode == Opcode.I64_ROTL;
        if (opcode == Opcode.I32_ROTL || opcode == Opcode.I32_ROTR) {
            rotate('i', left ? ISHL : IUSHR, left ? IUSHR : ISHL, IOR);
        } else {
            rotate('l', left ? LSHL : LUSHR, left ? LUSHR : LSHL, LOR);
        }
        applyStack(opcode);
    }

    private void rotate(char kind, int there, int back, int or) {
        int count = body.scratch(0);
        int value = body.scratch(1);
        if (kind == 'l') {
            code.op(L2I);
        }
        code.local(ISTORE, count);
        code.local(Signature.storeOpcode(kind), value);
        code.local(Signature.loadOpcode(kind), value);
        code.local(ILOAD, count);
        code.op(there);
        code.local(Signature.loadOpcode(kind), value);
        code.op(ICONST_0);
        code.local(ILOAD, count);
        code.op(ISUB);
        code.op(back);
        code.op(or);
    }

    void extendUnsigned() {
        code.op(I2L);
        code.pushLong(0xffffffffL);
        code.op(LAND);
        applyStack(Opcode.I64_EXTEND_I32_U);
    }

    void reinterpret(Opcode opcode) {
        switch (opcode) {
            case I32_REINTERPRET_F32 ->
                    code.invokeStatic("java/lang/Float", "floatToRawIntBits", "(F)I");
            case I64_REINTERPRET_F64 ->
                    code.invokeStatic("java/lang/Double", "doubleToRawLongBits", "(D)J");
            case F32_REINTERPRET_I32 ->
                    code.invokeStatic("java/lang/Float", "intBitsToFloat", "(I)F");
            default -> code.invokeStatic("java/lang/Double", "longBitsToDouble", "(J)D");
        }
        applyStack(opcode);
    }
}
