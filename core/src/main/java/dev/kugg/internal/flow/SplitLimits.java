package dev.kugg.internal.flow;

/**
 * How large methods may get, in bytes of JVM code.
 *
 * @param whole a body up to this size is not split
 * @param loop a loop up to this size stays in one method
 * @param part about the size of the methods a larger body is split into
 * @param spine what stays of a loop around a wide {@code br_table}
 * @param cases about the size of the methods that its cases go to
 * @param block about the most bytes of a block's straight-line code
 * @param accesses how many accesses to memory, those of single bytes not counted, one method should
 *     have: each takes C1 more than 100 virtual registers of 10,000
 */
public record SplitLimits(
        int whole, int loop, int part, int spine, int cases, int block, int accesses) {
    /** HotSpot never compiles a method of more bytes: it stays interpreted. */
    public static final int HUGE_METHOD = 8000;

    /** What is used. RATIONALE.md says what was measured. */
    public static final SplitLimits NORMAL =
            new SplitLimits(7000, 7000, 3300, 1200, 2200, 400, 110);

    /**
     * {@return these limits with larger parts, so many halves of the usual size, and less spine}
     */
    SplitLimits withParts(int halves) {
        return new SplitLimits(
                whole,
                loop,
                Math.max(part, Math.min(loop, part * halves / 2)),
                spine,
                Math.min(loop, cases * halves / 2),
                block,
                accesses * halves / 2);
    }

    /** The system property with which tests make methods so small that everything is split. */
    private static final String TEST_PROPERTY = "kugg.test.splitBytes";

    /** {@return what is used, unless a test wants less} */
    public static SplitLimits current() {
        Integer bytes = Integer.getInteger(TEST_PROPERTY);
        return bytes == null ? NORMAL : tiny(bytes);
    }

    /** {@return limits so small that tests split everything} */
    public static SplitLimits tiny(int bytes) {
        return new SplitLimits(bytes, bytes, bytes, bytes, bytes, Math.max(1, bytes / 4), 4);
    }
}
