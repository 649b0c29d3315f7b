package dev.kugg.spectest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Writes modules that are too large, too deep or too odd to check in. A section is itself one of
 * these: bytes under construction.
 */
final class TestModule {
    private static final int I32 = 0x7f;
    private static final int I64 = 0x7e;
    private static final int END = 0x0b;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** {@return an empty module: the header alone} */
    static TestModule header() {
        return new TestModule().raw(0, 'a', 's', 'm', 1, 0, 0, 0);
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    int sizeBytes() {
        return bytes.size();
    }

    TestModule append(TestModule other) {
        bytes.writeBytes(other.toBytes());
        return this;
    }

    TestModule raw(int... values) {
        for (int value : values) {
            bytes.write(value);
        }
        return this;
    }

    TestModule raw(int count, int[] pattern) {
        for (int i = 0; i < count; i++) {
            raw(pattern);
        }
        return this;
    }

    TestModule u32(long value) {
        long rest = value;
        while (rest > 0x7f) {
            bytes.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
        return this;
    }

    TestModule s32(int value) {
        return s64(value);
    }

    TestModule s64(long value) {
        long rest = value;
        while (rest < -64 || rest > 63) {
            bytes.write((int) (rest & 0x7f | 0x80));
            rest >>= 7;
        }
        bytes.write((int) rest & 0x7f);
        return this;
    }

    TestModule name(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        u32(utf8.length);
        bytes.writeBytes(utf8);
        return this;
    }

    /** Appends bytes with their length in front: a section's contents, or a body. */
    TestModule sized(TestModule contents) {
        u32(contents.bytes.size());
        bytes.writeBytes(contents.toBytes());
        return this;
    }

    TestModule section(int id, TestModule contents) {
        return raw(id).sized(contents);
    }

    /**
     * {@return a module of one function {@code run} with this type and body (locals first, without
     * the end)}
     */
    static byte[] oneFunction(TestModule type, TestModule body) {
        TestModule types = new TestModule().u32(1);
        types.bytes.writeBytes(type.toBytes());
        return header().section(1, types)
                .section(3, new TestModule().raw(1, 0))
                .section(7, new TestModule().raw(1).name("run").raw(0, 0))
                .section(10, new TestModule().raw(1).sized(body.raw(END)))
                .toBytes();
    }

    /** {@return a function type with so many parameters and results of i32} */
    static TestModule i32Type(int params, int results) {
        return new TestModule()
                .raw(0x60)
                .u32(params)
                .raw(params, new int[] {I32})
                .u32(results)
                .raw(results, new int[] {I32});
    }

    /** {@return a module whose body lacks a value} */
    static byte[] invalidBody() {
        return oneFunction(i32Type(0, 1), new TestModule().raw(0));
    }

    /**
     * {@return {@code run(i64) -> i64}, recursive without end, with locals that live across the
     * call}
     */
    static byte[] recursionWithLocals(int count) {
        TestModule type = new TestModule().raw(0x60, 1, I64, 1, I64);
        TestModule body = new TestModule().raw(1).u32(count).raw(I64);
        for (int local = 1; local <= count; local += 20) {
            body.raw(0x20, 0, 0x42).s32(local).raw(0x7c, 0x21).u32(local);
        }
        body.raw(0x20, 0, 0x42, 1, 0x7c, 0x10, 0);
        for (int local = 1; local <= count; local += 20) {
            body.raw(0x20).u32(local).raw(0x7c);
        }
        return oneFunction(type, body);
    }

    /** {@return a valid module of about 30 KB with random code, the same for the same seed} */
    static byte[] generated(long seed) {
        Random random = new Random(seed);
        int functions = 100;
        TestModule code = new TestModule().u32(functions);
        TestModule exports = new TestModule().u32(functions);
        for (int i = 0; i < functions; i++) {
            exports.name("f" + i).raw(0).u32(i);
            code.sized(randomBody(random));
        }
        return header().section(1, new TestModule().raw(1, 0x60, 1, I32, 1, I32))
                .section(3, new TestModule().u32(functions).raw(functions, new int[] {0}))
                .section(4, new TestModule().raw(1, 0x70, 0, 10))
                .section(5, new TestModule().raw(1, 1, 1, 2))
                .section(6, new TestModule().raw(1, I32, 1, 0x41, 7, END))
                .section(7, exports)
                .section(9, new TestModule().raw(1, 0, 0x41, 0, END, 3, 0, 1, 2))
                .section(10, code)
                .section(11, new TestModule().raw(1, 0, 0x41, 16, END).name("some data"))
                .toBytes();
    }

    /** A chain of steps that each take one i32 and leave one. */
    private static TestModule randomBody(Random random) {
        TestModule body = new TestModule().raw(1, 2, I32, 0x20, 0);
        for (int i = 0; i < 40; i++) {
            switch (random.nextInt(7)) {
                case 0 -> body.raw(0x41).s32(random.nextInt()).raw(0x6a + random.nextInt(3));
                case 1 -> body.raw(0x21, 1, 0x20, 1, 0x20, 0, 0x71 + random.nextInt(8));
                case 2 -> body.raw(0x41).s32(0xffff).raw(0x71, 0x28, 2).u32(random.nextInt(99));
                case 3 -> body.raw(0x22, 2, 0x04, I32, 0x41, 1, 0x05, 0x20, 2, END);
                case 4 -> body.raw(0xac, 0x42).s32(random.nextInt()).raw(0x7e, 0xa7);
                case 5 -> body.raw(0x24, 0, 0x23, 0);
                default -> body.raw(0xb7, 0x9f, 0xfc, 2);
            }
        }
        return body.raw(END);
    }
}
