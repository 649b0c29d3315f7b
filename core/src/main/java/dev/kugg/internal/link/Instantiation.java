package dev.kugg.internal.link;

import dev.kugg.Host;
import dev.kugg.LimitException;
import dev.kugg.Limits;
import dev.kugg.TrapException;
import dev.kugg.UninstantiableException;
import dev.kugg.internal.decode.ConstExpr;
import dev.kugg.internal.decode.DataSegment;
import dev.kugg.internal.decode.ElemSegment;
import dev.kugg.internal.decode.ExportDef;
import dev.kugg.internal.decode.ExternKind;
import dev.kugg.internal.decode.GlobalDef;
import dev.kugg.internal.decode.ModuleDef;
import dev.kugg.internal.decode.SegmentMode;
import dev.kugg.internal.runtime.Bulk;
import dev.kugg.internal.runtime.FuncInstance;
import dev.kugg.internal.runtime.GlobalInstance;
import dev.kugg.internal.runtime.InstanceState;
import dev.kugg.internal.runtime.MemoryAccess;
import dev.kugg.internal.runtime.MemoryInstance;
import dev.kugg.internal.runtime.Quota;
import dev.kugg.internal.runtime.TableInstance;
import dev.kugg.types.FuncType;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * Makes one instance, in the order the specification gives: imports, memories, tables, globals,
 * element segments, data segments, the start function; then, by the convention of WASI reactors,
 * {@code _initialize}.
 *
 * @see <a
 *     href="https://webassembly.github.io/spec/core/exec/modules.html#instantiation">Instantiation</a>
 */
final class Instantiation {
    private static final FuncType ACTION = FuncType.of();

    private final LoadedModule module;
    private final ModuleDef def;
    private final InstanceState instance;
    private final ConstExprs values;
    private final Quota pages;
    private final Quota elements;

    private Instantiation(
            LoadedModule module, InstanceState instance, Quota pages, Quota elements) {
        this.pages = pages;
        this.elements = elements;
        this.module = module;
        this.def = module.def;
        this.instance = instance;
        this.values = new ConstExprs(instance, def.bytes, def.globals.size());
    }

    static InstanceState start(LinkPlan plan, boolean initialise) {
        LoadedModule module = plan.module();
        Quota pages = new Quota(plan.limits().memoryPages());
        Quota elements = new Quota(plan.limits().tableElements());
        takeSizes(plan, pages, elements);
        InstanceState instance = module.newInstance();
        ImportMap imports = new ImportMap(module);
        imports.onClose(module.instances.add(instance));
        try {
            provide(plan, imports, instance);
            new Instantiation(module, instance, pages, elements).run(imports, initialise);
        } catch (Throwable e) {
            instance.abandon();
            throw e;
        }
        return instance;
    }

    /** Looks at all sizes before anything is made. */
    private static void takeSizes(LinkPlan plan, Quota pages, Quota elements) {
        ModuleDef def = plan.module().def;
        Limits limits = plan.limits();
        try {
            for (int i = def.importedMemories; i < def.memories.size(); i++) {
                MemoryInstance.take(pages, def.memories.get(i), limits.memoryPages());
            }
            for (int i = def.importedTables; i < def.tables.size(); i++) {
                TableInstance.take(elements, def.tables.get(i), limits.tableElements());
            }
        } catch (LimitException e) {
            throw new LimitException(e.getMessage() + " in " + plan.module().name());
        }
    }

    private static void provide(LinkPlan plan, ImportMap imports, InstanceState instance) {
        try {
            for (Host host : plan.hosts()) {
                host.provide(imports);
            }
        } finally {
            // Also where a host fails: those before it have things to give back.
            instance.configure(
                    plan.stackBytes(),
                    plan.timeoutNanos(),
                    imports.closeActions,
                    imports.interruptActions);
        }
    }

    private void run(ImportMap imports, boolean initialise) {
        allocate();
        new ImportMatching(module, imports, instance).link();
        memories();
        globals();
        tables();
        try {
            elements();
            data();
            if (def.startFunc >= 0) {
                callStart();
            }
        } catch (TrapException trap) {
            throw new UninstantiableException(
                    trap.getMessage() + " (while " + module.name() + " was started)", trap);
        }
        if (initialise) {
            initialise();
        }
    }

    private void allocate() {
        instance.funcs = new FuncInstance[def.funcCount()];
        instance.tables = new TableInstance[def.tables.size()];
        instance.globals = new GlobalInstance[def.globals.size()];
        instance.elems = new Object[def.elems.size()][];
        instance.dataStarts = new int[def.datas.size()];
        instance.dataLengths = new int[def.datas.size()];
        int results = module.compiled.maxResults();
        instance.results = new long[results];
        instance.refResults = new Object[results];
    }

    private void memories() {
        if (!def.memories.isEmpty()) {
            MemoryAccess.initialise();
        }
        if (def.memories.size() > def.importedMemories) {
            instance.memory = MemoryInstance.create(def.memories.get(0), pages);
        }
    }

    // ---- globals ----

    private void globals() {
        boolean[] exported = exportedGlobals();
        for (int i = 0; i < def.globals.size(); i++) {
            GlobalDef global = def.globals.get(i);
            GlobalInstance imported = instance.globals[i];
            if (imported != null) {
                values.globalBits[i] = imported.bits();
                values.globalRefs[i] = imported.ref;
            } else {
                values.evaluate(Objects.requireNonNull(global.init(), "only imports have none"));
                values.globalBits[i] = values.lastBits();
                values.globalRefs[i] = values.lastReference();
            }
            if (imported == null && exported[i]) {
                GlobalInstance made = new GlobalInstance(global.type());
                made.put(values.globalBits[i], values.globalRefs[i]);
                instance.globals[i] = made;
            }
        }
        instance.initGlobals(values.globalBits, fieldReferences());
    }

    private boolean[] exportedGlobals() {
        boolean[] exported = new boolean[def.globals.size()];
        for (ExportDef export : def.exports) {
            if (export.kind() == ExternKind.GLOBAL) {
                exported[export.index()] = true;
            }
        }
        return exported;
    }

    /** The references the instance's fields begin with: of globals that are objects, the object. */
    private @Nullable Object[] fieldReferences() {
        Object[] references = values.globalRefs.clone();
        boolean[] shared = module.compiled.sharedGlobals();
        for (int i = 0; i < references.length; i++) {
            if (shared[i]) {
                references[i] = instance.globals[i];
            }
        }
        return references;
    }

    // ---- tables and segments ----

    private void tables() {
        for (int i = def.importedTables; i < instance.tables.length; i++) {
            instance.tables[i] = TableInstance.create(def.tables.get(i), null, elements);
        }
    }

    private void elements() {
        for (int i = 0; i < instance.elems.length; i++) {
            ElemSegment segment = def.elems.get(i);
            instance.elems[i] =
                    segment.mode() == SegmentMode.DECLARATIVE ? new Object[0] : elements(segment);
        }
        for (int i = 0; i < instance.elems.length; i++) {
            ElemSegment segment = def.elems.get(i);
            if (segment.mode() == SegmentMode.ACTIVE) {
                int offset = (int) values.number(offset(segment.offset()));
                Bulk.tableInit(offset, 0, segment.length(), instance, segment.tableidx(), i);
                Bulk.elemDrop(instance, i);
            }
        }
    }

    private @Nullable Object[] elements(ElemSegment segment) {
        Object[] elements = new Object[segment.length()];
        int[] funcs = segment.funcs();
        for (int i = 0; i < elements.length; i++) {
            elements[i] =
                    funcs != null
                            ? instance.func(funcs[i])
                            : values.reference(segment.init().get(i));
        }
        return elements;
    }

    private void data() {
        for (int i = 0; i < instance.dataStarts.length; i++) {
            DataSegment segment = def.datas.get(i);
            instance.dataStarts[i] = segment.start();
            instance.dataLengths[i] = segment.length();
        }
        for (int i = 0; i < instance.dataStarts.length; i++) {
            DataSegment segment = def.datas.get(i);
            if (segment.mode() == SegmentMode.ACTIVE) {
                int offset = (int) values.number(offset(segment.offset()));
                Bulk.memoryInit(offset, 0, segment.length(), instance, i);
                Bulk.dataDrop(instance, i);
            }
        }
    }

    private static ConstExpr offset(@Nullable ConstExpr offset) {
        return Objects.requireNonNull(offset, "active segments have an offset");
    }

    // ---- code ----

    private void callStart() {
        instance.func(def.startFunc).call();
    }

    private void initialise() {
        for (ExportDef export : def.exports) {
            if (export.name().equals("_initialize")
                    && export.kind() == ExternKind.FUNC
                    && def.funcType(export.index()).equals(ACTION)) {
                instance.func(export.index()).call();
            }
        }
    }
}
