package dev.kugg;

import dev.kugg.internal.runtime.MemoryInstance;
import dev.kugg.types.MemoryType;

/**
 * A linear memory: bytes that the guest reads and writes, little-endian, and so may the host.
 *
 * <p>Addresses and lengths are in bytes. Each access is checked; one that leaves the memory throws
 * {@link IndexOutOfBoundsException}, names the range and changes nothing. A memory belongs to the
 * thread that runs its instance: the host uses it before and after calls, or from host functions.
 *
 * {@snippet class="dev.kugg.Snippets" region="memory"}
 *
 * @see <a href="https://webassembly.github.io/spec/core/exec/runtime.html#memory-instances">Memory
 *     instances</a>
 */
public sealed interface Memory extends Extern permits MemoryInstance {
    /**
     * {@return a new memory that a module may import}
     *
     * @param type its limits
     * @throws LimitException if it is larger than a memory can be or than the JVM has room for
     */
    static Memory create(MemoryType type) {
        return MemoryInstance.create(type);
    }

    @Override
    MemoryType type();

    /** {@return the present size in bytes} */
    long sizeBytes();

    /** {@return the present size in pages of 65,536 bytes} */
    long sizePages();

    /**
     * Grows the memory.
     *
     * @param deltaPages how many pages to add; not negative
     * @return the size before in pages, or -1 if it cannot grow by so many
     * @throws IllegalArgumentException if {@code deltaPages} is negative
     */
    long grow(long deltaPages);

    /**
     * {@return the byte at an address}
     *
     * @param address the address
     */
    byte readByte(long address);

    /**
     * {@return the two bytes at an address as a number}
     *
     * @param address the address; any alignment
     */
    short readShort(long address);

    /**
     * {@return the four bytes at an address as a number}
     *
     * @param address the address; any alignment
     */
    int readInt(long address);

    /**
     * {@return the eight bytes at an address as a number}
     *
     * @param address the address; any alignment
     */
    long readLong(long address);

    /**
     * {@return the four bytes at an address as a floating-point number}
     *
     * @param address the address; any alignment
     */
    default float readFloat(long address) {
        return Float.intBitsToFloat(readInt(address));
    }

    /**
     * {@return the eight bytes at an address as a floating-point number}
     *
     * @param address the address; any alignment
     */
    default double readDouble(long address) {
        return Double.longBitsToDouble(readLong(address));
    }

    /**
     * {@return a copy of bytes}
     *
     * @param address where they begin
     * @param length how many
     */
    byte[] readBytes(long address, int length);

    /**
     * Copies bytes to an array.
     *
     * @param address where they begin in this memory
     * @param target takes them
     * @param offset where they begin in the array
     * @param length how many
     */
    void readBytes(long address, byte[] target, int offset, int length);

    /**
     * {@return UTF-8 bytes as a string; bytes that are not UTF-8 become U+FFFD}
     *
     * @param address where they begin
     * @param length how many bytes
     */
    String readString(long address, int length);

    /**
     * {@return the UTF-8 bytes before the next zero byte as a string, as C keeps one}
     *
     * @param address where they begin
     * @throws IndexOutOfBoundsException if no zero byte follows
     */
    String readCString(long address);

    /**
     * Writes a byte.
     *
     * @param address the address
     * @param value the byte
     */
    void writeByte(long address, byte value);

    /**
     * Writes two bytes.
     *
     * @param address the address; any alignment
     * @param value the number
     */
    void writeShort(long address, short value);

    /**
     * Writes four bytes.
     *
     * @param address the address; any alignment
     * @param value the number
     */
    void writeInt(long address, int value);

    /**
     * Writes eight bytes.
     *
     * @param address the address; any alignment
     * @param value the number
     */
    void writeLong(long address, long value);

    /**
     * Writes a floating-point number of four bytes.
     *
     * @param address the address; any alignment
     * @param value the number
     */
    default void writeFloat(long address, float value) {
        writeInt(address, Float.floatToRawIntBits(value));
    }

    /**
     * Writes a floating-point number of eight bytes.
     *
     * @param address the address; any alignment
     * @param value the number
     */
    default void writeDouble(long address, double value) {
        writeLong(address, Double.doubleToRawLongBits(value));
    }

    /**
     * Writes all bytes of an array.
     *
     * @param address where they go
     * @param source the bytes
     */
    default void writeBytes(long address, byte[] source) {
        writeBytes(address, source, 0, source.length);
    }

    /**
     * Writes bytes of an array.
     *
     * @param address where they go in this memory
     * @param source holds them
     * @param offset where they begin in the array
     * @param length how many
     */
    void writeBytes(long address, byte[] source, int offset, int length);

    /**
     * Writes a string as UTF-8, without a zero byte behind it.
     *
     * @param address where it goes
     * @param value the string
     * @return the number of bytes written
     */
    int writeString(long address, String value);

    /**
     * Sets bytes to one value.
     *
     * @param address where they begin
     * @param length how many
     * @param value the value of each
     */
    void fill(long address, long length, byte value);
}
