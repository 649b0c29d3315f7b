package dev.kugg.types;

/**
 * The type of a vector.
 *
 * @see <a href="https://webassembly.github.io/spec/core/syntax/types.html#vector-types">Vector
 *     types</a>
 */
public enum VecType implements ValType {
    /** A vector of 128 bits. */
    V128;

    /** {@return the name in the text format, {@code v128}} */
    @Override
    public String toString() {
        return "v128";
    }
}
