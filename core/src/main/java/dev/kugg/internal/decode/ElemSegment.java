package dev.kugg.internal.decode;

import dev.kugg.types.RefType;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * One element segment. Its elements are given in one of two forms: as function indices in {@code
 * funcs}, or as expressions in {@code init}, which is empty in the first case.
 *
 * @param mode when it is used
 * @param tableidx the table an active segment is written to; 0 otherwise
 * @param offset where an active segment is written to; null otherwise
 * @param type the type of the elements
 * @param init the elements as expressions
 * @param funcs the elements as function indices, or null; never changed
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; a list would box thousands of indices.
public record ElemSegment(
        SegmentMode mode,
        int tableidx,
        @Nullable ConstExpr offset,
        RefType type,
        List<ConstExpr> init,
        int @Nullable [] funcs) {
    /** {@return the number of elements} */
    public int length() {
        return funcs != null ? funcs.length : init.size();
    }
}
