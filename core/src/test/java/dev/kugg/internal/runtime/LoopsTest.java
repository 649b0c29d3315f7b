package dev.kugg.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Compares the answers with loops that are run: body, step, condition, again. */
class LoopsTest {
    private static final int[] VALUES = {
        Integer.MIN_VALUE,
        Integer.MIN_VALUE + 1,
        Integer.MIN_VALUE + 4097,
        -65_536,
        -4097,
        -4096,
        -100,
        -9,
        -8,
        -7,
        -5,
        -4,
        -3,
        -2,
        -1,
        0,
        1,
        2,
        3,
        4,
        5,
        7,
        8,
        9,
        100,
        4095,
        4096,
        4097,
        65_536,
        1 << 30,
        Integer.MAX_VALUE - 4096,
        Integer.MAX_VALUE - 8,
        Integer.MAX_VALUE - 1,
        Integer.MAX_VALUE
    };
    private static final int[] STEPS = {1, 2, 3, 4, 5, 7, 8, 1000, 4095, 4096};
    private static final int[] MOST = {1, 2, 16, 200};

    private interface Condition {
        boolean holds(int counter, int bound);
    }

    /** How often the loop runs, or {@code most} if that is less. */
    private static int trips(int start, int bound, int step, int most, Condition condition) {
        int counter = start;
        int trips = 0;
        do {
            trips++;
            counter += step;
        } while (trips < most && condition.holds(counter, bound));
        return trips;
    }

    private static void check(
            String loop, int start, int bound, int step, int most, int answer, Condition c) {
        int sure = trips(start, bound, step, most, c);
        if (answer < 1 || answer > sure) {
            assertThat(answer)
                    .as("%s: from %d by %d, bound %d, most %d", loop, start, step, bound, most)
                    .isBetween(1, sure);
        }
    }

    @Test
    void untilEqualIsNeverMoreThanTheLoopMakes() {
        for (int shift = 0; shift <= 30; shift++) {
            for (int start : VALUES) {
                for (int bound : VALUES) {
                    for (int most : MOST) {
                        int step = 1 << shift;
                        int up = Loops.tripsUntilEqual(bound - start, shift, most);
                        check("up to !=", start, bound, step, most, up, (i, n) -> i != n);
                        int down = Loops.tripsUntilEqual(start - bound, shift, most);
                        check("down to !=", start, bound, -step, most, down, (i, n) -> i != n);
                    }
                }
            }
        }
    }

    @Test
    void untilEqualOfAFullRoundIsNoMoreThanTheRound() {
        for (int shift = 16; shift <= 30; shift++) {
            int round = 1 << 32 - shift;
            assertThat(Loops.tripsUntilEqual(0, shift, 65_536))
                    .as("a full round by 2^" + shift)
                    .isBetween(1, round);
        }
    }

    @Test
    void untilEqualGoesAllTheWay() {
        assertThat(Loops.tripsUntilEqual(1000, 0, 65_536)).isEqualTo(1000);
        assertThat(Loops.tripsUntilEqual(1000, 3, 65_536)).isEqualTo(125);
        assertThat(Loops.tripsUntilEqual(65_536, 0, 65_536)).isEqualTo(65_536);
        assertThat(Loops.tripsUntilEqual(65_537, 0, 65_536)).isEqualTo(65_536);
        assertThat(Loops.tripsUntilEqual(0, 0, 65_536)).isEqualTo(65_536);
        assertThat(Loops.tripsUntilEqual(-1, 0, 65_536)).isEqualTo(65_536);
        assertThat(Loops.tripsUntilEqual(1001, 3, 65_536)).isEqualTo(65_536);
    }

    @Test
    void whileLessIsNeverMoreThanTheLoopMakes() {
        for (int step : STEPS) {
            int shift = 32 - Integer.numberOfLeadingZeros(step - 1);
            for (int start : VALUES) {
                for (int bound : VALUES) {
                    for (int most : MOST) {
                        int up = Loops.tripsWhileLess(start, bound, shift, most);
                        check("<", start, bound, step, most, up, (i, n) -> i < n);
                        check("<=", start, bound, step, most, up, (i, n) -> i <= n);
                        int down = Loops.tripsWhileLess(bound, start, shift, most);
                        check(">", start, bound, -step, most, down, (i, n) -> i > n);
                        check(">=", start, bound, -step, most, down, (i, n) -> i >= n);
                    }
                }
            }
        }
    }

    @Test
    void whileLessUnsignedIsNeverMoreThanTheLoopMakes() {
        for (int step : STEPS) {
            int shift = 32 - Integer.numberOfLeadingZeros(step - 1);
            for (int start : VALUES) {
                for (int bound : VALUES) {
                    for (int most : MOST) {
                        unsigned(start, bound, step, shift, most);
                    }
                }
            }
        }
    }

    private static void unsigned(int start, int bound, int step, int shift, int most) {
        int up = Loops.tripsWhileLessUnsigned(start, bound, shift, most);
        check("<u", start, bound, step, most, up, (i, n) -> Integer.compareUnsigned(i, n) < 0);
        check("<=u", start, bound, step, most, up, (i, n) -> Integer.compareUnsigned(i, n) <= 0);
        int down = Loops.tripsWhileLessUnsigned(bound, start, shift, most);
        check(">u", start, bound, -step, most, down, (i, n) -> Integer.compareUnsigned(i, n) > 0);
        check(">=u", start, bound, -step, most, down, (i, n) -> Integer.compareUnsigned(i, n) >= 0);
    }

    @Test
    void whileLessGoesFar() {
        assertThat(Loops.tripsWhileLess(0, 1000, 0, 65_536)).isEqualTo(1000);
        assertThat(Loops.tripsWhileLess(0, 1000, 3, 65_536)).isEqualTo(125);
        int least = Integer.MIN_VALUE;
        int greatest = Integer.MAX_VALUE;
        assertThat(Loops.tripsWhileLess(least, greatest, 0, 65_536)).isEqualTo(65_536);
        assertThat(Loops.tripsWhileLess(greatest, least, 0, 65_536)).isEqualTo(1);
        assertThat(Loops.tripsWhileLessUnsigned(0, -1, 0, 65_536)).isEqualTo(65_536);
        assertThat(Loops.tripsWhileLessUnsigned(-1, 0, 0, 65_536)).isEqualTo(1);
        assertThat(Loops.tripsWhileLess(7, 7, 0, 65_536)).isEqualTo(1);
    }
}
