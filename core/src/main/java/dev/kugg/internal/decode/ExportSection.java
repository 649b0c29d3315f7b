package dev.kugg.internal.decode;

import dev.kugg.internal.opcode.Feature;

/** The exports. */
final class ExportSection {
    private ExportSection() {}

    static void read(SectionReader reader, ModuleBuilder module) {
        int count = reader.count("exports", DecodeLimits.EXPORTS);
        for (int i = 0; i < count; i++) {
            String name = reader.name();
            ExternKind kind = kind(reader);
            module.exports.add(new ExportDef(name, kind, reader.u32()));
        }
    }

    private static ExternKind kind(SectionReader reader) {
        int at = reader.position;
        return switch (reader.u8()) {
            case 0 -> ExternKind.FUNC;
            case 1 -> ExternKind.TABLE;
            case 2 -> ExternKind.MEMORY;
            case 3 -> ExternKind.GLOBAL;
            case 4 -> throw reader.unsupported(Feature.EXCEPTIONS, "an exported tag", at);
            default -> throw reader.malformed("malformed export kind", at);
        };
    }
}
