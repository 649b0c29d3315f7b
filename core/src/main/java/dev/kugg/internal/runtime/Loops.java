package dev.kugg.internal.runtime;

/**
 * How many trips a counted loop may make before it has to look whether it is to be stopped. The
 * generated loop makes that many without testing its own condition, so each answer is at least 1
 * and no more than the trips the condition is sure to allow: the loop's body runs, the counter
 * steps, and the condition would hold again for all but the last.
 */
public final class Loops {
    private Loops() {}

    /**
     * A loop that goes on while its counter is not equal to its bound.
     *
     * @param distance bound minus counter, or counter minus bound where the counter falls, in 32
     *     bits
     * @param shift the step's magnitude as a power of two
     * @param most the most trips to answer
     */
    public static int tripsUntilEqual(int distance, int shift, int most) {
        if ((distance & (1 << shift) - 1) != 0) {
            // The counter steps over the bound, round and round.
            return most;
        }
        long trips = Integer.toUnsignedLong(distance) >>> shift;
        if (trips == 0) {
            // Equal at the start: a full round.
            trips = 1L << 32 - shift;
        }
        return (int) Math.min(trips, most);
    }

    /**
     * A loop that goes on while the lesser number, its counter or its bound, is below the other.
     *
     * @param shift the step's magnitude, rounded up to a power of two
     * @param most the most trips to answer
     */
    public static int tripsWhileLess(int lesser, int greater, int shift, int most) {
        return trips((long) greater - lesser, shift, most);
    }

    /** As {@link #tripsWhileLess}, of unsigned numbers. */
    public static int tripsWhileLessUnsigned(int lesser, int greater, int shift, int most) {
        return trips(Integer.toUnsignedLong(greater) - Integer.toUnsignedLong(lesser), shift, most);
    }

    private static int trips(long distance, int shift, int most) {
        long trips = distance >> shift;
        return trips <= 1 ? 1 : (int) Math.min(trips, most);
    }
}
