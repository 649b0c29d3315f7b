package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;
import dev.kugg.wasi.internal.stream.Waiter;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/** A connected socket. */
final class ConnectionDescriptor extends SocketDescriptor {
    private static final int PEEK = 1;
    private static final int WAITALL = 1 << 1;
    private static final int RECEIVE = 1;
    private static final int SEND = 1 << 1;

    /** So many bytes can be looked at before they are taken. */
    private static final int MAX_AHEAD_BYTES = 65_536;

    private static final long WRITABLE_BYTES = 65_536;

    private final SocketChannel channel;

    /** What was looked at and not taken yet: Java has no way to look into a socket. */
    private byte[] ahead = new byte[0];

    ConnectionDescriptor(SocketChannel channel, Waiter waiter, boolean owned, int flags)
            throws IOException {
        super(
                channel,
                waiter,
                owned,
                Rights.FD_READ | Rights.FD_WRITE | Rights.SOCK_SHUTDOWN,
                flags);
        this.channel = channel;
    }

    @Override
    Descriptor accept(Guest guest, int fdflags) throws ErrnoException {
        throw new ErrnoException(Errno.INVAL);
    }

    @Override
    void read(Guest guest, long iovs, long count, long sizeAddress) throws ErrnoException {
        receive(guest, iovs, count, 0, sizeAddress);
    }

    @Override
    void receive(Guest guest, long iovs, long count, int riflags, long sizeAddress)
            throws ErrnoException {
        if ((riflags & ~(PEEK | WAITALL)) != 0) {
            throw new ErrnoException(Errno.INVAL);
        }
        IoVectors target = new IoVectors(guest, iovs, count);
        guest.check(sizeAddress, 4);
        boolean all = (riflags & WAITALL) != 0;
        long size = 0;
        if (target.sizeBytes() > 0) {
            size = (riflags & PEEK) != 0 ? peek(guest, target, all) : take(guest, target, all);
        }
        guest.writeInt(sizeAddress, (int) size);
    }

    private long take(Guest guest, IoVectors target, boolean all) throws ErrnoException {
        byte[] buffer = guest.takeBuffer(target.sizeBytes());
        long done = 0;
        boolean more = true;
        while (more) {
            int wanted = (int) Math.min(target.sizeBytes() - done, buffer.length);
            int got = take(guest, buffer, wanted, done > 0);
            target.scatter(buffer, got);
            done += got;
            more = all && got > 0 && done < target.sizeBytes();
            guest.instance().checkInterrupted();
        }
        guest.giveBuffer(buffer);
        return done;
    }

    /** Takes one piece. Where earlier ones were taken, the guest gets them, and not the error. */
    private int take(Guest guest, byte[] buffer, int wanted, boolean later) throws ErrnoException {
        int known = takeAhead(buffer, wanted);
        if (known == wanted) {
            return known;
        }
        ByteBuffer rest = ByteBuffer.wrap(buffer, known, wanted - known);
        try {
            return known == 0 ? awaitBytes(guest, rest) : known + Math.max(readNow(rest), 0);
        } catch (ErrnoException e) {
            if (later || known > 0) {
                return known;
            }
            throw e;
        }
    }

    private int takeAhead(byte[] buffer, int wanted) {
        int count = Math.min(wanted, ahead.length);
        if (count > 0) {
            System.arraycopy(ahead, 0, buffer, 0, count);
            ahead = Arrays.copyOfRange(ahead, count, ahead.length);
        }
        return count;
    }

    private long peek(Guest guest, IoVectors target, boolean all) throws ErrnoException {
        int wanted = (int) Math.min(target.sizeBytes(), MAX_AHEAD_BYTES);
        boolean more = ahead.length < wanted;
        while (more) {
            ByteBuffer next = ByteBuffer.allocate(wanted - ahead.length);
            int got = all || ahead.length == 0 ? awaitBytes(guest, next) : readNow(next);
            if (got > 0) {
                int before = ahead.length;
                ahead = Arrays.copyOf(ahead, before + got);
                System.arraycopy(next.array(), 0, ahead, before, got);
            }
            more = all && got > 0 && ahead.length < wanted;
        }
        int size = Math.min(wanted, ahead.length);
        target.scatter(ahead, size);
        return size;
    }

    /** {@return how many bytes came; 0 at the end} */
    private int awaitBytes(Guest guest, ByteBuffer target) throws ErrnoException {
        int count = readNow(target);
        while (count == 0) {
            await(guest, SelectionKey.OP_READ);
            count = readNow(target);
        }
        return Math.max(count, 0);
    }

    /** {@return how many bytes are there; 0 if there are none yet, -1 at the end} */
    private int readNow(ByteBuffer target) throws ErrnoException {
        try {
            return channel.read(target);
        } catch (NotYetConnectedException e) {
            throw new ErrnoException(Errno.NOTCONN);
        } catch (ClosedChannelException e) {
            throw new ErrnoException(Errno.BADF);
        } catch (SocketException e) {
            throw new ErrnoException(Errno.CONNRESET);
        } catch (IOException e) {
            throw new ErrnoException(Errno.IO);
        }
    }

    @Override
    void send(Guest guest, long iovs, long count, int siflags, long sizeAddress)
            throws ErrnoException {
        if (siflags != 0) {
            throw new ErrnoException(Errno.INVAL);
        }
        write(guest, iovs, count, sizeAddress);
    }

    @Override
    void write(Guest guest, long iovs, long count, long sizeAddress) throws ErrnoException {
        IoVectors source = new IoVectors(guest, iovs, count);
        guest.check(sizeAddress, 4);
        byte[] buffer = guest.takeBuffer(source.sizeBytes());
        long done = 0;
        boolean more = source.sizeBytes() > 0;
        while (more) {
            int length = (int) Math.min(source.sizeBytes() - done, buffer.length);
            source.gather(buffer, length);
            int written = write(guest, ByteBuffer.wrap(buffer, 0, length), done > 0);
            done += written;
            more = written == length && done < source.sizeBytes();
            guest.instance().checkInterrupted();
        }
        guest.giveBuffer(buffer);
        guest.writeInt(sizeAddress, (int) done);
    }

    /** Writes one piece, and as much of it as can be where the guest must not wait. */
    private int write(Guest guest, ByteBuffer piece, boolean later) throws ErrnoException {
        try {
            writeNow(piece);
            while (piece.hasRemaining()) {
                await(guest, SelectionKey.OP_WRITE);
                writeNow(piece);
            }
        } catch (ErrnoException e) {
            if (piece.position() == 0 && !later) {
                throw e;
            }
        }
        return piece.position();
    }

    private void writeNow(ByteBuffer source) throws ErrnoException {
        try {
            channel.write(source);
        } catch (NotYetConnectedException e) {
            throw new ErrnoException(Errno.NOTCONN);
        } catch (ClosedChannelException e) {
            // The channel is open where only sending was ended.
            throw new ErrnoException(channel.isOpen() ? Errno.PIPE : Errno.BADF);
        } catch (IOException e) {
            throw new ErrnoException(Errno.PIPE);
        }
    }

    @Override
    void shutdown(int sdflags) throws ErrnoException {
        if (sdflags == 0 || (sdflags & ~(RECEIVE | SEND)) != 0) {
            throw new ErrnoException(Errno.INVAL);
        }
        try {
            if ((sdflags & RECEIVE) != 0) {
                channel.shutdownInput();
            }
            if ((sdflags & SEND) != 0) {
                channel.shutdownOutput();
            }
        } catch (NotYetConnectedException e) {
            throw new ErrnoException(Errno.NOTCONN);
        } catch (ClosedChannelException e) {
            throw new ErrnoException(Errno.BADF);
        } catch (IOException e) {
            throw new ErrnoException(Errno.NOTCONN);
        }
    }

    @Override
    void pollRead(Guest guest, Readiness readiness) throws ErrnoException {
        if (ahead.length == 0 && watch(guest.waiter(), SelectionKey.OP_READ) == 0) {
            readiness.waits();
            return;
        }
        int bytes = ahead.length + available();
        if (bytes > 0) {
            readiness.ready(bytes);
        } else {
            readiness.hangup();
        }
    }

    /** {@return how many bytes have come; none are at the end, and after a failure} */
    private int available() {
        try {
            return channel.getRemoteAddress() instanceof InetSocketAddress
                    ? channel.socket().getInputStream().available()
                    : 1;
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    void pollWrite(Guest guest, Readiness readiness) throws ErrnoException {
        if (watch(guest.waiter(), SelectionKey.OP_WRITE) == 0) {
            readiness.waits();
        } else {
            readiness.ready(WRITABLE_BYTES);
        }
    }
}
