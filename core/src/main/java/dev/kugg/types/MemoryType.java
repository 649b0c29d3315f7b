package dev.kugg.types;

/**
 * The type of a memory.
 *
 * @param limits its size range, in pages of 65,536 bytes
 * @see <a href="https://webassembly.github.io/spec/core/syntax/types.html#memory-types">Memory
 *     types</a>
 */
public record MemoryType(Limits limits) implements ExternType {
    /** The size of a page, in bytes. */
    public static final int PAGE_SIZE_BYTES = 65_536;

    /** {@return the type in the text format, such as {@code memory 1 2}} */
    @Override
    public String toString() {
        return "memory " + limits;
    }
}
