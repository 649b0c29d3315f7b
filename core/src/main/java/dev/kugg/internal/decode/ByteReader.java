package dev.kugg.internal.decode;

import dev.kugg.LimitException;
import dev.kugg.MalformedException;
import dev.kugg.UnsupportedException;
import dev.kugg.internal.opcode.Feature;
import dev.kugg.types.RefType;
import dev.kugg.types.ValType;
import dev.kugg.types.VecType;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/**
 * Reads the primitives of the binary format one after the other: bytes, LEB128 numbers, names and
 * types. Never reads at or behind {@code end}; whatever is not well-formed is a {@link
 * MalformedException} that says where.
 *
 * <p>Unsigned 32-bit numbers are returned as an {@code int} with the same bits: indices above 2^31
 * are negative and so out of every range.
 */
class ByteReader {
    /** The greatest size of a name, in bytes. */
    static final int MAX_NAME_BYTES = 100_000;

    final byte[] bytes;

    /** The position of the next byte to read. */
    public int position;

    /** The position that ends what may be read. */
    int end;

    /** The section that is read, for messages. */
    String section = "code";

    ByteReader(byte[] bytes, int position, int end) {
        this.bytes = bytes;
        this.position = position;
        this.end = end;
    }

    final MalformedException malformed(String text) {
        return malformed(text, position);
    }

    final MalformedException malformed(String text, int at) {
        return new MalformedException(text + at(at));
    }

    final UnsupportedException unsupported(Feature feature, String what, int at) {
        return new UnsupportedException("unsupported: " + feature + " (" + what + ")" + at(at));
    }

    final LimitException limit(String what, int limit, int at) {
        return new LimitException(what + "; the limit is " + limit + at(at));
    }

    private String at(int at) {
        return " at byte " + at + " (section " + section + ")";
    }

    final int remaining() {
        return end - position;
    }

    final int u8() {
        if (position >= end) {
            throw malformed("unexpected end of section or function");
        }
        return bytes[position++] & 0xff;
    }

    /** {@return the next byte without reading it} */
    final int peekU8() {
        if (position >= end) {
            throw malformed("unexpected end of section or function");
        }
        return bytes[position] & 0xff;
    }

    final int u32() {
        int at = position;
        if (at < end && bytes[at] >= 0) {
            position = at + 1;
            return bytes[at];
        }
        return longU32();
    }

    private int longU32() {
        int result = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = u8();
            result |= (next & 0x7f) << shift;
            if (next < 0x80) {
                if (shift == 28 && next > 0xf) {
                    throw malformed("integer too large", position - 1);
                }
                return result;
            }
        }
        throw malformed("integer representation too long", position - 1);
    }

    /**
     * {@return an unsigned number that core 3.0 reads with 64 bits and what we accept with 32}
     * Greater ones are left to validation; what fits but is longer than 32 bits may be is
     * malformed, as it was before memories of 64 bits.
     */
    final long u64() {
        int start = position;
        long result = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int next = u8();
            result |= (next & 0x7fL) << shift;
            if (next < 0x80) {
                if (shift == 63 && next > 1) {
                    throw malformed("integer too large", position - 1);
                }
                if (shift > 28 && result >>> 32 == 0) {
                    throw malformed("integer representation too long", start);
                }
                return result;
            }
        }
        throw malformed("integer representation too long", position - 1);
    }

    final int s32() {
        int at = position;
        if (at < end && bytes[at] >= 0) {
            position = at + 1;
            return bytes[at] << 25 >> 25;
        }
        return (int) longSigned(32);
    }

    final long s33() {
        return longSigned(33);
    }

    final long s64() {
        return longSigned(64);
    }

    private long longSigned(int bits) {
        long result = 0;
        int shift = 0;
        while (true) {
            int next = u8();
            result |= (next & 0x7fL) << shift;
            shift += 7;
            if (next < 0x80) {
                checkSignBits(next, bits - (shift - 7));
                int unused = Math.max(0, 64 - shift);
                return result << unused >> unused;
            }
            if (shift >= bits) {
                throw malformed("integer representation too long", position - 1);
            }
        }
    }

    /**
     * Of the last byte's seven bits only {@code bits} are the number's own; the others repeat its
     * sign.
     */
    private void checkSignBits(int last, int bits) {
        if (bits < 7) {
            int sign = last << 25 >> 25 >> (bits - 1);
            if (sign != 0 && sign != -1) {
                throw malformed("integer too large", position - 1);
            }
        }
    }

    final int i32LittleEndian() {
        int b0 = u8();
        int b1 = u8();
        int b2 = u8();
        return b0 | b1 << 8 | b2 << 16 | u8() << 24;
    }

    final long i64LittleEndian() {
        long low = i32LittleEndian() & 0xffffffffL;
        return low | (long) i32LittleEndian() << 32;
    }

    final void skip(int sizeBytes) {
        if (sizeBytes < 0 || sizeBytes > remaining()) {
            throw malformed("unexpected end of section or function");
        }
        position += sizeBytes;
    }

    /**
     * {@return the length of a vector of things that take a byte or more each, so never more than
     * there is input}
     */
    final int count() {
        int at = position;
        int count = u32();
        if (count < 0 || count > remaining()) {
            throw malformed("unexpected end of section or function: length out of bounds", at);
        }
        return count;
    }

    /**
     * {@return the length of a vector of {@code things}, of which we take no more than {@code
     * limit}}
     */
    final int count(String things, int limit) {
        int at = position;
        int count = count();
        if (count > limit) {
            throw limit(count + " " + things, limit, at);
        }
        return count;
    }

    /** {@return the length of a run of bytes} */
    final int byteCount() {
        int at = position;
        int count = u32();
        if (count < 0 || count > remaining()) {
            throw malformed("length out of bounds", at);
        }
        return count;
    }

    final String name() {
        int length = byteCount();
        if (length > MAX_NAME_BYTES) {
            throw limit("a name of " + length + " bytes", MAX_NAME_BYTES, position);
        }
        int start = position;
        position += length;
        int ascii = start;
        while (ascii < position && bytes[ascii] >= 0) {
            ascii++;
        }
        if (ascii == position) {
            return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
        }
        int bad = Utf8.firstBad(bytes, ascii, position);
        if (bad >= 0) {
            throw malformed("malformed UTF-8 encoding", bad);
        }
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }

    final ValType valType() {
        int at = position;
        int code = u8();
        return switch (code) {
            case 0x7f -> ValType.I32;
            case 0x7e -> ValType.I64;
            case 0x7d -> ValType.F32;
            case 0x7c -> ValType.F64;
            case 0x7b -> throw unsupported(Feature.SIMD, "type " + VecType.V128, at);
            default -> {
                RefType type = refTypeOf(code, at);
                if (type == null) {
                    throw malformed("malformed value type", at);
                }
                yield type;
            }
        };
    }

    final RefType refType() {
        int at = position;
        RefType type = refTypeOf(u8(), at);
        if (type == null) {
            throw malformed("malformed reference type", at);
        }
        return type;
    }

    /** {@return the type of this code, or null when it is none of a reference} */
    private @Nullable RefType refTypeOf(int code, int at) {
        if (code == 0x63 || code == 0x64) {
            throw unsupported(Feature.FUNCTION_REFERENCES, "a type (ref ...)", at);
        }
        return abstractType(code, at);
    }

    /**
     * {@return the nullable reference to the abstract heap type of this code, or null when there is
     * none}
     */
    private @Nullable RefType abstractType(int code, int at) {
        return switch (code) {
            case 0x70 -> RefType.FUNCREF;
            case 0x6f -> RefType.EXTERNREF;
            case 0x69, 0x74 -> throw unsupported(Feature.EXCEPTIONS, "type exnref", at);
            case 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x71, 0x72, 0x73 ->
                    throw unsupported(Feature.GC, "a reference to gc's types", at);
            default -> null;
        };
    }

    /** {@return the nullable reference to the heap type read} */
    final RefType nullableToHeapType() {
        int at = position;
        int code = peekU8();
        if ((code & 0xc0) != 0x40) {
            skipHeapType();
            throw unsupported(Feature.FUNCTION_REFERENCES, "a heap type of the module", at);
        }
        position++;
        RefType type = abstractType(code, at);
        if (type == null) {
            throw malformed("malformed heap type", at);
        }
        return type;
    }

    /** Reads a heap type of an instruction that is refused in any case. */
    final void skipHeapType() {
        int at = position;
        if (s33() < -64) {
            throw malformed("malformed heap type", at);
        }
    }
}
