package dev.kugg.internal.decode;

/** The data segments; their bytes stay where they are. */
final class DataSection {
    private DataSection() {}

    static void read(SectionReader reader, ModuleBuilder module) {
        int count = reader.count("data segments", DecodeLimits.SEGMENTS);
        for (int i = 0; i < count; i++) {
            module.datas.add(segment(reader));
        }
    }

    private static DataSegment segment(SectionReader reader) {
        int at = reader.position;
        int kind = reader.u32();
        if (kind < 0 || kind > 2) {
            throw reader.malformed("malformed data segment kind", at);
        }
        SegmentMode mode = kind == 1 ? SegmentMode.PASSIVE : SegmentMode.ACTIVE;
        int memidx = kind == 2 ? reader.u32() : 0;
        ConstExpr offset = mode == SegmentMode.ACTIVE ? reader.constExpr() : null;
        int length = reader.byteCount();
        int start = reader.position;
        reader.skip(length);
        return new DataSegment(mode, memidx, offset, start, length);
    }
}
