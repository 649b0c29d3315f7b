package dev.kugg.spectest;

import com.fasterxml.jackson.databind.JsonNode;

import dev.kugg.Func;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The suite's values in its JSON form, as Kugg takes and gives them. */
final class SpecValues {
    private static final int F32_QUIET = 0x7fc00000;
    private static final long F64_QUIET = 0x7ff8000000000000L;

    private SpecValues() {}

    /** A reference of the host, known by its number. */
    record HostRef(String number) {}

    /** Says that a type of value cannot be handed to Kugg yet. */
    static final class UnknownTypeException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnknownTypeException(String type) {
            super("values of type " + type);
        }
    }

    /** {@return the arguments of an action} */
    static Object[] arguments(JsonNode values) {
        List<Object> arguments = new ArrayList<>();
        values.forEach(value -> arguments.add(argument(value)));
        return arguments.toArray();
    }

    /** {@return whether a result is what the suite expects, which may be a pattern} */
    static boolean matches(JsonNode expected, Object actual) {
        String type = expected.path("type").asText();
        String value = expected.path("value").asText();
        return switch (type) {
            case "i32" -> actual instanceof Integer && actual.equals(argument(expected));
            case "i64" -> actual instanceof Long && actual.equals(argument(expected));
            case "f32" -> actual instanceof Float f && matchesF32(value, f);
            case "f64" -> actual instanceof Double d && matchesF64(value, d);
            case "externref" -> matchesExtern(expected, actual);
            case "funcref" -> value.equals("null") ? actual == null : actual instanceof Func;
            case "refnull", "nullref", "nullfuncref", "nullexternref" -> actual == null;
            case "either" -> matchesAny(expected.path("values"), actual);
            default -> throw new UnknownTypeException(type);
        };
    }

    /** {@return values with the bits of floating-point ones, for messages} */
    static String describe(Object[] values) {
        return Arrays.stream(values).map(SpecValues::describe).toList().toString();
    }

    private static String describe(Object value) {
        return switch (value) {
            case Float f -> f + " (" + Integer.toUnsignedString(Float.floatToRawIntBits(f)) + ")";
            case Double d -> d + " (" + Long.toUnsignedString(Double.doubleToRawLongBits(d)) + ")";
            case null -> "null";
            default -> value.toString();
        };
    }

    private static Object argument(JsonNode json) {
        String value = json.path("value").asText();
        return switch (json.path("type").asText()) {
            case "i32" -> (int) Long.parseLong(value);
            case "i64" -> i64(value);
            case "f32" -> Float.intBitsToFloat(Integer.parseUnsignedInt(value));
            case "f64" -> Double.longBitsToDouble(Long.parseUnsignedLong(value));
            case "externref" -> value.equals("null") ? null : new HostRef(value);
            case "funcref", "nullref" -> null;
            default -> throw new UnknownTypeException(json.path("type").asText());
        };
    }

    private static long i64(String value) {
        return value.startsWith("-") ? Long.parseLong(value) : Long.parseUnsignedLong(value);
    }

    private static boolean matchesF32(String expected, float actual) {
        int bits = Float.floatToRawIntBits(actual);
        return switch (expected) {
            case "nan:canonical" -> (bits & 0x7fffffff) == F32_QUIET;
            case "nan:arithmetic" -> (bits & F32_QUIET) == F32_QUIET;
            default -> bits == Integer.parseUnsignedInt(expected);
        };
    }

    private static boolean matchesF64(String expected, double actual) {
        long bits = Double.doubleToRawLongBits(actual);
        return switch (expected) {
            case "nan:canonical" -> (bits & Long.MAX_VALUE) == F64_QUIET;
            case "nan:arithmetic" -> (bits & F64_QUIET) == F64_QUIET;
            default -> bits == Long.parseUnsignedLong(expected);
        };
    }

    private static boolean matchesExtern(JsonNode expected, Object actual) {
        return expected.has("value")
                ? Objects.equals(argument(expected), actual)
                : actual instanceof HostRef;
    }

    private static boolean matchesAny(JsonNode patterns, Object actual) {
        for (JsonNode pattern : patterns) {
            if (matches(pattern, actual)) {
                return true;
            }
        }
        return false;
    }
}
