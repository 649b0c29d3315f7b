package dev.kugg.internal;

import dev.kugg.internal.opcode.Opcode;

/** Writes the instructions of a function body for tests; the final {@code end} is added later. */
public final class Code {
    /** The type of a block that neither takes nor gives values. */
    public static final int EMPTY = -64;

    public static final int I32 = -1;
    public static final int I64 = -2;
    public static final int F32 = -3;
    public static final int F64 = -4;

    final WasmBytes bytes = new WasmBytes();

    /** Appends instructions without immediates. */
    public Code op(Opcode... opcodes) {
        for (Opcode opcode : opcodes) {
            if (opcode.prefix != 0) {
                bytes.bytes(opcode.prefix).u32(opcode.code);
            } else {
                bytes.bytes(opcode.code);
            }
        }
        return this;
    }

    /** Appends an instruction with unsigned immediates, such as indices. */
    public Code op(Opcode opcode, int first, int... immediates) {
        op(opcode);
        bytes.u32(first);
        for (int immediate : immediates) {
            bytes.u32(immediate);
        }
        return this;
    }

    /** Appends other code. */
    public Code add(Code other) {
        bytes.append(other.bytes);
        return this;
    }

    public Code i32(int value) {
        bytes.bytes(0x41).s64(value);
        return this;
    }

    public Code i64(long value) {
        bytes.bytes(0x42).s64(value);
        return this;
    }

    public Code f32(float value) {
        return f32Bits(Float.floatToRawIntBits(value));
    }

    public Code f64(double value) {
        return f64Bits(Double.doubleToRawLongBits(value));
    }

    public Code f32Bits(int bits) {
        bytes.bytes(0x43);
        littleEndian(bits, 4);
        return this;
    }

    public Code f64Bits(long bits) {
        bytes.bytes(0x44);
        littleEndian(bits, 8);
        return this;
    }

    private void littleEndian(long bits, int count) {
        for (int i = 0; i < count; i++) {
            bytes.bytes((int) (bits >>> 8 * i) & 0xff);
        }
    }

    public Code get(int local) {
        return op(Opcode.LOCAL_GET, local);
    }

    public Code set(int local) {
        return op(Opcode.LOCAL_SET, local);
    }

    public Code tee(int local) {
        return op(Opcode.LOCAL_TEE, local);
    }

    /** Begins a block; the type is one of the constants here or a typeidx. */
    public Code block(int type) {
        bytes.bytes(Opcode.BLOCK.code).s64(type);
        return this;
    }

    public Code loop(int type) {
        bytes.bytes(Opcode.LOOP.code).s64(type);
        return this;
    }

    public Code when(int type) {
        bytes.bytes(Opcode.IF.code).s64(type);
        return this;
    }

    public Code otherwise() {
        return op(Opcode.ELSE);
    }

    public Code end() {
        return op(Opcode.END);
    }

    public Code br(int label) {
        return op(Opcode.BR, label);
    }

    public Code brIf(int label) {
        return op(Opcode.BR_IF, label);
    }

    /** Appends a {@code br_table}; the last label is the default. */
    public Code brTable(int... labels) {
        bytes.bytes(Opcode.BR_TABLE.code).u32(labels.length - 1);
        for (int label : labels) {
            bytes.u32(label);
        }
        return this;
    }

    public Code call(int func) {
        return op(Opcode.CALL, func);
    }

    public Code callIndirect(int type, int table) {
        return op(Opcode.CALL_INDIRECT, type, table);
    }

    /** Appends a load or store; the offset is unsigned. */
    public Code memory(Opcode opcode, int offset) {
        return op(opcode, 0, offset);
    }

    /** Appends a {@code select} with a type, as references need it. */
    public Code select(char kind) {
        bytes.bytes(Opcode.SELECT_T.code, 1, TestModule.type(kind));
        return this;
    }

    /** Appends a {@code ref.null}. */
    public Code refNull(char kind) {
        bytes.bytes(Opcode.REF_NULL.code, TestModule.type(kind));
        return this;
    }
}
