package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.errno.ErrnoException;
import dev.kugg.wasi.internal.file.Times;

/**
 * What is done with an open descriptor, but for what every program does: reads its arguments, finds
 * the descriptor and checks that the guest still has the right.
 */
final class FileCalls {
    private static final int WHENCE_CUR = 1;

    private final Descriptors descriptors;
    private final Clocks clocks;
    private final Guest guest;

    FileCalls(Descriptors descriptors, Clocks clocks, Guest guest) {
        this.descriptors = descriptors;
        this.clocks = clocks;
        this.guest = guest;
    }

    void run(Preview1Function function) throws ErrnoException {
        switch (function) {
            case FD_ADVISE -> fd(Rights.FD_ADVISE).advise(guest.i64(1), guest.i64(2), guest.i32(3));
            case FD_ALLOCATE -> fd(Rights.FD_ALLOCATE).allocate(guest.i64(1), guest.i64(2));
            case FD_DATASYNC -> fd(Rights.FD_DATASYNC).sync(false);
            case FD_SYNC -> fd(Rights.FD_SYNC).sync(true);
            case FD_FDSTAT_SET_FLAGS -> fd(Rights.FD_FDSTAT_SET_FLAGS).fdstatSetFlags(guest.i32(1));
            case FD_FDSTAT_SET_RIGHTS ->
                    fd(Rights.NONE).fdstatSetRights(guest.i64(1), guest.i64(2));
            case FD_FILESTAT_GET -> fd(Rights.FD_FILESTAT_GET).filestatGet(guest, guest.u32(1));
            case FD_FILESTAT_SET_SIZE -> fd(Rights.FD_FILESTAT_SET_SIZE).setSize(guest.i64(1));
            case FD_FILESTAT_SET_TIMES -> setTimes();
            case FD_PREAD -> pread();
            case FD_PWRITE -> pwrite();
            case FD_PRESTAT_GET -> fd(Rights.NONE).prestatGet(guest, guest.u32(1));
            case FD_PRESTAT_DIR_NAME ->
                    fd(Rights.NONE).prestatDirName(guest, guest.u32(1), guest.u32(2));
            case FD_READDIR ->
                    fd(Rights.FD_READDIR)
                            .readdir(guest, guest.u32(1), guest.u32(2), guest.i64(3), guest.u32(4));
            case FD_SEEK -> seek(guest.i64(1), guest.i32(2));
            case FD_TELL -> fd(Rights.FD_TELL).tell(guest, guest.u32(1));
            default -> throw new AssertionError(function);
        }
    }

    private Descriptor fd(long right) throws ErrnoException {
        return descriptors.get(guest.i32(0), right);
    }

    private void setTimes() throws ErrnoException {
        Descriptor descriptor = fd(Rights.FD_FILESTAT_SET_TIMES);
        Times times = Filestat.times(clocks, guest.i64(1), guest.i64(2), guest.i32(3));
        descriptor.setTimes(times);
    }

    private void pread() throws ErrnoException {
        fd(Rights.FD_READ | Rights.FD_SEEK)
                .pread(guest, guest.u32(1), guest.u32(2), guest.i64(3), guest.u32(4));
    }

    private void pwrite() throws ErrnoException {
        fd(Rights.FD_WRITE | Rights.FD_SEEK)
                .pwrite(guest, guest.u32(1), guest.u32(2), guest.i64(3), guest.u32(4));
    }

    /** Asking where one is is telling, by whichever function. */
    private void seek(long offset, int whence) throws ErrnoException {
        boolean tells = offset == 0 && whence == WHENCE_CUR;
        fd(tells ? Rights.FD_TELL : Rights.FD_SEEK).seek(guest, offset, whence, guest.u32(3));
    }
}
