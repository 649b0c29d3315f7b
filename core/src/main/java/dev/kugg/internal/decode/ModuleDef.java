package dev.kugg.internal.decode;

import dev.kugg.types.FuncType;
import dev.kugg.types.MemoryType;
import dev.kugg.types.TableType;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A module as its bytes say it, well-formed but not yet validated: indices may point anywhere.
 * Code, constant expressions and data stay where they are, as ranges of {@link #bytes}.
 *
 * <p>Immutable: lists cannot be changed and nobody changes the arrays. Every index space begins
 * with the imports.
 */
public final class ModuleDef {
    /** The whole module. */
    public final byte[] bytes;

    /** The types by typeidx; equal types are the same object. */
    public final List<FuncType> types;

    /** By typeidx, the least typeidx with an equal type. */
    public final int[] canonicalType;

    /** The imports in their order. */
    public final List<ImportDef> imports;

    public final int importedFuncs;
    public final int importedTables;
    public final int importedMemories;
    public final int importedGlobals;

    /** By funcidx, the typeidx. */
    public final int[] funcTypes;

    /** By tableidx. */
    public final List<TableType> tables;

    /** By memidx. */
    public final List<MemoryType> memories;

    /** By globalidx. */
    public final List<GlobalDef> globals;

    /** The exports in their order. */
    public final List<ExportDef> exports;

    /** The funcidx of the start function, or -1. */
    public final int startFunc;

    /** By elemidx. */
    public final List<ElemSegment> elems;

    /** By dataidx. */
    public final List<DataSegment> datas;

    /** What the data count section says, or -1 when there is none. */
    public final int dataCount;

    /** By funcidx - {@link #importedFuncs}. */
    public final FuncBody[] bodies;

    /** All sections in their order, custom ones included. */
    public final List<Section> sections;

    /** What the name section says. */
    public final Names names;

    // By funcidx, made when first asked for.
    private @Nullable String @Nullable [] exportedNames;

    ModuleDef(ModuleBuilder builder) {
        bytes = builder.bytes;
        types = List.of(builder.types);
        canonicalType = builder.canonicalType;
        imports = List.copyOf(builder.imports);
        importedFuncs = builder.importedFuncs;
        importedTables = builder.importedTables;
        importedMemories = builder.importedMemories;
        importedGlobals = builder.importedGlobals;
        funcTypes = builder.funcTypes;
        tables = List.copyOf(builder.tables);
        memories = List.copyOf(builder.memories);
        globals = List.copyOf(builder.globals);
        exports = List.copyOf(builder.exports);
        startFunc = builder.startFunc;
        elems = List.copyOf(builder.elems);
        datas = List.copyOf(builder.datas);
        dataCount = builder.dataCount;
        bodies = builder.bodies;
        sections = List.copyOf(builder.sections);
        names = builder.names;
    }

    /** {@return the number of functions, imported ones included} */
    public int funcCount() {
        return funcTypes.length;
    }

    /**
     * {@return what to call a function in messages: its name in the name section, else that of its
     * first export, else its index}
     *
     * @param funcidx its index, in range
     */
    public String funcName(int funcidx) {
        String given = names.func(funcidx);
        if (given != null) {
            return given;
        }
        String exported = exportedNames()[funcidx];
        return exported != null ? exported : "func" + funcidx;
    }

    private @Nullable String[] exportedNames() {
        String[] found = exportedNames;
        if (found == null) {
            found = new String[funcCount()];
            for (ExportDef export : exports) {
                if (export.kind() == ExternKind.FUNC && found[export.index()] == null) {
                    found[export.index()] = export.name();
                }
            }
            exportedNames = found;
        }
        return found;
    }

    /**
     * {@return the type of a function}
     *
     * @param funcidx its index, in range
     */
    public FuncType funcType(int funcidx) {
        return types.get(funcTypes[funcidx]);
    }
}
