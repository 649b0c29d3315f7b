package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;
import dev.kugg.wasi.internal.stream.Input;
import dev.kugg.wasi.internal.stream.Output;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/** Something that is read and written through streams which may have to wait. */
abstract class StreamDescriptor extends Descriptor {
    /** How many bytes a stream is said to take at once. */
    private static final long WRITABLE_BYTES = 65_536;

    StreamDescriptor(boolean terminal, long rights) {
        super(terminal, rights);
    }

    StreamDescriptor(int fileType, long rights, int flags) {
        super(fileType, rights, Rights.NONE, flags);
    }

    /** Reads from an input; one that is missing is at its end. */
    final void readFrom(@Nullable Input input, Guest guest, long iovs, long count, long sizeAddress)
            throws ErrnoException {
        IoVectors target = new IoVectors(guest, iovs, count);
        guest.check(sizeAddress, 4);
        int size = 0;
        if (input != null && target.sizeBytes() > 0) {
            byte[] buffer = guest.takeBuffer(target.sizeBytes());
            int wanted = (int) Math.min(target.sizeBytes(), buffer.length);
            size = read(input, guest, buffer, wanted);
            target.scatter(buffer, size);
            guest.giveBuffer(buffer);
        }
        guest.writeInt(sizeAddress, size);
    }

    private int read(Input input, Guest guest, byte[] buffer, int wanted) throws ErrnoException {
        try {
            return input.read(guest.waiter(), buffer, wanted, nonblocking());
        } catch (IOException e) {
            throw new ErrnoException(input.errnoOf(e));
        }
    }

    /** Writes to an output; one that is missing throws everything away. */
    final void writeTo(
            @Nullable Output output, Guest guest, long iovs, long count, long sizeAddress)
            throws ErrnoException {
        IoVectors source = new IoVectors(guest, iovs, count);
        guest.check(sizeAddress, 4);
        long size = source.sizeBytes();
        if (output != null && size > 0) {
            byte[] buffer = guest.takeBuffer(size);
            size = write(output, guest, source, buffer);
            guest.giveBuffer(buffer);
        }
        guest.writeInt(sizeAddress, (int) size);
    }

    /**
     * {@return how many bytes were written}, which is fewer than asked for if the stream breaks in
     * the middle.
     */
    private long write(Output output, Guest guest, IoVectors source, byte[] buffer)
            throws ErrnoException {
        long size = source.sizeBytes();
        long done = 0;
        try {
            boolean more = true;
            while (more) {
                int length = (int) Math.min(size - done, buffer.length);
                source.gather(buffer, length);
                int written = output.write(guest.waiter(), buffer, length, nonblocking());
                done += written;
                more = written == length && done < size;
                guest.instance().checkInterrupted();
            }
        } catch (ErrnoException e) {
            if (done == 0) {
                throw e;
            }
        }
        return done;
    }

    static void pollInput(@Nullable Input input, Guest guest, Readiness readiness) {
        if (input == null) {
            readiness.hangup();
        } else if (!input.watch(guest.waiter())) {
            readiness.waits();
        } else {
            int bytes = input.readableBytes();
            if (bytes == 0) {
                readiness.hangup();
            } else {
                readiness.ready(bytes);
            }
        }
    }

    static void pollOutput(@Nullable Output output, Guest guest, Readiness readiness) {
        if (output == null || output.watch(guest.waiter())) {
            readiness.ready(WRITABLE_BYTES);
        } else {
            readiness.waits();
        }
    }

    static ErrnoException wrongDirection() {
        return new ErrnoException(Errno.BADF);
    }
}
