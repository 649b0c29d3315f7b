package dev.kugg.internal.runtime;

import dev.kugg.types.NumType;
import dev.kugg.types.RefType;
import dev.kugg.types.ValType;

import org.jspecify.annotations.Nullable;

/**
 * Values as they pass between typed code and code that learns types at run time: numbers as 64
 * bits, references apart.
 */
final class Slots {
    private Slots() {}

    /** {@return the bits of a boxed number} */
    static long bits(NumType type, @Nullable Object value, String where) {
        return switch (type) {
            case I32 -> {
                if (value instanceof Integer i) {
                    yield i;
                }
                throw mismatch(type, value, where);
            }
            case I64 -> {
                if (value instanceof Long l) {
                    yield l;
                }
                throw mismatch(type, value, where);
            }
            case F32 -> {
                if (value instanceof Float f) {
                    yield Float.floatToRawIntBits(f);
                }
                throw mismatch(type, value, where);
            }
            case F64 -> {
                if (value instanceof Double d) {
                    yield Double.doubleToRawLongBits(d);
                }
                throw mismatch(type, value, where);
            }
        };
    }

    /** {@return the boxed number of bits} */
    static Object boxed(NumType type, long bits) {
        return switch (type) {
            case I32 -> (int) bits;
            case I64 -> bits;
            case F32 -> Float.intBitsToFloat((int) bits);
            case F64 -> Double.longBitsToDouble(bits);
        };
    }

    /** {@return the reference, if it is of the type} */
    static @Nullable Object reference(RefType type, @Nullable Object value, String where) {
        try {
            TableInstance.References.check(type, value);
        } catch (IllegalArgumentException e) {
            throw mismatch(type, value, where);
        }
        return value;
    }

    static IllegalArgumentException mismatch(ValType type, @Nullable Object value, String where) {
        String found = value == null ? "null" : value.getClass().getSimpleName() + " " + value;
        return new IllegalArgumentException(
                where + ": expected " + javaName(type) + " for " + type + ", got " + found);
    }

    private static String javaName(ValType type) {
        if (type instanceof NumType number) {
            return switch (number) {
                case I32 -> "Integer";
                case I64 -> "Long";
                case F32 -> "Float";
                case F64 -> "Double";
            };
        }
        return type.equals(ValType.FUNCREF) ? "Func or null" : "an object";
    }
}
