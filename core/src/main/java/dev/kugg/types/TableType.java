package dev.kugg.types;

/**
 * The type of a table.
 *
 * @param limits its size range, in elements
 * @param element the type of its elements
 * @see <a href="https://webassembly.github.io/spec/core/syntax/types.html#table-types">Table
 *     types</a>
 */
public record TableType(Limits limits, RefType element) implements ExternType {
    /** {@return the type in the text format, such as {@code table 10 20 funcref}} */
    @Override
    public String toString() {
        return "table " + limits + " " + element;
    }
}
