package dev.kugg.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.Instance;
import dev.kugg.Kugg;
import dev.kugg.MalformedException;
import dev.kugg.internal.WasmBytes;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** LEB128 numbers and UTF-8 of any bytes, against their definitions, alone and in modules. */
class EncodingPropertiesTest {
    /** Of up to eleven bytes; most of them are like the longest that may be, or just are not. */
    @Provide
    Arbitrary<byte[]> numbers() {
        Arbitrary<Integer> payload =
                Arbitraries.oneOf(
                        Arbitraries.of(0, 0x7f, 1, 0x3f, 0x40),
                        Arbitraries.integers().between(0, 127));
        return payload.array(int[].class)
                .ofMinSize(1)
                .ofMaxSize(11)
                .map(EncodingPropertiesTest::continued);
    }

    private static byte[] continued(int[] payload) {
        byte[] bytes = new byte[payload.length];
        for (int i = 0; i < payload.length; i++) {
            bytes[i] = (byte) (payload[i] | (i < payload.length - 1 ? 0x80 : 0));
        }
        return bytes;
    }

    /** {@return the number, or null when it is none of so many bits} */
    private static @Nullable BigInteger number(byte[] bytes, int bits, boolean signed) {
        BigInteger value = BigInteger.ZERO;
        for (int i = bytes.length - 1; i >= 0; i--) {
            value = value.shiftLeft(7).or(BigInteger.valueOf(bytes[i] & 0x7f));
        }
        if (signed && (bytes[bytes.length - 1] & 0x40) != 0) {
            value = value.subtract(BigInteger.ONE.shiftLeft(7 * bytes.length));
        }
        boolean fits = value.bitLength() < (signed ? bits : bits + 1);
        return fits && bytes.length <= (bits + 6) / 7 ? value : null;
    }

    private static @Nullable Long read(byte[] bytes, Function<ByteReader, Long> read) {
        ByteReader reader = new ByteReader(bytes, 0, bytes.length);
        try {
            Long value = read.apply(reader);
            assertThat(reader.remaining()).isZero();
            return value;
        } catch (MalformedException e) {
            return null;
        }
    }

    private static @Nullable Long toLong(@Nullable BigInteger value) {
        return value == null ? null : Long.valueOf(value.longValue());
    }

    @Property(tries = 20_000)
    void numbersAreReadAsDefined(@ForAll("numbers") byte[] bytes) {
        assertThat(read(bytes, reader -> reader.u32() & 0xffffffffL))
                .isEqualTo(toLong(number(bytes, 32, false)));
        assertThat(read(bytes, reader -> (long) reader.s32()))
                .isEqualTo(toLong(number(bytes, 32, true)));
        assertThat(read(bytes, ByteReader::s33)).isEqualTo(toLong(number(bytes, 33, true)));
        assertThat(read(bytes, ByteReader::s64)).isEqualTo(toLong(number(bytes, 64, true)));
    }

    @Property(tries = 2_000)
    void numbersThatAreCutAreMalformed(
            @ForAll("numbers") byte[] bytes, @ForAll @IntRange(max = 10) int length) {
        byte[] cut = java.util.Arrays.copyOf(bytes, Math.min(length, bytes.length - 1));
        assertThat(read(cut, reader -> (long) reader.u32())).isNull();
        assertThat(read(cut, ByteReader::s64)).isNull();
    }

    /** In a body they are a constant's, in the code section they are validated and compiled. */
    @Property(tries = 2_000)
    void constantsOfAnyEncoding(@ForAll("numbers") byte[] bytes, @ForAll boolean wide) {
        int type = wide ? 0x7e : 0x7f;
        WasmBytes body = new WasmBytes().bytes(0, wide ? 0x42 : 0x41);
        for (byte each : bytes) {
            body.bytes(each & 0xff);
        }
        byte[] module =
                WasmBytes.module()
                        .section(1, new WasmBytes().bytes(1, 0x60, 0, 1, type))
                        .section(3, new WasmBytes().bytes(1, 0))
                        .section(7, new WasmBytes().bytes(1).name("run").bytes(0, 0))
                        .code(body.bytes(0x0b))
                        .toBytes();
        Long expected = toLong(number(bytes, wide ? 64 : 32, true));
        Long found;
        try (Instance instance = Kugg.module("constant.wasm", module).start()) {
            found = instance.func("run").call()[0];
        } catch (MalformedException e) {
            found = null;
        }
        assertThat(found).isEqualTo(expected);
    }

    /** Sequences that are right, wrong by a little, or cut. */
    @Provide
    Arbitrary<byte[]> texts() {
        Arbitrary<Integer> bytes =
                Arbitraries.oneOf(
                        Arbitraries.of(0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2),
                        Arbitraries.of(0xdf, 0xe0, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf4, 0xf5),
                        Arbitraries.integers().between(0x80, 0xbf),
                        Arbitraries.integers().between(0, 0xff));
        Arbitrary<byte[]> any =
                bytes.array(int[].class).ofMaxSize(6).map(EncodingPropertiesTest::of);
        Arbitrary<byte[]> good =
                Arbitraries.strings()
                        .all()
                        .ofMaxLength(5)
                        .map(text -> text.getBytes(StandardCharsets.UTF_8));
        return Arbitraries.oneOf(any, good);
    }

    private static byte[] of(int[] values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static @Nullable String strictly(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException bad) {
            return null;
        }
    }

    @Property(tries = 30_000)
    void textIsTakenAsTheJdkTakesIt(@ForAll("texts") byte[] bytes) {
        boolean taken = Utf8.firstBad(bytes, 0, bytes.length) < 0;
        assertThat(taken).isEqualTo(strictly(bytes) != null);
    }

    @Property(tries = 2_000)
    void namesOfExports(@ForAll("texts") byte[] bytes) {
        WasmBytes export = new WasmBytes().bytes(1).u32(bytes.length);
        for (byte each : bytes) {
            export.bytes(each & 0xff);
        }
        byte[] module =
                WasmBytes.module()
                        .section(5, new WasmBytes().bytes(1, 0, 0))
                        .section(7, export.bytes(2, 0))
                        .toBytes();
        String found;
        try {
            found = Kugg.module("name.wasm", module).exports().get(0).name();
        } catch (MalformedException e) {
            found = null;
        }
        assertThat(found).isEqualTo(strictly(bytes));
    }
}
