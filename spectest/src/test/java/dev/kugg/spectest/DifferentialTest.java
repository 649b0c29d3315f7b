package dev.kugg.spectest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Generated modules do the same in Kugg as in wasmtime. A few always; as many as wanted with {@code
 * spectest/differential.sh}.
 */
final class DifferentialTest {
    private static final int FEW = 64;
    private static final int MANY = 1_000;

    @Test
    void generatedModules() throws Exception {
        boolean many = Boolean.getBoolean("kugg.differential");
        long seed = Settings.seed(many ? System.currentTimeMillis() : 1);
        long minutes = Settings.number("minutes", 1, Long.MAX_VALUE, Long.MAX_VALUE);
        long unlimited = minutes == Long.MAX_VALUE ? many ? MANY : FEW : Long.MAX_VALUE;
        long first = Settings.number("first", 0, Long.MAX_VALUE, 0);
        long count = Settings.number("count", 1, Long.MAX_VALUE, unlimited);
        Optional<Differential> differential = Differential.find(seed);
        if (differential.isPresent()) {
            long nanos = TimeUnit.MINUTES.toNanos(minutes);
            assertThat(differential.get().run(first, count, nanos)).isEmpty();
        }
    }
}
