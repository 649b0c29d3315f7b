package dev.kugg.types;

/**
 * The size range of a memory (in pages of 65,536 bytes) or of a table (in elements).
 *
 * @param min the size at the start, and the least a matching import may have; not negative
 * @param max the most it may grow to, or {@link #NO_MAX}
 * @see <a href="https://webassembly.github.io/spec/core/syntax/types.html#limits">Limits</a>
 */
public record Limits(long min, long max) {
    /**
     * Creates limits.
     *
     * @throws IllegalArgumentException if a number is negative
     */
    public Limits {
        if (min < 0 || max < NO_MAX) {
            throw new IllegalArgumentException("negative limits " + min + " " + max);
        }
    }

    /** Stands for a maximum that is not given. */
    public static final long NO_MAX = -1;

    /**
     * {@return limits without a maximum}
     *
     * @param min the size at the start
     */
    public static Limits atLeast(long min) {
        return new Limits(min, NO_MAX);
    }

    /** {@return whether a maximum is given} */
    public boolean hasMax() {
        return max != NO_MAX;
    }

    /** {@return the limits in the text format: {@code 1} or {@code 1 2}} */
    @Override
    public String toString() {
        return hasMax() ? min + " " + max : Long.toString(min);
    }
}
