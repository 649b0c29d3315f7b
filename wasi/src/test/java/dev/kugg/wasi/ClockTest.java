package dev.kugg.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;

class ClockTest {
    private static final int REALTIME = 0;
    private static final int MONOTONIC = 1;

    /** Counts forward and back. */
    private Instant shown = Instant.parse("2024-05-06T07:08:09.123456789Z");

    @Test
    void realtimeIsTheHostsTime() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
            long before = System.currentTimeMillis();
            long nanos = time(guest, REALTIME);
            long after = System.currentTimeMillis();
            assertThat(nanos / 1_000_000).isBetween(before - 1, after + 1);
        }
    }

    @Test
    void monotonicStartsWithTheInstanceAndNeverGoesBack() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
            long last = time(guest, MONOTONIC);
            assertThat(last).isBetween(0L, 60_000_000_000L);
            for (int i = 0; i < 1000; i++) {
                long now = time(guest, MONOTONIC);
                assertThat(now).isGreaterThanOrEqualTo(last);
                last = now;
            }
            assertThat(last).isPositive();
        }
    }

    @Test
    void bothHaveAResolution() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
            assertThat(guest.call("clock_res_get", REALTIME, 8)).isZero();
            assertThat(guest.memory.readLong(8)).isPositive();
            assertThat(guest.call("clock_res_get", MONOTONIC, 16)).isZero();
            assertThat(guest.memory.readLong(16)).isPositive();
        }
    }

    @Test
    void otherClocksAreNotSupported() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
            for (int clock : new int[] {2, 3, 4, -1, Integer.MIN_VALUE}) {
                assertThat(guest.call("clock_res_get", clock, 8)).isEqualTo(Preview1Guest.INVAL);
                assertThat(guest.call("clock_time_get", clock, 0, 8))
                        .isEqualTo(Preview1Guest.INVAL);
            }
            assertThat(guest.memory.readLong(8)).isZero();
        }
    }

    @Test
    void addressesAreChecked() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
            for (long address : new long[] {65_529, 65_536, -1, -8}) {
                assertThat(guest.call("clock_res_get", 0, address)).isEqualTo(Preview1Guest.FAULT);
                assertThat(guest.call("clock_time_get", 1, 0, address))
                        .isEqualTo(Preview1Guest.FAULT);
            }
            assertThat(guest.call("clock_time_get", 1, 0, 65_528)).isZero();
        }
    }

    @Test
    void aClockOfTheHostIsFollowed() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1().clock(() -> shown))) {
            assertThat(time(guest, REALTIME)).isEqualTo(1_714_979_289_123_456_789L);
            assertThat(time(guest, MONOTONIC)).isZero();
            shown = shown.plusNanos(5);
            assertThat(time(guest, REALTIME)).isEqualTo(1_714_979_289_123_456_794L);
            assertThat(time(guest, MONOTONIC)).isEqualTo(5);
            shown = shown.minusSeconds(1);
            assertThat(time(guest, REALTIME)).isEqualTo(1_714_979_288_123_456_794L);
            assertThat(time(guest, MONOTONIC)).as("not back").isEqualTo(5);
        }
    }

    @Test
    void timesThatWasiCannotTellOverflow() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1().clock(() -> shown))) {
            shown = Instant.ofEpochSecond(-1);
            assertThat(guest.call("clock_time_get", 0, 0, 0)).isEqualTo(Preview1Guest.OVERFLOW);
            shown = Instant.MAX;
            assertThat(guest.call("clock_time_get", 0, 0, 0)).isEqualTo(Preview1Guest.OVERFLOW);
            shown = Instant.parse("2500-01-01T00:00:00Z");
            assertThat(Long.toUnsignedString(time(guest, REALTIME)))
                    .isEqualTo("16725225600000000000");
        }
    }

    private static long time(Preview1Guest guest, int clock) {
        assertThat(guest.call("clock_time_get", clock, 1, 8)).isZero();
        return guest.memory.readLong(8);
    }
}
