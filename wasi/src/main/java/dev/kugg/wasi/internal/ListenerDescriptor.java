package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;
import dev.kugg.wasi.internal.stream.Waiter;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetBoundException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A socket that listens. */
final class ListenerDescriptor extends SocketDescriptor {
    private final ServerSocketChannel channel;
    private final Waiter waiter;

    ListenerDescriptor(ServerSocketChannel channel, Waiter waiter) throws IOException {
        super(channel, waiter, false, Rights.FD_READ | Rights.SOCK_ACCEPT, 0);
        this.channel = channel;
        this.waiter = waiter;
    }

    @Override
    Descriptor accept(Guest guest, int fdflags) throws ErrnoException {
        if ((fdflags & ~FDFLAG_NONBLOCK) != 0) {
            throw new ErrnoException(Errno.INVAL);
        }
        try {
            SocketChannel accepted = channel.accept();
            while (accepted == null) {
                await(guest, SelectionKey.OP_ACCEPT);
                accepted = channel.accept();
            }
            return new ConnectionDescriptor(accepted, waiter, true, fdflags);
        } catch (ClosedChannelException e) {
            throw new ErrnoException(Errno.BADF);
        } catch (NotYetBoundException e) {
            throw new ErrnoException(Errno.INVAL);
        } catch (IOException e) {
            throw new ErrnoException(Errno.IO);
        }
    }

    @Override
    void pollRead(Guest guest, Readiness readiness) throws ErrnoException {
        if (watch(guest.waiter(), SelectionKey.OP_ACCEPT) == 0) {
            readiness.waits();
        } else {
            readiness.ready(1);
        }
    }

    @Override
    void read(Guest guest, long iovs, long count, long sizeAddress) throws ErrnoException {
        throw notConnected();
    }

    @Override
    void write(Guest guest, long iovs, long count, long sizeAddress) throws ErrnoException {
        throw notConnected();
    }

    @Override
    void receive(Guest guest, long iovs, long count, int riflags, long sizeAddress)
            throws ErrnoException {
        throw notConnected();
    }

    @Override
    void send(Guest guest, long iovs, long count, int siflags, long sizeAddress)
            throws ErrnoException {
        throw notConnected();
    }

    @Override
    void shutdown(int sdflags) throws ErrnoException {
        throw notConnected();
    }

    private static ErrnoException notConnected() {
        return new ErrnoException(Errno.NOTCONN);
    }
}
