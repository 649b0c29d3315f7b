package dev.kugg.internal.decode;

import dev.kugg.InvalidException;
import dev.kugg.internal.opcode.Feature;
import dev.kugg.types.FuncType;
import dev.kugg.types.GlobalType;
import dev.kugg.types.MemoryType;
import dev.kugg.types.TableType;

import java.util.Arrays;

/** The imports, which begin every index space. */
final class ImportSection {
    private ImportSection() {}

    static void read(SectionReader reader, ModuleBuilder module) {
        int count = reader.count("imports", DecodeLimits.IMPORTS);
        int[] funcTypes = new int[count];
        for (int i = 0; i < count; i++) {
            String moduleName = reader.name();
            String name = reader.name();
            int at = reader.position;
            int kind = reader.u8();
            switch (kind) {
                case 0 -> {
                    int typeidx = reader.u32();
                    FuncType type = funcType(module, typeidx, moduleName, name);
                    funcTypes[module.importedFuncs++] = typeidx;
                    add(module, new ImportDef(moduleName, name, type, typeidx, ExternKind.FUNC));
                }
                case 1 -> {
                    TableType type = reader.tableType();
                    module.tables.add(type);
                    add(module, new ImportDef(moduleName, name, type, -1, ExternKind.TABLE));
                }
                case 2 -> {
                    MemoryType type = reader.memoryType();
                    module.memories.add(type);
                    add(module, new ImportDef(moduleName, name, type, -1, ExternKind.MEMORY));
                }
                case 3 -> {
                    GlobalType type = reader.globalType();
                    module.globals.add(new GlobalDef(type, null));
                    add(module, new ImportDef(moduleName, name, type, -1, ExternKind.GLOBAL));
                }
                case 4 -> throw reader.unsupported(Feature.EXCEPTIONS, "an imported tag", at);
                default -> throw reader.malformed("malformed import kind", at);
            }
            if (module.memories.size() > 1) {
                throw reader.unsupported(Feature.MULTI_MEMORY, "a second memory", at);
            }
        }
        module.funcTypes = Arrays.copyOf(funcTypes, module.importedFuncs);
        module.importedTables = module.tables.size();
        module.importedMemories = module.memories.size();
        module.importedGlobals = module.globals.size();
    }

    private static void add(ModuleBuilder module, ImportDef importDef) {
        module.imports.add(importDef);
    }

    /** The one index that is checked here, because an import without its type could not be told. */
    private static FuncType funcType(
            ModuleBuilder module, int typeidx, String moduleName, String name) {
        if (typeidx < 0 || typeidx >= module.types.length) {
            throw new InvalidException(
                    "unknown type "
                            + Integer.toUnsignedString(typeidx)
                            + (" (import \"" + moduleName + "\" \"" + name + "\")"));
        }
        return module.types[typeidx];
    }
}
