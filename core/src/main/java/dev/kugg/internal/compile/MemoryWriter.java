package dev.kugg.internal.compile;

import static dev.kugg.internal.classfile.Jvm.*;
import static dev.kugg.internal.compile.RuntimeNames.*;

import dev.kugg.internal.classfile.CodeWriter;
import dev.kugg.internal.opcode.Lowering;
import dev.kugg.internal.opcode.Opcode;

/**
 * Writes accesses to memory: to the {@code byte[]} in a local, with the address as an {@code int}
 * index.
 *
 * <p>An address of 2^31 or more is negative, and no memory reaches that far. Without an offset the
 * array's own check refuses it. With an offset the sum could wrap around to a small number, so the
 * byte at the bare address is read first, for its check alone: an access whose bare address is
 * outside is outside itself. The JIT drops the read and treats the check like those of arrays in
 * loops. Where an access by the same variable has gone before, it is left out. The sum of two
 * numbers below 2^31 does not wrap, it turns negative and is refused. An offset of 2^31 or more
 * always leaves the memory.
 */
final class MemoryWriter {
    private final BodyWriter body;
    private final CodeWriter code;

    MemoryWriter(BodyWriter body) {
        this.body = body;
        this.code = body.code;
    }

    void load(Opcode opcode, long offset) {
        arrayAndIndex(opcode, offset);
        get(opcode);
    }

    /** A load whose address is a constant: nothing can wrap around that is not known here. */
    void loadAt(Opcode opcode, int address, long offset) {
        if (Lowering.sizeBytes(opcode.lowering) > 1) {
            loadView(opcode);
        }
        body.loadMemory();
        long index = Integer.toUnsignedLong(address) + offset;
        boolean reachable = index >= 0 && index <= Integer.MAX_VALUE;
        code.pushInt(reachable ? (int) index : -1);
        get(opcode);
    }

    /** Reads, with the view unless it is a byte, the array and the index on the stack. */
    private void get(Opcode opcode) {
        int lowering = opcode.lowering;
        char type = Lowering.type(lowering);
        int size = Lowering.sizeBytes(lowering);
        body.accessesMemory = true;
        if (size == 1) {
            code.op(BALOAD);
        } else {
            code.invokeVirtual(VAR_HANDLE, "get", getDescriptor(type, size));
        }
        extend(type, size, Lowering.unsigned(lowering));
        body.push(type);
    }

    /** A store of the value on the top of the stack. */
    void store(Opcode opcode, long offset) {
        int size = Lowering.sizeBytes(opcode.lowering);
        char type = Lowering.type(opcode.lowering);
        body.pop();
        boolean narrowed = type == 'l' && size < 8;
        if (narrowed) {
            code.op(L2I);
        }
        char kind = narrowed ? 'i' : type;
        int value = body.scratch(1);
        code.local(Signature.storeOpcode(kind), value);
        arrayAndIndex(opcode, offset);
        code.local(Signature.loadOpcode(kind), value);
        set(opcode);
    }

    /** A store of a constant i32. */
    void storeConstant(Opcode opcode, long offset, int value) {
        arrayAndIndex(opcode, offset);
        code.pushInt(value);
        set(opcode);
    }

    /** A store of a local. */
    void storeLocal(Opcode opcode, long offset, int local) {
        arrayAndIndex(opcode, offset);
        body.loadLocal(local);
        if (Lowering.type(opcode.lowering) == 'l' && Lowering.sizeBytes(opcode.lowering) < 8) {
            code.op(L2I);
        }
        set(opcode);
    }

    /** Turns the address on the top of the stack into the view, the array and the index. */
    private void arrayAndIndex(Opcode opcode, long offset) {
        body.accessesMemory = true;
        boolean known = body.topIsAddress();
        body.topIsUsed();
        body.pop();
        if (Lowering.sizeBytes(opcode.lowering) > 1) {
            loadView(opcode);
            code.op(SWAP);
        }
        index(offset, known);
        body.loadMemory();
        code.op(SWAP);
    }

    private void set(Opcode opcode) {
        char type = Lowering.type(opcode.lowering);
        int size = Lowering.sizeBytes(opcode.lowering);
        if (size == 1) {
            code.op(BASTORE);
            return;
        }
        if (size == 2) {
            code.op(I2C);
        }
        code.invokeVirtual(VAR_HANDLE, "set", setDescriptor(type, size));
    }

    private void loadView(Opcode opcode) {
        String view = view(Lowering.type(opcode.lowering), Lowering.sizeBytes(opcode.lowering));
        code.getStatic(ACCESS, view, VAR_HANDLE_TYPE);
    }

    /**
     * Turns the address on the stack into the index of the first byte.
     *
     * @param known whether the address is known to be inside
     */
    private void index(long offset, boolean known) {
        if (offset == 0) {
            return;
        }
        if (offset < 0 || offset > Integer.MAX_VALUE) {
            code.op(POP);
            code.op(ICONST_0 - 1);
            return;
        }
        if (!known) {
            code.op(DUP);
            body.loadMemory();
            code.op(SWAP);
            code.op(BALOAD);
            code.op(POP);
        }
        code.pushInt((int) offset);
        code.op(IADD);
    }

    private static String view(char type, int size) {
        return switch (size) {
            case 2 -> "I16";
            case 4 -> type == 'f' ? "F32" : "I32";
            default -> type == 'd' ? "F64" : "I64";
        };
    }

    private static String getDescriptor(char type, int size) {
        return switch (size) {
            case 2 -> "([BI)C";
            case 4 -> type == 'f' ? "([BI)F" : "([BI)I";
            default -> type == 'd' ? "([BI)D" : "([BI)J";
        };
    }

    private static String setDescriptor(char type, int size) {
        return switch (size) {
            case 2 -> "([BIC)V";
            case 4 -> type == 'f' ? "([BIF)V" : "([BII)V";
            default -> type == 'd' ? "([BID)V" : "([BIJ)V";
        };
    }

    private void extend(char type, int size, boolean unsigned) {
        if (size == 1 && unsigned) {
            code.pushInt(0xff);
            code.op(IAND);
        } else if (size == 2 && !unsigned) {
            code.op(I2S);
        }
        if (type == 'l' && size < 8) {
            code.op(I2L);
            if (size == 4 && unsigned) {
                code.pushLong(0xffffffffL);
                code.op(LAND);
            }
        }
    }
}
