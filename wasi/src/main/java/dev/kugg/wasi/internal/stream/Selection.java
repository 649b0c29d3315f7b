package dev.kugg.wasi.internal.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The sockets one guest waits for. Channels stay registered when a wait is over, without asking for
 * anything, since a guest mostly waits for the same ones again.
 */
final class Selection {
    private final Selector selector;
    private boolean used;

    /** For a wait in another thread. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private boolean waiting;

    Selection() throws IOException {
        this.selector = Selector.open();
    }

    boolean isUsed() {
        return used;
    }

    int watch(SelectableChannel channel, int operations) throws IOException {
        used = true;
        SelectionKey key = channel.keyFor(selector);
        if (key == null || !key.isValid()) {
            key = channel.register(selector, operations);
        } else {
            key.interestOpsOr(operations);
        }
        selectNow();
        // What an operation was ready for before stays in a key that is not ready at all now.
        return selector.selectedKeys().contains(key) ? key.readyOps() & operations : 0;
    }

    /** Looks anew at all channels: what was ready before may not be any more. */
    private void selectNow() throws IOException {
        selector.selectedKeys().clear();
        selector.selectNow();
    }

    void wake() {
        selector.wakeup();
    }

    /** Waits until a channel is ready, somebody wakes this, or the time has passed. */
    void await(long millis) {
        if (Thread.currentThread().isVirtual()) {
            awaitElsewhere(millis);
        } else {
            select(millis);
        }
    }

    private void select(long millis) {
        try {
            selector.selectedKeys().clear();
            selector.select(millis);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot wait for sockets", e);
        }
    }

    /** A virtual thread that selects would keep a carrier from the others. */
    private void awaitElsewhere(long millis) {
        waiting = true;
        Pumps.start("kugg-select", new Elsewhere(this, millis));
        boolean interrupted = false;
        lock.lock();
        try {
            while (waiting) {
                try {
                    changed.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                    selector.wakeup();
                }
            }
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void selectForAnother(long millis) {
        try {
            select(millis);
        } finally {
            selected();
        }
    }

    private void selected() {
        lock.lock();
        try {
            waiting = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void clear() {
        if (used) {
            used = false;
            for (SelectionKey key : selector.keys()) {
                if (key.isValid()) {
                    key.interestOps(0);
                }
            }
        }
    }

    /** A registered channel that was closed keeps its descriptor until the next selection. */
    void forget(SelectableChannel channel) {
        SelectionKey key = channel.keyFor(selector);
        if (key != null) {
            key.cancel();
        }
        try {
            selectNow();
        } catch (IOException e) {
            // Then the selector's own closing does it.
            return;
        }
    }

    void close() {
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close a selector", e);
        }
    }

    /** A wait in another thread. */
    private static final class Elsewhere implements Runnable {
        private final Selection selection;
        private final long millis;

        Elsewhere(Selection selection, long millis) {
            this.selection = selection;
            this.millis = millis;
        }

        @Override
        public void run() {
            selection.selectForAnother(millis);
        }
    }
}
