package dev.kugg.internal.classfile;

import static dev.kugg.internal.classfile.Jvm.*;

import java.util.Arrays;

/**
 * Writes the code of one method.
 *
 * <p>Frames: the locals of every frame are the same, as declared with {@link #frameLocal} before
 * the first frame; only the operand stack differs, and the caller says what it holds. Exception
 * handlers are the exception: their frame has no locals at all.
 *
 * <p>Jumps are written with offsets of 16 bits: nobody writes methods of more than 32 KB, which
 * HotSpot would not compile.
 *
 * @see <a href="https://docs.oracle.com/javase/specs/jvms/se21/html/jvms-4.html#jvms-4.7.3">The
 *     Code attribute</a>
 */
public final class CodeWriter {
    /** The most bytes the code of a method may have. */
    public static final int MAX_CODE_BYTES = 65_535;

    // Verification types of frames; objects are OBJECT + their class's index << 8.
    public static final int INT = 1;
    public static final int FLOAT = 2;
    public static final int DOUBLE = 3;
    public static final int LONG = 4;
    private static final int OBJECT = 7;

    private final ClassWriter owner;
    private final ConstantPool pool;
    private final int flags;
    private final int nameIndex;
    private final int descriptorIndex;
    private final ByteVector code = new ByteVector(256);
    private final ByteVector frames = new ByteVector(64);
    private final ByteVector handlers = new ByteVector(16);
    private int handlerCount;
    private int frameCount;
    private int lastFrameAt = -1;
    private int[] locals = new int[16];
    private int localCount;
    private int paramLocalCount;

    // Whether the frames so far, the implicit first one included, hold the parameters only.
    private boolean beforeLocals = true;

    CodeWriter(ClassWriter owner, int flags, String name, String descriptor) {
        this.owner = owner;
        this.pool = owner.pool;
        this.flags = flags;
        this.nameIndex = pool.utf8(name);
        this.descriptorIndex = pool.utf8(descriptor);
    }

    /** {@return the size of the code so far in bytes} */
    public int size() {
        return code.size;
    }

    // ---- instructions ----

    public void op(int opcode) {
        code.u1(opcode);
    }

    /**
     * A load or store of a local: {@code opcode} is iload, lload, fload, dload, aload or a store.
     */
    public void local(int opcode, int slot) {
        if (slot < 4) {
            int base =
                    opcode <= ALOAD
                            ? ILOAD_0 + (opcode - ILOAD) * 4
                            : ISTORE_0 + (opcode - ISTORE) * 4;
            code.u1(base + slot);
        } else if (slot < 256) {
            code.u1(opcode);
            code.u1(slot);
        } else {
            code.u1(WIDE);
            code.u1(opcode);
            code.u2(slot);
        }
    }

    public void increment(int slot, int delta) {
        if (slot < 256 && delta == (byte) delta) {
            code.u1(IINC);
            code.u1(slot);
            code.u1(delta);
        } else {
            code.u1(WIDE);
            code.u1(IINC);
            code.u2(slot);
            code.u2(delta);
        }
    }

    public void pushInt(int value) {
        if (value >= -1 && value <= 5) {
            code.u1(ICONST_0 + value);
        } else if (value == (byte) value) {
            code.u1(BIPUSH);
            code.u1(value);
        } else if (value == (short) value) {
            code.u1(SIPUSH);
            code.u2(value);
        } else {
            loadConstant(pool.integer(value));
        }
    }

    public void pushLong(long value) {
        if (value == 0 || value == 1) {
            code.u1(LCONST_0 + (int) value);
        } else if (value == (short) value) {
            pushInt((int) value);
            code.u1(I2L);
        } else {
            code.u1(LDC2_W);
            code.u2(pool.longValue(value));
        }
    }

    /**
     * Pushes a float that is not a NaN: the class file format does not promise to keep a NaN's
     * bits.
     */
    public void pushFloat(int bits) {
        if (bits == 0) {
            code.u1(FCONST_0);
        } else if (bits == 0x3f800000) {
            code.u1(FCONST_0 + 1);
        } else if (bits == 0x40000000) {
            code.u1(FCONST_0 + 2);
        } else {
            loadConstant(pool.floatBits(bits));
        }
    }

    /** Pushes a double that is not a NaN. */
    public void pushDouble(long bits) {
        if (bits == 0) {
            code.u1(DCONST_0);
        } else if (bits == 0x3ff0000000000000L) {
            code.u1(DCONST_0 + 1);
        } else {
            code.u1(LDC2_W);
            code.u2(pool.doubleBits(bits));
        }
    }

    public void pushString(String text) {
        loadConstant(pool.string(text));
    }

    private void loadConstant(int index) {
        if (index < 256) {
            code.u1(LDC);
            code.u1(index);
        } else {
            code.u1(LDC_W);
            code.u2(index);
        }
    }

    public void getField(String ownerClass, String name, String descriptor) {
        code.u1(GETFIELD);
        code.u2(pool.field(ownerClass, name, descriptor));
    }

    public void putField(String ownerClass, String name, String descriptor) {
        code.u1(PUTFIELD);
        code.u2(pool.field(ownerClass, name, descriptor));
    }

    public void getStatic(String ownerClass, String name, String descriptor) {
        code.u1(GETSTATIC);
        code.u2(pool.field(ownerClass, name, descriptor));
    }

    public void putStatic(String ownerClass, String name, String descriptor) {
        code.u1(PUTSTATIC);
        code.u2(pool.field(ownerClass, name, descriptor));
    }

    public void invokeStatic(String ownerClass, String name, String descriptor) {
        code.u1(INVOKESTATIC);
        code.u2(pool.method(ownerClass, name, descriptor));
    }

    public void invokeVirtual(String ownerClass, String name, String descriptor) {
        code.u1(INVOKEVIRTUAL);
        code.u2(pool.method(ownerClass, name, descriptor));
    }

    public void invokeSpecial(String ownerClass, String name, String descriptor) {
        code.u1(INVOKESPECIAL);
        code.u2(pool.method(ownerClass, name, descriptor));
    }

    /**
     * Calls a method of an interface.
     *
     * @param argumentSlots the slots of the receiver and the arguments
     */
    public void invokeInterface(
            String ownerClass, String name, String descriptor, int argumentSlots) {
        code.u1(INVOKEINTERFACE);
        code.u2(pool.interfaceMethod(ownerClass, name, descriptor));
        code.u1(argumentSlots);
        code.u1(0);
    }

    public void newObject(String className) {
        code.u1(NEW);
        code.u2(pool.classRef(className));
    }

    public void checkCast(String className) {
        code.u1(CHECKCAST);
        code.u2(pool.classRef(className));
    }

    public void newLongArray() {
        code.u1(NEWARRAY);
        code.u1(11);
    }

    public void newObjectArray(String elementClass) {
        code.u1(ANEWARRAY);
        code.u2(pool.classRef(elementClass));
    }

    // ---- jumps ----

    public void goTo(Label target) {
        jump(GOTO, target);
    }

    /**
     * A conditional jump.
     *
     * @param opcode ifeq..if_acmpne, ifnull or ifnonnull
     */
    public void jumpIf(int opcode, Label target) {
        jump(opcode, target);
    }

    /** {@return the conditional jump that is taken when this one is not} */
    public static int negate(int opcode) {
        return opcode >= IFNULL ? opcode ^ 1 : (opcode + 1 ^ 1) - 1;
    }

    private void jump(int opcode, Label target) {
        int start = code.size;
        code.u1(opcode);
        if (target.position >= 0) {
            target.useCount = Math.max(target.useCount, 1);
            code.u2(checked(target.position - start));
        } else {
            target.addUse(code.size, start);
            code.u2(0);
        }
    }

    private static int checked(int offset) {
        if (offset != (short) offset) {
            throw new IllegalStateException("a jump over " + offset + " bytes");
        }
        return offset;
    }

    private void offset4(Label target, int start) {
        if (target.position >= 0) {
            target.useCount = Math.max(target.useCount, 1);
            code.u4(target.position - start);
        } else {
            target.addUse(code.size, ~start);
            code.u4(0);
        }
    }

    /**
     * A {@code tableswitch} over 0, 1, ...: {@code targets[k]} for k below {@code count}, else
     * {@code otherwise}.
     */
    public void tableSwitch(Label[] targets, int count, Label otherwise) {
        int start = code.size;
        code.u1(TABLESWITCH);
        while ((code.size & 3) != 0) {
            code.u1(0);
        }
        offset4(otherwise, start);
        code.u4(0);
        code.u4(count - 1);
        for (int i = 0; i < count; i++) {
            offset4(targets[i], start);
        }
    }

    /** Places a label here. If code can jump to it a frame has to follow. */
    public void place(Label label) {
        label.position = code.size;
        for (int i = 0; i < label.useCount; i += 2) {
            int start = label.uses[i + 1];
            if (start < 0) {
                code.putU4(label.uses[i], code.size - ~start);
            } else {
                code.putU2(label.uses[i], checked(code.size - start));
            }
        }
    }

    // ---- frames ----

    /** Declares the next local of every frame; the parameters come first. */
    public void frameLocal(int verificationType) {
        if (localCount == locals.length) {
            locals = Arrays.copyOf(locals, localCount * 2);
        }
        locals[localCount++] = verificationType;
    }

    /** Says that the locals declared so far are those of the method's parameters. */
    public void endParameters() {
        paramLocalCount = localCount;
    }

    /** {@return the verification type of objects of a class} */
    public int objectType(String className) {
        return OBJECT | pool.classRef(className) << 8;
    }

    /**
     * A frame here, with these types on the operand stack. A second one at the same place is left
     * out.
     */
    public void frame(int[] stack, int depth) {
        if (lastFrameAt == code.size) {
            return;
        }
        int delta = code.size - lastFrameAt - 1;
        boolean sameLocals = !beforeLocals || paramLocalCount == localCount;
        if (sameLocals && depth == 0) {
            sameFrame(delta);
        } else if (sameLocals && depth == 1) {
            sameLocalsOneStackItem(delta, stack[0]);
        } else if (depth == 0 && localCount - paramLocalCount <= 3) {
            appendFrame(delta);
        } else {
            fullFrame(delta, stack, depth);
        }
        beforeLocals = false;
        frameCount++;
        lastFrameAt = code.size;
    }

    /**
     * A frame here before the locals behind the parameters have values, with an empty operand
     * stack.
     */
    public void frameOfParameters() {
        sameFrame(code.size - lastFrameAt - 1);
        frameCount++;
        lastFrameAt = code.size;
    }

    private void sameFrame(int delta) {
        if (delta < 64) {
            frames.u1(delta);
        } else {
            frames.u1(251);
            frames.u2(delta);
        }
    }

    private void sameLocalsOneStackItem(int delta, int type) {
        if (delta < 64) {
            frames.u1(64 + delta);
        } else {
            frames.u1(247);
            frames.u2(delta);
        }
        verificationType(type);
    }

    private void appendFrame(int delta) {
        frames.u1(251 + localCount - paramLocalCount);
        frames.u2(delta);
        for (int i = paramLocalCount; i < localCount; i++) {
            verificationType(locals[i]);
        }
    }

    private void fullFrame(int delta, int[] stack, int depth) {
        frames.u1(255);
        frames.u2(delta);
        frames.u2(localCount);
        for (int i = 0; i < localCount; i++) {
            verificationType(locals[i]);
        }
        frames.u2(depth);
        for (int i = 0; i < depth; i++) {
            verificationType(stack[i]);
        }
    }

    private void verificationType(int type) {
        frames.u1(type & 0xff);
        if ((type & 0xff) == OBJECT) {
            frames.u2(type >>> 8);
        }
    }

    /**
     * Begins an exception handler for all code from {@code start} to here. Its operand stack holds
     * the exception and it has no locals, so nothing but further handlers may follow it.
     *
     * @param start the first position covered
     * @param end the position behind the last one covered
     * @param exceptionClass the class caught
     */
    public void handler(int start, int end, String exceptionClass) {
        int type = pool.classRef(exceptionClass);
        handlers.u2(start);
        handlers.u2(end);
        handlers.u2(code.size);
        handlers.u2(type);
        handlerCount++;
        if (lastFrameAt != code.size) {
            frames.u1(255);
            frames.u2(code.size - lastFrameAt - 1);
            frames.u2(0);
            frames.u2(1);
            verificationType(objectType(exceptionClass));
            frameCount++;
            lastFrameAt = code.size;
        }
    }

    /**
     * A handler whose frame has the method's usual locals, so that code may go on behind it.
     *
     * @param start the first position covered
     * @param end the position behind the last one covered
     * @param exceptionClass the class caught
     */
    public void handlerWithLocals(int start, int end, String exceptionClass) {
        handlers.u2(start);
        handlers.u2(end);
        handlers.u2(code.size);
        handlers.u2(pool.classRef(exceptionClass));
        handlerCount++;
        frame(new int[] {objectType(exceptionClass)}, 1);
    }

    /**
     * Ends the method and adds it to the class.
     *
     * @param maxStack the deepest the operand stack gets, in slots
     * @param maxLocals the number of local slots, parameters included
     */
    public void end(int maxStack, int maxLocals) {
        int codeName = pool.utf8("Code");
        int frameName = frameCount == 0 ? 0 : pool.utf8("StackMapTable");
        ByteVector out = new ByteVector(code.size + frames.size + handlers.size + 64);
        out.u2(flags);
        out.u2(nameIndex);
        out.u2(descriptorIndex);
        out.u2(1);
        out.u2(codeName);
        int frameBytes = frameCount == 0 ? 0 : 8 + frames.size;
        out.u4(8 + code.size + 2 + handlers.size + 2 + frameBytes);
        out.u2(maxStack);
        out.u2(maxLocals);
        out.u4(code.size);
        out.append(code);
        out.u2(handlerCount);
        out.append(handlers);
        out.u2(frameCount == 0 ? 0 : 1);
        if (frameCount != 0) {
            out.u2(frameName);
            out.u4(2 + frames.size);
            out.u2(frameCount);
            out.append(frames);
        }
        owner.add(out);
    }
}
