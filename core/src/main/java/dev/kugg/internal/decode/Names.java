package dev.kugg.internal.decode;

import dev.kugg.LimitException;
import dev.kugg.MalformedException;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * What the name section calls the module and its functions. Names help people and change nothing
 * else: they are read when the first one is asked for, and where the section is malformed it ends.
 */
public final class Names {
    /** No name at all. */
    static final Names NONE = new Names(new byte[0], 0, 0);

    private final byte[] bytes;
    private final int start;
    private final int end;
    private volatile @Nullable Table table;

    Names(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
    }

    /** {@return the module's name, or null} */
    public @Nullable String module() {
        return table().module;
    }

    /**
     * {@return the name of a function, or null}
     *
     * @param funcidx its index
     */
    public @Nullable String func(int funcidx) {
        return table().func(bytes, end, funcidx);
    }

    private Table table() {
        Table read = table;
        if (read == null) {
            read = new Table();
            try {
                readInto(read, new ByteReader(bytes, start, end));
            } catch (MalformedException | LimitException bad) {
                // The names before it are good.
            }
            table = read;
        }
        return read;
    }

    private static void readInto(Table into, ByteReader reader) {
        while (reader.remaining() > 0) {
            int id = reader.u8();
            int next = reader.byteCount() + reader.position;
            if (id == 0 && into.module == null) {
                into.module = reader.name();
            } else if (id == 1 && into.funcCount == 0) {
                into.readFuncs(reader);
            }
            reader.position = next;
        }
    }

    /**
     * Where the names are: by rising funcidx, the position of its name with its length before it.
     */
    private static final class Table {
        private @Nullable String module;
        private int funcCount;
        private int[] funcidx = {};
        private int[] positions = {};

        void readFuncs(ByteReader reader) {
            int count = reader.count();
            // Two bytes or more each: an index and a length.
            funcidx = new int[Math.min(count, reader.remaining() / 2)];
            positions = new int[funcidx.length];
            int last = -1;
            for (int i = 0; i < funcidx.length; i++) {
                int index = reader.u32();
                if (index <= last) {
                    return;
                }
                last = index;
                funcidx[i] = index;
                positions[i] = reader.position;
                reader.skip(reader.byteCount());
                funcCount = i + 1;
            }
        }

        @Nullable String func(byte[] bytes, int end, int index) {
            int found = Arrays.binarySearch(funcidx, 0, funcCount, index);
            if (found < 0) {
                return null;
            }
            try {
                return new ByteReader(bytes, positions[found], end).name();
            } catch (MalformedException | LimitException bad) {
                return null;
            }
        }
    }
}
