package dev.kugg.wasi.internal.stream;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts what one guest writes into lines. They are UTF-8; a line ends at a line feed, and a carriage
 * return before it does not count. A guest that never ends a line does not fill the host's memory:
 * what is longer than 64 KiB is handed on in pieces.
 */
final class LineStream extends OutputStream {
    private static final int MAX_LINE_BYTES = 65_536;

    private final Consumer<? super String> lines;

    /** The unfinished line: the first {@code length} bytes. */
    private byte[] line = new byte[256];

    private int length;

    LineStream(Consumer<? super String> lines) {
        this.lines = lines;
    }

    Consumer<? super String> consumer() {
        return lines;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            byte b = bytes[i];
            if (b == '\n') {
                hand(length > 0 && line[length - 1] == '\r' ? length - 1 : length, length);
            } else {
                add(b);
            }
        }
    }

    /** Hands on the last line if it is unfinished. */
    void finish() {
        if (length > 0) {
            hand(length, length);
        }
    }

    private void add(byte b) {
        if (length == MAX_LINE_BYTES) {
            int whole = wholeCharacters();
            hand(whole, whole);
        }
        if (length == line.length) {
            line = Arrays.copyOf(line, Math.min(2 * length, MAX_LINE_BYTES));
        }
        line[length++] = b;
    }

    /** {@return how many bytes to hand on so that no character is cut} */
    private int wholeCharacters() {
        int start = length - 1;
        while (start > length - 4 && isContinuation(line[start])) {
            start--;
        }
        return isContinuation(line[start]) || line[start] >= 0 ? length : start;
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xc0) == 0x80;
    }

    /** Hands on the first bytes of the line, and forgets the first {@code used} ones. */
    private void hand(int count, int used) {
        String text = new String(line, 0, count, StandardCharsets.UTF_8);
        length -= used;
        System.arraycopy(line, used, line, 0, length);
        lines.accept(text);
    }
}
