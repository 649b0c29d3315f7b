package dev.kugg.internal.decode;

import dev.kugg.LimitException;
import dev.kugg.types.ValType;

/**
 * The bodies of the functions: their locals, and where their code is. The code itself is read by
 * validation.
 */
final class CodeSection {
    private CodeSection() {}

    static void read(SectionReader reader, ModuleBuilder module) {
        int count = reader.count("function bodies", DecodeLimits.FUNCTIONS);
        int sectionEnd = reader.end;
        FuncBody[] bodies = new FuncBody[count];
        for (int i = 0; i < count; i++) {
            int sizeBytes = reader.byteCount();
            if (sizeBytes > module.maxBodyBytes) {
                throw reader.limit(
                        "a function body of " + sizeBytes + " bytes",
                        module.maxBodyBytes,
                        reader.position);
            }
            reader.end = reader.position + sizeBytes;
            bodies[i] = body(reader, module.importedFuncs + i);
            reader.position = reader.end;
            reader.end = sectionEnd;
        }
        module.bodies = bodies;
    }

    private static FuncBody body(SectionReader reader, int funcidx) {
        int at = reader.position;
        int runs = reader.count();
        int[] counts = new int[runs];
        ValType[] types = new ValType[runs];
        long total = 0;
        for (int i = 0; i < runs; i++) {
            counts[i] = reader.u32();
            total += counts[i] & 0xffffffffL;
            types[i] = reader.valType();
        }
        if (total > 0xffffffffL) {
            throw reader.malformed("too many locals", at);
        }
        if (total > DecodeLimits.LOCALS) {
            throw new LimitException(
                    "function "
                            + funcidx
                            + (" has " + total + " locals; the limit is " + DecodeLimits.LOCALS));
        }
        return new FuncBody(reader.position, reader.end, counts, types, (int) total);
    }
}
