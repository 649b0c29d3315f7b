package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.errno.ErrnoException;
import dev.kugg.wasi.internal.stream.Output;

import org.jspecify.annotations.Nullable;

/** Standard output or standard error output: a stream that is only written. */
final class OutputDescriptor extends StreamDescriptor {
    /** Null where the host gave none: everything is thrown away. */
    private final @Nullable Output output;

    OutputDescriptor(@Nullable Output output, boolean terminal) {
        super(terminal, Rights.FD_WRITE);
        this.output = output;
    }

    @Override
    void read(Guest guest, long iovs, long count, long sizeAddress) throws ErrnoException {
        throw wrongDirection();
    }

    @Override
    void write(Guest guest, long iovs, long count, long sizeAddress) throws ErrnoException {
        writeTo(output, guest, iovs, count, sizeAddress);
    }

    @Override
    void pollWrite(Guest guest, Readiness readiness) {
        pollOutput(output, guest, readiness);
    }

    @Override
    void close() {
        if (output != null) {
            output.finish();
        }
    }
}
