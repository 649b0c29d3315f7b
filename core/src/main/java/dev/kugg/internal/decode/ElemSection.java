package dev.kugg.internal.decode;

import dev.kugg.types.RefType;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** The element segments. */
final class ElemSection {
    // The bits of a segment's flags.
    private static final int NOT_ACTIVE = 1;
    private static final int HAS_TABLE_OR_IS_DECLARATIVE = 2;
    private static final int EXPRESSIONS = 4;

    private ElemSection() {}

    static void read(SectionReader reader, ModuleBuilder module) {
        int count = reader.count("element segments", DecodeLimits.SEGMENTS);
        for (int i = 0; i < count; i++) {
            module.elems.add(segment(reader));
        }
    }

    private static ElemSegment segment(SectionReader reader) {
        int at = reader.position;
        int flags = reader.u32();
        if ((flags & ~7) != 0) {
            throw reader.malformed("malformed elements segment kind", at);
        }
        SegmentMode mode = mode(flags);
        int tableidx = 0;
        ConstExpr offset = null;
        if (mode == SegmentMode.ACTIVE) {
            tableidx = (flags & HAS_TABLE_OR_IS_DECLARATIVE) != 0 ? reader.u32() : 0;
            offset = reader.constExpr();
        }
        boolean typed = (flags & (NOT_ACTIVE | HAS_TABLE_OR_IS_DECLARATIVE)) != 0;
        return (flags & EXPRESSIONS) != 0
                ? ofExpressions(reader, mode, tableidx, offset, typed)
                : ofIndices(reader, mode, tableidx, offset, typed);
    }

    private static SegmentMode mode(int flags) {
        if ((flags & NOT_ACTIVE) == 0) {
            return SegmentMode.ACTIVE;
        }
        return (flags & HAS_TABLE_OR_IS_DECLARATIVE) != 0
                ? SegmentMode.DECLARATIVE
                : SegmentMode.PASSIVE;
    }

    private static ElemSegment ofExpressions(
            SectionReader reader,
            SegmentMode mode,
            int tableidx,
            @Nullable ConstExpr offset,
            boolean typed) {
        RefType type = typed ? reader.refType() : RefType.FUNCREF;
        ConstExpr[] init = new ConstExpr[elementCount(reader)];
        for (int i = 0; i < init.length; i++) {
            init[i] = reader.constExpr();
        }
        return new ElemSegment(mode, tableidx, offset, type, List.of(init), null);
    }

    private static ElemSegment ofIndices(
            SectionReader reader,
            SegmentMode mode,
            int tableidx,
            @Nullable ConstExpr offset,
            boolean typed) {
        if (typed && reader.u8() != 0) {
            throw reader.malformed("malformed element kind", reader.position - 1);
        }
        int[] funcs = new int[elementCount(reader)];
        for (int i = 0; i < funcs.length; i++) {
            funcs[i] = reader.u32();
        }
        return new ElemSegment(mode, tableidx, offset, RefType.FUNCREF, List.of(), funcs);
    }

    private static int elementCount(SectionReader reader) {
        return reader.count("elements in a segment", DecodeLimits.SEGMENT_ELEMENTS);
    }
}
