package dev.kugg.spectest;

import dev.kugg.Func;
import dev.kugg.Instance;
import dev.kugg.types.NumType;
import dev.kugg.types.RefType;
import dev.kugg.types.ValType;

import java.util.HexFormat;

/** Values as text, the same as in {@code oracle.py}: bits of floating-point numbers, and types. */
final class Values {
    private static final String NULL = "null";

    private Values() {}

    /** {@return the value that a text stands for} An argument may be a function of the instance. */
    static Object parse(String text, Instance instance) {
        String value = text.substring(text.indexOf(':') + 1);
        return switch (text.substring(0, text.indexOf(':'))) {
            case "i32" -> Integer.valueOf(value);
            case "i64" -> Long.valueOf(value);
            case "f32" -> Float.intBitsToFloat(HexFormat.fromHexDigits(value));
            case "f64" -> Double.longBitsToDouble(HexFormat.fromHexDigitsToLong(value));
            case "extern" -> value.equals(NULL) ? null : value;
            case "func" -> value.equals(NULL) ? null : instance.func(value.substring(1));
            default -> throw new IllegalArgumentException(text);
        };
    }

    /** {@return the argument as {@link Func#call} takes it} */
    static long bits(String text) {
        String value = text.substring(text.indexOf(':') + 1);
        return text.startsWith("f") ? HexFormat.fromHexDigitsToLong(value) : Long.parseLong(value);
    }

    /** {@return the text of a value} */
    static String text(ValType type, Object value) {
        if (type instanceof RefType reference) {
            return reference.equals(RefType.FUNCREF) ? func(value) : "extern:" + value;
        }
        return switch ((NumType) type) {
            case I32, I64 -> type + ":" + value;
            case F32 -> text(type, Float.floatToRawIntBits((float) value));
            case F64 -> text(type, Double.doubleToRawLongBits((double) value));
        };
    }

    /** {@return the text of a number as {@link Func#call} returns it} */
    static String text(ValType type, long bits) {
        return switch ((NumType) type) {
            case I32, I64 -> type + ":" + bits;
            case F32 -> type + ":" + HexFormat.of().toHexDigits((int) bits);
            case F64 -> type + ":" + HexFormat.of().toHexDigits(bits);
        };
    }

    private static String func(Object value) {
        return value instanceof Func func ? "func:" + func.type() : "func:" + value;
    }
}
