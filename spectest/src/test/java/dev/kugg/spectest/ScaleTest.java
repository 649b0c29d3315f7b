package dev.kugg.spectest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.Kugg;
import dev.kugg.LimitException;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;

/**
 * Modules of any size load, in a time that grows with the size, and give right answers. The bounds
 * here are generous, for busy machines; {@code spectest/scale.sh} takes the real figures.
 */
@Timeout(120)
final class ScaleTest {
    private static final double LOAD_MILLIS_MAX = 10_000;
    private static final double CALLS_MILLIS_MAX = 30_000;

    @ParameterizedTest
    @EnumSource
    void smallOnesGiveRightAnswers(Shape shape) {
        for (int size : new int[] {1, 2, 50, 600}) {
            assertThat(Scale.measure(shape, size).refusal()).isEmpty();
        }
    }

    /** Sizes are seeds as well: each is different code. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 2_000, 3_000, 5_000, 8_000, 13_000, 20_000, 50_000, 100_000})
    void mixedCodeGivesRightAnswers(int size) {
        assertThat(Scale.measure(Shape.MIXED, size).refusal()).isEmpty();
        assertThat(Scale.measure(Shape.MIXED_LOOP, size).refusal()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void largestOnesLoadSoonAndGiveRightAnswers(Shape shape) {
        Scale.Row row = Scale.measure(shape, shape.largest);
        assertThat(row.refusal()).isEmpty();
        assertThat(row.load()).as("ms to load").isLessThan(LOAD_MILLIS_MAX);
        assertThat(row.first()).as("ms of the first calls").isLessThan(CALLS_MILLIS_MAX);
    }

    /**
     * Four times the input may not take nine times as long; quadratic would be sixteen. Both are so
     * large that their bodies are planned at load: smaller ones are planned when they are called.
     */
    @ParameterizedTest
    @EnumSource
    void timeToLoadIsLinear(Shape shape) {
        byte[] once = shape.guest(shape.largest / 8).bytes();
        byte[] fourTimes = shape.guest(shape.largest / 2).bytes();
        load(once);
        long small = Math.max(cpuNanosToLoad(once), 5_000_000);
        long large = cpuNanosToLoad(fourTimes);
        assertThat((double) large / small).as("growth of the time").isLessThan(9);
    }

    /** Code is made in the first calls; they are timed by the clock, so the bound is wider. */
    @ParameterizedTest
    @EnumSource
    void timeOfFirstCallsIsLinear(Shape shape) {
        double small = Math.max(millisOfFirstCalls(shape, shape.largest / 20), 50);
        double large = millisOfFirstCalls(shape, shape.largest / 5);
        assertThat(large / small).as("growth of the time").isLessThan(12);
    }

    private static double millisOfFirstCalls(Shape shape, int size) {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            Scale.Row row = Scale.measure(shape, size);
            assertThat(row.refusal()).isEmpty();
            best = Math.min(best, row.first());
        }
        return best;
    }

    private static long cpuNanosToLoad(byte[] module) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            load(module);
            long after = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            best = Math.min(best, after - before);
        }
        return best;
    }

    private static void load(byte[] module) {
        try {
            Kugg.module("large.wasm", module);
        } catch (LimitException e) {
            assertThat(e).as("that it is refused is another test's affair").isNotNull();
        }
    }
}
