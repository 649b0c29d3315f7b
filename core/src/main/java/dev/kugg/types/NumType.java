package dev.kugg.types;

/**
 * The type of a number.
 *
 * @see <a href="https://webassembly.github.io/spec/core/syntax/types.html#number-types">Number
 *     types</a>
 */
public enum NumType implements ValType {
    /** A 32-bit integer. */
    I32("i32"),
    /** A 64-bit integer. */
    I64("i64"),
    /** A 32-bit IEEE 754 number. */
    F32("f32"),
    /** A 64-bit IEEE 754 number. */
    F64("f64");

    private final String text;

    NumType(String text) {
        this.text = text;
    }

    /** {@return the name in the text format, such as {@code i32}} */
    @Override
    public String toString() {
        return text;
    }
}
