package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.errno.ErrnoException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Arguments or environment: a list of strings that the guest sees as C does, an array of pointers
 * into one buffer of UTF-8 strings, each with a zero behind it.
 *
 * @see <a
 *     href="https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md#args_get">args_get</a>
 * @see <a
 *     href="https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md#environ_get">environ_get</a>
 */
final class StringList {
    private static final int POINTER_SIZE_BYTES = 4;

    private final byte[][] strings;

    private StringList(int count) {
        this.strings = new byte[count][];
    }

    static StringList ofArgs(Config config) {
        List<String> args = config.args;
        StringList list = new StringList(args.size());
        for (int i = 0; i < args.size(); i++) {
            list.strings[i] = args.get(i).getBytes(StandardCharsets.UTF_8);
        }
        return list;
    }

    static StringList ofEnviron(Config config) {
        StringList list = new StringList(config.environ.size());
        int i = 0;
        for (Map.Entry<String, String> variable : config.environ.entrySet()) {
            String text = variable.getKey().concat("=").concat(variable.getValue());
            list.strings[i++] = text.getBytes(StandardCharsets.UTF_8);
        }
        return list;
    }

    void sizesGet(Guest guest, long countAddress, long sizeAddress) throws ErrnoException {
        guest.check(countAddress, 4);
        guest.check(sizeAddress, 4);
        guest.writeInt(countAddress, strings.length);
        guest.writeInt(sizeAddress, (int) sizeBytes());
    }

    void get(Guest guest, long pointersAddress, long bufferAddress) throws ErrnoException {
        guest.check(pointersAddress, (long) POINTER_SIZE_BYTES * strings.length);
        guest.check(bufferAddress, sizeBytes());
        long pointer = pointersAddress;
        long address = bufferAddress;
        for (byte[] string : strings) {
            guest.writeInt(pointer, (int) address);
            guest.writeBytes(address, string, 0, string.length);
            guest.writeByte(address + string.length, 0);
            pointer += POINTER_SIZE_BYTES;
            address += string.length + 1;
        }
    }

    private long sizeBytes() {
        long size = 0;
        for (byte[] string : strings) {
            size += string.length + 1;
        }
        return size;
    }
}
