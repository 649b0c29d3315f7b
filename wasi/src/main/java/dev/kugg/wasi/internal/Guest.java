package dev.kugg.wasi.internal;

import dev.kugg.HostCall;
import dev.kugg.Instance;
import dev.kugg.Memory;
import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;
import dev.kugg.wasi.internal.stream.Waiter;

import org.jspecify.annotations.Nullable;

/**
 * The calling guest during one call: its arguments and its memory, which are not to be trusted, and
 * its wish to wait.
 *
 * <p>Addresses are longs, so that a 32-bit pointer plus an offset cannot wrap round. Each access is
 * checked and ends in {@link Errno#FAULT} where it leaves the memory; a range of no bytes is never
 * outside, as on Linux.
 */
final class Guest {
    private final HostCall call;
    private final Waiter waiter;
    private final TransferBuffer buffer;
    private final @Nullable Memory memory;

    Guest(HostCall call, Waiter waiter, TransferBuffer buffer) {
        this.call = call;
        this.waiter = waiter;
        this.buffer = buffer;
        this.memory = memoryOf(call);
    }

    /** A guest without a memory has no address that could be read or written. */
    private static @Nullable Memory memoryOf(HostCall call) {
        try {
            return call.memory();
        } catch (IllegalStateException e) {
            return null;
        }
    }

    int i32(int index) {
        return call.i32(index);
    }

    long i64(int index) {
        return call.i64(index);
    }

    /**
     * {@return an i32 argument that is an address, a length or a count, all of which are unsigned}
     */
    long u32(int index) {
        return Integer.toUnsignedLong(call.i32(index));
    }

    Instance instance() {
        return call.instance();
    }

    /** {@return how this guest waits} */
    Waiter waiter() {
        return waiter.of(call.instance());
    }

    /** {@return an array to copy through, for so many bytes, until it is given back} */
    byte[] takeBuffer(long sizeBytes) {
        return buffer.take(sizeBytes);
    }

    void giveBuffer(byte[] given) {
        buffer.give(given);
    }

    void check(long address, long lengthBytes) throws ErrnoException {
        if (lengthBytes > 0) {
            memory(address, lengthBytes);
        }
    }

    byte readByte(long address) throws ErrnoException {
        return memory(address, 1).readByte(address);
    }

    short readShort(long address) throws ErrnoException {
        return memory(address, 2).readShort(address);
    }

    int readInt(long address) throws ErrnoException {
        return memory(address, 4).readInt(address);
    }

    /** {@return an address, a length or a count at an address} */
    long readU32(long address) throws ErrnoException {
        return Integer.toUnsignedLong(readInt(address));
    }

    long readLong(long address) throws ErrnoException {
        return memory(address, 8).readLong(address);
    }

    void readBytes(long address, byte[] target, int offset, int length) throws ErrnoException {
        if (length > 0) {
            memory(address, length).readBytes(address, target, offset, length);
        }
    }

    void writeByte(long address, int value) throws ErrnoException {
        memory(address, 1).writeByte(address, (byte) value);
    }

    void writeShort(long address, int value) throws ErrnoException {
        memory(address, 2).writeShort(address, (short) value);
    }

    void writeInt(long address, int value) throws ErrnoException {
        memory(address, 4).writeInt(address, value);
    }

    void writeLong(long address, long value) throws ErrnoException {
        memory(address, 8).writeLong(address, value);
    }

    void writeBytes(long address, byte[] source, int offset, int length) throws ErrnoException {
        if (length > 0) {
            memory(address, length).writeBytes(address, source, offset, length);
        }
    }

    void writeZeros(long address, long lengthBytes) throws ErrnoException {
        if (lengthBytes > 0) {
            memory(address, lengthBytes).fill(address, lengthBytes, (byte) 0);
        }
    }

    private Memory memory(long address, long lengthBytes) throws ErrnoException {
        if (memory == null || lengthBytes > memory.sizeBytes() - address) {
            throw new ErrnoException(Errno.FAULT);
        }
        return memory;
    }
}
