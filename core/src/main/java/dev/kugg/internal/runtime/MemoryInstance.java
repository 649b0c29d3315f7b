package dev.kugg.internal.runtime;

import dev.kugg.LimitException;
import dev.kugg.Memory;
import dev.kugg.types.Limits;
import dev.kugg.types.MemoryType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * A memory: one {@code byte[]} of exactly its size, so that the array's own bounds check is the
 * memory's. Growing makes a new array; generated code reads {@link #bytes} again behind everything
 * that may grow it.
 */
public final class MemoryInstance implements Memory {
    /** The most pages one Java array holds. */
    public static final int MAX_PAGES = 32_767;

    private static final int PAGE = MemoryType.PAGE_SIZE_BYTES;

    /** The contents; replaced by {@link #grow}. */
    public byte[] bytes;

    private final Limits limits;
    private final Quota quota;

    private MemoryInstance(byte[] bytes, Limits limits, Quota quota) {
        this.bytes = bytes;
        this.limits = limits;
        this.quota = quota;
    }

    /** As {@link Memory#create}. */
    public static MemoryInstance create(MemoryType type) {
        Quota quota = new Quota(MAX_PAGES);
        take(quota, type, MAX_PAGES);
        return create(type, quota);
    }

    /**
     * Takes the pages a memory begins with.
     *
     * @param most what the quota began with
     * @throws LimitException if there are not so many
     */
    public static void take(Quota quota, MemoryType type, int most) {
        long pages = type.limits().min();
        if (pages > MAX_PAGES || !quota.take(pages)) {
            throw new LimitException(
                    "a memory of " + pages + " pages; the limit is " + Math.min(most, MAX_PAGES));
        }
    }

    /** {@return a memory whose first pages are {@link #take taken}} */
    public static MemoryInstance create(MemoryType type, Quota quota) {
        long pages = type.limits().min();
        try {
            return new MemoryInstance(new byte[(int) pages * PAGE], type.limits(), quota);
        } catch (OutOfMemoryError e) {
            throw new LimitException("a memory of " + pages + " pages: the JVM has no room for it");
        }
    }

    @Override
    public MemoryType type() {
        return new MemoryType(new Limits(sizePages(), limits.max()));
    }

    @Override
    public long sizeBytes() {
        return bytes.length;
    }

    @Override
    public long sizePages() {
        return bytes.length / PAGE;
    }

    @Override
    public long grow(long deltaPages) {
        if (deltaPages < 0) {
            throw new IllegalArgumentException("a memory cannot grow by " + deltaPages + " pages");
        }
        return deltaPages > MAX_PAGES ? -1 : grow((int) deltaPages);
    }

    /** {@code memory.grow}; the operand is unsigned. */
    public int grow(int deltaPages) {
        int pages = bytes.length / PAGE;
        long most = limits.hasMax() ? Math.min(limits.max(), MAX_PAGES) : MAX_PAGES;
        long wanted = pages + Integer.toUnsignedLong(deltaPages);
        if (wanted > most || !quota.take(wanted - pages)) {
            return -1;
        }
        if (deltaPages != 0) {
            try {
                bytes = Arrays.copyOf(bytes, (int) wanted * PAGE);
            } catch (OutOfMemoryError e) {
                quota.giveBack(wanted - pages);
                return -1;
            }
        }
        return pages;
    }

    /** {@return the address as an index, if so many bytes lie there} */
    private int check(long address, long length) {
        long size = bytes.length;
        if ((address | length) < 0 || length > size || address > size - length) {
            throw new IndexOutOfBoundsException(
                    "out of bounds memory access: "
                            + length
                            + " bytes at address "
                            + address
                            + " of a memory of "
                            + size
                            + " bytes");
        }
        return (int) address;
    }

    @Override
    public byte readByte(long address) {
        return bytes[check(address, 1)];
    }

    @Override
    public short readShort(long address) {
        return (short) (char) MemoryAccess.I16.get(bytes, check(address, 2));
    }

    @Override
    public int readInt(long address) {
        return (int) MemoryAccess.I32.get(bytes, check(address, 4));
    }

    @Override
    public long readLong(long address) {
        return (long) MemoryAccess.I64.get(bytes, check(address, 8));
    }

    @Override
    public byte[] readBytes(long address, int length) {
        int from = check(address, length);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    @Override
    public void readBytes(long address, byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        System.arraycopy(bytes, check(address, length), target, offset, length);
    }

    @Override
    public String readString(long address, int length) {
        return new String(bytes, check(address, length), length, StandardCharsets.UTF_8);
    }

    @Override
    public String readCString(long address) {
        int from = check(address, 1);
        for (int end = from; end < bytes.length; end++) {
            if (bytes[end] == 0) {
                return new String(bytes, from, end - from, StandardCharsets.UTF_8);
            }
        }
        throw new IndexOutOfBoundsException(
                "no zero byte between address " + address + " and the memory's end");
    }

    @Override
    public void writeByte(long address, byte value) {
        bytes[check(address, 1)] = value;
    }

    @Override
    public void writeShort(long address, short value) {
        MemoryAccess.I16.set(bytes, check(address, 2), (char) value);
    }

    @Override
    public void writeInt(long address, int value) {
        MemoryAccess.I32.set(bytes, check(address, 4), value);
    }

    @Override
    public void writeLong(long address, long value) {
        MemoryAccess.I64.set(bytes, check(address, 8), value);
    }

    @Override
    public void writeBytes(long address, byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        System.arraycopy(source, offset, bytes, check(address, length), length);
    }

    @Override
    public int writeString(long address, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        writeBytes(address, utf8, 0, utf8.length);
        return utf8.length;
    }

    @Override
    public void fill(long address, long length, byte value) {
        int from = check(address, length);
        Arrays.fill(bytes, from, from + (int) length, value);
    }

    @Override
    public String toString() {
        return "memory of " + bytes.length + " bytes";
    }
}
