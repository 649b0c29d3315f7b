package dev.kugg.wasi.internal;

import java.time.Instant;
import java.time.InstantSource;

/**
 * One instance's own time, which is the same in each run: it starts with the year 2000, and each
 * look at it takes a millisecond. A guest that waits for a time finds that it has passed.
 */
final class SteppingClock implements InstantSource {
    private static final Instant START = Instant.ofEpochSecond(946_684_800);
    private static final long STEP_NANOS = 1_000_000;

    private Instant now = START;

    @Override
    public Instant instant() {
        Instant shown = now;
        pass(STEP_NANOS);
        return shown;
    }

    void pass(long nanos) {
        now = now.plusNanos(nanos);
    }
}
