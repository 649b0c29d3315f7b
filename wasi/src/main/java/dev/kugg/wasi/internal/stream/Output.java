package dev.kugg.wasi.internal.stream;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A stream that guests write, so that a guest which waits for it can be stopped.
 *
 * <p>A thread that waits in {@link OutputStream#write} cannot be got out of it either (see {@link
 * Input}). So where a stream may block ({@link OutputKind}), a daemon thread, the pump, writes in
 * place of the guest, which waits until it has. If the guest is stopped meanwhile, the pump still
 * writes what it has, once, and before anything else. An idle pump ends after a second; the next
 * write that needs one starts another.
 *
 * <p>Where a write will not wait, the guest's own thread does it, which saves two changes of
 * threads.
 *
 * <p>Invariant: who has set {@link #busy} alone uses {@link #bytes} and, where it may block, the
 * stream; everything else belongs to who holds the lock. Nobody holds the lock while it waits for
 * the stream, so nobody is held up by it.
 */
public final class Output implements Source {
    private static final int IDLE_SECONDS = 1;

    /** The other end of a pipe within the JVM looks whether its last writer still lives. */
    private static final int PIPE_IDLE_SECONDS = 3600;

    /** So long a write that must not wait waits for the pump. */
    private static final long GRACE_NANOS = 10_000_000;

    private static @Nullable Output ofSystemOut;
    private static @Nullable Output ofSystemErr;

    private final OutputStream out;
    private final OutputKind kind;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition asked = lock.newCondition();

    /** What the pump writes. */
    private byte[] bytes = new byte[0];

    /** How many bytes the pump is to write; 0 when it has nothing to do. */
    private int wanted;

    /** A write is under way, or has ended and its writer has not come back for the outcome yet. */
    private boolean busy;

    /** The write under way has ended. */
    private boolean done;

    /** Nobody will come back for the outcome of the write under way. */
    private boolean abandoned;

    /** How the last write ended that was not collected, or that is to be collected. */
    private @Nullable Throwable failure;

    private int written;
    private boolean pumping;

    /** Whom to wake when something has changed. */
    private final List<Waiter> waiters = new ArrayList<>(1);

    private Output(OutputStream out, OutputKind kind) {
        this.out = out;
        this.kind = kind;
    }

    /**
     * {@return the output of a stream} There is one for {@link System#out} and one for {@link
     * System#err}, which configurations that know nothing of each other may name, and one of its
     * own for any other stream.
     *
     * @param out the stream
     */
    @SuppressWarnings("ReferenceEquality") // Those very streams are meant.
    public static synchronized Output of(OutputStream out) {
        if (out == System.out) {
            ofSystemOut = known(ofSystemOut, out);
            return ofSystemOut;
        }
        if (out == System.err) {
            ofSystemErr = known(ofSystemErr, out);
            return ofSystemErr;
        }
        return new Output(out, OutputKind.of(out));
    }

    @SuppressWarnings("ReferenceEquality")
    private static Output known(@Nullable Output known, OutputStream out) {
        return known != null && known.out == out ? known : new Output(out, OutputKind.of(out));
    }

    /**
     * {@return an output that hands on lines, each to the thread that writes it}
     *
     * @param lines takes each line
     */
    public static Output ofLines(Consumer<? super String> lines) {
        LineStream stream = new LineStream(lines);
        return new Output(stream, OutputKind.of(stream));
    }

    /**
     * {@return the output of a stream that may block}
     *
     * @param out the stream
     * @param failure what a failed write means
     */
    static Output failingWith(OutputStream out, Errno failure) {
        return new Output(out, OutputKind.failingWith(out, failure));
    }

    /** {@return the output for one instance: lines are put together for each one by itself} */
    public Output forInstance() {
        return out instanceof LineStream lines ? ofLines(lines.consumer()) : this;
    }

    /** {@return whether {@link #finish} does something} */
    public boolean needsFinish() {
        return out instanceof LineStream;
    }

    /**
     * Writes all bytes, waiting where that is needed.
     *
     * @param writer who waits
     * @param source holds the bytes, from its beginning
     * @param length how many, at least 1
     * @param nonblocking whether it must not wait
     * @return how many were written, at least 1; fewer than there were only where something failed
     *     in the middle
     * @throws ErrnoException {@code again} if it would have to wait and must not, {@code pipe} if
     *     nobody reads any more, {@code nospc} if the disk is full, {@code badf} if the stream is
     *     closed, {@code io} for another failure
     */
    public int write(Waiter writer, byte[] source, int length, boolean nonblocking)
            throws ErrnoException {
        if (!kind.mayBlock()) {
            return writeDirectly(source, length);
        }
        take(writer, nonblocking);
        if (kind.takesAtOnce(length)) {
            return writeNow(source, length);
        }
        return handOver(writer, source, length, nonblocking);
    }

    /**
     * {@return whether a write would not have to wait for an earlier one} If it would, the waiter
     * is woken when that may have changed.
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
            return !busy;
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

    /** Hands on the last line, unfinished as it is, where this is an output of lines. */
    public void finish() {
        if (out instanceof LineStream lines) {
            lines.finish();
        }
    }

    private int writeDirectly(byte[] source, int length) throws ErrnoException {
        try {
            writeAndFlush(source, length);
            kind.wrote(length);
            return length;
        } catch (IOException e) {
            return kind.partOf(length, e);
        }
    }

    /** Gets the stream for the current thread alone. */
    private void take(Waiter writer, boolean nonblocking) throws ErrnoException {
        lock.lock();
        try {
            while (busy) {
                if (nonblocking) {
                    throw new ErrnoException(Errno.AGAIN);
                }
                await(writer, Long.MAX_VALUE);
            }
            throwOld();
            busy = true;
        } finally {
            lock.unlock();
        }
    }

    private int writeNow(byte[] source, int length) throws ErrnoException {
        try {
            return writeDirectly(source, length);
        } finally {
            leaveUnlocked();
        }
    }

    private void leaveUnlocked() {
        lock.lock();
        try {
            leave();
        } finally {
            lock.unlock();
        }
    }

    /** Has the pump write, and waits until it has. */
    private int handOver(Waiter writer, byte[] source, int length, boolean nonblocking)
            throws ErrnoException {
        lock.lock();
        try {
            if (bytes.length < length) {
                bytes = new byte[length];
            }
            System.arraycopy(source, 0, bytes, 0, length);
            ask(length);
            long end = System.nanoTime() + GRACE_NANOS;
            boolean collected = false;
            try {
                while (!done) {
                    long nanos = nonblocking ? end - System.nanoTime() : Long.MAX_VALUE;
                    if (nanos <= 0) {
                        return length;
                    }
                    await(writer, nanos);
                }
                collected = true;
            } finally {
                if (!collected) {
                    abandon();
                }
            }
            int count = written;
            leave();
            throwOld();
            return count;
        } finally {
            lock.unlock();
        }
    }

    private void abandon() {
        if (done) {
            leave();
        } else {
            abandoned = true;
        }
    }

    /** Lets the next one write. */
    private void leave() {
        busy = false;
        done = false;
        abandoned = false;
        wakeAll();
    }

    private void ask(int length) {
        done = false;
        abandoned = false;
        wanted = length;
        if (pumping) {
            asked.signal();
        } else {
            Pumps.start("kugg-output", new Pump(this));
            pumping = true;
        }
    }

    /** Throws how the last write has failed, if it has and nobody knows yet. */
    private void throwOld() throws ErrnoException {
        Throwable thrown = failure;
        failure = null;
        if (thrown instanceof ErrnoException e) {
            throw e;
        }
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
        if (thrown != null) {
            throw new ErrnoException(Errno.IO);
        }
    }

    private void await(Waiter writer, long nanos) {
        waiters.add(writer);
        lock.unlock();
        try {
            writer.await(nanos);
        } finally {
            lock.lock();
            waiters.remove(writer);
        }
    }

    private void wakeAll() {
        for (int i = 0; i < waiters.size(); i++) {
            waiters.get(i).wake();
        }
    }

    private void writeAndFlush(byte[] source, int length) throws IOException {
        out.write(source, 0, length);
        // A print stream keeps its errors to itself, and has to be asked.
        if (out instanceof PrintStream print) {
            if (print.checkError()) {
                throw new IOException("the print stream has failed");
            }
        } else {
            out.flush();
        }
    }

    /** Writes whenever it is asked to, until nobody asks for a while. */
    private void pump() {
        lock.lock();
        try {
            while (awaitAsked()) {
                int length = wanted;
                lock.unlock();
                int count = 0;
                Throwable thrown = null;
                try {
                    kind.look();
                    count = writeDirectly(bytes, length);
                } catch (Throwable e) {
                    thrown = e;
                } finally {
                    lock.lock();
                }
                wanted = 0;
                written = count;
                failure = thrown;
                done = true;
                if (abandoned) {
                    leave();
                } else {
                    wakeAll();
                }
            }
        } finally {
            pumping = false;
            lock.unlock();
        }
    }

    private boolean awaitAsked() {
        try {
            boolean pipe = kind.isPipeOfJava();
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
        private final Output output;

        Pump(Output output) {
            this.output = output;
        }

        @Override
        public void run() {
            output.pump();
        }
    }
}
