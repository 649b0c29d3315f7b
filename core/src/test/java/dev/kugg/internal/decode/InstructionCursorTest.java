package dev.kugg.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kugg.InvalidException;
import dev.kugg.MalformedException;
import dev.kugg.UnsupportedException;
import dev.kugg.internal.WasmBytes;
import dev.kugg.internal.opcode.Opcode;
import dev.kugg.types.ValType;

import org.junit.jupiter.api.Test;

/** Immediates land in the fields that are named after them. */
class InstructionCursorTest {
    /** {@return the cursor behind the one instruction these bytes are} */
    private static InstructionCursor read(int... bytes) {
        byte[] all = new WasmBytes().bytes(bytes).toBytes();
        InstructionCursor cursor = new InstructionCursor(all, 0, all.length);
        assertThat(cursor.hasNext()).isTrue();
        assertThat(cursor.peekCode()).isEqualTo(bytes[0]);
        cursor.next();
        assertThat(cursor.hasNext()).isFalse();
        assertThat(cursor.peekCode()).isEqualTo(-1);
        assertThat(cursor.start).isZero();
        return cursor;
    }

    @Test
    void blocks() {
        assertThat(read(0x02, 0x40).blockType).isEqualTo(InstructionCursor.BLOCK_EMPTY);
        InstructionCursor value = read(0x03, 0x7e);
        assertThat(value.opcode).isEqualTo(Opcode.LOOP);
        assertThat(value.blockType).isEqualTo(InstructionCursor.BLOCK_VALUE);
        assertThat(value.type).isEqualTo(ValType.I64);
        assertThat(read(0x04, 0xc0, 0x00).blockType).isEqualTo(64);
        assertThat(read(0x02, 0xff, 0xff, 0xff, 0xff, 0x0f).blockType).isEqualTo(Integer.MAX_VALUE);
        assertThatThrownBy(() -> read(0x02, 0xc0, 0x7f)).isInstanceOf(MalformedException.class);
    }

    @Test
    void labels() {
        InstructionCursor cursor = read(0x0e, 3, 5, 6, 0x80, 0x01, 7);
        assertThat(cursor.labelCount).isEqualTo(3);
        assertThat(cursor.labels).startsWith(5, 6, 128, 7);
        InstructionCursor many =
                read(
                        new int[] {
                            0x0e, 20, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18,
                            19, 20, 21
                        });
        assertThat(many.labels[many.labelCount]).isEqualTo(21);
        assertThatThrownBy(() -> read(0x0e, 0xff, 0xff, 0xff, 0xff, 0x07, 1))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void indices() {
        assertThat(read(0x10, 0x80, 0x01).index).isEqualTo(128);
        InstructionCursor call = read(0x11, 3, 4);
        assertThat(call.index).isEqualTo(3);
        assertThat(call.index2).isEqualTo(4);
        InstructionCursor init = read(0xfc, 8, 5, 0);
        assertThat(init.opcode).isEqualTo(Opcode.MEMORY_INIT);
        assertThat(init.index).isEqualTo(5);
        InstructionCursor copy = read(0xfc, 0x8e, 0x00, 1, 2);
        assertThat(copy.opcode).isEqualTo(Opcode.TABLE_COPY);
        assertThat(copy.index).isEqualTo(1);
        assertThat(copy.index2).isEqualTo(2);
    }

    @Test
    void memargs() {
        InstructionCursor load = read(0x28, 2, 0xff, 0xff, 0xff, 0xff, 0x0f);
        assertThat(load.align).isEqualTo(2);
        assertThat(load.offset).isEqualTo(0xffffffffL);
        assertThat(load.index).isZero();
        assertThatThrownBy(() -> read(0x28, 0x80, 0x01, 0)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> read(0x28, 0x42, 0, 0))
                .isInstanceOf(UnsupportedException.class)
                .hasMessageStartingWith("unsupported: multi-memory");
    }

    @Test
    void constants() {
        assertThat(read(0x41, 0x7f).constant).isEqualTo(-1);
        assertThat(read(0x42, 0x80, 0x7f).constant).isEqualTo(-128);
        assertThat(read(0x43, 0, 0, 0xc0, 0xff).constant).isEqualTo(0xffc00000L);
        assertThat(read(0x44, 1, 0, 0, 0, 0, 0, 0xf0, 0x7f).constant)
                .isEqualTo(0x7ff0000000000001L);
    }

    @Test
    void types() {
        assertThat(read(0xd0, 0x70).type).isEqualTo(ValType.FUNCREF);
        assertThat(read(0x1c, 1, 0x7d).type).isEqualTo(ValType.F32);
        assertThatThrownBy(() -> read(0x1c, 2, 0x7d, 0x7d))
                .isInstanceOf(InvalidException.class)
                .hasMessageStartingWith("invalid result arity");
        assertThatThrownBy(() -> read(0xd0, 0x6e)).hasMessageStartingWith("unsupported: gc");
        assertThatThrownBy(() -> read(0xd0, 0x00))
                .hasMessageStartingWith("unsupported: function-references");
        assertThatThrownBy(() -> read(0xd0, 0x7f)).isInstanceOf(MalformedException.class);
    }

    @Test
    void instructionsThatAreNotCompiledEndWhereTheyEnd() {
        read(0xfd, 12, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        read(0xfd, 0x54, 0, 1, 2);
        read(0xfd, 0x80, 0x02);
        read(0xfe, 0x03, 0);
        read(0xfb, 24, 3, 1, 0x6e, 0x6d);
        read(0x1f, 0x40, 2, 0, 1, 2, 3, 4);
        read(0xfb, 20, 0x6e);
    }

    @Test
    void whatIsNoInstructionIsMalformed() {
        assertThatThrownBy(() -> read(0xff)).hasMessageStartingWith("illegal opcode ff at byte 0");
        assertThatThrownBy(() -> read(0xfc, 0x1f)).hasMessageStartingWith("illegal opcode fc 1f");
        assertThatThrownBy(() -> read(0xfd, 0x9a, 0x01)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> read(0x10)).hasMessageStartingWith("unexpected end");
        assertThatThrownBy(() -> read(0xfc)).hasMessageStartingWith("unexpected end");
    }
}
