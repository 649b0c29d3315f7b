package dev.kugg.internal.decode;

import dev.kugg.types.FuncType;
import dev.kugg.types.MemoryType;
import dev.kugg.types.TableType;

import java.util.ArrayList;

/** What the sections read so far have left; becomes a {@link ModuleDef}. */
final class ModuleBuilder {
    final byte[] bytes;

    /** The most bytes of a function's body. */
    final int maxBodyBytes;

    FuncType[] types = {};
    int[] canonicalType = {};
    final ArrayList<ImportDef> imports = new ArrayList<>();
    int importedFuncs;
    int importedTables;
    int importedMemories;
    int importedGlobals;
    int[] funcTypes = {};
    final ArrayList<TableType> tables = new ArrayList<>();
    final ArrayList<MemoryType> memories = new ArrayList<>();
    final ArrayList<GlobalDef> globals = new ArrayList<>();
    final ArrayList<ExportDef> exports = new ArrayList<>();
    int startFunc = -1;
    final ArrayList<ElemSegment> elems = new ArrayList<>();
    final ArrayList<DataSegment> datas = new ArrayList<>();
    int dataCount = -1;
    FuncBody[] bodies = {};
    final ArrayList<Section> sections = new ArrayList<>();
    Names names = Names.NONE;

    ModuleBuilder(byte[] bytes, int maxBodyBytes) {
        this.bytes = bytes;
        this.maxBodyBytes = maxBodyBytes;
    }
}
