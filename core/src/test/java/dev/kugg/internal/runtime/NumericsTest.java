package dev.kugg.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kugg.TrapException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The edges of the helpers by name; NumericInstructionsTest compares all instructions. */
class NumericsTest {
    private static void assertTrap(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(TrapException.class).hasMessage(message);
    }

    @Test
    void divisionsThatOverflow() {
        assertTrap("integer overflow", () -> Numerics.i32_div_s(Integer.MIN_VALUE, -1));
        assertTrap("integer overflow", () -> Numerics.i64_div_s(Long.MIN_VALUE, -1));
        assertThat(Numerics.i32_div_u(Integer.MIN_VALUE, -1)).isZero();
        assertThat(Numerics.i64_rem_u(Long.MIN_VALUE, -1)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void truncationsAtTheirLimits() {
        assertThat(Numerics.i32_trunc_f64_s(2147483647.9)).isEqualTo(Integer.MAX_VALUE);
        assertThat(Numerics.i32_trunc_f64_s(-2147483648.9)).isEqualTo(Integer.MIN_VALUE);
        assertTrap("integer overflow", () -> Numerics.i32_trunc_f64_s(2147483648.0));
        assertTrap("integer overflow", () -> Numerics.i32_trunc_f64_s(-2147483649.0));
        assertThat(Numerics.i32_trunc_f64_u(4294967295.9)).isEqualTo(-1);
        assertThat(Numerics.i32_trunc_f64_u(-0.9)).isZero();
        assertTrap("integer overflow", () -> Numerics.i32_trunc_f64_u(4294967296.0));
        assertTrap("integer overflow", () -> Numerics.i32_trunc_f64_u(-1.0));
        assertThat(Numerics.i64_trunc_f64_s(-0x1p63)).isEqualTo(Long.MIN_VALUE);
        assertTrap("integer overflow", () -> Numerics.i64_trunc_f64_s(0x1p63));
        assertThat(Numerics.i64_trunc_f64_u(0x1.fffffffffffffp63)).isEqualTo(-2048);
        assertTrap("integer overflow", () -> Numerics.i64_trunc_f64_u(0x1p64));
        assertTrap("integer overflow", () -> Numerics.i64_trunc_f32_u(Float.POSITIVE_INFINITY));
        assertTrap("invalid conversion to integer", () -> Numerics.i32_trunc_f32_u(Float.NaN));
        assertTrap("invalid conversion to integer", () -> Numerics.i64_trunc_f64_s(Double.NaN));
    }

    @Test
    void saturation() {
        assertThat(Numerics.i32_trunc_sat_f64_u(1e10)).isEqualTo(-1);
        assertThat(Numerics.i32_trunc_sat_f64_u(-1e10)).isZero();
        assertThat(Numerics.i64_trunc_sat_f64_u(1e30)).isEqualTo(-1);
        assertThat(Numerics.i64_trunc_sat_f64_u(Double.NaN)).isZero();
        assertThat(Numerics.i32_trunc_sat_f32_u(Float.NaN)).isZero();
    }

    /** Also when the JIT has compiled them. */
    @Test
    void signallingNaNsBecomeQuiet() {
        double signalling = Double.longBitsToDouble(0x7ff4000000000001L);
        float small = Float.intBitsToFloat(0x7fa00001);
        for (int i = 0; i < 20_000; i++) {
            assertQuiet(Numerics.f64_ceil(signalling));
            assertQuiet(Numerics.f64_floor(signalling));
            assertQuiet(Numerics.f64_trunc(signalling));
            assertQuiet(Numerics.f64_nearest(signalling));
            assertQuiet(Numerics.f64_sqrt(signalling));
            assertQuiet(Numerics.f64_min(signalling, 1));
            assertQuiet(Numerics.f64_max(1, signalling));
            assertQuiet(Numerics.f32_ceil(small));
            assertQuiet(Numerics.f32_nearest(small));
            assertQuiet(Numerics.f32_sqrt(small));
            assertQuiet(Numerics.f32_min(1, small));
            assertQuiet(Numerics.f32_max(small, 1));
        }
    }

    private static void assertQuiet(double nan) {
        if ((Double.doubleToRawLongBits(nan) & 0x7ff8000000000000L) != 0x7ff8000000000000L) {
            throw new AssertionError(Long.toHexString(Double.doubleToRawLongBits(nan)));
        }
    }

    private static void assertQuiet(float nan) {
        if ((Float.floatToRawIntBits(nan) & 0x7fc00000) != 0x7fc00000) {
            throw new AssertionError(Integer.toHexString(Float.floatToRawIntBits(nan)));
        }
    }

    @Test
    void signsOfNaNsChangeOnTheirBits() {
        float nan = Float.intBitsToFloat(0x7fc12345);
        assertThat(Float.floatToRawIntBits(Numerics.f32_neg(nan))).isEqualTo(0xffc12345);
        assertThat(Float.floatToRawIntBits(Numerics.f32_abs(Numerics.f32_neg(nan))))
                .isEqualTo(0x7fc12345);
        assertThat(Float.floatToRawIntBits(Numerics.f32_copysign(nan, -0f))).isEqualTo(0xffc12345);
    }
}
