package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;
import dev.kugg.wasi.internal.stream.Waiter;

/**
 * {@code poll_oneoff}: waits until one of the subscribed events happens, and reports all that have.
 *
 * <p>The subscriptions stay in the guest's memory and are gone through again after each wait, so
 * nothing is allocated for them, however many there are. Timeouts count from the time of the call:
 * where a clock is set meanwhile, an absolute timeout of it does not follow.
 *
 * @see <a
 *     href="https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md#poll_oneoff">poll_oneoff</a>
 */
final class Poll {
    private static final int SUBSCRIPTION_SIZE_BYTES = 48;
    private static final int EVENT_SIZE_BYTES = 32;

    private static final int CLOCK = 0;
    private static final int FD_READ = 1;
    private static final int FD_WRITE = 2;
    private static final int CLOCK_ABSTIME = 1;
    private static final int FD_HANGUP = 1;

    /** No clock shows this: it is 584 years after 1970. */
    private static final long NOT_ASKED = -1;

    /** So many subscriptions are looked at between two checks for interruption. */
    private static final int CHECK_INTERVAL = 1024;

    private final Clocks clocks;
    private final Descriptors descriptors;
    private final Guest guest;
    private final long subscriptions;
    private final long events;
    private final long count;

    /**
     * When the call began, on Java's monotonic clock and, where a subscription asks for them, on
     * the guest's two.
     */
    private final long startNanos = System.nanoTime();

    private final long[] startOfClock = {NOT_ASKED, NOT_ASKED};

    /** What the last pass over the subscriptions found. */
    private long reported;

    private long nearestNanos;

    /** Nothing but time is waited for. */
    private boolean onlyClocks;

    private final Readiness readiness = new Readiness();

    Poll(
            Clocks clocks,
            Descriptors descriptors,
            Guest guest,
            long subscriptions,
            long events,
            long count)
            throws ErrnoException {
        if (count == 0) {
            throw new ErrnoException(Errno.INVAL);
        }
        this.clocks = clocks;
        this.descriptors = descriptors;
        this.guest = guest;
        this.subscriptions = subscriptions;
        this.events = events;
        this.count = count;
        guest.check(subscriptions, count * SUBSCRIPTION_SIZE_BYTES);
        guest.check(events, count * EVENT_SIZE_BYTES);
    }

    void run(long reportedAddress) throws ErrnoException {
        guest.check(reportedAddress, 4);
        Waiter waiter = guest.waiter();
        try {
            pass(0);
            while (reported == 0) {
                pass(await(waiter));
            }
        } finally {
            waiter.release();
        }
        guest.writeInt(reportedAddress, (int) reported);
    }

    /**
     * Waits until something may have happened.
     *
     * @return how long after the start of the call that was
     */
    private long await(Waiter waiter) {
        if (clocks.standStill() && onlyClocks) {
            guest.instance().checkInterrupted();
            clocks.pass(nearestNanos);
            return nearestNanos;
        }
        long before = System.nanoTime() - startNanos;
        waiter.await(nearestNanos - before);
        long after = System.nanoTime() - startNanos;
        clocks.pass(after - before);
        return after;
    }

    /** Goes through all subscriptions and reports what has happened up to now. */
    private void pass(long elapsedNanos) throws ErrnoException {
        nearestNanos = Long.MAX_VALUE;
        onlyClocks = true;
        for (long i = 0; i < count; i++) {
            if (i % CHECK_INTERVAL == CHECK_INTERVAL - 1) {
                guest.instance().checkInterrupted();
            }
            long subscription = subscriptions + i * SUBSCRIPTION_SIZE_BYTES;
            int tag = guest.readByte(subscription + 8);
            switch (tag) {
                case CLOCK -> clock(subscription, elapsedNanos);
                case FD_READ, FD_WRITE -> descriptor(subscription, tag);
                default -> throw new ErrnoException(Errno.INVAL);
            }
        }
    }

    private void clock(long subscription, long elapsedNanos) throws ErrnoException {
        int clock = guest.readInt(subscription + 16);
        long timeout = guest.readLong(subscription + 24);
        boolean absolute = (guest.readShort(subscription + 40) & CLOCK_ABSTIME) != 0;
        long nanos;
        try {
            nanos = untilTimeout(clock, timeout, absolute);
        } catch (ErrnoException e) {
            report(subscription, CLOCK, e.errno(), 0, 0);
            return;
        }
        if (nanos <= elapsedNanos) {
            report(subscription, CLOCK, Errno.SUCCESS, 0, 0);
        } else {
            nearestNanos = Math.min(nearestNanos, nanos);
        }
    }

    /**
     * {@return how long after the start of the call an unsigned timeout ends, at most 292 years}
     */
    private long untilTimeout(int clock, long timeout, boolean absolute) throws ErrnoException {
        long start = startOf(clock);
        if (!absolute) {
            return timeout < 0 ? Long.MAX_VALUE : timeout;
        }
        if (Long.compareUnsigned(timeout, start) <= 0) {
            return 0;
        }
        long nanos = timeout - start;
        return nanos < 0 ? Long.MAX_VALUE : nanos;
    }

    /**
     * {@return what a clock showed when the call began} It is asked later, and what has passed
     * since then is taken off; rather too much than too little, so that no timeout ends early.
     */
    private long startOf(int clock) throws ErrnoException {
        if (clock < 0 || clock >= startOfClock.length) {
            throw new ErrnoException(Errno.INVAL);
        }
        if (startOfClock[clock] == NOT_ASKED) {
            long now = clocks.now(clock);
            long since = clocks.standStill() ? 0 : System.nanoTime() - startNanos;
            startOfClock[clock] = Long.compareUnsigned(now, since) > 0 ? now - since : 0;
        }
        return startOfClock[clock];
    }

    private void descriptor(long subscription, int tag) throws ErrnoException {
        onlyClocks = false;
        readiness.waits();
        try {
            Descriptor descriptor =
                    descriptors.get(guest.readInt(subscription + 16), Rights.POLL_FD_READWRITE);
            if (tag == FD_READ) {
                descriptor.pollRead(guest, readiness);
            } else {
                descriptor.pollWrite(guest, readiness);
            }
        } catch (ErrnoException e) {
            report(subscription, tag, e.errno(), 0, 0);
            return;
        }
        if (readiness.isReady()) {
            int flags = readiness.isHangup() ? FD_HANGUP : 0;
            report(subscription, tag, Errno.SUCCESS, readiness.bytes(), flags);
        }
    }

    private void report(long subscription, int type, Errno errno, long bytes, int flags)
            throws ErrnoException {
        long event = events + reported++ * EVENT_SIZE_BYTES;
        long userData = guest.readLong(subscription);
        guest.writeLong(event, userData);
        guest.writeLong(event + 8, 0);
        guest.writeShort(event + 8, errno.number());
        guest.writeByte(event + 10, type);
        guest.writeLong(event + 16, bytes);
        guest.writeLong(event + 24, flags);
    }
}
