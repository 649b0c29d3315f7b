package dev.kugg.internal.runtime;

import dev.kugg.TrapException;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Objects;

/**
 * The instructions that work on ranges of memories and tables. Numbers are unsigned. Ranges are
 * checked as a whole before anything is written. Long fills and copies of memory are worked through
 * in pieces, with a check for interruption between them; the others are bounded by the module's
 * size or the greatest table.
 */
public final class Bulk {
    /** How much is done between two checks for interruption: well under a millisecond. */
    private static final int PIECE_BYTES = 1 << 20;

    private Bulk() {}

    public static void memoryFill(int start, int value, int count, InstanceState instance) {
        byte[] bytes = memory(instance).bytes;
        checkRange(bytes.length, start, count);
        int done = 0;
        while (count - done > PIECE_BYTES) {
            Arrays.fill(bytes, start + done, start + done + PIECE_BYTES, (byte) value);
            done += PIECE_BYTES;
            poll(instance);
        }
        Arrays.fill(bytes, start + done, start + count, (byte) value);
        poll(instance);
    }

    public static void memoryCopy(int to, int from, int count, InstanceState instance) {
        byte[] bytes = memory(instance).bytes;
        checkRange(bytes.length, from, count);
        checkRange(bytes.length, to, count);
        if (count <= PIECE_BYTES) {
            System.arraycopy(bytes, from, bytes, to, count);
        } else if (Integer.compareUnsigned(to, from) <= 0) {
            copyForward(bytes, to, from, count, instance);
        } else {
            copyBackward(bytes, to, from, count, instance);
        }
        poll(instance);
    }

    private static void copyForward(
            byte[] bytes, int to, int from, int count, InstanceState instance) {
        int done = 0;
        while (count - done > PIECE_BYTES) {
            System.arraycopy(bytes, from + done, bytes, to + done, PIECE_BYTES);
            done += PIECE_BYTES;
            poll(instance);
        }
        System.arraycopy(bytes, from + done, bytes, to + done, count - done);
    }

    private static void copyBackward(
            byte[] bytes, int to, int from, int count, InstanceState instance) {
        for (int left = count; left > 0; left -= PIECE_BYTES) {
            int piece = Math.min(PIECE_BYTES, left);
            System.arraycopy(bytes, from + left - piece, bytes, to + left - piece, piece);
            poll(instance);
        }
    }

    public static void memoryInit(
            int to, int from, int count, InstanceState instance, int dataidx) {
        byte[] bytes = memory(instance).bytes;
        checkRange(instance.dataLengths[dataidx], from, count);
        checkRange(bytes.length, to, count);
        System.arraycopy(
                instance.code.bytes(), instance.dataStarts[dataidx] + from, bytes, to, count);
        poll(instance);
    }

    public static void dataDrop(InstanceState instance, int dataidx) {
        instance.dataLengths[dataidx] = 0;
    }

    public static int memoryGrow(int deltaPages, InstanceState instance) {
        int before = memory(instance).grow(deltaPages);
        poll(instance);
        return before;
    }

    public static void tableFill(
            int start, @Nullable Object value, int count, InstanceState instance, int tableidx) {
        instance.tables[tableidx].fill(start, value, count);
        poll(instance);
    }

    public static void tableCopy(
            int to, int from, int count, InstanceState instance, int toTable, int fromTable) {
        instance.tables[toTable].copyFrom(instance.tables[fromTable].elements, from, to, count);
        poll(instance);
    }

    public static void tableInit(
            int to, int from, int count, InstanceState instance, int tableidx, int elemidx) {
        instance.tables[tableidx].copyFrom(instance.elems[elemidx], from, to, count);
        poll(instance);
    }

    public static void elemDrop(InstanceState instance, int elemidx) {
        instance.elems[elemidx] = new Object[0];
    }

    public static int tableGrow(
            @Nullable Object init, int delta, InstanceState instance, int tableidx) {
        int before = instance.tables[tableidx].grow(init, delta);
        poll(instance);
        return before;
    }

    public static int tableSize(InstanceState instance, int tableidx) {
        return instance.tables[tableidx].elements.length;
    }

    private static MemoryInstance memory(InstanceState instance) {
        return Objects.requireNonNull(instance.memory, "validated: there is a memory");
    }

    private static void checkRange(int length, int start, int count) {
        if (Integer.toUnsignedLong(start) + Integer.toUnsignedLong(count) > length) {
            throw new TrapException("out of bounds memory access");
        }
    }

    private static void poll(InstanceState instance) {
        if (instance.stop != 0) {
            instance.poll();
        }
    }
}
