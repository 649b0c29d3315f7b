package dev.kugg;

/**
 * What a module and its instances may take. Immutable; each {@code with} method returns other
 * limits. {@link #DEFAULT} is what counts where none are given.
 *
 * <p>{@link #bodyBytes}, {@link #compileWork} and {@link #instances} count when a module is loaded
 * with these limits. {@link #memoryPages} and {@link #tableElements} count for each instance: those
 * its module was loaded with, or those given to {@link InstanceBuilder#limits}.
 *
 * <p>Each is checked before anything of the size in question is made. Loading and starting then end
 * in {@link LimitException}, {@code memory.grow} and {@code table.grow} in -1. {@code LIMITS.md}
 * lists these and the fixed ones with what their messages say.
 *
 * {@snippet class="dev.kugg.Snippets" region="limits"}
 */
public final class Limits {
    /** The pages of an instance's memories by default: as many as one Java array holds. */
    public static final int DEFAULT_MEMORY_PAGES = 32_767;

    /** The elements of an instance's tables by default: as many as one table may have. */
    public static final int DEFAULT_TABLE_ELEMENTS = 10_000_000;

    /** The bytes of one function's body by default: the figure that browsers agreed on. */
    public static final int DEFAULT_BODY_BYTES = 7_654_321;

    /** The greatest limit of the bytes of a body that can be set: 64 MiB. */
    public static final int MOST_BODY_BYTES = 64 << 20;

    /** The compile work of a module by default. */
    public static final long DEFAULT_COMPILE_WORK = 256L << 20;

    /** The live instances of a module by default. */
    public static final int DEFAULT_INSTANCES = 100_000;

    /** The limits that count where none are given. */
    public static final Limits DEFAULT =
            new Limits(
                    DEFAULT_MEMORY_PAGES,
                    DEFAULT_TABLE_ELEMENTS,
                    DEFAULT_BODY_BYTES,
                    DEFAULT_COMPILE_WORK,
                    DEFAULT_INSTANCES);

    private final int memoryPages;
    private final int tableElements;
    private final int bodyBytes;
    private final long compileWork;
    private final int instances;

    private Limits(
            int memoryPages, int tableElements, int bodyBytes, long compileWork, int instances) {
        this.memoryPages = memoryPages;
        this.tableElements = tableElements;
        this.bodyBytes = bodyBytes;
        this.compileWork = compileWork;
        this.instances = instances;
    }

    private static void check(String what, long value, long most) {
        if (value < 0 || value > most) {
            throw new IllegalArgumentException(
                    "a limit of " + value + " " + what + "; it must be 0 to " + most);
        }
    }

    /**
     * {@return these limits with another one of memories} It bounds the pages that all memories an
     * instance makes have together, from its start and as they grow. Memories it imports count
     * where they were made. No single memory has more than {@value #DEFAULT_MEMORY_PAGES} pages,
     * however high the limit.
     *
     * @param pages the limit in pages of 65,536 bytes
     * @throws IllegalArgumentException if it is negative
     */
    public Limits withMemoryPages(int pages) {
        check("memory pages", pages, Integer.MAX_VALUE);
        return new Limits(pages, tableElements, bodyBytes, compileWork, instances);
    }

    /**
     * {@return these limits with another one of tables} It bounds the elements that all tables an
     * instance makes have together, from its start and as they grow. Tables it imports count where
     * they were made. No single table has more than {@value #DEFAULT_TABLE_ELEMENTS} elements,
     * however high the limit.
     *
     * @param elements the limit in elements; each takes 4 to 8 bytes
     * @throws IllegalArgumentException if it is negative
     */
    public Limits withTableElements(int elements) {
        check("table elements", elements, Integer.MAX_VALUE);
        return new Limits(memoryPages, elements, bodyBytes, compileWork, instances);
    }

    /**
     * {@return these limits with another one of the size of a single function}
     *
     * @param bytes the limit in bytes of the function's body in the binary format, its locals
     *     included
     * @throws IllegalArgumentException if it is negative or above {@value #MOST_BODY_BYTES}
     */
    public Limits withBodyBytes(int bytes) {
        check("body bytes", bytes, MOST_BODY_BYTES);
        return new Limits(memoryPages, tableElements, bytes, compileWork, instances);
    }

    /**
     * {@return these limits with another one of what compiling a module takes} The unit is what
     * time and memory grow with: one for each byte of all functions' code, one for each local they
     * declare, and 16 for each value beyond the sixteenth that a call, a block or a branch takes or
     * gives, each time it stands in the code. Where nothing passes so many values that is hardly
     * more than the size of the code section. A million units take about a tenth of a second to
     * load.
     *
     * @param units the limit
     * @throws IllegalArgumentException if it is negative
     */
    public Limits withCompileWork(long units) {
        check("units of compile work", units, Long.MAX_VALUE);
        return new Limits(memoryPages, tableElements, bodyBytes, units, instances);
    }

    /**
     * {@return these limits with another one of how many instances of a module there are at a time}
     * An instance counts from its start until it is closed, or, where it was not closed, until the
     * garbage collector finds that nobody has it any more, which may be long after.
     *
     * @param count the limit
     * @throws IllegalArgumentException if it is negative
     */
    public Limits withInstances(int count) {
        check("instances", count, Integer.MAX_VALUE);
        return new Limits(memoryPages, tableElements, bodyBytes, compileWork, count);
    }

    /** {@return the pages that an instance's own memories may have together} */
    public int memoryPages() {
        return memoryPages;
    }

    /** {@return the elements that an instance's own tables may have together} */
    public int tableElements() {
        return tableElements;
    }

    /** {@return the bytes that the body of one function may have} */
    public int bodyBytes() {
        return bodyBytes;
    }

    /** {@return the units of work that compiling a module may take} */
    public long compileWork() {
        return compileWork;
    }

    /** {@return how many instances of a module there may be at a time} */
    public int instances() {
        return instances;
    }

    @Override
    public String toString() {
        return "memory pages "
                + memoryPages
                + ", table elements "
                + tableElements
                + ", body bytes "
                + bodyBytes
                + ", compile work "
                + compileWork
                + ", instances "
                + instances;
    }
}
