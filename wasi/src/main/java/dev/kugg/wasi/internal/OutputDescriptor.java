package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/** Standard output or standard error output: a stream that is only written. */
final class OutputDescriptor extends Descriptor {
    /** Null where the host gave none: everything is thrown away. */
    private final @Nullable OutputStream out;

    OutputDescriptor(@Nullable OutputStream out, boolean terminal) {
        super(terminal, Rights.FD_WRITE);
        this.out = out;
    }

    @Override
    void read(Guest guest, long iovs, long count, long sizeAddress) throws ErrnoException {
        throw new ErrnoException(Errno.BADF);
    }

    @Override
    void write(Guest guest, long iovs, long count, long sizeAddress) throws ErrnoException {
        IoVectors source = new IoVectors(guest, iovs, count);
        guest.check(sizeAddress, 4);
        long size = source.sizeBytes();
        if (out != null && size > 0) {
            byte[] buffer = takeBuffer(size);
            size = write(out, guest, source, buffer);
            giveBuffer(buffer);
        }
        guest.writeInt(sizeAddress, (int) size);
    }

    /**
     * {@return how many bytes were written}, which is fewer than asked for if the stream breaks in
     * the middle.
     */
    private static long write(OutputStream out, Guest guest, IoVectors source, byte[] buffer)
            throws ErrnoException {
        long size = source.sizeBytes();
        long written = 0;
        try {
            while (written < size) {
                int length = (int) Math.min(size - written, buffer.length);
                source.gather(buffer, length);
                out.write(buffer, 0, length);
                flush(out);
                written += length;
                guest.instance().checkInterrupted();
            }
        } catch (IOException e) {
            // Why it is broken stands only in the message, whose wording nobody promises.
            if (written == 0) {
                throw new ErrnoException(Errno.IO);
            }
        }
        return written;
    }

    /** Shows what was written. A print stream keeps its errors to itself, and has to be asked. */
    private static void flush(OutputStream out) throws IOException {
        if (out instanceof PrintStream print) {
            if (print.checkError()) {
                throw new IOException("the print stream has failed");
            }
        } else {
            out.flush();
        }
    }
}
