package dev.kugg.internal.decode;

import org.jspecify.annotations.Nullable;

/**
 * One data segment: a range of the module's bytes.
 *
 * @param mode when it is used; never {@link SegmentMode#DECLARATIVE}
 * @param memidx the memory an active segment is written to; 0 otherwise
 * @param offset where an active segment is written to; null otherwise
 * @param start the position of its first byte in the module
 * @param length its size in bytes
 */
public record DataSegment(
        SegmentMode mode, int memidx, @Nullable ConstExpr offset, int start, int length) {}
