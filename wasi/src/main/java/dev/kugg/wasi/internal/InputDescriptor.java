package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/** Standard input: a stream that is only read. */
final class InputDescriptor extends Descriptor {
    /** Null where the host gave none: at its end. */
    private final @Nullable Input input;

    InputDescriptor(@Nullable Input input, boolean terminal) {
        super(terminal, Rights.FD_READ);
        this.input = input;
    }

    @Nullable Input input() {
        return input;
    }

    @Override
    void read(Guest guest, long iovs, long count, long sizeAddress) throws ErrnoException {
        IoVectors target = new IoVectors(guest, iovs, count);
        guest.check(sizeAddress, 4);
        int size = 0;
        if (input != null && target.sizeBytes() > 0) {
            byte[] buffer = takeBuffer(target.sizeBytes());
            int wanted = (int) Math.min(target.sizeBytes(), buffer.length);
            size = read(input, guest, buffer, wanted);
            target.scatter(buffer, size);
            giveBuffer(buffer);
        }
        guest.writeInt(sizeAddress, size);
    }

    private int read(Input from, Guest guest, byte[] buffer, int wanted) throws ErrnoException {
        try {
            return from.read(guest.instance(), buffer, wanted, nonblocking());
        } catch (IOException e) {
            throw new ErrnoException(Errno.IO);
        }
    }

    @Override
    void write(Guest guest, long iovs, long count, long sizeAddress) throws ErrnoException {
        throw new ErrnoException(Errno.BADF);
    }
}
