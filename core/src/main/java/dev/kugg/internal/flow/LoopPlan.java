package dev.kugg.internal.flow;

/**
 * How one loop is made to notice that it is to be stopped, decided before code is written.
 *
 * <p>Under a compiled loop HotSpot hoists a plain read out, and an ordered read in every trip of an
 * innermost loop costs up to thirty times. So innermost loops count, and when a count is used up
 * ask the module's alarm, which costs nothing until it rings; loops that contain loops or calls
 * read. HotSpot also drops the JVM's own stops (for garbage collection, and for an alarm that
 * begins to ring) from loops it can count: so every loop that may be one is written as two, the
 * outer of which goes round once a count is used up, and cannot be counted. RATIONALE.md has the
 * forms that were measured.
 */
public final class LoopPlan {
    /**
     * Contains loops or calls, or goes through several methods: reads {@code stop} in every trip.
     * Counts its trips if it {@link #counts}.
     */
    public static final int OUTER = 1;

    /** Innermost: counts down a local from its entry on. */
    public static final int FUEL = 2;

    /**
     * Innermost and counted: cut into strips of a known number of trips, with a question to the
     * alarm between them.
     */
    public static final int STRIP = 3;

    /** Trips of a loop that contains loops or calls between two stops of the JVM. */
    public static final int OUTER_TRIPS = 1024;

    /**
     * Levels of such loops that count their trips: those around them are slow enough to call a
     * method in each.
     */
    public static final int COUNTED_LEVELS = 4;

    /** About how many instructions of an innermost loop may run between two looks. */
    private static final int INSTRUCTIONS_BETWEEN = 1 << 18;

    private static final int MOST_TRIPS = 1 << 16;

    /**
     * The greatest step of a counted loop: a strip of the most trips then steps over no more than
     * 2^28, so that a counter which is far below its bound does not wrap around within a strip.
     */
    static final int MOST_STEP = 1 << 12;

    /** The block its circles go through. */
    public final int header;

    /** OUTER, FUEL or STRIP. */
    public int kind = OUTER;

    /** How many loops are nested in it at most. */
    public int level;

    /**
     * OUTER: whether it counts its trips, for the sake of the JVM's stops. A loop without calls
     * that HotSpot cannot count keeps its stop, and is faster without.
     */
    public boolean counts;

    /** STRIP: the block that its one way back begins at, whose end is the loop's condition. */
    public int latch = -1;

    /** STRIP: the variable that counts. */
    public int counter;

    /** STRIP: what is added to the counter in each trip; not 0. */
    public int step;

    /** STRIP: the bound's variable, or -1 for a constant. */
    public int boundVariable = -1;

    /** STRIP: the bound where it is a constant. */
    public int boundConstant;

    /**
     * STRIP: the JVM's condition of "counter ? bound" that continues the loop, as {@code if_icmpXX}
     * order (EQ..LE).
     */
    public int condition;

    /** STRIP: whether the comparison is unsigned. */
    public boolean unsigned;

    /**
     * STRIP: how many operands the comparison has left on the stack: 2, or 1 for a comparison with
     * zero.
     */
    public int operands;

    boolean hasInner;
    boolean hasCall;

    /** Of a trip at most; moving a value along an edge counts as one. */
    int instructions;

    /** How many loops the body has. */
    int loopsOfBody = 1;

    LoopPlan(int header) {
        this.header = header;
    }

    /**
     * {@return how many trips may pass between two looks} Loops that end just before they would
     * look may follow each other: bodies with very many share the time.
     */
    public int trips() {
        int share = INSTRUCTIONS_BETWEEN / Math.max(1, loopsOfBody / 8);
        return Math.max(16, Math.min(MOST_TRIPS, share / Math.max(1, instructions)));
    }
}
