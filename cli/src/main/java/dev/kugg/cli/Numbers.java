package dev.kugg.cli;

import dev.kugg.types.NumType;

import java.util.Locale;

/**
 * Numbers as they are typed and printed.
 *
 * <p>Integers are typed decimal or as {@code 0x} hex, with a sign or without, in the signed or the
 * unsigned range of their type, and printed signed. Floating-point numbers are typed decimal or as
 * hex with or without an exponent, or as {@code nan} or {@code inf}; they are printed with as few
 * digits as tell them from their neighbours, as {@link Double#toString} does, or as {@code nan},
 * {@code inf}, {@code -inf}. What is printed can be typed.
 */
final class Numbers {
    private static final String DIGITS = "0123456789";
    private static final String HEX_DIGITS = DIGITS + "abcdefABCDEF";

    private Numbers() {}

    /**
     * {@return the bits of a number}
     *
     * @throws NumberFormatException if the text is not a number of this type
     */
    static long parse(NumType type, String text) {
        boolean negative = text.startsWith("-");
        String magnitude = negative || text.startsWith("+") ? text.substring(1) : text;
        return switch (type) {
            case I32 -> integer(magnitude, negative, 1L << 31, (1L << 32) - 1);
            case I64 -> integer(magnitude, negative, 1L << 63, -1);
            case F32 -> {
                int bits = Float.floatToRawIntBits(Float.parseFloat(javaFloat(magnitude)));
                yield negative ? bits ^ 1 << 31 : bits;
            }
            case F64 -> {
                long bits = Double.doubleToRawLongBits(Double.parseDouble(javaFloat(magnitude)));
                yield negative ? bits ^ 1L << 63 : bits;
            }
        };
    }

    /** {@return a number as text} */
    static String format(NumType type, long bits) {
        return switch (type) {
            case I32 -> Integer.toString((int) bits);
            case I64 -> Long.toString(bits);
            case F32 -> format(Float.toString(Float.intBitsToFloat((int) bits)));
            case F64 -> format(Double.toString(Double.longBitsToDouble(bits)));
        };
    }

    private static String format(String javaFloat) {
        return switch (javaFloat) {
            case "NaN" -> "nan";
            case "Infinity" -> "inf";
            case "-Infinity" -> "-inf";
            default -> javaFloat;
        };
    }

    /** Both limits are unsigned. */
    private static long integer(
            String magnitude, boolean negative, long limitOfNegative, long limit) {
        boolean hex = magnitude.startsWith("0x") || magnitude.startsWith("0X");
        String digits = hex ? magnitude.substring(2) : magnitude;
        require(hasOnly(hex ? HEX_DIGITS : DIGITS, digits), magnitude);
        long value = Long.parseUnsignedLong(digits, hex ? 16 : 10);
        require(Long.compareUnsigned(value, negative ? limitOfNegative : limit) <= 0, magnitude);
        return negative ? -value : value;
    }

    /**
     * {@return a floating-point number without its sign in the form that Java reads} Java itself
     * would also take spaces and suffixes such as {@code 1f}, and it wants an exponent in each hex
     * number.
     */
    private static String javaFloat(String magnitude) {
        String lower = magnitude.toLowerCase(Locale.ROOT);
        if (lower.equals("nan")) {
            return "NaN";
        }
        if (lower.equals("inf") || lower.equals("infinity")) {
            return "Infinity";
        }
        boolean hex = lower.startsWith("0x");
        String body = hex ? lower.substring(2) : lower;
        int exponentAt = body.indexOf(hex ? 'p' : 'e');
        String digits = exponentAt < 0 ? body : body.substring(0, exponentAt);
        String exponent = exponentAt < 0 ? "0" : body.substring(exponentAt + 1);
        require(hasOnly(hex ? HEX_DIGITS + "." : DIGITS + ".", digits), magnitude);
        require(hasOnly(DIGITS + "+-", exponent), magnitude);
        return hex ? "0x" + digits + "p" + exponent : digits + "e" + exponent;
    }

    private static boolean hasOnly(String allowed, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (allowed.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static void require(boolean valid, String text) {
        if (!valid) {
            throw new NumberFormatException(text);
        }
    }
}
