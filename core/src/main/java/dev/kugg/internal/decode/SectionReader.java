package dev.kugg.internal.decode;

import dev.kugg.internal.opcode.Feature;
import dev.kugg.internal.opcode.Immediate;
import dev.kugg.internal.opcode.Opcode;
import dev.kugg.types.GlobalType;
import dev.kugg.types.Limits;
import dev.kugg.types.MemoryType;
import dev.kugg.types.RefType;
import dev.kugg.types.TableType;
import dev.kugg.types.ValType;

/** Reads what several sections are made of: types of externs and constant expressions. */
final class SectionReader extends ByteReader {
    private final InstructionCursor cursor;

    SectionReader(byte[] bytes) {
        super(bytes, 0, bytes.length);
        cursor = new InstructionCursor(bytes, 0, 0);
    }

    TableType tableType() {
        if (peekU8() == 0x40) {
            throw unsupported(
                    Feature.FUNCTION_REFERENCES, "a table with an initial value", position);
        }
        RefType element = refType();
        return new TableType(limits(false), element);
    }

    MemoryType memoryType() {
        return new MemoryType(limits(true));
    }

    GlobalType globalType() {
        ValType value = valType();
        int mutability = u8();
        if (mutability > 1) {
            throw malformed("malformed mutability", position - 1);
        }
        return new GlobalType(value, mutability == 1);
    }

    /**
     * The flags are: 1 with a maximum, 2 shared, 4 of 64 bits, 8 with a page size (memories only).
     * What later features add is read to its end before it is refused, so that malformed limits are
     * malformed whatever they ask for.
     */
    private Limits limits(boolean memory) {
        int at = position;
        int flags = u8();
        if (flags > (memory ? 0xf : 7)) {
            throw malformed("malformed limits flags", at);
        }
        long min = size();
        long max = (flags & 1) != 0 ? size() : Limits.NO_MAX;
        if ((flags & 8) != 0) {
            u32();
            throw unsupported(Feature.CUSTOM_PAGE_SIZES, "limits with a page size", at);
        }
        if ((flags & 4) != 0) {
            throw unsupported(Feature.MEMORY64, "limits of 64 bits", at);
        }
        if ((flags & 2) != 0) {
            throw unsupported(Feature.THREADS, memory ? "a shared memory" : "a shared table", at);
        }
        return new Limits(min, max);
    }

    /** A size of 2^63 or more, too great in any case, must not look like none. */
    private long size() {
        long size = u64();
        return size < 0 ? Long.MAX_VALUE : size;
    }

    /** Finds the end of a constant expression; what stands in it is left to validation. */
    ConstExpr constExpr() {
        int start = position;
        cursor.section = section;
        cursor.reset(start, end);
        int depth = 1;
        while (depth > 0) {
            cursor.next();
            if (cursor.opcode == Opcode.END) {
                depth--;
            } else if (cursor.opcode.immediate == Immediate.BLOCK_TYPE) {
                depth++;
            }
        }
        position = cursor.position;
        return new ConstExpr(start, position);
    }
}
