package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The guest's clocks, in nanoseconds. There are two: the realtime clock, and a monotonic one that
 * starts at zero with the instance. The clocks of processor time are not supported, which {@code
 * clock_res_get} has to answer with {@code inval}.
 *
 * @see <a
 *     href="https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md#clockid">clockid</a>
 */
final class Clocks {
    static final int REALTIME = 0;
    static final int MONOTONIC = 1;

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long RESOLUTION_NANOS = 1;

    private final @Nullable InstantSource source;
    private final long startNanos;

    /** The latest time shown by the monotonic clock: a source from outside may go back. */
    private long lastMonotonic;

    /** The source where it is one that moves only when it is used; null otherwise. */
    private final @Nullable SteppingClock stepping;

    Clocks(@Nullable InstantSource source) {
        this.source = source;
        this.stepping = source instanceof SteppingClock clock ? clock : null;
        this.startNanos = source == null ? System.nanoTime() : nanosOrZero(source);
    }

    void resGet(Guest guest, int clock, long address) throws ErrnoException {
        requireClock(clock);
        guest.writeLong(address, RESOLUTION_NANOS);
    }

    void timeGet(Guest guest, int clock, long address) throws ErrnoException {
        guest.check(address, 8);
        guest.writeLong(address, now(clock));
    }

    /** {@return what a clock shows, in nanoseconds} */
    long now(int clock) throws ErrnoException {
        requireClock(clock);
        return clock == REALTIME ? realtime() : monotonic();
    }

    /** {@return whether time stands still while the guest waits, unless {@link #pass} is called} */
    boolean standStill() {
        return stepping != null;
    }

    /** Lets time pass, where it stands still otherwise. */
    void pass(long nanos) {
        if (stepping != null) {
            stepping.pass(nanos);
        }
    }

    private static void requireClock(int clock) throws ErrnoException {
        if (clock != REALTIME && clock != MONOTONIC) {
            throw new ErrnoException(Errno.INVAL);
        }
    }

    private long realtime() throws ErrnoException {
        return nanos(source == null ? Instant.now() : source.instant());
    }

    private long monotonic() throws ErrnoException {
        long now = source == null ? System.nanoTime() : nanos(source.instant());
        lastMonotonic = Math.max(lastMonotonic, now - startNanos);
        return lastMonotonic;
    }

    /**
     * {@return an instant as WASI counts: unsigned nanoseconds since 1970, which end in the year
     * 2554}
     */
    private static long nanos(Instant instant) throws ErrnoException {
        long seconds = instant.getEpochSecond();
        if (seconds < 0 || seconds > Long.divideUnsigned(-1, NANOS_PER_SECOND) - 1) {
            throw new ErrnoException(Errno.OVERFLOW);
        }
        return seconds * NANOS_PER_SECOND + instant.getNano();
    }

    private static long nanosOrZero(InstantSource source) {
        try {
            return nanos(source.instant());
        } catch (ErrnoException e) {
            return 0;
        }
    }
}
