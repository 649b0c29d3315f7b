package dev.kugg.internal.classfile;

import java.util.Arrays;

/** A growing array of bytes, written big-endian as class files want it. */
final class ByteVector {
    byte[] bytes;
    int size;

    ByteVector(int capacity) {
        bytes = new byte[capacity];
    }

    void u1(int value) {
        if (size == bytes.length) {
            grow(1);
        }
        bytes[size++] = (byte) value;
    }

    void u2(int value) {
        if (size + 2 > bytes.length) {
            grow(2);
        }
        bytes[size++] = (byte) (value >> 8);
        bytes[size++] = (byte) value;
    }

    void u4(int value) {
        if (size + 4 > bytes.length) {
            grow(4);
        }
        bytes[size++] = (byte) (value >> 24);
        bytes[size++] = (byte) (value >> 16);
        bytes[size++] = (byte) (value >> 8);
        bytes[size++] = (byte) value;
    }

    void u8(long value) {
        u4((int) (value >> 32));
        u4((int) value);
    }

    void putU2(int at, int value) {
        bytes[at] = (byte) (value >> 8);
        bytes[at + 1] = (byte) value;
    }

    void putU4(int at, int value) {
        putU2(at, value >> 16);
        putU2(at + 2, value);
    }

    void append(ByteVector other) {
        append(other.bytes, other.size);
    }

    void append(byte[] source, int length) {
        if (size + length > bytes.length) {
            grow(length);
        }
        System.arraycopy(source, 0, bytes, size, length);
        size += length;
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void grow(int more) {
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
}
