package dev.kugg.types;

/**
 * The type of a global.
 *
 * @param value the type of its value
 * @param mutable whether its value may change
 * @see <a href="https://webassembly.github.io/spec/core/syntax/types.html#global-types">Global
 *     types</a>
 */
public record GlobalType(ValType value, boolean mutable) implements ExternType {
    /**
     * {@return the type in the text format, such as {@code global i32} or {@code global (mut i32)}}
     */
    @Override
    public String toString() {
        return mutable ? "global (mut " + value + ")" : "global " + value;
    }
}
