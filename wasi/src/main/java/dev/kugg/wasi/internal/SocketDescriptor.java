package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;
import dev.kugg.wasi.internal.file.FileType;
import dev.kugg.wasi.internal.stream.Waiter;

import java.io.IOException;
import java.nio.channels.SelectableChannel;

/**
 * A socket. Its channel never blocks, so that whoever interrupts the guest's thread does not close
 * it; the guest waits for it as for anything else. What the host gave stays the host's; a
 * connection the guest accepts is closed with its descriptor.
 */
abstract class SocketDescriptor extends Descriptor {
    private final SelectableChannel channel;
    private final Waiter waiter;
    private final boolean owned;

    SocketDescriptor(
            SelectableChannel channel, Waiter waiter, boolean owned, long rights, int flags)
            throws IOException {
        super(
                FileType.SOCKET_STREAM.number(),
                rights
                        | Rights.FD_FDSTAT_SET_FLAGS
                        | Rights.FD_FILESTAT_GET
                        | Rights.POLL_FD_READWRITE,
                Rights.NONE,
                flags);
        this.channel = channel;
        this.waiter = waiter;
        this.owned = owned;
        channel.configureBlocking(false);
    }

    /** Waits until the channel is ready, or refuses to where the guest asked for that. */
    final void await(Guest guest, int operations) throws ErrnoException {
        if (nonblocking()) {
            throw new ErrnoException(Errno.AGAIN);
        }
        Waiter waiting = guest.waiter();
        try {
            if (watch(waiting, operations) == 0) {
                waiting.await(Long.MAX_VALUE);
            }
        } finally {
            waiting.release();
        }
    }

    /** {@return which of the operations would not wait; the waiter is woken for the others} */
    final int watch(Waiter waiting, int operations) throws ErrnoException {
        try {
            return waiting.watch(channel, operations);
        } catch (IOException e) {
            throw new ErrnoException(Errno.BADF);
        }
    }

    @Override
    void close() {
        if (owned) {
            try {
                channel.close();
            } catch (IOException e) {
                // What was not sent yet is lost, as it is with close(2).
                waiter.forget(channel);
                return;
            }
        }
        waiter.forget(channel);
    }
}
