package dev.kugg.spectest;

import dev.kugg.Func;
import dev.kugg.types.ValType;

import java.util.List;

/**
 * Calls of functions through {@code long} arrays, with the boxed values that {@link Func#invoke}
 * takes and gives.
 */
final class LongCalls {
    private LongCalls() {}

    /** {@return the results of {@link Func#call}, boxed} */
    static Object[] call(Func func, Object... arguments) {
        long[] bits = new long[arguments.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = bits(arguments[i]);
        }
        long[] results = func.call(bits);
        List<ValType> types = func.type().results();
        Object[] boxed = new Object[results.length];
        for (int i = 0; i < boxed.length; i++) {
            boxed[i] = box(types.get(i), results[i]);
        }
        return boxed;
    }

    private static long bits(Object value) {
        return switch (value) {
            // The upper half is noise that the engine must ignore.
            case Integer i -> i & 0xffffffffL | 0x5a5a5a5a00000000L;
            case Long l -> l;
            case Float f -> Float.floatToRawIntBits(f) & 0xffffffffL | 0x5a5a5a5a00000000L;
            case Double d -> Double.doubleToRawLongBits(d);
            default -> throw new IllegalArgumentException("not a number: " + value);
        };
    }

    private static Object box(ValType type, long bits) {
        return switch (type.toString()) {
            case "i32" -> {
                if (bits != (int) bits) {
                    throw new AssertionError("an i32 result that is not sign-extended: " + bits);
                }
                yield (int) bits;
            }
            case "i64" -> bits;
            case "f32" -> Float.intBitsToFloat((int) bits);
            case "f64" -> Double.longBitsToDouble(bits);
            default -> throw new IllegalArgumentException("not a number: " + type);
        };
    }
}
