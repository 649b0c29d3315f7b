package dev.kugg.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.Instance;
import dev.kugg.Kugg;

import org.junit.jupiter.api.Test;

import java.util.Random;

class RandomTest {
    @Test
    void bytesAreRandom() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
            assertThat(guest.call("random_get", 0, 32)).isZero();
            assertThat(guest.call("random_get", 32, 32)).isZero();
            assertThat(guest.memory.readBytes(0, 32)).isNotEqualTo(guest.memory.readBytes(32, 32));
            assertThat(guest.memory.readBytes(64, 32)).containsOnly(0);
        }
    }

    @Test
    void allOfALargeBufferIsFilled() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
            assertThat(guest.call("random_get", 0, Preview1Guest.SIZE_BYTES)).isZero();
            // Sixteen zeros in a row mean a gap: by chance that is one run in 2^112.
            byte[] bytes = guest.memory.readBytes(0, Preview1Guest.SIZE_BYTES);
            int zeros = 0;
            for (byte b : bytes) {
                zeros = b == 0 ? zeros + 1 : 0;
                assertThat(zeros).isLessThan(16);
            }
        }
    }

    @Test
    void addressesAndLengthsAreChecked() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
            assertThat(guest.call("random_get", 65_530, 7)).isEqualTo(Preview1Guest.FAULT);
            assertThat(guest.call("random_get", 0, -1)).isEqualTo(Preview1Guest.FAULT);
            assertThat(guest.call("random_get", -1, 1)).isEqualTo(Preview1Guest.FAULT);
            assertThat(guest.call("random_get", -1, -1)).isEqualTo(Preview1Guest.FAULT);
            assertThat(guest.memory.readBytes(65_530, 6)).containsOnly(0);
            assertThat(guest.call("random_get", 65_530, 6)).isZero();
            assertThat(guest.call("random_get", 65_536, 0)).isZero();
            assertThat(guest.call("random_get", -1, 0)).as("nothing, anywhere").isZero();
        }
    }

    @Test
    void aSourceOfTheHostIsFollowed() {
        byte[] expected = new byte[10_000];
        new Random(42).nextBytes(expected);
        Wasi wasi = Wasi.preview1().random(new Random(42));
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            assertThat(guest.call("random_get", 3, expected.length)).isZero();
            assertThat(guest.memory.readBytes(3, expected.length)).isEqualTo(expected);
        }
    }

    @Test
    void aGuestWithoutMemoryHasNoAddresses() {
        try (Instance instance =
                Kugg.module(RandomTest.class, "no-memory.wasm").with(Wasi.preview1()).start()) {
            assertThat(instance.func("random_get").call(0, 1)).containsExactly(Preview1Guest.FAULT);
            assertThat(instance.func("random_get").call(0, 0)).containsExactly(0);
            assertThat(instance.func("sched_yield").call()).containsExactly(0);
        }
    }
}
