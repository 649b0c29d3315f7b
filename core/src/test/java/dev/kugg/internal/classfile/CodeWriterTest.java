package dev.kugg.internal.classfile;

import static dev.kugg.internal.classfile.Jvm.*;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.function.Consumer;

/** Writes classes that the JVM verifies, and calls them. */
class CodeWriterTest {
    private static final int[] EMPTY = {};

    /** Defines one class. */
    private static final class Loader extends ClassLoader {
        Class<?> define(byte[] bytes) {
            return defineClass(null, bytes, 0, bytes.length);
        }
    }

    private static Object run(ClassWriter owner, Object... args) throws Exception {
        Class<?> made = new Loader().define(owner.toBytes());
        for (var method : made.getMethods()) {
            if (method.getName().equals("f")) {
                return method.invoke(null, args);
            }
        }
        throw new AssertionError("no method f");
    }

    private static ClassWriter owner() {
        return new ClassWriter("test/Made", "java/lang/Object");
    }

    private static CodeWriter method(ClassWriter owner, String descriptor) {
        return owner.method(ClassWriter.PUBLIC | ClassWriter.STATIC, "f", descriptor);
    }

    private static Object value(String result, int returnOpcode, Consumer<CodeWriter> push)
            throws Exception {
        ClassWriter owner = owner();
        CodeWriter code = method(owner, "()" + result);
        push.accept(code);
        code.op(returnOpcode);
        code.end(2, 0);
        return run(owner);
    }

    @Test
    void intsOfAllSizes() throws Exception {
        int[] values = {
            -2,
            -1,
            0,
            5,
            6,
            127,
            128,
            -128,
            -129,
            32_767,
            32_768,
            -32_768,
            -32_769,
            Integer.MAX_VALUE,
            Integer.MIN_VALUE
        };
        for (int each : values) {
            assertThat(value("I", IRETURN, code -> code.pushInt(each))).isEqualTo(each);
        }
    }

    @Test
    void longsOfAllSizes() throws Exception {
        long[] values = {-1, 0, 1, 2, 32_767, 32_768, -32_769, Long.MAX_VALUE, Long.MIN_VALUE};
        for (long each : values) {
            assertThat(value("J", LRETURN, code -> code.pushLong(each))).isEqualTo(each);
        }
    }

    @Test
    void floatingPointConstantsKeepTheirBits() throws Exception {
        for (float each : new float[] {0, -0f, 1, 2, 3, -1, Float.MIN_VALUE, Float.MAX_VALUE}) {
            int bits = Float.floatToRawIntBits(each);
            Object found = value("F", FRETURN, code -> code.pushFloat(bits));
            assertThat(Float.floatToRawIntBits((float) found)).isEqualTo(bits);
        }
        for (double each : new double[] {0, -0.0, 1, 2, -1, Double.MIN_VALUE, Double.MAX_VALUE}) {
            long bits = Double.doubleToRawLongBits(each);
            Object found = value("D", DRETURN, code -> code.pushDouble(bits));
            assertThat(Double.doubleToRawLongBits((double) found)).isEqualTo(bits);
        }
    }

    @Test
    void stringsOfAllCharacters() throws Exception {
        for (String each : new String[] {"", "a", "\0", "é", "漢", "\ud83d\ude00", "\ud800"}) {
            assertThat(value("Ljava/lang/String;", ARETURN, code -> code.pushString(each)))
                    .isEqualTo(each);
        }
        assertThatThrownBy(() -> owner().sourceFile("漢".repeat(30_000)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Beyond 255 constants they need wide indices, and the pool's table grows. */
    @Test
    void manyConstantsAreKeptOnce() throws Exception {
        ClassWriter owner = owner();
        CodeWriter code = method(owner, "()J");
        code.pushLong(0);
        long sum = 0;
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 1500; i++) {
                code.pushInt(100_000 + i);
                code.op(I2L);
                code.op(LADD);
                code.pushLong(10_000_000_000L + i);
                code.op(LADD);
                sum += 10_000_100_000L + 2 * i;
            }
        }
        code.op(LRETURN);
        code.end(4, 0);
        assertThat(owner.constantCount()).isLessThan(4600);
        assertThat(run(owner)).isEqualTo(sum);
    }

    @Test
    void localsOfAllWidths() throws Exception {
        ClassWriter owner = owner();
        CodeWriter code = method(owner, "(I)I");
        int[] slots = {0, 1, 3, 4, 255, 256, 40_000};
        for (int i = 1; i < slots.length; i++) {
            code.local(ILOAD, slots[i - 1]);
            code.local(ISTORE, slots[i]);
            code.increment(slots[i], i % 2 == 0 ? 1000 : -3);
        }
        code.local(ILOAD, 40_000);
        code.op(IRETURN);
        code.end(1, 40_001);
        assertThat(run(owner, 7)).isEqualTo(7 + 3 * 1000 - 3 * 3);
    }

    /** {@code f(k)} by a switch that begins at each of the four alignments. */
    @Test
    void switchesAtAllAlignments() throws Exception {
        for (int nops = 0; nops < 4; nops++) {
            ClassWriter owner = owner();
            CodeWriter code = method(owner, "(I)I");
            code.frameLocal(CodeWriter.INT);
            code.endParameters();
            for (int i = 0; i < nops; i++) {
                code.op(NOP);
            }
            code.local(ILOAD, 0);
            Label[] labels = {new Label(), new Label(), new Label()};
            code.tableSwitch(labels, 2, labels[2]);
            for (int i = 0; i < 3; i++) {
                code.place(labels[i]);
                code.frame(EMPTY, 0);
                code.pushInt(10 * i);
                code.op(IRETURN);
            }
            code.end(1, 1);
            assertThat(run(owner, 0)).isEqualTo(0);
            assertThat(run(owner, 1)).isEqualTo(10);
            assertThat(run(owner, 2)).isEqualTo(20);
            assertThat(run(owner, -1)).isEqualTo(20);
        }
    }

    /** {@code for (sum = 0; n != 0; n--) sum += n}, with so much unused code in the loop. */
    private static ClassWriter sum(int nops) {
        ClassWriter owner = owner();
        CodeWriter code = method(owner, "(I)I");
        code.frameLocal(CodeWriter.INT);
        code.endParameters();
        code.frameLocal(CodeWriter.INT);
        code.pushInt(0);
        code.local(ISTORE, 1);
        Label top = new Label();
        Label out = new Label();
        code.place(top);
        code.frame(EMPTY, 0);
        code.local(ILOAD, 0);
        code.jumpIf(IFEQ, out);
        code.local(ILOAD, 0);
        code.local(ILOAD, 1);
        code.op(IADD);
        code.local(ISTORE, 1);
        code.increment(0, -1);
        for (int i = 0; i < nops; i++) {
            code.op(NOP);
        }
        code.goTo(top);
        code.place(out);
        code.frame(EMPTY, 0);
        code.local(ILOAD, 1);
        code.op(IRETURN);
        code.end(2, 2);
        return owner;
    }

    @Test
    void jumpsOverAnyDistance() throws Exception {
        for (int nops : new int[] {0, 100, 32_740, 32_748}) {
            assertThat(run(sum(nops), 100)).as("%d nops", nops).isEqualTo(5050);
        }
        assertThatThrownBy(() -> sum(32_760)).isInstanceOf(IllegalStateException.class);
    }

    /** Frames with 0, 1 and more operands, and more locals than an append frame has. */
    @Test
    void framesOfAllKinds() throws Exception {
        for (int locals : new int[] {0, 1, 3, 4, 20}) {
            for (int depth : new int[] {0, 1, 2, 5}) {
                for (int nops : new int[] {0, 70}) {
                    assertThat(run(frames(locals, depth, nops), 1)).isEqualTo(depth);
                    assertThat(run(frames(locals, depth, nops), 0)).isEqualTo(depth + 1);
                }
            }
        }
    }

    private static ClassWriter frames(int locals, int depth, int nops) {
        ClassWriter owner = owner();
        CodeWriter code = method(owner, "(I)I");
        code.frameLocal(CodeWriter.INT);
        code.endParameters();
        for (int i = 1; i <= locals; i++) {
            code.frameLocal(CodeWriter.INT);
            code.pushInt(i);
            code.local(ISTORE, i);
        }
        int[] stack = new int[depth + 1];
        java.util.Arrays.fill(stack, CodeWriter.INT);
        for (int i = 0; i < depth; i++) {
            code.pushInt(1);
        }
        Label one = new Label();
        Label end = new Label();
        code.local(ILOAD, 0);
        code.jumpIf(IFNE, one);
        for (int i = 0; i < nops; i++) {
            code.op(NOP);
        }
        code.pushInt(1);
        code.goTo(end);
        code.place(one);
        code.frame(stack, depth);
        code.pushInt(0);
        code.place(end);
        code.frame(stack, depth + 1);
        for (int i = 0; i < depth; i++) {
            code.op(IADD);
        }
        code.op(IRETURN);
        code.end(depth + 2, locals + 1);
        return owner;
    }

    @Test
    void handlersCatch() throws Exception {
        ClassWriter owner = owner();
        CodeWriter code = method(owner, "(II)I");
        code.frameLocal(CodeWriter.INT);
        code.frameLocal(CodeWriter.INT);
        code.endParameters();
        int start = code.size();
        code.local(ILOAD, 0);
        code.local(ILOAD, 1);
        code.invokeStatic("java/lang/Integer", "divideUnsigned", "(II)I");
        code.op(IRETURN);
        code.handlerWithLocals(start, code.size(), "java/lang/ArithmeticException");
        code.op(POP);
        code.local(ILOAD, 0);
        code.op(IRETURN);
        code.end(2, 2);
        assertThat(run(owner, 42, 6)).isEqualTo(7);
        assertThat(run(owner, 42, 0)).isEqualTo(42);
    }

    @Test
    void fieldsInterfacesAndSourceFiles() throws Exception {
        ClassWriter owner =
                new ClassWriter("test/Made", "java/lang/Object", "java/util/function/IntSupplier");
        owner.sourceFile("made.wasm");
        owner.field(ClassWriter.PUBLIC, "value", "I");
        CodeWriter init = owner.method(ClassWriter.PUBLIC, "<init>", "()V");
        init.local(ALOAD, 0);
        init.invokeSpecial("java/lang/Object", "<init>", "()V");
        init.local(ALOAD, 0);
        init.pushInt(77);
        init.putField("test/Made", "value", "I");
        init.op(RETURN);
        init.end(2, 1);
        CodeWriter get = owner.method(ClassWriter.PUBLIC, "getAsInt", "()I");
        get.local(ALOAD, 0);
        get.getField("test/Made", "value", "I");
        get.op(IRETURN);
        get.end(1, 1);
        Class<?> made = new Loader().define(owner.toBytes());
        var supplier = (java.util.function.IntSupplier) made.getConstructor().newInstance();
        assertThat(supplier.getAsInt()).isEqualTo(77);
        assertThat(made.isSynthetic()).isTrue();
        assertThat(made.getName()).isEqualTo("test.Made");
    }

    @Test
    void tooManyConstantsAreRefused() {
        ClassWriter owner = owner();
        CodeWriter code = method(owner, "()V");
        for (int i = 0; i < 66_000; i++) {
            code.pushInt(100_000 + i);
        }
        assertThatThrownBy(owner::toBytes).isInstanceOf(IllegalStateException.class);
    }
}
