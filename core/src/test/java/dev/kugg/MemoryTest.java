package dev.kugg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kugg.types.Limits;
import dev.kugg.types.MemoryType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

/** A memory as the host sees it. */
class MemoryTest {
    private static final int PAGE = MemoryType.PAGE_SIZE_BYTES;

    private final Memory memory = Memory.create(new MemoryType(new Limits(1, 3)));

    private static void assertOutside(ThrowingCallable access) {
        assertThatThrownBy(access)
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageStartingWith("out of bounds memory access: ")
                .hasMessageEndingWith("of a memory of 65536 bytes");
    }

    @Test
    void numbersAreLittleEndianAtAnyAddress() {
        memory.writeLong(1, 0x0807060504030201L);
        assertThat(memory.readBytes(0, 10)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 0);
        assertThat(memory.readLong(1)).isEqualTo(0x0807060504030201L);
        assertThat(memory.readInt(3)).isEqualTo(0x06050403);
        assertThat(memory.readShort(7)).isEqualTo((short) 0x0807);
        memory.writeInt(1, -2);
        memory.writeShort(5, (short) -3);
        memory.writeByte(7, (byte) -4);
        assertThat(memory.readInt(1)).isEqualTo(-2);
        assertThat(memory.readShort(5)).isEqualTo((short) -3);
        assertThat(memory.readByte(7)).isEqualTo((byte) -4);
        memory.writeFloat(11, -1.5f);
        memory.writeDouble(17, 2.5);
        assertThat(memory.readFloat(11)).isEqualTo(-1.5f);
        assertThat(memory.readDouble(17)).isEqualTo(2.5);
    }

    @Test
    void theLastByteIsInsideAndTheNextIsNot() {
        memory.writeByte(PAGE - 1, (byte) 1);
        memory.writeShort(PAGE - 2, (short) 1);
        memory.writeInt(PAGE - 4, 1);
        memory.writeLong(PAGE - 8, 1);
        for (long beyond : new long[] {1, PAGE, 1L << 31, 1L << 32, Long.MAX_VALUE - PAGE}) {
            assertOutside(() -> memory.readByte(PAGE - 1 + beyond));
            assertOutside(() -> memory.readShort(PAGE - 2 + beyond));
            assertOutside(() -> memory.readInt(PAGE - 4 + beyond));
            assertOutside(() -> memory.readLong(PAGE - 8 + beyond));
            assertOutside(() -> memory.writeByte(PAGE - 1 + beyond, (byte) 0));
            assertOutside(() -> memory.writeShort(PAGE - 2 + beyond, (short) 0));
            assertOutside(() -> memory.writeInt(PAGE - 4 + beyond, 0));
            assertOutside(() -> memory.writeLong(PAGE - 8 + beyond, 0));
        }
        assertOutside(() -> memory.readByte(-1));
        assertOutside(() -> memory.readInt(Long.MIN_VALUE));
        assertThat(memory.readLong(PAGE - 8)).isEqualTo(1);
    }

    @Test
    void rangesMayEndAtTheEndAndBeEmpty() {
        assertThat(memory.readBytes(PAGE, 0)).isEmpty();
        assertThat(memory.readString(PAGE, 0)).isEmpty();
        memory.writeBytes(PAGE, new byte[0]);
        memory.fill(PAGE, 0, (byte) 1);
        memory.fill(0, PAGE, (byte) 7);
        assertThat(memory.readBytes(0, PAGE)).containsOnly(7);
        assertOutside(() -> memory.readBytes(PAGE + 1, 0));
        assertOutside(() -> memory.readBytes(0, -1));
        assertOutside(() -> memory.readBytes(1, PAGE));
        assertOutside(() -> memory.readString(1, PAGE));
        assertOutside(() -> memory.fill(1, PAGE, (byte) 0));
        assertOutside(() -> memory.fill(0, -1, (byte) 0));
        assertOutside(() -> memory.fill(0, 1L << 32, (byte) 0));
        assertOutside(() -> memory.writeBytes(PAGE - 1, new byte[2]));
        assertOutside(() -> memory.writeString(PAGE - 2, "abc"));
        assertThat(memory.readBytes(0, PAGE)).as("unchanged").containsOnly(7);
    }

    @Test
    void messagesNameTheRange() {
        assertThatThrownBy(() -> memory.readInt(65_533))
                .hasMessage(
                        "out of bounds memory access: 4 bytes at address 65533 of a memory of 65536"
                                + " bytes");
    }

    @Test
    void partsOfArrays() {
        memory.writeBytes(10, new byte[] {1, 2, 3, 4, 5}, 1, 3);
        byte[] target = new byte[6];
        memory.readBytes(9, target, 1, 5);
        assertThat(target).containsExactly(0, 0, 2, 3, 4, 0);
        assertThatThrownBy(() -> memory.readBytes(0, target, 2, 5))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> memory.writeBytes(0, target, -1, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertOutside(() -> memory.readBytes(PAGE - 1, target, 0, 2));
        assertThat(memory.readBytes(0, 1)).containsExactly(0);
    }

    @Test
    void strings() {
        String text = "aé漢\ud83d\ude00";
        assertThat(memory.writeString(5, text)).isEqualTo(10);
        assertThat(memory.readBytes(5, 10)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        assertThat(memory.readString(5, 10)).isEqualTo(text);
        assertThat(memory.readCString(5)).isEqualTo(text);
        assertThat(memory.readCString(15)).isEmpty();
        memory.writeByte(6, (byte) 0xff);
        assertThat(memory.readString(5, 2)).isEqualTo("a\ufffd");
    }

    @Test
    void aCStringNeedsAZeroByte() {
        memory.fill(PAGE - 3, 3, (byte) 'x');
        assertThatThrownBy(() -> memory.readCString(PAGE - 2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("no zero byte between address 65534 and the memory's end");
        assertOutside(() -> memory.readCString(PAGE));
        memory.writeByte(PAGE - 1, (byte) 0);
        assertThat(memory.readCString(PAGE - 3)).isEqualTo("xx");
        assertThat(memory.readCString(PAGE - 1)).isEmpty();
    }

    @Test
    void growing() {
        memory.writeInt(PAGE - 4, 5);
        assertThat(memory.type()).hasToString("memory 1 3");
        assertThat(memory.grow(0)).isEqualTo(1);
        assertThat(memory.grow(1)).isEqualTo(1);
        assertThat(memory.sizePages()).isEqualTo(2);
        assertThat(memory.sizeBytes()).isEqualTo(2 * PAGE);
        assertThat(memory.readInt(PAGE - 4)).isEqualTo(5);
        assertThat(memory.readInt(PAGE)).isZero();
        assertThat(memory.type()).hasToString("memory 2 3");
        for (long tooMany :
                new long[] {2, 65_535, 65_536, 1L << 32, (1L << 32) + 1, Long.MAX_VALUE}) {
            assertThat(memory.grow(tooMany)).isEqualTo(-1);
        }
        assertThat(memory.sizePages()).isEqualTo(2);
        assertThatThrownBy(() -> memory.grow(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a memory cannot grow by -1 pages");
        assertThat(memory).hasToString("memory of 131072 bytes");
    }

    @Test
    void aMemoryBeyondWhatTheJvmHolds() {
        assertThatThrownBy(() -> Memory.create(new MemoryType(Limits.atLeast(32_768))))
                .isInstanceOf(LimitException.class)
                .hasMessage("a memory of 32768 pages; the limit is 32767");
        Memory small = Memory.create(new MemoryType(Limits.atLeast(0)));
        assertThat(small.grow(32_768)).isEqualTo(-1);
        assertThat(small.sizeBytes()).isZero();
    }
}
