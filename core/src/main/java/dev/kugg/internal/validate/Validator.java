package dev.kugg.internal.validate;

import dev.kugg.InvalidException;
import dev.kugg.LimitException;
import dev.kugg.Limits;
import dev.kugg.MalformedException;
import dev.kugg.UnsupportedException;
import dev.kugg.internal.decode.ConstExpr;
import dev.kugg.internal.decode.DataSegment;
import dev.kugg.internal.decode.ElemSegment;
import dev.kugg.internal.decode.ExportDef;
import dev.kugg.internal.decode.FuncBody;
import dev.kugg.internal.decode.GlobalDef;
import dev.kugg.internal.decode.InstructionCursor;
import dev.kugg.internal.decode.ModuleDef;
import dev.kugg.internal.decode.SegmentMode;
import dev.kugg.types.FuncType;
import dev.kugg.types.RefType;
import dev.kugg.types.ValType;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.List;

/**
 * Validates a module, all of it at once. The parts of the module come in their order, except that
 * the code comes last: what a body's {@code ref.func} may name is known only then.
 *
 * @see <a href="https://webassembly.github.io/spec/core/valid/modules.html">Modules</a>
 */
public final class Validator {
    private static final long MAX_PAGES = 65_536;
    private static final long MAX_TABLE_SIZE = 0xffffffffL;

    private final ModuleDef module;
    private final boolean[] declaredFuncs;
    private final boolean[] calledTypes;
    private final Place place;
    private final IndexChecks indices;
    private final ConstExprValidator constants;
    private final CompileWork work;
    private final BodyValidator code;

    private Validator(ModuleDef module, Limits allowed) {
        this.module = module;
        declaredFuncs = new boolean[module.funcTypes.length];
        calledTypes = new boolean[module.types.size()];
        InstructionCursor cursor = new InstructionCursor(module.bytes, 0, 0);
        place = new Place(module, cursor);
        indices = new IndexChecks(module, place, declaredFuncs, calledTypes);
        work = new CompileWork(allowed);
        constants = new ConstExprValidator(cursor, place, indices, work);
        code = new BodyValidator(cursor, place, indices, work);
    }

    /**
     * {@return the module with what was learnt about it, by the limits that count where none are
     * given}
     */
    public static ValidModule validate(ModuleDef module) {
        return validate(module, Limits.DEFAULT);
    }

    /**
     * {@return the module with what was learnt about it}
     *
     * @param allowed how much work it may be to compile it
     * @throws InvalidException if it breaks a rule
     * @throws MalformedException if an instruction is no instruction
     * @throws UnsupportedException if an instruction belongs to a feature we do not compile
     * @throws LimitException if it is more work
     */
    public static ValidModule validate(ModuleDef module, Limits allowed) {
        Validator validator = new Validator(module, allowed);
        validator.validateFunctions();
        validator.validateTables();
        validator.validateMemories();
        validator.validateGlobals();
        validator.validateExports();
        validator.validateStart();
        validator.validateElems();
        validator.validateDatas();
        return new ValidModule(
                module, validator.validateCode(), validator.declaredFuncs, validator.calledTypes);
    }

    private void validateFunctions() {
        for (int i = module.importedFuncs; i < module.funcTypes.length; i++) {
            place.enter("function", i);
            indices.type(module.funcTypes[i]);
        }
    }

    private void validateTables() {
        for (int i = 0; i < module.tables.size(); i++) {
            place.enter("table", i);
            dev.kugg.types.Limits limits = module.tables.get(i).limits();
            checkLimits(limits, MAX_TABLE_SIZE, "table size must be at most 2^32-1 elements");
        }
    }

    private void validateMemories() {
        for (int i = 0; i < module.memories.size(); i++) {
            place.enter("memory", i);
            checkLimits(
                    module.memories.get(i).limits(),
                    MAX_PAGES,
                    "memory size must be at most 65536 pages (4GiB)");
        }
    }

    private void checkLimits(dev.kugg.types.Limits limits, long greatest, String otherwise) {
        // A max of NO_MAX is in.
        if (limits.min() > greatest || limits.max() > greatest) {
            throw place.invalid(otherwise);
        }
        if (limits.hasMax() && limits.min() > limits.max()) {
            throw place.invalid("size minimum must not be greater than maximum: " + limits);
        }
    }

    private void validateGlobals() {
        List<GlobalDef> globals = module.globals;
        for (int i = 0; i < globals.size(); i++) {
            ConstExpr init = globals.get(i).init();
            if (init != null) {
                place.enter("global", i);
                constants.validate(init, globals.get(i).type().value(), i);
            }
        }
    }

    private void validateExports() {
        HashSet<String> names = new HashSet<>();
        for (int i = 0; i < module.exports.size(); i++) {
            ExportDef export = module.exports.get(i);
            place.enter("export", i);
            if (!names.add(export.name())) {
                throw place.invalid("duplicate export name \"" + export.name() + "\"");
            }
            switch (export.kind()) {
                case FUNC -> indices.declare(export.index());
                case TABLE -> indices.checkTable(export.index());
                case MEMORY -> indices.checkMemory(export.index());
                case GLOBAL -> indices.checkGlobal(export.index());
            }
        }
    }

    private void validateStart() {
        int funcidx = module.startFunc;
        if (funcidx < 0) {
            return;
        }
        place.enter("start function", funcidx);
        FuncType type = indices.funcType(funcidx);
        if (!type.params().isEmpty() || !type.results().isEmpty()) {
            throw place.invalid("start function must take and give nothing: " + type);
        }
    }

    private void validateElems() {
        for (int i = 0; i < module.elems.size(); i++) {
            place.enter("element segment", i);
            ElemSegment segment = module.elems.get(i);
            if (segment.mode() == SegmentMode.ACTIVE) {
                RefType element = indices.tableElement(segment.tableidx());
                if (!element.equals(segment.type())) {
                    throw place.invalid(
                            "type mismatch: expected elements of "
                                    + (element + ", found " + segment.type()));
                }
            }
            validateOffset(segment.offset());
            validateElements(segment);
        }
    }

    private void validateElements(ElemSegment segment) {
        int[] funcs = segment.funcs();
        if (funcs != null) {
            for (int funcidx : funcs) {
                indices.declare(funcidx);
            }
            return;
        }
        List<ConstExpr> init = segment.init();
        for (int i = 0; i < init.size(); i++) {
            constants.validate(init.get(i), segment.type(), module.globals.size());
        }
    }

    private void validateDatas() {
        for (int i = 0; i < module.datas.size(); i++) {
            place.enter("data segment", i);
            DataSegment segment = module.datas.get(i);
            if (segment.mode() == SegmentMode.ACTIVE) {
                indices.checkMemory(segment.memidx());
            }
            validateOffset(segment.offset());
        }
    }

    private void validateOffset(@Nullable ConstExpr offset) {
        if (offset != null) {
            constants.validate(offset, ValType.I32, module.globals.size());
        }
    }

    private BodyFacts[] validateCode() {
        for (FuncBody body : module.bodies) {
            work.add((long) body.end - body.start + body.localCount);
        }
        BodyFacts[] facts = new BodyFacts[module.bodies.length];
        for (int i = 0; i < facts.length; i++) {
            int funcidx = module.importedFuncs + i;
            place.enter("function", funcidx);
            facts[i] = code.validate(module.funcType(funcidx), module.bodies[i]);
        }
        return facts;
    }
}
