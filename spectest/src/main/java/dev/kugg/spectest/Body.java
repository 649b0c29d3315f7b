package dev.kugg.spectest;

/** The body of a function under construction, an instruction at a time, with its locals first. */
final class Body {
    static final int I32 = 0x7f;
    static final int I64 = 0x7e;
    static final int F64 = 0x7c;

    private static final int EMPTY = 0x40;

    private final TestModule bytes;

    /**
     * Begins a body.
     *
     * @param locals pairs of a count and a type
     */
    Body(int... locals) {
        bytes = new TestModule().u32(locals.length / 2);
        for (int i = 0; i < locals.length; i += 2) {
            bytes.u32(locals[i]).raw(locals[i + 1]);
        }
    }

    TestModule bytes() {
        return bytes;
    }

    int sizeBytes() {
        return bytes.sizeBytes();
    }

    Body get(int local) {
        bytes.raw(0x20).u32(local);
        return this;
    }

    Body set(int local) {
        bytes.raw(0x21).u32(local);
        return this;
    }

    Body tee(int local) {
        bytes.raw(0x22).u32(local);
        return this;
    }

    Body i32(int value) {
        bytes.raw(0x41).s32(value);
        return this;
    }

    Body i64(int value) {
        bytes.raw(0x42).s32(value);
        return this;
    }

    Body f64(double value) {
        bytes.raw(0x44);
        long bits = Double.doubleToRawLongBits(value);
        for (int shift = 0; shift < 64; shift += 8) {
            bytes.raw((int) (bits >>> shift) & 0xff);
        }
        return this;
    }

    /** Appends instructions without immediates, or bytes of any others. */
    Body op(int... codes) {
        bytes.raw(codes);
        return this;
    }

    /** Appends a load or store. */
    Body memory(int code, int offset) {
        bytes.raw(code, 0).u32(offset);
        return this;
    }

    Body block() {
        return op(0x02, EMPTY);
    }

    Body blocks(int count) {
        for (int i = 0; i < count; i++) {
            block();
        }
        return this;
    }

    Body loop() {
        return op(0x03, EMPTY);
    }

    Body when() {
        return op(0x04, EMPTY);
    }

    Body otherwise() {
        return op(0x05);
    }

    Body end() {
        return op(0x0b);
    }

    Body br(int label) {
        bytes.raw(0x0c).u32(label);
        return this;
    }

    Body brIf(int label) {
        bytes.raw(0x0d).u32(label);
        return this;
    }

    /** Appends a {@code br_table} to labels 0 up to {@code count - 1}, the last of them default. */
    Body brTable(int count) {
        bytes.raw(0x0e).u32(count - 1);
        for (int label = 0; label < count; label++) {
            bytes.u32(label);
        }
        return this;
    }

    Body call(int func) {
        bytes.raw(0x10).u32(func);
        return this;
    }

    Body callIndirect(int type) {
        bytes.raw(0x11).u32(type).raw(0);
        return this;
    }
}
