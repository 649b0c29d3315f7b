package dev.kugg.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * What numeric instructions give, worked out with numbers of any size. Values are bits: of 32 in
 * the low half, with the sign extended.
 */
public final class NumericReference {
    /** Stands for any NaN that is quiet; of canonical operands a canonical one. */
    public static final String NAN = "nan";

    private final String name;
    private final int width;
    private final long a;
    private final long b;

    private NumericReference(String mnemonic, long a, long b) {
        this.name = mnemonic.substring(4);
        this.width = mnemonic.substring(1, 3).equals("32") ? 32 : 64;
        this.a = a;
        this.b = b;
    }

    /**
     * {@return a Long, {@link #NAN}, or a trap's message; null for instructions it does not know}
     */
    public static Object of(String mnemonic, long a, long b) {
        NumericReference reference = new NumericReference(mnemonic, a, b);
        return mnemonic.charAt(0) == 'i' ? reference.integer() : reference.floating();
    }

    private Long result(BigInteger value) {
        return width == 32 ? (long) value.intValue() : value.longValue();
    }

    private Long result(long value) {
        return width == 32 ? (long) (int) value : value;
    }

    private Long bool(boolean value) {
        return value ? 1L : 0L;
    }

    private BigInteger unsigned(long value) {
        return BigInteger.valueOf(value).mod(BigInteger.TWO.pow(width));
    }

    private String bits(long value) {
        String text = unsigned(value).toString(2);
        return "0".repeat(width - text.length()) + text;
    }

    private Object integer() {
        BigInteger x = BigInteger.valueOf(a);
        BigInteger y = BigInteger.valueOf(b);
        BigInteger ux = unsigned(a);
        BigInteger uy = unsigned(b);
        int shift = (int) (b & width - 1);
        String text = bits(a);
        return switch (name) {
            case "add" -> result(x.add(y));
            case "sub" -> result(x.subtract(y));
            case "mul" -> result(x.multiply(y));
            case "div_s" -> divide(x, y);
            case "div_u" -> b == 0 ? "integer divide by zero" : result(ux.divide(uy));
            case "rem_s" -> b == 0 ? "integer divide by zero" : result(x.remainder(y));
            case "rem_u" -> b == 0 ? "integer divide by zero" : result(ux.remainder(uy));
            case "and" -> result(x.and(y));
            case "or" -> result(x.or(y));
            case "xor" -> result(x.xor(y));
            case "shl" -> result(x.shiftLeft(shift));
            case "shr_s" -> result(x.shiftRight(shift));
            case "shr_u" -> result(ux.shiftRight(shift));
            case "rotl" -> rotated(text.substring(shift) + text.substring(0, shift));
            case "rotr" ->
                    rotated(text.substring(width - shift) + text.substring(0, width - shift));
            case "clz" -> (long) (text + "1").indexOf('1');
            case "ctz" -> (long) width - 1 - text.lastIndexOf('1');
            case "popcnt" -> text.chars().filter(c -> c == '1').count();
            case "eqz" -> bool(a == 0);
            case "eq" -> bool(x.equals(y));
            case "ne" -> bool(!x.equals(y));
            case "lt_s" -> bool(x.compareTo(y) < 0);
            case "lt_u" -> bool(ux.compareTo(uy) < 0);
            case "gt_s" -> bool(x.compareTo(y) > 0);
            case "gt_u" -> bool(ux.compareTo(uy) > 0);
            case "le_s" -> bool(x.compareTo(y) <= 0);
            case "le_u" -> bool(ux.compareTo(uy) <= 0);
            case "ge_s" -> bool(x.compareTo(y) >= 0);
            case "ge_u" -> bool(ux.compareTo(uy) >= 0);
            case "extend8_s" -> extended(8);
            case "extend16_s" -> extended(16);
            case "extend32_s", "extend_i32_s" -> extended(32);
            case "extend_i32_u" -> a & 0xffff_ffffL;
            case "wrap_i64" -> result(a);
            case "reinterpret_f32", "reinterpret_f64" -> a;
            default -> name.startsWith("trunc_") ? truncated() : null;
        };
    }

    private Object divide(BigInteger x, BigInteger y) {
        if (b == 0) {
            return "integer divide by zero";
        }
        BigInteger quotient = x.divide(y);
        return quotient.bitLength() >= width ? "integer overflow" : result(quotient);
    }

    private Long rotated(String text) {
        return result(new BigInteger(text, 2));
    }

    private Long extended(int from) {
        long low = a & (1L << from) - 1;
        return result(low >= 1L << from - 1 ? low - (1L << from) : low);
    }

    private Object truncated() {
        boolean saturates = name.startsWith("trunc_sat");
        double value =
                name.contains("f32") ? Float.intBitsToFloat((int) a) : Double.longBitsToDouble(a);
        if (Double.isNaN(value)) {
            return saturates ? (Object) 0L : "invalid conversion to integer";
        }
        boolean signed = name.endsWith("_s");
        BigInteger most = BigInteger.TWO.pow(signed ? width - 1 : width).subtract(BigInteger.ONE);
        BigInteger least = signed ? BigInteger.TWO.pow(width - 1).negate() : BigInteger.ZERO;
        BigInteger whole =
                Double.isInfinite(value)
                        ? BigInteger.TEN.pow(400).multiply(BigInteger.valueOf(value > 0 ? 1 : -1))
                        : new BigDecimal(value).toBigInteger();
        boolean fits = whole.compareTo(least) >= 0 && whole.compareTo(most) <= 0;
        return fits || saturates ? (Object) result(whole.max(least).min(most)) : "integer overflow";
    }

    // ---- floating-point numbers ----

    private double value(long bits) {
        return width == 32 ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
    }

    private Object result(double value) {
        if (Double.isNaN(value)) {
            return NAN;
        }
        return width == 32
                ? (long) Float.floatToRawIntBits((float) value)
                : Double.doubleToRawLongBits(value);
    }

    private Object exact(BigDecimal value, double otherwise) {
        if (value.signum() == 0) {
            return result(otherwise);
        }
        return width == 32
                ? (long) Float.floatToRawIntBits(value.floatValue())
                : Double.doubleToRawLongBits(value.doubleValue());
    }

    private Object floating() {
        long sign = width == 32 ? Integer.MIN_VALUE : Long.MIN_VALUE;
        return switch (name) {
            case "abs" -> a & ~sign;
            case "neg" -> a ^ sign;
            case "copysign" -> a & ~sign | b & sign;
            case "reinterpret_i32", "reinterpret_i64" -> a;
            case "convert_i32_s" -> converted(BigInteger.valueOf((int) a));
            case "convert_i32_u" -> converted(BigInteger.valueOf(a & 0xffff_ffffL));
            case "convert_i64_s" -> converted(BigInteger.valueOf(a));
            case "convert_i64_u" -> converted(new BigInteger(Long.toUnsignedString(a)));
            case "demote_f64" -> demoted();
            case "promote_f32" -> result((double) Float.intBitsToFloat((int) a));
            default -> arithmetic(value(a), value(b));
        };
    }

    private Object converted(BigInteger whole) {
        return width == 32
                ? (long) Float.floatToRawIntBits(whole.floatValue())
                : Double.doubleToRawLongBits(whole.doubleValue());
    }

    private Object demoted() {
        double value = Double.longBitsToDouble(a);
        if (Double.isNaN(value) || Double.isInfinite(value) || value == 0) {
            return result(value);
        }
        return (long) Float.floatToRawIntBits(new BigDecimal(value).floatValue());
    }

    private Object arithmetic(double x, double y) {
        switch (name) {
            case "eq":
                return bool(x == y);
            case "ne":
                return bool(!(x == y));
            case "lt":
                return bool(x < y);
            case "gt":
                return bool(y < x);
            case "le":
                return bool(x < y || x == y);
            case "ge":
                return bool(y < x || x == y);
            default:
                break;
        }
        boolean unary = "ceil floor trunc nearest sqrt".contains(name);
        if (Double.isNaN(x) || !unary && Double.isNaN(y)) {
            return NAN;
        }
        boolean finite = !Double.isInfinite(x) && (unary || !Double.isInfinite(y));
        BigDecimal p = finite ? new BigDecimal(x) : BigDecimal.ZERO;
        BigDecimal q = finite && !unary ? new BigDecimal(y) : BigDecimal.ZERO;
        return switch (name) {
            case "add" -> exact(p.add(q), x + y);
            case "sub" -> exact(p.subtract(q), x - y);
            case "mul" -> exact(p.multiply(q), x * y);
            case "div" -> finite && y != 0 ? exact(divided(p, q), x / y) : result(x / y);
            case "min" -> x == y ? a | b : x < y ? a : b;
            case "max" -> x == y ? a & b : x > y ? a : b;
            case "sqrt" ->
                    finite && x > 0 ? exact(p.sqrt(new MathContext(60)), x) : result(Math.sqrt(x));
            case "ceil" -> rounded(x, p, RoundingMode.CEILING, finite);
            case "floor" -> rounded(x, p, RoundingMode.FLOOR, finite);
            case "trunc" -> rounded(x, p, RoundingMode.DOWN, finite);
            case "nearest" -> rounded(x, p, RoundingMode.HALF_EVEN, finite);
            default -> null;
        };
    }

    /** Quotients that are exactly between two numbers are found among the smallest ones only. */
    private static BigDecimal divided(BigDecimal p, BigDecimal q) {
        BigDecimal quotient = p.divide(q, new MathContext(60));
        boolean small = quotient.abs().compareTo(new BigDecimal("1e-30")) < 0;
        return small ? p.divide(q, new MathContext(1200)) : quotient;
    }

    private Object rounded(double x, BigDecimal exact, RoundingMode mode, boolean finite) {
        return finite ? result(Math.copySign(exact.setScale(0, mode).doubleValue(), x)) : result(x);
    }
}
