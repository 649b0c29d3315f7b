package dev.kugg.internal.compile;

/**
 * How one loop is made to notice that it is to be stopped, decided before code is written.
 *
 * <p>Under a compiled loop HotSpot hoists a plain read out, and an ordered read in every trip costs
 * up to a third. So loops count: the innermost ones, where time is spent, each for itself; all
 * others of a function together. Where a count is used up they call a method that looks, and that
 * HotSpot does not inline, so that the JVM's own stops (for garbage collection, say) come through
 * there too: it drops its own looks from loops it can count. RATIONALE.md has the forms that were
 * measured.
 */
final class LoopPlan {
    /** No branch leads back: it is no loop. */
    static final int NONE = 0;

    /** Contains loops: counts down a local that it shares with all such loops of its function. */
    static final int OUTER = 1;

    /** Innermost: counts down a local from its entry on. */
    static final int FUEL = 2;

    /**
     * Innermost and counted: cut into strips of a known number of trips, with a look at {@code
     * stop} between them.
     */
    static final int STRIP = 3;

    /** Trips of loops that contain loops between two looks. */
    static final int OUTER_TRIPS = 64;

    /** About how many instructions of an innermost loop may run between two looks. */
    private static final int INSTRUCTIONS_BETWEEN = 1 << 18;

    private static final int MOST_TRIPS = 1 << 16;

    /**
     * The greatest step of a counted loop: a strip of the most trips then steps over no more than
     * 2^28, so that a counter which is far below its bound does not wrap around within a strip.
     */
    static final int MOST_STEP = 1 << 12;

    /**
     * Trips between looks where each may call functions, which look for themselves unless they are
     * short.
     */
    private static final int MOST_TRIPS_WITH_CALLS = 1 << 10;

    /** Its place among the loops of its body. */
    final int number;

    /**
     * Whether it neither takes nor gives values, so that its closing branch leaves nothing on the
     * operand stack.
     */
    final boolean empty;

    int kind = NONE;
    boolean hasInner;
    boolean hasCall;
    int backEdges;
    int instructions;

    /** STRIP: the position of the {@code br_if} that closes the loop. */
    int branchAt = -1;

    /** STRIP: the counter's localidx. */
    int counter;

    /** STRIP: what is added to the counter in each trip; not 0. */
    int step;

    /** STRIP: the bound's localidx, or -1 for a constant. */
    int boundLocal = -1;

    /** STRIP: the bound where it is a constant. */
    int boundConstant;

    /**
     * STRIP: the JVM's condition of "counter ? bound" that continues the loop, as {@code if_icmpXX}
     * order (EQ..LE).
     */
    int condition;

    /** STRIP: whether the comparison is unsigned. */
    boolean unsigned;

    /**
     * STRIP: how many operands the comparison has left on the stack: 2, or 1 for a comparison with
     * zero.
     */
    int operands;

    LoopPlan(int number, boolean empty) {
        this.number = number;
        this.empty = empty;
    }

    /** {@return how many trips may pass between two looks} */
    int trips() {
        int most = hasCall ? MOST_TRIPS_WITH_CALLS : MOST_TRIPS;
        return Math.max(16, Math.min(most, INSTRUCTIONS_BETWEEN / Math.max(1, instructions)));
    }
}
