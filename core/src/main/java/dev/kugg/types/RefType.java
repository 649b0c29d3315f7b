package dev.kugg.types;

import org.jspecify.annotations.Nullable;

/**
 * The type of a reference.
 *
 * @param nullable whether null is among its values
 * @param heap what the reference points to
 * @see <a
 *     href="https://webassembly.github.io/spec/core/syntax/types.html#reference-types">Reference
 *     types</a>
 */
public record RefType(boolean nullable, HeapType heap) implements ValType {
    /** {@code funcref}: null or any function. */
    public static final RefType FUNCREF = new RefType(true, AbsHeapType.FUNC);

    /** {@code externref}: null or any object of the host. */
    public static final RefType EXTERNREF = new RefType(true, AbsHeapType.EXTERN);

    // Written out, as a record's own methods cost 15 ms when a program first calls one.

    /** {@return whether the other object is the same reference type} */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof RefType type
                        && nullable == type.nullable
                        && heap.equals(type.heap);
    }

    @Override
    public int hashCode() {
        return 2 * heap.hashCode() + (nullable ? 1 : 0);
    }

    /** {@return the type in the text format, such as {@code funcref} or {@code (ref func)}} */
    @Override
    public String toString() {
        return nullable ? heap + "ref" : "(ref " + heap + ")";
    }
}
