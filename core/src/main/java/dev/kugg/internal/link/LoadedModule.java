package dev.kugg.internal.link;

import dev.kugg.Extern;
import dev.kugg.InstanceBuilder;
import dev.kugg.Limits;
import dev.kugg.WasmModule;
import dev.kugg.internal.bind.Bindings;
import dev.kugg.internal.bind.ExportedCode;
import dev.kugg.internal.compile.CompiledModule;
import dev.kugg.internal.decode.ExportDef;
import dev.kugg.internal.decode.ExternKind;
import dev.kugg.internal.decode.ImportDef;
import dev.kugg.internal.decode.ModuleDef;
import dev.kugg.internal.runtime.GlobalInstance;
import dev.kugg.internal.runtime.InstanceState;
import dev.kugg.internal.runtime.ModuleCode;
import dev.kugg.internal.runtime.Prototypes;
import dev.kugg.types.ExportType;
import dev.kugg.types.ExternType;
import dev.kugg.types.FuncType;
import dev.kugg.types.ImportType;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** A module whose code can be run: what its users see, and what its instances ask of it. */
public final class LoadedModule implements WasmModule, ModuleCode, ExportedCode {
    final ModuleDef def;
    final CompiledModule compiled;
    private final String name;
    private final GeneratedClasses classes;
    private final Bindings bindings = new Bindings(this);
    private final Limits limits;

    /** Those that live. */
    final InstanceCount instances;

    private final ReentrantLock prototypeLock = new ReentrantLock();
    private @Nullable InstanceState prototype;

    LoadedModule(String name, ModuleDef def, CompiledModule compiled, Limits limits) {
        this.name = name;
        this.limits = limits;
        instances = new InstanceCount(limits.instances(), name);
        this.def = def;
        this.compiled = compiled;
        ClassLoader parent = LoadedModule.class.getClassLoader();
        classes =
                new GeneratedClasses(
                        parent == null ? ClassLoader.getSystemClassLoader() : parent, compiled);
    }

    /** {@return a new instance with nothing in it} */
    InstanceState newInstance() {
        return prototype().create(this);
    }

    private InstanceState prototype() {
        prototypeLock.lock();
        try {
            if (prototype == null) {
                prototype = (InstanceState) Prototypes.of(CompiledModule.INSTANCE_CLASS, classes);
            }
            return prototype;
        } finally {
            prototypeLock.unlock();
        }
    }

    // ---- what users see ----

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<ImportType> imports() {
        List<ImportType> imports = new ArrayList<>();
        for (ImportDef each : def.imports) {
            imports.add(new ImportType(each.module(), each.name(), each.type()));
        }
        return imports;
    }

    @Override
    public List<ExportType> exports() {
        List<ExportType> exports = new ArrayList<>();
        for (ExportDef export : def.exports) {
            exports.add(new ExportType(export.name(), exportType(export)));
        }
        return exports;
    }

    private ExternType exportType(ExportDef export) {
        return switch (export.kind()) {
            case FUNC -> def.funcType(export.index());
            case TABLE -> def.tables.get(export.index());
            case MEMORY -> def.memories.get(export.index());
            case GLOBAL -> def.globals.get(export.index()).type();
        };
    }

    @Override
    public List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        for (dev.kugg.internal.decode.Section each : def.sections) {
            sections.add(new Section(each.id(), each.name(), each.start(), each.sizeBytes()));
        }
        return sections;
    }

    @Override
    public List<byte[]> customSections(String wanted) {
        List<byte[]> found = new ArrayList<>();
        for (dev.kugg.internal.decode.Section each : def.sections) {
            if (each.id() == 0 && each.name().equals(wanted)) {
                found.add(
                        Arrays.copyOfRange(
                                def.bytes, each.start(), each.start() + each.sizeBytes()));
            }
        }
        return found;
    }

    @Override
    public InstanceBuilder builder() {
        return LinkPlan.of(this, limits);
    }

    @Override
    public String toString() {
        return "module " + name;
    }

    // ---- what instances ask ----

    @Override
    public WasmModule module() {
        return this;
    }

    @Override
    public FuncType type(int typeidx) {
        return def.types.get(typeidx);
    }

    @Override
    public int typeOf(int funcidx) {
        return def.canonicalType[def.funcTypes[funcidx]];
    }

    @Override
    public int slotOf(int funcidx) {
        return compiled.slots()[funcidx];
    }

    @Override
    public String name(int funcidx) {
        return def.funcName(funcidx);
    }

    @Override
    public byte[] bytes() {
        return def.bytes;
    }

    @Override
    public Map<String, Extern> exports(InstanceState instance) {
        Map<String, Extern> exports = new LinkedHashMap<>();
        for (ExportDef export : def.exports) {
            exports.put(export.name(), extern(instance, export));
        }
        return exports;
    }

    static Extern extern(InstanceState instance, ExportDef export) {
        return switch (export.kind()) {
            case FUNC -> instance.func(export.index());
            case TABLE -> instance.tables[export.index()];
            case MEMORY ->
                    java.util.Objects.requireNonNull(
                            instance.memory, "validated: there is a memory");
            case GLOBAL -> {
                GlobalInstance global = instance.globals[export.index()];
                yield java.util.Objects.requireNonNull(global, "exported globals are kept");
            }
        };
    }

    @Override
    public <T> T bind(
            InstanceState instance, MethodHandles.@Nullable Lookup lookup, Class<T> type) {
        return bindings.exports(instance, lookup, type);
    }

    @Override
    public <T> T bindFunc(InstanceState instance, String export, Class<T> type) {
        return bindings.func(instance, export, type);
    }

    // ---- what bindings ask ----

    @Override
    public Map<String, ExternType> exportTypes() {
        Map<String, ExternType> types = new LinkedHashMap<>();
        for (ExportDef export : def.exports) {
            types.put(export.name(), exportType(export));
        }
        return types;
    }

    /** Checks an interface against the exports before an instance is started for it. */
    void checkInterface(Class<?> type) {
        bindings.check(type);
    }

    @Override
    public ClassLoader loader() {
        return classes;
    }

    @Override
    public boolean defines(String className) {
        return compiled.hasClass(className);
    }

    @Override
    public CompiledModule.@Nullable Method method(String export) {
        for (ExportDef each : def.exports) {
            if (each.name().equals(export) && each.kind() == ExternKind.FUNC) {
                return each.index() < def.importedFuncs ? null : compiled.method(each.index());
            }
        }
        return null;
    }
}
