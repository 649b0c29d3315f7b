package dev.kugg.internal.validate;

import dev.kugg.internal.decode.ModuleDef;
import dev.kugg.types.FuncType;
import dev.kugg.types.GlobalType;
import dev.kugg.types.RefType;

/** Indices of the module that must be in range; what they stand for is returned. */
final class IndexChecks {
    private final ModuleDef module;
    private final Place place;

    /** By funcidx, whether {@code ref.func} may name it: something besides code does. */
    private final boolean[] declared;

    /** By typeidx, of equal types the least: whether a {@code call_indirect} names the type. */
    private final boolean[] calledTypes;

    IndexChecks(ModuleDef module, Place place, boolean[] declared, boolean[] calledTypes) {
        this.module = module;
        this.place = place;
        this.declared = declared;
        this.calledTypes = calledTypes;
    }

    FuncType type(int typeidx) {
        check("type", typeidx, module.types.size());
        return module.types.get(typeidx);
    }

    /** {@return the type that a {@code call_indirect} names} */
    FuncType calledType(int typeidx) {
        FuncType type = type(typeidx);
        calledTypes[module.canonicalType[typeidx]] = true;
        return type;
    }

    FuncType funcType(int funcidx) {
        checkFunc(funcidx);
        return module.funcType(funcidx);
    }

    void checkFunc(int funcidx) {
        check("function", funcidx, module.funcTypes.length);
    }

    /** Something besides code names the function: it can be called through a reference. */
    void declare(int funcidx) {
        checkFunc(funcidx);
        declared[funcidx] = true;
    }

    void checkDeclared(int funcidx) {
        checkFunc(funcidx);
        if (!declared[funcidx]) {
            throw place.invalid("undeclared function reference " + funcidx);
        }
    }

    void checkTable(int tableidx) {
        check("table", tableidx, module.tables.size());
    }

    RefType tableElement(int tableidx) {
        checkTable(tableidx);
        return module.tables.get(tableidx).element();
    }

    void checkMemory(int memidx) {
        check("memory", memidx, module.memories.size());
    }

    void checkGlobal(int globalidx) {
        check("global", globalidx, module.globals.size());
    }

    GlobalType global(int globalidx) {
        checkGlobal(globalidx);
        return module.globals.get(globalidx).type();
    }

    void checkElem(int elemidx) {
        check("elem segment", elemidx, module.elems.size());
    }

    RefType elemType(int elemidx) {
        checkElem(elemidx);
        return module.elems.get(elemidx).type();
    }

    /** Code may name data segments only when their count stands before it. */
    void checkData(int dataidx) {
        if (module.dataCount < 0) {
            throw place.malformed("data count section required");
        }
        check("data segment", dataidx, module.dataCount);
    }

    private void check(String what, int index, int count) {
        if (index < 0 || index >= count) {
            throw place.invalid("unknown " + what + " " + Integer.toUnsignedString(index));
        }
    }
}
