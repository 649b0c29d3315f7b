package dev.kugg.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.kugg.MalformedException;

import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Numbers and characters, against the definition and against the JDK. */
class ByteReaderTest {
    /** Both sides of every border that the first byte may draw for the second. */
    private static final int[] SECOND_BYTES = {
        0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff
    };

    private static ByteReader reader(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return new ByteReader(bytes, 0, bytes.length);
    }

    @Test
    void unsignedNumbers() {
        assertThat(reader(0x7f).u32()).isEqualTo(127);
        assertThat(reader(0x80, 0x01).u32()).isEqualTo(128);
        assertThat(reader(0x80, 0x80, 0x80, 0x80, 0x00).u32()).isZero();
        assertThat(reader(0xff, 0xff, 0xff, 0xff, 0x0f).u32()).isEqualTo(-1);
        assertMalformed(() -> reader(0xff, 0xff, 0xff, 0xff, 0x1f).u32(), "integer too large");
        assertMalformed(
                () -> reader(0x80, 0x80, 0x80, 0x80, 0x80, 0x00).u32(),
                "integer representation too long");
        assertMalformed(() -> reader(0x80).u32(), "unexpected end");
    }

    @Test
    void wideUnsignedNumbersAreNoLongerThanTheirValueAllows() {
        assertThat(reader(0x80, 0x80, 0x80, 0x80, 0x10).u64()).isEqualTo(1L << 32);
        assertThat(reader(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01).u64())
                .isEqualTo(-1);
        assertMalformed(
                () -> reader(0x80, 0x80, 0x80, 0x80, 0x80, 0x00).u64(),
                "integer representation too long");
        assertMalformed(
                () -> reader(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02).u64(),
                "integer too large");
    }

    @Test
    void signedNumbersAsTheDefinitionSays() {
        Random random = new Random(1);
        for (int i = 0; i < 30_000; i++) {
            int[] bytes = randomLeb(random);
            checkSigned(bytes, 32);
            checkSigned(bytes, 33);
            checkSigned(bytes, 64);
        }
    }

    private static int[] randomLeb(Random random) {
        int[] bytes = new int[1 + random.nextInt(11)];
        int fill = random.nextInt(3);
        for (int i = 0; i < bytes.length; i++) {
            int bits = fill == 0 ? 0 : fill == 1 ? 0x7f : random.nextInt(128);
            bytes[i] = bits | 0x80;
        }
        int[] last = {0, 0x7f, random.nextInt(128)};
        bytes[bytes.length - 1] = last[random.nextInt(3)];
        return bytes;
    }

    private static void checkSigned(int[] bytes, int bits) {
        BigInteger value = BigInteger.ZERO;
        for (int i = bytes.length - 1; i >= 0; i--) {
            value = value.shiftLeft(7).or(BigInteger.valueOf(bytes[i] & 0x7f));
        }
        if ((bytes[bytes.length - 1] & 0x40) != 0) {
            value = value.subtract(BigInteger.ONE.shiftLeft(7 * bytes.length));
        }
        boolean good = bytes.length <= (bits + 6) / 7 && value.bitLength() < bits;
        ByteReader reader = reader(bytes);
        if (good) {
            if (readSigned(reader, bits) != value.longValueExact() || reader.remaining() != 0) {
                fail("%d bits: %s is not read as %s", bits, Arrays.toString(bytes), value);
            }
        } else {
            assertThatThrownBy(() -> readSigned(reader, bits))
                    .isInstanceOf(MalformedException.class);
        }
    }

    private static long readSigned(ByteReader reader, int bits) {
        return bits == 32 ? reader.s32() : bits == 33 ? reader.s33() : reader.s64();
    }

    @Test
    void utf8AsTheJdkSays() {
        byte[] bytes = new byte[4];
        for (int first = 0; first < 256; first++) {
            for (int second : SECOND_BYTES) {
                for (int rest : new int[] {0x0000, 0x8080, 0xbfbf, 0x80ff, 0x417f, 0xc280}) {
                    bytes[0] = (byte) first;
                    bytes[1] = (byte) second;
                    bytes[2] = (byte) (rest >> 8);
                    bytes[3] = (byte) rest;
                    for (int length = 1; length <= 4; length++) {
                        if (Utf8.firstBad(bytes, 0, length) < 0 != jdkDecodes(bytes, length)) {
                            fail("%02x %02x %04x, %d bytes", first, second, rest, length);
                        }
                    }
                }
            }
        }
    }

    private static boolean jdkDecodes(byte[] bytes, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            return true;
        } catch (CharacterCodingException bad) {
            return false;
        }
    }

    @Test
    void lengthsNeverExceedWhatIsThere() {
        assertMalformed(() -> reader(0xff, 0xff, 0xff, 0xff, 0x0f, 0).count(), "unexpected end");
        assertMalformed(() -> reader(2, 'a').name(), "length out of bounds");
        assertThat(reader(2, 'a', 'b').name()).isEqualTo("ab");
        assertThat(reader(2, 0xc3, 0xa9).name()).isEqualTo("é");
    }

    private static void assertMalformed(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable read, String text) {
        assertThatThrownBy(read)
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith(text);
    }
}
