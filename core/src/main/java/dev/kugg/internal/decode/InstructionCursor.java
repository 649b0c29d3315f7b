package dev.kugg.internal.decode;

import dev.kugg.InvalidException;
import dev.kugg.MalformedException;
import dev.kugg.internal.opcode.Feature;
import dev.kugg.internal.opcode.Immediate;
import dev.kugg.internal.opcode.Opcode;
import dev.kugg.types.ValType;

import org.jspecify.annotations.Nullable;

/**
 * Reads instructions one at a time into its own fields: the one place that knows how immediates are
 * encoded, and no object per instruction.
 *
 * <p>Only the fields that belong to the current instruction's {@link Opcode#immediate} mean
 * anything; the others keep what an earlier instruction left. Instructions of features that are not
 * compiled are read like all others, as far as needed to find their end; it is validation that
 * refuses them.
 */
public final class InstructionCursor extends ByteReader {
    /** The {@link #blockType} of a block without parameters and results. */
    public static final int BLOCK_EMPTY = -64;

    /** The {@link #blockType} of a block without parameters whose one result is {@link #type}. */
    public static final int BLOCK_VALUE = -1;

    /** The instruction. */
    public Opcode opcode = Opcode.NOP;

    /** The position of its first byte in the module. */
    public int start;

    /** The index immediate, the first of two, an unsigned number; a lane. */
    public int index;

    /** The second of two index immediates, an unsigned number. */
    public int index2;

    /** The offset of a memory access, unsigned. */
    public long offset;

    /** The alignment of a memory access, as the exponent of a power of two. */
    public int align;

    /**
     * A constant: an i32 sign-extended, an i64, the bits of an f32 zero-extended, the bits of an
     * f64.
     */
    public long constant;

    /** {@link #BLOCK_EMPTY}, {@link #BLOCK_VALUE}, or else a typeidx. */
    public int blockType;

    /**
     * The type of a block's one result, of {@code ref.null}'s null, or of a typed {@code select}.
     */
    public @Nullable ValType type;

    /** The number of labels of a {@code br_table} besides the default one. */
    public int labelCount;

    /**
     * The labels of a {@code br_table}, the default one at {@link #labelCount}; the array is used
     * again.
     */
    public int[] labels = new int[16];

    /**
     * Creates a cursor before the first instruction.
     *
     * @param bytes the whole module
     * @param start the position of the first instruction
     * @param end the position behind the last one
     */
    public InstructionCursor(byte[] bytes, int start, int end) {
        super(bytes, start, end);
    }

    /** Goes on at the first instruction of another range of the module. */
    public void reset(int start, int end) {
        this.position = start;
        this.end = end;
    }

    /** {@return whether there is another instruction} */
    public boolean hasNext() {
        return position < end;
    }

    /** {@return the first byte of the next instruction, or -1 at the end} */
    public int peekCode() {
        return position < end ? bytes[position] & 0xff : -1;
    }

    /**
     * Reads the next instruction.
     *
     * @throws MalformedException if there is none or its encoding is none of WebAssembly's
     */
    public void next() {
        start = position;
        Opcode next = Opcode.of(u8());
        if (next == null) {
            next = prefixed();
        }
        opcode = next;
        if (next.immediate != Immediate.NONE) {
            readImmediates(next);
        }
    }

    private Opcode prefixed() {
        int prefix = bytes[start] & 0xff;
        if (prefix < Opcode.GC_PREFIX || prefix > Opcode.ATOMIC_PREFIX) {
            throw malformed("illegal opcode " + Integer.toHexString(prefix), start);
        }
        int code = u32();
        Opcode found = Opcode.of(prefix, code);
        if (found == null) {
            String hex = Integer.toHexString(prefix) + " " + Integer.toHexString(code);
            throw malformed("illegal opcode " + hex, start);
        }
        return found;
    }

    private void readImmediates(Opcode opcode) {
        switch (opcode.immediate) {
            case NONE -> {}
            case BLOCK_TYPE -> readBlockType();
            case LABEL, FUNC, TYPE, LOCAL, GLOBAL, TABLE, DATA, ELEM, TAG -> index = u32();
            case LABELS -> readLabels();
            case TYPE_TABLE, TABLE_TABLE, ELEM_TABLE -> readTwoIndices();
            case TYPE_FIELD, TYPE_COUNT, TYPE_TYPE, TYPE_DATA, TYPE_ELEM -> readTwoIndices();
            case MEMARG -> readMemarg();
            case MEMARG_LANE -> {
                readMemarg();
                index2 = u8();
            }
            case MEMORY -> index = memidx();
            case MEMORY_MEMORY -> {
                index = memidx();
                index2 = memidx();
            }
            case DATA_MEMORY -> {
                index = u32();
                index2 = memidx();
            }
            case I32 -> constant = s32();
            case I64 -> constant = s64();
            case F32 -> constant = i32LittleEndian() & 0xffffffffL;
            case F64 -> constant = i64LittleEndian();
            case V128, SHUFFLE -> skip(16);
            case LANE -> index = u8();
            case HEAP_TYPE -> readHeapType(opcode);
            case SELECT_TYPES -> readSelectTypes();
            case CATCHES -> readCatches();
            case CAST -> readCast();
            case ZERO -> readZero();
        }
    }

    private void readTwoIndices() {
        index = u32();
        index2 = u32();
    }

    private void readBlockType() {
        int code = peekU8();
        if (code == 0x40) {
            position++;
            blockType = BLOCK_EMPTY;
        } else if ((code & 0xc0) == 0x40) {
            type = valType();
            blockType = BLOCK_VALUE;
        } else {
            int at = position;
            long typeidx = s33();
            if (typeidx < 0) {
                throw malformed("malformed block type", at);
            }
            // An index of 2^31 or more must not look like one of the two constants.
            blockType = (int) Math.min(typeidx, Integer.MAX_VALUE);
        }
    }

    private void readLabels() {
        int count = count();
        if (count >= labels.length) {
            labels = new int[Math.max(count + 1, Math.min(2 * labels.length, remaining()))];
        }
        int[] into = labels;
        for (int i = 0; i <= count; i++) {
            into[i] = u32();
        }
        labelCount = count;
    }

    private void readMemarg() {
        int at = position;
        int flags = u32();
        index = 0;
        if ((flags & 0x40) != 0) {
            index = u32();
            if (index == 0) {
                throw unsupported(Feature.MULTI_MEMORY, "a memory access with an index", at);
            }
        }
        if ((flags & ~0x7f) != 0) {
            throw malformed("malformed memop flags", at);
        }
        align = flags & 0x3f;
        int first = position;
        if (first < end && bytes[first] >= 0) {
            position = first + 1;
            offset = bytes[first];
        } else {
            offset = u64();
        }
    }

    /**
     * A zero longer than a byte is what only an encoder that knows several memories would write.
     */
    private int memidx() {
        int at = position;
        int memidx = u32();
        if (memidx == 0 && position != at + 1) {
            throw unsupported(Feature.MULTI_MEMORY, "a memory index of more than a byte", at);
        }
        return memidx;
    }

    private void readHeapType(Opcode opcode) {
        if (opcode.compiled()) {
            type = nullableToHeapType();
        } else {
            skipHeapType();
        }
    }

    private void readSelectTypes() {
        int at = position;
        int count = count();
        if (count != 1) {
            throw new InvalidException(
                    "invalid result arity: a select of " + count + " types at byte " + at);
        }
        type = valType();
    }

    private void readCatches() {
        readBlockType();
        int count = count();
        for (int i = 0; i < count; i++) {
            int at = position;
            int kind = u8();
            if (kind > 3) {
                throw malformed("malformed catch clause", at);
            }
            if (kind < 2) {
                u32();
            }
            u32();
        }
    }

    private void readCast() {
        int at = position;
        if (u8() > 3) {
            throw malformed("malformed cast flags", at);
        }
        index = u32();
        skipHeapType();
        skipHeapType();
    }

    private void readZero() {
        if (u8() != 0) {
            throw malformed("zero byte expected", position - 1);
        }
    }
}
