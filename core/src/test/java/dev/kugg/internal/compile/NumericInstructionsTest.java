package dev.kugg.internal.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.Func;
import dev.kugg.Instance;
import dev.kugg.TrapException;
import dev.kugg.internal.Code;
import dev.kugg.internal.NumericReference;
import dev.kugg.internal.TestModule;
import dev.kugg.internal.opcode.Opcode;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** All numeric instructions, compiled, against numbers of any size. */
class NumericInstructionsTest {
    private static final long[] INTS = {
        0,
        1,
        2,
        3,
        7,
        8,
        31,
        32,
        33,
        63,
        64,
        65,
        100,
        127,
        128,
        255,
        32_767,
        32_768,
        65_535,
        0x1000000,
        0x1000001,
        0x1000003,
        Integer.MAX_VALUE - 1,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Integer.MIN_VALUE + 1,
        -1,
        -2,
        -3,
        -31,
        -128,
        -129,
        -32_768,
        -32_769
    };
    private static final long[] LONGS = {
        1L << 31,
        1L << 32,
        (1L << 32) - 1,
        (1L << 32) + 1,
        1L << 53,
        (1L << 53) + 1,
        (1L << 53) + 3,
        (1L << 63) - 1,
        (1L << 63) - 512,
        (1L << 63) - 513,
        (1L << 63) - 1024,
        1L << 63,
        (1L << 63) + 1024,
        (1L << 63) + 1025,
        (1L << 63) + 1026,
        -1025,
        -1024,
        -1023,
        0x7fffff4000000001L,
        0x8000004000000001L,
        0x0123456789abcdefL,
        0xfedcba9876543210L
    };
    private static final double[] DOUBLES = {
        0,
        -0.0,
        0.5,
        -0.5,
        0.49999999999999994,
        1,
        -1,
        1.5,
        -1.5,
        2.5,
        -2.5,
        3.5,
        0.999999,
        -0.999999,
        4.5,
        8388607.5,
        8388608,
        16777216,
        16777217,
        16777219,
        2147483647,
        2147483647.5,
        2147483648.0,
        -2147483648.0,
        -2147483648.9,
        -2147483649.0,
        4294967295.0,
        4294967295.9,
        4294967296.0,
        0x1p52,
        0x1p52 + 0.5,
        0x1.fffffffffffffp52,
        0x1p63,
        -0x1p63,
        0x1.fffffffffffffp62,
        -0x1.0000000000001p63,
        0x1p64,
        0x1.fffffffffffffp63,
        0.1,
        1e-40,
        1e-310,
        Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Float.MIN_VALUE,
        Float.MIN_NORMAL,
        Float.MAX_VALUE,
        0x1.fffffefp127,
        0x1.ffffffp127,
        0x1.000001p0,
        0x1.0000010000001p0,
        0x1p-150,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Math.PI,
        -Math.E,
        1e300
    };
    private static final int[] FLOAT_NANS = {
        0x7fc00000, 0xffc00000, 0x7fa00000, 0xff800001, 0x7fffffff
    };
    private static final long[] DOUBLE_NANS = {
        0x7ff8000000000000L,
        0xfff8000000000000L,
        0x7ff4000000000000L,
        0xfff0000000000001L,
        Long.MAX_VALUE
    };

    private static long[] values(char kind) {
        List<Long> values = new ArrayList<>();
        for (long each : INTS) {
            if (kind == 'i' || kind == 'l') {
                values.add(each);
            }
        }
        for (long each : LONGS) {
            if (kind == 'l') {
                values.add(each);
            }
        }
        for (double each : DOUBLES) {
            if (kind == 'f') {
                values.add((long) Float.floatToRawIntBits((float) each));
            } else if (kind == 'd') {
                values.add(Double.doubleToRawLongBits(each));
            }
        }
        for (int i = 0; i < FLOAT_NANS.length; i++) {
            if (kind == 'f') {
                values.add((long) FLOAT_NANS[i]);
            } else if (kind == 'd') {
                values.add(DOUBLE_NANS[i]);
            }
        }
        return values.stream().mapToLong(each -> each).toArray();
    }

    static boolean isNumeric(Opcode opcode) {
        return opcode.mnemonic.matches("[if](32|64)\\..*")
                && !opcode.mnemonic.matches(".*(load|store|const|atomic).*")
                && opcode.stack != null;
    }

    static Object called(Func func, long... args) {
        try {
            return func.call(args)[0];
        } catch (TrapException e) {
            return e.getMessage();
        }
    }

    private static boolean isCanonical(char kind, long bits) {
        return kind == 'f'
                ? !Float.isNaN(Float.intBitsToFloat((int) bits))
                        || (bits & 0x7fffffff) == 0x7fc00000
                : kind != 'd'
                        || !Double.isNaN(Double.longBitsToDouble(bits))
                        || (bits & Long.MAX_VALUE) == 0x7ff8000000000000L;
    }

    private static boolean isQuietNaN(char kind, long bits) {
        return kind == 'f'
                ? (bits & 0x7fc00000) == 0x7fc00000
                : (bits & 0x7ff8000000000000L) == 0x7ff8000000000000L;
    }

    /** {@return whether what was found is what the reference says, NaNs by their rules} */
    static boolean agree(Object expected, Object found, String type, long a, long b) {
        char result = type.charAt(type.length() - 1);
        if (!NumericReference.NAN.equals(expected)) {
            return Objects.equals(expected, found);
        }
        boolean canonical =
                isCanonical(type.charAt(0), a)
                        && (type.length() < 4 || isCanonical(type.charAt(1), b));
        return found instanceof Long bits
                && isQuietNaN(result, bits)
                && (!canonical || isCanonical(result, bits));
    }

    @Test
    void instructionsGiveWhatTheNumbersDo() {
        TestModule module = new TestModule();
        List<Opcode> opcodes = new ArrayList<>();
        for (Opcode opcode : Opcode.values()) {
            if (isNumeric(opcode) && NumericReference.of(opcode.mnemonic, 1, 1) != null) {
                opcodes.add(opcode);
                Code code = new Code().get(0);
                if (opcode.popCount() == 2) {
                    code.get(1);
                }
                module.func(opcode.mnemonic, opcode.stack, "", code.op(opcode));
            }
        }
        assertThat(opcodes).hasSize(136);
        Instance instance = module.start();
        for (Opcode opcode : opcodes) {
            check(opcode, instance.func(opcode.mnemonic));
        }
    }

    private static void check(Opcode opcode, Func func) {
        String type = Objects.requireNonNull(opcode.stack);
        boolean binary = opcode.popCount() == 2;
        for (long a : values(type.charAt(0))) {
            for (long b : binary ? values(type.charAt(1)) : new long[] {0}) {
                Object expected = NumericReference.of(opcode.mnemonic, a, b);
                Object found = binary ? called(func, a, b) : called(func, a);
                if (!agree(expected, found, type, a, b)) {
                    assertThat(found)
                            .as("%s of %x and %x", opcode.mnemonic, a, b)
                            .isEqualTo(expected);
                }
            }
        }
    }

    /** Constants of all sizes, NaNs with their bits included. */
    @Test
    void constants() {
        TestModule module = new TestModule();
        for (char kind : "ilfd".toCharArray()) {
            long[] values = values(kind);
            for (int i = 0; i < values.length; i++) {
                Code code = new Code();
                switch (kind) {
                    case 'i' -> code.i32((int) values[i]);
                    case 'l' -> code.i64(values[i]);
                    case 'f' -> code.f32Bits((int) values[i]);
                    default -> code.f64Bits(values[i]);
                }
                module.func(kind + "" + i, ":" + kind, "", code);
            }
        }
        Instance instance = module.start();
        for (char kind : "ilfd".toCharArray()) {
            long[] values = values(kind);
            for (int i = 0; i < values.length; i++) {
                assertThat(instance.func(kind + "" + i).call()).containsExactly(values[i]);
            }
        }
    }
}
