package dev.kugg.internal.link;

import dev.kugg.LimitException;
import dev.kugg.internal.runtime.InstanceState;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the live instances of a module: those neither closed nor unreachable. */
final class InstanceCount {
    private final int most;
    private final String module;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Ticket> live = new HashSet<>();
    private final ReferenceQueue<InstanceState> unreachable = new ReferenceQueue<>();

    InstanceCount(int most, String module) {
        this.most = most;
        this.module = module;
    }

    /**
     * Counts an instance.
     *
     * @return what counts it no longer
     * @throws LimitException if there are as many as there may be
     */
    Runnable add(InstanceState instance) {
        lock.lock();
        try {
            forgetUnreachable();
            if (live.size() >= most) {
                throw new LimitException(
                        live.size()
                                + 1
                                + " live instances; the limit is "
                                + most
                                + " in "
                                + module);
            }
            Ticket ticket = new Ticket(instance);
            live.add(ticket);
            return ticket;
        } finally {
            lock.unlock();
        }
    }

    private void forgetUnreachable() {
        for (Reference<?> ref = unreachable.poll(); ref != null; ref = unreachable.poll()) {
            if (ref instanceof Ticket ticket) {
                live.remove(ticket);
            }
        }
    }

    /** Stands for an instance without keeping it. */
    private final class Ticket extends PhantomReference<InstanceState> implements Runnable {
        Ticket(InstanceState instance) {
            super(instance, unreachable);
        }

        @Override
        public void run() {
            lock.lock();
            try {
                live.remove(this);
            } finally {
                lock.unlock();
            }
        }
    }
}
