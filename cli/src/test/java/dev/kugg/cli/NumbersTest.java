package dev.kugg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kugg.types.NumType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "I32, 0, 0",
        "I32, -0, 0",
        "I32, 007, 7",
        "I32, +5, 5",
        "I32, 2147483647, 2147483647",
        "I32, 2147483648, -2147483648",
        "I32, 4294967295, -1",
        "I32, -2147483648, -2147483648",
        "I32, 0xff, 255",
        "I32, 0XFFFFFFFF, -1",
        "I32, -0x80000000, -2147483648",
        "I64, 9223372036854775807, 9223372036854775807",
        "I64, 9223372036854775808, -9223372036854775808",
        "I64, 18446744073709551615, -1",
        "I64, -9223372036854775808, -9223372036854775808",
        "I64, 0xffffffffffffffff, -1",
        "F32, 0.1, 0.1",
        "F32, 16777217, 1.6777216E7",
        "F32, 1e39, inf",
        "F32, -1.5e-45, -1.4E-45",
        "F32, 0x1.8, 1.5",
        "F32, 0x1p-149, 1.4E-45",
        "F64, 0, 0.0",
        "F64, -0, -0.0",
        "F64, 0.1, 0.1",
        "F64, .5, 0.5",
        "F64, 5., 5.0",
        "F64, 1e10, 1.0E10",
        "F64, 2E+3, 2000.0",
        "F64, 0x1F, 31.0",
        "F64, 0x1.8p1, 3.0",
        "F64, -0xA.Bp+2, -42.75",
        "F64, 3e-324, 4.9E-324",
        "F64, 9007199254740993, 9.007199254740992E15",
        "F64, inf, inf",
        "F64, -inf, -inf",
        "F64, +Infinity, inf",
        "F64, nan, nan",
        "F64, -NaN, nan",
        "F32, nan, nan",
        "F32, -inf, -inf",
    })
    void numbersAreReadAndPrinted(NumType type, String typed, String printed) {
        assertThat(Numbers.format(type, Numbers.parse(type, typed))).isEqualTo(printed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-",
                "+",
                "--1",
                "+-1",
                "1 ",
                " 1",
                "1_000",
                "0x",
                "0b1",
                "1.0",
                "abc",
                "0xg",
                "4294967296",
                "-2147483649",
                "0x100000000",
                "-0x80000001",
                "१",
                "99999999999999999999"
            })
    void otherTextIsNoI32(String text) {
        assertRefused(NumType.I32, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"18446744073709551616", "-9223372036854775809", "0x10000000000000000", "1L"})
    void otherTextIsNoI64(String text) {
        assertRefused(NumType.I64, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "-", "1f", "1d", "1D", "1 ", " 1", "--1", "1e", "e5", "1e5.0", ".", "0x",
                "0x.", "0xp1", "0x1p", "0x1p1.0", "0x1p1f", "1,5", "nan:0x1", "infinit", "+nann",
                "१"
            })
    void otherTextIsNoFloat(String text) {
        assertRefused(NumType.F32, text);
        assertRefused(NumType.F64, text);
    }

    @Test
    void signsOfFloatsAreTheirFirstBit() {
        assertThat(Numbers.parse(NumType.F64, "-nan")).isEqualTo(0xfff8000000000000L);
        assertThat(Numbers.parse(NumType.F32, "-0") & 0xffffffffL).isEqualTo(0x80000000L);
    }

    private static void assertRefused(NumType type, String text) {
        assertThatExceptionOfType(NumberFormatException.class)
                .as("%s '%s'", type, text)
                .isThrownBy(() -> Numbers.parse(type, text));
    }
}
