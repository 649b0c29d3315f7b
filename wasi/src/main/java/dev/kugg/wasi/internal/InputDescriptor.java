package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.errno.ErrnoException;
import dev.kugg.wasi.internal.stream.Input;

import org.jspecify.annotations.Nullable;

/** Standard input: a stream that is only read. */
final class InputDescriptor extends StreamDescriptor {
    /** Null where the host gave none: at its end. */
    private final @Nullable Input input;

    InputDescriptor(@Nullable Input input, boolean terminal) {
        super(terminal, Rights.FD_READ);
        this.input = input;
    }

    @Override
    void read(Guest guest, long iovs, long count, long sizeAddress) throws ErrnoException {
        readFrom(input, guest, iovs, count, sizeAddress);
    }

    @Override
    void write(Guest guest, long iovs, long count, long sizeAddress) throws ErrnoException {
        throw wrongDirection();
    }

    @Override
    void pollRead(Guest guest, Readiness readiness) {
        pollInput(input, guest, readiness);
    }
}
