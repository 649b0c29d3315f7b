package dev.kugg.internal.decode;

import dev.kugg.LimitException;
import dev.kugg.Limits;
import dev.kugg.MalformedException;
import dev.kugg.UnsupportedException;
import dev.kugg.internal.opcode.Feature;

/**
 * Reads a module: its sections in their order, each by a class of its own. Whatever the bytes are,
 * the end is a {@link ModuleDef} or one of the outcomes of loading, in time and memory linear in
 * their number.
 *
 * @see <a href="https://webassembly.github.io/spec/core/binary/modules.html">Modules</a>
 */
public final class Decoder {
    private static final int CUSTOM = 0;
    private static final int TYPE = 1;
    private static final int IMPORT = 2;
    private static final int FUNCTION = 3;
    private static final int TABLE = 4;
    private static final int MEMORY = 5;
    private static final int GLOBAL = 6;
    private static final int EXPORT = 7;
    private static final int START = 8;
    private static final int ELEMENT = 9;
    private static final int CODE = 10;
    private static final int DATA = 11;
    private static final int DATA_COUNT = 12;
    private static final int TAG = 13;

    /** By section id: what the specification calls it. */
    private static final String[] NAMES = {
        "custom",
        "type",
        "import",
        "function",
        "table",
        "memory",
        "global",
        "export",
        "start",
        "element",
        "code",
        "data",
        "data count",
        "tag",
    };

    /** By section id: its place in the module, which is not its number. */
    private static final byte[] PLACES = {0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 11, 6};

    private final SectionReader reader;
    private final ModuleBuilder module;

    private Decoder(byte[] bytes, Limits limits) {
        reader = new SectionReader(bytes);
        module = new ModuleBuilder(bytes, limits.bodyBytes());
    }

    /** {@return the module these bytes are, by the limits that count where none are given} */
    public static ModuleDef decode(byte[] bytes) {
        return decode(bytes, Limits.DEFAULT);
    }

    /**
     * {@return the module these bytes are}
     *
     * @param bytes the binary format; not copied, and not to be changed afterwards
     * @param limits how large bodies may be
     * @throws MalformedException if they are no module
     * @throws UnsupportedException if they use a feature we do not compile
     * @throws LimitException if they have more of something than we take
     */
    public static ModuleDef decode(byte[] bytes, Limits limits) {
        Decoder decoder = new Decoder(bytes, limits);
        decoder.readPreamble();
        decoder.readSections();
        decoder.checkCounts();
        return new ModuleDef(decoder.module);
    }

    private void readPreamble() {
        reader.section = "preamble";
        if (reader.end < 4) {
            throw reader.malformed("unexpected end", reader.end);
        }
        if (reader.i32LittleEndian() != 0x6d736100) {
            throw reader.malformed("magic header not detected", 0);
        }
        if (reader.end < 8) {
            throw reader.malformed("unexpected end", reader.end);
        }
        int version = reader.i32LittleEndian();
        if (version == 0x1000d) {
            throw reader.malformed("unknown binary version: a component, not a module", 4);
        }
        if (version != 1) {
            throw reader.malformed("unknown binary version", 4);
        }
    }

    private void readSections() {
        byte[] bytes = module.bytes;
        int lastPlace = 0;
        while (reader.position < bytes.length) {
            reader.end = bytes.length;
            int at = reader.position;
            int id = reader.u8();
            if (id >= NAMES.length) {
                throw reader.malformed("malformed section id", at);
            }
            reader.section = NAMES[id];
            int sizeBytes = reader.byteCount();
            reader.end = reader.position + sizeBytes;
            if (id == CUSTOM) {
                readCustom();
                continue;
            }
            if (PLACES[id] <= lastPlace) {
                throw reader.malformed("unexpected content after last section", at);
            }
            lastPlace = PLACES[id];
            module.sections.add(new Section(id, NAMES[id], reader.position, sizeBytes));
            readSection(id);
            if (reader.position != reader.end) {
                throw reader.malformed("section size mismatch");
            }
        }
    }

    private void readSection(int id) {
        switch (id) {
            case TYPE -> new TypeSection(reader, module).read();
            case IMPORT -> ImportSection.read(reader, module);
            case FUNCTION -> readFunctions();
            case TABLE -> readTables();
            case MEMORY -> readMemories();
            case GLOBAL -> readGlobals();
            case EXPORT -> ExportSection.read(reader, module);
            case START -> module.startFunc = startFunc();
            case ELEMENT -> ElemSection.read(reader, module);
            case CODE -> CodeSection.read(reader, module);
            case DATA -> DataSection.read(reader, module);
            case DATA_COUNT -> module.dataCount = dataCount();
            case TAG ->
                    throw reader.unsupported(Feature.EXCEPTIONS, "a tag section", reader.position);
            default -> throw new AssertionError(id);
        }
    }

    /** Of the custom sections only the first one called {@code name} means something to us. */
    private void readCustom() {
        String name = reader.name();
        int start = reader.position;
        int end = reader.end;
        module.sections.add(new Section(CUSTOM, name, start, end - start));
        if (name.equals("name") && module.names == Names.NONE) {
            module.names = new Names(module.bytes, start, end);
        }
        reader.position = end;
    }

    private void readFunctions() {
        int count = reader.count("functions", DecodeLimits.FUNCTIONS);
        int imported = module.importedFuncs;
        int[] types = new int[imported + count];
        System.arraycopy(module.funcTypes, 0, types, 0, imported);
        for (int i = 0; i < count; i++) {
            types[imported + i] = reader.u32();
        }
        module.funcTypes = types;
    }

    private void readTables() {
        int count = reader.count("tables", DecodeLimits.TABLES);
        for (int i = 0; i < count; i++) {
            module.tables.add(reader.tableType());
        }
    }

    private void readMemories() {
        int count = reader.count();
        for (int i = 0; i < count; i++) {
            int at = reader.position;
            module.memories.add(reader.memoryType());
            if (module.memories.size() > 1) {
                throw reader.unsupported(Feature.MULTI_MEMORY, "a second memory", at);
            }
        }
    }

    private void readGlobals() {
        int count = reader.count("globals", DecodeLimits.GLOBALS);
        for (int i = 0; i < count; i++) {
            module.globals.add(new GlobalDef(reader.globalType(), reader.constExpr()));
        }
    }

    /**
     * A number that no function can have stays one when it is made positive: -1 stands for no start
     * function.
     */
    private int startFunc() {
        return reader.u32() & Integer.MAX_VALUE;
    }

    private int dataCount() {
        int at = reader.position;
        int count = reader.u32();
        if (count < 0 || count > DecodeLimits.SEGMENTS) {
            throw reader.limit(
                    Integer.toUnsignedString(count) + " data segments", DecodeLimits.SEGMENTS, at);
        }
        return count;
    }

    private void checkCounts() {
        reader.section = "end of module";
        int functions = module.funcTypes.length - module.importedFuncs;
        int bodies = module.bodies.length;
        if (functions != bodies) {
            throw reader.malformed(
                    "function and code section have inconsistent lengths: "
                            + (functions + " functions, " + bodies + " bodies"));
        }
        int datas = module.datas.size();
        if (module.dataCount >= 0 && module.dataCount != datas) {
            throw reader.malformed(
                    "data count and data section have inconsistent lengths: "
                            + (module.dataCount + " announced, " + datas + " found"));
        }
    }
}
