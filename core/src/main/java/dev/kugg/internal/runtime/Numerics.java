package dev.kugg.internal.runtime;

import dev.kugg.TrapException;

/**
 * The numeric instructions that the JVM has no equal for, one static method each, named like the
 * instruction.
 *
 * <p>NaNs: WebAssembly wants every arithmetic result quiet, and {@code Math.ceil} and its kin hand
 * a signalling NaN back as it is; adding quiets it. Signs are changed on the raw bits, which keeps
 * the payload.
 *
 * @see <a href="https://webassembly.github.io/spec/core/exec/numerics.html">Numerics</a>
 */
public final class Numerics {
    private Numerics() {}

    private static TrapException overflow() {
        return new TrapException("integer overflow");
    }

    private static TrapException notANumber() {
        return new TrapException("invalid conversion to integer");
    }

    // ---- integers; a zero divisor throws ArithmeticException, which generated code turns into the
    // trap ----

    public static int i32_div_s(int a, int b) {
        if (a == Integer.MIN_VALUE && b == -1) {
            throw overflow();
        }
        return a / b;
    }

    public static int i32_div_u(int a, int b) {
        return Integer.divideUnsigned(a, b);
    }

    public static int i32_rem_u(int a, int b) {
        return Integer.remainderUnsigned(a, b);
    }

    public static int i32_clz(int a) {
        return Integer.numberOfLeadingZeros(a);
    }

    public static int i32_ctz(int a) {
        return Integer.numberOfTrailingZeros(a);
    }

    public static int i32_popcnt(int a) {
        return Integer.bitCount(a);
    }

    public static long i64_div_s(long a, long b) {
        if (a == Long.MIN_VALUE && b == -1) {
            throw overflow();
        }
        return a / b;
    }

    public static long i64_div_u(long a, long b) {
        return Long.divideUnsigned(a, b);
    }

    public static long i64_rem_u(long a, long b) {
        return Long.remainderUnsigned(a, b);
    }

    public static long i64_clz(long a) {
        return Long.numberOfLeadingZeros(a);
    }

    public static long i64_ctz(long a) {
        return Long.numberOfTrailingZeros(a);
    }

    public static long i64_popcnt(long a) {
        return Long.bitCount(a);
    }

    // ---- floating-point numbers ----

    public static float f32_abs(float a) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(a) & 0x7fffffff);
    }

    public static float f32_neg(float a) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(a) ^ 0x80000000);
    }

    public static float f32_copysign(float a, float b) {
        int sign = Float.floatToRawIntBits(b) & 0x80000000;
        return Float.intBitsToFloat(Float.floatToRawIntBits(a) & 0x7fffffff | sign);
    }

    public static float f32_ceil(float a) {
        return (float) Math.ceil(a);
    }

    public static float f32_floor(float a) {
        return (float) Math.floor(a);
    }

    public static float f32_trunc(float a) {
        return (float) (a < 0 ? Math.ceil(a) : Math.floor(a));
    }

    public static float f32_nearest(float a) {
        return (float) Math.rint(a);
    }

    public static float f32_sqrt(float a) {
        return (float) Math.sqrt(a);
    }

    public static float f32_min(float a, float b) {
        float least = Math.min(a, b);
        return Float.isNaN(least) ? a + b : least;
    }

    public static float f32_max(float a, float b) {
        float greatest = Math.max(a, b);
        return Float.isNaN(greatest) ? a + b : greatest;
    }

    public static double f64_abs(double a) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(a) & Long.MAX_VALUE);
    }

    public static double f64_neg(double a) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(a) ^ Long.MIN_VALUE);
    }

    public static double f64_copysign(double a, double b) {
        long sign = Double.doubleToRawLongBits(b) & Long.MIN_VALUE;
        return Double.longBitsToDouble(Double.doubleToRawLongBits(a) & Long.MAX_VALUE | sign);
    }

    public static double f64_ceil(double a) {
        return Double.isNaN(a) ? a + a : Math.ceil(a);
    }

    public static double f64_floor(double a) {
        return Double.isNaN(a) ? a + a : Math.floor(a);
    }

    public static double f64_trunc(double a) {
        return Double.isNaN(a) ? a + a : a < 0 ? Math.ceil(a) : Math.floor(a);
    }

    public static double f64_nearest(double a) {
        return Double.isNaN(a) ? a + a : Math.rint(a);
    }

    public static double f64_sqrt(double a) {
        return Math.sqrt(a);
    }

    public static double f64_min(double a, double b) {
        double least = Math.min(a, b);
        return Double.isNaN(least) ? a + b : least;
    }

    public static double f64_max(double a, double b) {
        double greatest = Math.max(a, b);
        return Double.isNaN(greatest) ? a + b : greatest;
    }

    // ---- floating-point number to integer, trapping; a float is exact as a double ----

    public static int i32_trunc_f64_s(double a) {
        if (a > -0x80000001L && a < 0x80000000L) {
            return (int) a;
        }
        throw Double.isNaN(a) ? notANumber() : overflow();
    }

    public static int i32_trunc_f64_u(double a) {
        if (a > -1 && a < 0x100000000L) {
            return (int) (long) a;
        }
        throw Double.isNaN(a) ? notANumber() : overflow();
    }

    public static long i64_trunc_f64_s(double a) {
        if (a >= -0x1p63 && a < 0x1p63) {
            return (long) a;
        }
        throw Double.isNaN(a) ? notANumber() : overflow();
    }

    public static long i64_trunc_f64_u(double a) {
        if (a > -1 && a < 0x1p64) {
            return unsigned(a);
        }
        throw Double.isNaN(a) ? notANumber() : overflow();
    }

    public static int i32_trunc_f32_s(float a) {
        return i32_trunc_f64_s(a);
    }

    public static int i32_trunc_f32_u(float a) {
        return i32_trunc_f64_u(a);
    }

    public static long i64_trunc_f32_s(float a) {
        return i64_trunc_f64_s(a);
    }

    public static long i64_trunc_f32_u(float a) {
        return i64_trunc_f64_u(a);
    }

    /** A number from above -1 to below 2^64. */
    private static long unsigned(double a) {
        return a < 0x1p63 ? (long) a : (long) (a - 0x1p63) ^ Long.MIN_VALUE;
    }

    // ---- floating-point number to integer, saturating; Java's casts saturate signed ones ----

    public static int i32_trunc_sat_f64_s(double a) {
        return (int) a;
    }

    public static int i32_trunc_sat_f64_u(double a) {
        return a < 0x100000000L ? (int) Math.max(0, (long) a) : Double.isNaN(a) ? 0 : -1;
    }

    public static long i64_trunc_sat_f64_s(double a) {
        return (long) a;
    }

    public static long i64_trunc_sat_f64_u(double a) {
        if (a > -1 && a < 0x1p64) {
            return unsigned(a);
        }
        return a > 0 ? -1 : 0;
    }

    public static int i32_trunc_sat_f32_s(float a) {
        return i32_trunc_sat_f64_s(a);
    }

    public static int i32_trunc_sat_f32_u(float a) {
        return i32_trunc_sat_f64_u(a);
    }

    public static long i64_trunc_sat_f32_s(float a) {
        return i64_trunc_sat_f64_s(a);
    }

    public static long i64_trunc_sat_f32_u(float a) {
        return i64_trunc_sat_f64_u(a);
    }

    // ---- unsigned integer to floating-point number; halving keeps the lowest bit as the sticky
    // bit of rounding ----

    public static float f32_convert_i32_u(int a) {
        return Integer.toUnsignedLong(a);
    }

    public static double f64_convert_i32_u(int a) {
        return Integer.toUnsignedLong(a);
    }

    public static float f32_convert_i64_u(long a) {
        return a >= 0 ? a : (float) (a >>> 1 | a & 1) * 2;
    }

    public static double f64_convert_i64_u(long a) {
        return a >= 0 ? a : (double) (a >>> 1 | a & 1) * 2;
    }
}
