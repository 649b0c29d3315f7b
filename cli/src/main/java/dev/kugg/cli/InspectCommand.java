package dev.kugg.cli;

import dev.kugg.WasmModule;
import dev.kugg.cli.SectionReader.UnknownFormException;
import dev.kugg.types.ExportType;
import dev.kugg.types.ExternType;
import dev.kugg.types.FuncType;
import dev.kugg.types.ImportType;
import dev.kugg.types.MemoryType;
import dev.kugg.types.TableType;

import java.io.PrintStream;
import java.util.List;

/** {@code kugg inspect}: what a module consists of, as text for people. */
final class InspectCommand {
    private final PrintStream out;
    private final WasmModule module;
    private final byte[] bytes;

    private InspectCommand(PrintStream out, WasmModule module, byte[] bytes) {
        this.out = out;
        this.module = module;
        this.bytes = bytes;
    }

    /** {@return the exit code} */
    static int run(Streams streams, Arguments arguments) throws FailureException {
        String file = arguments.operands().get(0);
        byte[] bytes = Modules.read(file);
        WasmModule module = Modules.load(file, bytes, arguments);
        new InspectCommand(streams.out(), module, bytes).print();
        return 0;
    }

    private void print() throws FailureException {
        line(module.name() + ": " + count(bytes.length, "byte"));
        sections();
        items("types", SectionReader.TYPE, 0);
        imports();
        items("tables", SectionReader.TABLE, imported(TableType.class));
        items("memories", SectionReader.MEMORY, imported(MemoryType.class));
        exports();
        start();
        producers();
        if (out.checkError()) {
            throw new FailureException("unwritable", "standard output");
        }
    }

    private void sections() {
        line("sections");
        for (WasmModule.Section section : module.sections()) {
            String name = section.name();
            if (section.id() == SectionReader.CUSTOM) {
                name = "custom \"" + name + "\"";
            }
            String place = "offset " + section.offset() + ", " + count(section.sizeBytes(), "byte");
            line("  " + name + ": " + place + itemCount(section));
        }
    }

    /** Most sections begin with the number of their items. */
    private String itemCount(WasmModule.Section section) {
        if (section.id() == SectionReader.CUSTOM
                || section.id() == SectionReader.START
                || section.id() == SectionReader.DATA_COUNT) {
            return "";
        }
        try {
            return ", " + count(new SectionReader(bytes, section).number(), "item");
        } catch (UnknownFormException e) {
            return "";
        }
    }

    /** Shows each item of a section under its index; the first indices belong to imported ones. */
    private void items(String title, int id, int firstIndex) {
        for (WasmModule.Section section : module.sections()) {
            if (section.id() == id) {
                line(title);
                items(new SectionReader(bytes, section), id, firstIndex);
            }
        }
    }

    private void items(SectionReader reader, int id, int firstIndex) {
        try {
            long count = reader.number();
            for (long i = 0; i < count; i++) {
                line("  " + (firstIndex + i) + ": " + reader.item(id));
            }
        } catch (UnknownFormException e) {
            line("  ...");
        }
    }

    private int imported(Class<? extends ExternType> kind) {
        int count = 0;
        for (ImportType wanted : module.imports()) {
            if (kind.isInstance(wanted.type())) {
                count++;
            }
        }
        return count;
    }

    private void imports() {
        List<ImportType> imports = module.imports();
        if (!imports.isEmpty()) {
            line("imports");
        }
        for (ImportType wanted : imports) {
            line("  " + wanted.module() + "." + wanted.name() + ": " + text(wanted.type()));
        }
    }

    private void exports() {
        List<ExportType> exports = module.exports();
        if (!exports.isEmpty()) {
            line("exports");
        }
        for (ExportType export : exports) {
            line("  " + export.name() + ": " + text(export.type()));
        }
    }

    private static String text(ExternType type) {
        return type instanceof FuncType ? "func " + type : type.toString();
    }

    private void start() {
        for (WasmModule.Section section : module.sections()) {
            if (section.id() == SectionReader.START) {
                try {
                    line("start: function " + new SectionReader(bytes, section).number());
                } catch (UnknownFormException e) {
                    line("start: ...");
                }
            }
        }
    }

    /**
     * Shows what the module was made with, where it says so: a convention of the tools, not of the
     * specification.
     */
    private void producers() {
        for (byte[] contents : module.customSections("producers")) {
            line("producers");
            try {
                producers(SectionReader.ofCustom(contents));
            } catch (UnknownFormException e) {
                line("  ...");
            }
        }
    }

    private void producers(SectionReader reader) throws UnknownFormException {
        for (long fields = reader.number(); fields > 0; fields--) {
            String field = reader.name();
            for (long values = reader.number(); values > 0; values--) {
                String name = reader.name();
                String version = reader.name();
                line("  " + field + ": " + (version.isEmpty() ? name : name + " " + version));
            }
        }
    }

    private static String count(long count, String thing) {
        return count + " " + (count == 1 ? thing : thing + "s");
    }

    private void line(String text) {
        out.println(Text.printable(text));
    }
}
