package dev.kugg.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.random.RandomGenerator;

/** Time and random numbers that are the same in each run. */
class DeterministicTest {
    private static final int REALTIME = 0;
    private static final int MONOTONIC = 1;
    private static final long MILLI = 1_000_000;
    private static final long YEAR_2000 = 946_684_800_000L * MILLI;

    @Test
    void eachInstanceStartsAtTheSameTime() {
        Wasi wasi = Wasi.preview1().deterministic();
        for (int i = 0; i < 2; i++) {
            try (Preview1Guest guest = new Preview1Guest(wasi)) {
                long first = time(guest, REALTIME);
                assertThat(first).isEqualTo(YEAR_2000 + MILLI);
                assertThat(time(guest, REALTIME)).isEqualTo(first + MILLI);
                assertThat(time(guest, MONOTONIC)).isEqualTo(3 * MILLI);
            }
        }
    }

    private static long time(Preview1Guest guest, int clock) {
        assertThat(guest.call("clock_time_get", clock, 0, 0)).isZero();
        return guest.memory.readLong(0);
    }

    @Test
    void waitsTakeNoTimeAndLetItPass() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1().deterministic())) {
            long before = time(guest, REALTIME);
            long start = System.nanoTime();
            long hour = 3600_000 * MILLI;
            poll(guest, hour, 0);
            assertThat(time(guest, REALTIME)).isBetween(before + hour, before + hour + 5 * MILLI);
            poll(guest, before + 5 * hour, 1);
            assertThat(time(guest, REALTIME))
                    .isBetween(before + 5 * hour, before + 5 * hour + 5 * MILLI);
            assertThat(System.nanoTime() - start).isLessThan(10_000 * MILLI);
        }
    }

    private static void poll(Preview1Guest guest, long time, int flags) {
        guest.memory.fill(0, 48, (byte) 0);
        guest.memory.writeLong(24, time);
        guest.memory.writeShort(40, (short) flags);
        assertThat(guest.call("poll_oneoff", 0, 8192, 1, 16_384)).isZero();
        assertThat(guest.memory.readInt(16_384)).isEqualTo(1);
    }

    @Test
    void eachInstanceGetsTheSameRandomNumbers() {
        byte[] first = random(Wasi.preview1().deterministic());
        assertThat(random(Wasi.preview1().deterministic())).isEqualTo(first);
        assertThat(random(Wasi.preview1().deterministic(0))).isEqualTo(first);
        assertThat(random(Wasi.preview1().deterministic(1))).isNotEqualTo(first);
        assertThat(random(Wasi.preview1())).isNotEqualTo(first);
    }

    private static byte[] random(Wasi wasi) {
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            assertThat(guest.call("random_get", 0, 32)).isZero();
            return guest.memory.readBytes(0, 32);
        }
    }

    @Test
    void whatIsGivenLaterCounts() {
        RandomGenerator zeros =
                new RandomGenerator() {
                    @Override
                    public long nextLong() {
                        return 0;
                    }
                };
        Wasi wasi =
                Wasi.preview1().deterministic().clock(() -> Instant.ofEpochSecond(7)).random(zeros);
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            assertThat(time(guest, REALTIME)).isEqualTo(7000 * MILLI);
        }
        assertThat(random(wasi)).containsOnly(0);
        assertThat(random(wasi.deterministic())).isEqualTo(random(Wasi.preview1().deterministic()));
    }
}
