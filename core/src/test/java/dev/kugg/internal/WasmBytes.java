package dev.kugg.internal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes modules byte by byte for tests, malformed ones too. */
public final class WasmBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** {@return what begins with a module's preamble} */
    public static WasmBytes module() {
        return new WasmBytes().bytes(0, 'a', 's', 'm', 1, 0, 0, 0);
    }

    /** {@return a module of one function without parameters that gives {@code results}} */
    public static WasmBytes function(int[] results, WasmBytes body) {
        return module().section(1, new WasmBytes().bytes(1, 0x60, 0).vector(results))
                .section(3, new WasmBytes().bytes(1, 0))
                .code(body);
    }

    /** Appends bytes. */
    public WasmBytes bytes(int... bytes) {
        for (int b : bytes) {
            out.write(b);
        }
        return this;
    }

    /** Appends the same bytes again and again. */
    public WasmBytes repeat(int times, int... bytes) {
        for (int i = 0; i < times; i++) {
            bytes(bytes);
        }
        return this;
    }

    /** Appends an unsigned LEB128 number. */
    public WasmBytes u32(int value) {
        int rest = value;
        while (rest >>> 7 != 0) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        return this;
    }

    /** Appends a signed LEB128 number. */
    public WasmBytes s64(long value) {
        long rest = value;
        while (rest >> 6 != rest >> 63) {
            out.write((int) rest & 0x7f | 0x80);
            rest >>= 7;
        }
        out.write((int) rest & 0x7f);
        return this;
    }

    /** Appends a length and as many bytes. */
    public WasmBytes vector(int... bytes) {
        return u32(bytes.length).bytes(bytes);
    }

    /** Appends a name. */
    public WasmBytes name(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        u32(utf8.length);
        out.writeBytes(utf8);
        return this;
    }

    /** Appends other bytes with their number before them. */
    public WasmBytes sized(WasmBytes content) {
        u32(content.out.size());
        out.writeBytes(content.out.toByteArray());
        return this;
    }

    /** Appends other bytes. */
    public WasmBytes append(WasmBytes other) {
        out.writeBytes(other.out.toByteArray());
        return this;
    }

    /** Appends a section. */
    public WasmBytes section(int id, WasmBytes content) {
        return bytes(id).sized(content);
    }

    /** Appends a code section of these bodies, which begin with their locals. */
    public WasmBytes code(WasmBytes... bodies) {
        WasmBytes content = new WasmBytes().u32(bodies.length);
        for (WasmBytes body : bodies) {
            content.sized(body);
        }
        return section(10, content);
    }

    /** {@return all of it} */
    public byte[] toBytes() {
        return out.toByteArray();
    }
}
