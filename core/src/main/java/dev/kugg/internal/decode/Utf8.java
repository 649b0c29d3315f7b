package dev.kugg.internal.decode;

/**
 * Says whether bytes are UTF-8, strictly: no overlong forms, no surrogates, nothing above U+10FFFF.
 * The JDK's decoder would replace what is bad or need a CharsetDecoder per name.
 */
final class Utf8 {
    private Utf8() {}

    /**
     * {@return the position of the first sequence in {@code start..end} that is no character, or
     * -1}
     */
    static int firstBad(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end) {
            int length = bytes[at] >= 0 ? 1 : sequenceLength(bytes, at, end);
            if (length == 0) {
                return at;
            }
            at += length;
        }
        return -1;
    }

    /** {@return the length of the sequence of two to four bytes at {@code at}, 0 when it is bad} */
    private static int sequenceLength(byte[] bytes, int at, int end) {
        int first = bytes[at] & 0xff;
        int length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
        if (length == 0 || at + length > end) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return secondByteFits(first, bytes[at + 1] & 0xff) ? length : 0;
    }

    /**
     * The first byte narrows the second where the shortest form, surrogates or the end of Unicode
     * ask for it.
     */
    private static boolean secondByteFits(int first, int second) {
        return switch (first) {
            case 0xe0 -> second >= 0xa0;
            case 0xed -> second < 0xa0;
            case 0xf0 -> second >= 0x90;
            case 0xf4 -> second < 0x90;
            default -> true;
        };
    }
}
