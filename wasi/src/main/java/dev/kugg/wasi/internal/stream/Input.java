package dev.kugg.wasi.internal.stream;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A stream that guests read, so that a guest which waits can be stopped.
 *
 * <p>A thread that waits in {@link InputStream#read} cannot be got out of it: {@code System.in}
 * knows no interruption, and closing it would take it from everybody. So a daemon thread, the pump,
 * waits there instead, and the guest waits for the pump. The pump reads when a guest asks, and no
 * more bytes than it asked for, so that the host finds the rest in its stream. If the guest is
 * stopped meanwhile, what the pump brings later is kept for the next reader. An idle pump ends
 * after a second; the next read that needs one starts another.
 *
 * <p>Where a read will not wait, the guest's own thread does it, which saves two changes of
 * threads: 20 microseconds for each read.
 *
 * <p>Invariant: who has set {@link #reading} alone uses the stream, and the pump alone uses {@link
 * #ahead} then; everything else belongs to who holds the lock. Nobody holds the lock while it waits
 * for the stream, so nobody is held up by it.
 */
public final class Input implements Source {
    private static final int IDLE_SECONDS = 1;

    /**
     * The other end of a pipe within the JVM looks whether the thread that has last read from it
     * still lives.
     */
    private static final int PIPE_IDLE_SECONDS = 3600;

    /** So long a pump may take before it is taken to be waiting. */
    private static final long GRACE_NANOS = 10_000_000;

    private static @Nullable Input ofSystemIn;

    private final InputStream in;
    private final boolean trusted;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition asked = lock.newCondition();

    /** What the pump has read and nobody has taken: the bytes from {@code start} to {@code end}. */
    private byte[] ahead = new byte[0];

    private int start;
    private int end;

    /** The pump has met the end of the stream, or an exception, and nobody has taken that yet. */
    private boolean ended;

    private @Nullable Throwable failure;

    /** Somebody reads the stream now. */
    private boolean reading;

    /** How many bytes the pump is to read; 0 when it has nothing to do. */
    private int wanted;

    /** When the pump was asked, on Java's monotonic clock. */
    private long askedNanos;

    private boolean pumping;

    /** Whom to wake when something has changed. */
    private final List<Waiter> waiters = new ArrayList<>(1);

    private Input(InputStream in) {
        this.in = in;
        this.trusted = isTrusted(in);
    }

    /**
     * {@return the input of a stream} There is one for {@link System#in}, which configurations that
     * know nothing of each other may name, and one of its own for any other stream.
     *
     * @param in the stream; from now on nobody else should read it while a guest may
     */
    @SuppressWarnings("ReferenceEquality") // That very stream is meant.
    public static synchronized Input of(InputStream in) {
        if (in != System.in) {
            return new Input(in);
        }
        Input known = ofSystemIn;
        if (known == null || known.in != in) {
            known = new Input(in);
            ofSystemIn = known;
        }
        return known;
    }

    /**
     * Waits until there is something to read, and reads it.
     *
     * @param reader who waits
     * @param target gets the bytes, from its beginning
     * @param length how many bytes at most, at least 1
     * @param nonblocking whether it must not wait
     * @return how many bytes, at least 1; or 0 at the end of the stream
     * @throws ErrnoException {@code again} if it would have to wait and must not
     * @throws IOException if the stream does
     */
    public int read(Waiter reader, byte[] target, int length, boolean nonblocking)
            throws ErrnoException, IOException {
        lock.lock();
        try {
            while (!hasNews()) {
                if (readsAtOnce()) {
                    return readAtOnce(target, length);
                }
                ask(length);
                long nanos = nonblocking ? graceNanos() : Long.MAX_VALUE;
                if (nanos <= 0) {
                    throw new ErrnoException(Errno.AGAIN);
                }
                await(reader, nanos);
            }
            return take(target, length);
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return whether a read would not wait} If it would, the waiter is woken when that may have
     * changed.
     *
     * @param waiter who asks
     */
    public boolean watch(Waiter waiter) {
        lock.lock();
        try {
            if (!waiters.contains(waiter)) {
                waiters.add(waiter);
                waiter.add(this);
            }
            while (!isReadable()) {
                ask(1);
                long nanos = graceNanos();
                if (nanos <= 0) {
                    return false;
                }
                awaitUnlocked(waiter, nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void forget(Waiter waiter) {
        lock.lock();
        try {
            waiters.remove(waiter);
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return how many bytes are known to be there; 0 may also mean that the stream is at its end}
     */
    public int readableBytes() {
        lock.lock();
        try {
            return hasNews() || reading ? end - start : available();
        } catch (IOException e) {
            return 0;
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return what a failed read answers, by the type of its failure and the state of the stream}
     *
     * @param failure what {@link #read} has thrown
     */
    public Errno errnoOf(IOException failure) {
        if (failure instanceof SocketException) {
            return Errno.CONNRESET;
        }
        return failure instanceof ClosedChannelException || isClosed() ? Errno.BADF : Errno.IO;
    }

    private boolean isClosed() {
        try {
            return in instanceof FileInputStream file && !file.getFD().valid();
        } catch (IOException e) {
            return true;
        }
    }

    /** {@return how much longer a pump that was asked is expected to have bytes at once} */
    private long graceNanos() {
        return askedNanos + GRACE_NANOS - System.nanoTime();
    }

    private void wakeAll() {
        for (int i = 0; i < waiters.size(); i++) {
            waiters.get(i).wake();
        }
    }

    private boolean hasNews() {
        return end > start || ended || failure != null;
    }

    private boolean isReadable() {
        try {
            return hasNews() || readsAtOnce();
        } catch (IOException e) {
            // A read would not wait: it would fail.
            return true;
        }
    }

    /** {@return whether a read of the stream would not wait, as far as is known} */
    private boolean readsAtOnce() throws IOException {
        return !reading && (in.getClass() == ByteArrayInputStream.class || available() > 0);
    }

    private int readAtOnce(byte[] target, int length) throws IOException {
        reading = true;
        lock.unlock();
        int count;
        try {
            count = in.read(target, 0, length);
        } finally {
            lock.lock();
            reading = false;
            wakeAll();
        }
        return Math.max(count, 0);
    }

    /**
     * {@return how many bytes can be read without waiting, where the stream can be trusted to know}
     */
    private int available() throws IOException {
        return trusted ? in.available() : 0;
    }

    /**
     * {@return whether a stream says how many bytes it has, and says it at once} Not every one
     * does: a stream that unpacks another one answers 1 up to its end, and a buffered one makes
     * whoever asks wait for whoever reads.
     */
    private static boolean isTrusted(InputStream in) {
        return in.getClass() == FileInputStream.class
                || in.getClass() == ByteArrayInputStream.class;
    }

    private int take(byte[] target, int length) throws IOException {
        if (end > start) {
            int count = Math.min(length, end - start);
            System.arraycopy(ahead, start, target, 0, count);
            start += count;
            return count;
        }
        Throwable thrown = failure;
        failure = null;
        // The end is told once: a terminal goes on after it.
        ended = false;
        if (thrown instanceof IOException e) {
            throw e;
        }
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
        if (thrown != null) {
            throw new IOException("the stream has failed", thrown);
        }
        return 0;
    }

    /** Has the pump read, unless somebody reads already. */
    private void ask(int length) {
        if (reading) {
            return;
        }
        if (ahead.length < length) {
            ahead = new byte[length];
        }
        if (pumping) {
            asked.signal();
        } else {
            Pumps.start("kugg-input", new Pump(this));
            pumping = true;
        }
        reading = true;
        wanted = length;
        askedNanos = System.nanoTime();
    }

    /** Waits without the lock. May return for no reason: callers look again. */
    private void await(Waiter reader, long nanos) {
        waiters.add(reader);
        try {
            awaitUnlocked(reader, nanos);
        } finally {
            waiters.remove(reader);
        }
    }

    private void awaitUnlocked(Waiter reader, long nanos) {
        lock.unlock();
        try {
            reader.await(nanos);
        } finally {
            lock.lock();
        }
    }

    /** Reads whenever it is asked to, until nobody asks for a while. */
    private void pump() {
        lock.lock();
        try {
            while (awaitAsked()) {
                int length = wanted;
                lock.unlock();
                int count = 0;
                Throwable thrown = null;
                try {
                    count = in.read(ahead, 0, length);
                } catch (Throwable e) {
                    thrown = e;
                } finally {
                    lock.lock();
                }
                start = 0;
                end = Math.max(count, 0);
                ended = count < 0;
                failure = thrown;
                wanted = 0;
                reading = false;
                wakeAll();
            }
        } finally {
            pumping = false;
            lock.unlock();
        }
    }

    private boolean awaitAsked() {
        try {
            boolean pipe = in.getClass() == PipedInputStream.class;
            long nanos = TimeUnit.SECONDS.toNanos(pipe ? PIPE_IDLE_SECONDS : IDLE_SECONDS);
            while (wanted == 0 && nanos > 0) {
                nanos = asked.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            // Somebody stops all threads he finds. What was asked for meanwhile is still done.
            return wanted != 0;
        }
        return wanted != 0;
    }

    /** The pump's work as a class, since a lambda would cost more at start-up. */
    private static final class Pump implements Runnable {
        private final Input input;

        Pump(Input input) {
            this.input = input;
        }

        @Override
        public void run() {
            input.pump();
        }
    }
}
