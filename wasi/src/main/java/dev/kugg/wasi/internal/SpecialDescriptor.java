package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;
import dev.kugg.wasi.internal.file.FileType;
import dev.kugg.wasi.internal.file.SpecialFile;
import dev.kugg.wasi.internal.file.Times;
import dev.kugg.wasi.internal.stream.Input;
import dev.kugg.wasi.internal.stream.Output;

import org.jspecify.annotations.Nullable;

/** An open FIFO or device. */
final class SpecialDescriptor extends StreamDescriptor {
    private static final int WHENCE_END = 2;

    private final SpecialFile file;

    /** Null where it is not read. */
    private final @Nullable Input input;

    /** Null where it is not written. */
    private final @Nullable Output output;

    private SpecialDescriptor(SpecialFile file, long rights, int flags) {
        super(file.stat().type().number(), rights, flags);
        this.file = file;
        this.input = (rights & Rights.FD_READ) != 0 ? file.input() : null;
        this.output = file.output();
    }

    /** Opens a file that is not open yet, which may have to wait. */
    static SpecialDescriptor open(
            SpecialFile file, Guest guest, boolean read, boolean write, long inherited, int flags)
            throws ErrnoException {
        file.open(guest.waiter());
        long rights =
                Rights.OF_FILE
                        | (read ? Rights.FD_READ : Rights.NONE)
                        | (write ? Rights.FD_WRITE : Rights.NONE);
        return new SpecialDescriptor(file, rights & inherited, flags);
    }

    @Override
    void read(Guest guest, long iovs, long count, long sizeAddress) throws ErrnoException {
        if (input == null) {
            throw wrongDirection();
        }
        readFrom(input, guest, iovs, count, sizeAddress);
    }

    @Override
    void write(Guest guest, long iovs, long count, long sizeAddress) throws ErrnoException {
        if (output == null) {
            throw wrongDirection();
        }
        writeTo(output, guest, iovs, count, sizeAddress);
    }

    @Override
    void pollRead(Guest guest, Readiness readiness) throws ErrnoException {
        if (input == null) {
            throw wrongDirection();
        }
        pollInput(input, guest, readiness);
    }

    @Override
    void pollWrite(Guest guest, Readiness readiness) throws ErrnoException {
        if (output == null) {
            throw wrongDirection();
        }
        pollOutput(output, guest, readiness);
    }

    /** A device stays where it is, at its beginning; a FIFO has no position. */
    @Override
    void seek(Guest guest, long offset, int whence, long positionAddress) throws ErrnoException {
        guest.check(positionAddress, 8);
        if (whence < 0 || whence > WHENCE_END) {
            throw new ErrnoException(Errno.INVAL);
        }
        tell(guest, positionAddress);
    }

    @Override
    void tell(Guest guest, long positionAddress) throws ErrnoException {
        if (file.stat().type() == FileType.UNKNOWN) {
            throw new ErrnoException(Errno.SPIPE);
        }
        guest.writeLong(positionAddress, 0);
    }

    @Override
    void filestatGet(Guest guest, long address) throws ErrnoException {
        guest.check(address, Filestat.SIZE_BYTES);
        Filestat.write(guest, address, file.stat());
    }

    @Override
    void setTimes(Times times) throws ErrnoException {
        file.setTimes(times);
    }

    @Override
    void close() {
        file.close();
    }
}
