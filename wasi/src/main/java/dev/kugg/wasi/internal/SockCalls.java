package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.errno.ErrnoException;

/**
 * What is done with sockets.
 *
 * @see <a
 *     href="https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md#sock_accept">sock_accept</a>
 */
final class SockCalls {
    private final Descriptors descriptors;
    private final Guest guest;

    SockCalls(Descriptors descriptors, Guest guest) {
        this.descriptors = descriptors;
        this.guest = guest;
    }

    void run(Preview1Function function) throws ErrnoException {
        switch (function) {
            case SOCK_ACCEPT -> accept(guest.i32(1), guest.u32(2));
            case SOCK_RECV -> receive(guest.i32(3), guest.u32(4), guest.u32(5));
            case SOCK_SEND ->
                    fd(Rights.FD_WRITE)
                            .send(guest, guest.u32(1), guest.u32(2), guest.i32(3), guest.u32(4));
            case SOCK_SHUTDOWN -> fd(Rights.SOCK_SHUTDOWN).shutdown(guest.i32(1));
            default -> throw new AssertionError(function);
        }
    }

    private Descriptor fd(long right) throws ErrnoException {
        return descriptors.get(guest.i32(0), right);
    }

    private void accept(int fdflags, long fdAddress) throws ErrnoException {
        Descriptor listener = fd(Rights.SOCK_ACCEPT);
        guest.check(fdAddress, 4);
        descriptors.requireRoom();
        int fd = descriptors.add(listener.accept(guest, fdflags));
        guest.writeInt(fdAddress, fd);
    }

    /** A stream has no messages that could be cut, which is all the flags in the answer say. */
    private void receive(int riflags, long sizeAddress, long roflagsAddress) throws ErrnoException {
        Descriptor socket = fd(Rights.FD_READ);
        guest.check(roflagsAddress, 2);
        socket.receive(guest, guest.u32(1), guest.u32(2), riflags, sizeAddress);
        guest.writeShort(roflagsAddress, 0);
    }
}
