package dev.kugg.types;

/**
 * The type of a value: a number, a vector or a reference.
 *
 * @see <a href="https://webassembly.github.io/spec/core/syntax/types.html#value-types">Value
 *     types</a>
 */
public sealed interface ValType permits NumType, VecType, RefType {
    /** A 32-bit integer; an {@code int} in Java, signed or unsigned as the reader sees it. */
    ValType I32 = NumType.I32;

    /** A 64-bit integer; a {@code long} in Java, signed or unsigned as the reader sees it. */
    ValType I64 = NumType.I64;

    /** A 32-bit IEEE 754 number; a {@code float} in Java. */
    ValType F32 = NumType.F32;

    /** A 64-bit IEEE 754 number; a {@code double} in Java. */
    ValType F64 = NumType.F64;

    /** A nullable reference to a function; a {@link dev.kugg.Func} in Java. */
    ValType FUNCREF = RefType.FUNCREF;

    /** A nullable reference to any object of the host; an {@code Object} in Java. */
    ValType EXTERNREF = RefType.EXTERNREF;
}
