package dev.kugg.internal.compile;

/**
 * How one loop is made to notice that it is to be stopped, decided before code is written.
 *
 * <p>Under a compiled loop HotSpot hoists a plain read out, and an ordered read in every trip of an
 * innermost loop costs up to thirty times. So innermost loops count; loops that contain loops or
 * calls read. HotSpot also drops the JVM's own stops (for garbage collection, say) from loops it
 * can count: so every loop is written as two, the outer of which goes round once a count is used
 * up, and cannot be counted. RATIONALE.md has the forms that were measured.
 */
final class LoopPlan {
    /** No branch leads back: it is no loop. */
    static final int NONE = 0;

    /** Contains loops or calls: reads {@code stop} in every trip. */
    static final int OUTER = 1;

    /** Innermost: counts down a local from its entry on. */
    static final int FUEL = 2;

    /**
     * Innermost and counted: cut into strips of a known number of trips, with a look at {@code
     * stop} between them.
     */
    static final int STRIP = 3;

    /** Trips of a loop that contains loops or calls between two stops of the JVM. */
    static final int OUTER_TRIPS = 1024;

    /**
     * Levels of such loops that count their trips: those around them are slow enough to call a
     * method in each.
     */
    static final int COUNTED_LEVELS = 4;

    /** About how many instructions of an innermost loop may run between two looks. */
    private static final int INSTRUCTIONS_BETWEEN = 1 << 18;

    private static final int MOST_TRIPS = 1 << 16;

    /**
     * The greatest step of a counted loop: a strip of the most trips then steps over no more than
     * 2^28, so that a counter which is far below its bound does not wrap around within a strip.
     */
    static final int MOST_STEP = 1 << 12;

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

    /** How many loops are nested in it at most. */
    int level;

    int backEdges;
    int instructions;

    /** How many loops the body has. */
    int loopsOfBody = 1;

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

    /**
     * {@return how many trips may pass between two looks} Loops that end just before they would
     * look may follow each other: bodies with very many share the time.
     */
    int trips() {
        int share = INSTRUCTIONS_BETWEEN / Math.max(1, loopsOfBody / 8);
        return Math.max(16, Math.min(MOST_TRIPS, share / Math.max(1, instructions)));
    }
}
