package dev.kugg.spectest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/**
 * Endless guests can be stopped, and soon. The bound here is generous, for busy machines; {@code
 * spectest/latency.sh} takes the real figures.
 */
@Timeout(60)
final class StopLatencyTest {
    private static final double MILLIS_MAX = 1_000;
    private static final int STOPS = 10;

    private static final Endless ENDLESS = new Endless(1);

    static List<String> loops() {
        return ENDLESS.loops();
    }

    @ParameterizedTest
    @MethodSource("loops")
    void stopsSoon(String loop) {
        Samples stops = new Samples();
        ENDLESS.interrupts(loop, STOPS, stops);
        ENDLESS.deadlines(loop, STOPS, stops);
        assertThat(stops.count()).isEqualTo(2 * STOPS);
        assertThat(stops.worstMillis()).as("worst stop, in ms").isLessThan(MILLIS_MAX);
    }

    @ParameterizedTest
    @MethodSource("loops")
    void doesNotHoldUpTheJvm(String loop) {
        Samples collections = new Samples();
        ENDLESS.collections(loop, 3, collections);
        assertThat(collections.worstMillis()).as("worst collection").isLessThan(2 * MILLIS_MAX);
    }
}
