package dev.kugg.wasi.internal.stream;

import dev.kugg.Instance;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How one instance's guest waits: for anything out of several, until one of them, or whoever stops
 * the guest, calls {@link #wake}. Used by the thread inside the instance; {@link #wake} is for any.
 *
 * <p>Usage: register with what is to be waited for ({@link #watch}, {@link Input#watch}), look
 * whether it is there already, {@link #await}, look again, and {@link #release} in the end. Since
 * registering comes before looking, no news is missed.
 */
public final class Waiter {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** What wakes this waiter now. */
    private final List<Source> sources = new ArrayList<>();

    private @Nullable Instance instance;

    /** For sockets, once there were any. */
    private @Nullable Selection selection;

    /** Somebody has called {@link #wake} since the last wait. */
    private boolean news;

    /** The guest waits in its {@link #selection}. */
    private boolean selecting;

    /** Creates a waiter that waits for nothing. */
    public Waiter() {}

    /**
     * {@return this waiter}
     *
     * @param inside the instance the current thread is in, whose interruption ends waits
     */
    public Waiter of(Instance inside) {
        instance = inside;
        return this;
    }

    /** Ends the wait of the guest, or its next one. From any thread. */
    public void wake() {
        lock.lock();
        try {
            news = true;
            if (selecting && selection != null) {
                selection.wake();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for news, for the time to pass, or for the guest to be stopped, in which case it
     * throws. May also return for no reason: callers look again.
     *
     * @param nanos how long at most; not positive means not at all
     */
    public void await(long nanos) {
        checkStopped();
        if (nanos > 0) {
            Selection sockets = selection;
            if (sockets != null && sockets.isUsed()) {
                select(sockets, nanos);
            } else {
                awaitNews(nanos);
            }
        }
        checkStopped();
    }

    private void checkStopped() {
        if (instance != null) {
            // Unlike checkInterrupted it heeds the thread's own interruption too.
            instance.pause(0);
        }
    }

    private void awaitNews(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (!news && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            news = false;
            lock.unlock();
        }
    }

    private void select(Selection sockets, long nanos) {
        lock.lock();
        try {
            if (news) {
                news = false;
                return;
            }
            selecting = true;
        } finally {
            lock.unlock();
        }
        try {
            sockets.await(millis(nanos));
        } finally {
            selected();
        }
    }

    private void selected() {
        lock.lock();
        try {
            selecting = false;
            news = false;
        } finally {
            lock.unlock();
        }
    }

    /** {@return a time in milliseconds, not less} */
    private static long millis(long nanos) {
        long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
        return Math.min(nanos % 1_000_000 == 0 ? millis : millis + 1, Integer.MAX_VALUE);
    }

    void add(Source source) {
        sources.add(source);
    }

    /**
     * Has a channel wake this waiter.
     *
     * @param channel a channel that does not block
     * @param operations for which operations it must be ready
     * @return for which of them it is ready now
     * @throws IOException if it is closed
     */
    public int watch(SelectableChannel channel, int operations) throws IOException {
        Selection sockets = selection;
        if (sockets == null) {
            sockets = new Selection();
            selection = sockets;
        }
        return sockets.watch(channel, operations);
    }

    /** Is woken by nothing any more, except {@link #wake} itself. */
    public void release() {
        for (int i = 0; i < sources.size(); i++) {
            sources.get(i).forget(this);
        }
        sources.clear();
        if (selection != null) {
            selection.clear();
        }
    }

    /**
     * Is woken by a channel no more, which also gives back the descriptor of one that was closed.
     *
     * @param channel the channel
     */
    public void forget(SelectableChannel channel) {
        if (selection != null) {
            selection.forget(channel);
        }
    }

    /** Gives back what waiting took, for good. */
    public void close() {
        if (selection != null) {
            selection.close();
        }
    }
}
