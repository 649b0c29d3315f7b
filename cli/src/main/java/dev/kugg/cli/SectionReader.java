package dev.kugg.cli;

import dev.kugg.WasmModule;

import java.nio.charset.StandardCharsets;

/**
 * Reads the contents of one section item by item, as text. The module is valid, so only custom
 * sections can surprise; what this does not know ends in {@link UnknownFormException}.
 *
 * @see <a href="https://webassembly.github.io/spec/core/binary/modules.html">Binary format of
 *     modules</a>
 */
final class SectionReader {
    /** Numbers of sections. */
    static final int CUSTOM = 0;

    static final int TYPE = 1;
    static final int TABLE = 4;
    static final int MEMORY = 5;
    static final int START = 8;
    static final int DATA_COUNT = 12;

    private static final int FUNC_FORM = 0x60;
    private static final int LIMITS_HAVE_MAX = 1;

    private final byte[] bytes;
    private final int end;
    private int offset;

    SectionReader(byte[] module, WasmModule.Section section) {
        this(module, (int) section.offset(), (int) (section.offset() + section.sizeBytes()));
    }

    private SectionReader(byte[] bytes, int offset, int end) {
        this.bytes = bytes;
        this.offset = offset;
        this.end = end;
    }

    static SectionReader ofCustom(byte[] contents) {
        return new SectionReader(contents, 0, contents.length);
    }

    /** {@return the next item of a section of this number} */
    String item(int id) throws UnknownFormException {
        return switch (id) {
            case TYPE -> funcType();
            case TABLE -> table();
            case MEMORY -> "memory " + limits();
            default -> throw new UnknownFormException();
        };
    }

    /** {@return an unsigned number: a count, an index or a size} */
    long number() throws UnknownFormException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = next();
            value |= (long) (next & 0x7f) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw new UnknownFormException();
    }

    String name() throws UnknownFormException {
        long length = number();
        if (length < 0 || length > end - offset) {
            throw new UnknownFormException();
        }
        int start = offset;
        offset += (int) length;
        return new String(bytes, start, (int) length, StandardCharsets.UTF_8);
    }

    private int next() throws UnknownFormException {
        if (offset >= end) {
            throw new UnknownFormException();
        }
        return bytes[offset++] & 0xff;
    }

    private String funcType() throws UnknownFormException {
        if (next() != FUNC_FORM) {
            throw new UnknownFormException();
        }
        return valTypes() + " -> " + valTypes();
    }

    private String valTypes() throws UnknownFormException {
        StringBuilder text = new StringBuilder("[");
        for (long left = number(); left > 0; left--) {
            text.append(valType()).append(left > 1 ? " " : "");
        }
        return text.append(']').toString();
    }

    private String table() throws UnknownFormException {
        String element = valType();
        return "table " + limits() + " " + element;
    }

    private String limits() throws UnknownFormException {
        int flags = next();
        if ((flags & ~LIMITS_HAVE_MAX) != 0) {
            throw new UnknownFormException();
        }
        String min = Long.toString(number());
        return flags == 0 ? min : min + " " + number();
    }

    private String valType() throws UnknownFormException {
        return switch (next()) {
            case 0x7f -> "i32";
            case 0x7e -> "i64";
            case 0x7d -> "f32";
            case 0x7c -> "f64";
            case 0x7b -> "v128";
            case 0x70 -> "funcref";
            case 0x6f -> "externref";
            default -> throw new UnknownFormException();
        };
    }

    /** The bytes have a form that is not known here. */
    static final class UnknownFormException extends Exception {
        private static final long serialVersionUID = 1;
    }
}
