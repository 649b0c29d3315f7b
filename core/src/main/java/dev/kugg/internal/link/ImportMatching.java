package dev.kugg.internal.link;

import dev.kugg.Extern;
import dev.kugg.Func;
import dev.kugg.Global;
import dev.kugg.Memory;
import dev.kugg.Table;
import dev.kugg.UnlinkableException;
import dev.kugg.internal.decode.ImportDef;
import dev.kugg.internal.runtime.FuncInstance;
import dev.kugg.internal.runtime.GlobalInstance;
import dev.kugg.internal.runtime.InstanceState;
import dev.kugg.internal.runtime.MemoryInstance;
import dev.kugg.internal.runtime.TableInstance;
import dev.kugg.types.ExternType;
import dev.kugg.types.Limits;
import dev.kugg.types.MemoryType;
import dev.kugg.types.TableType;

import org.jspecify.annotations.Nullable;

/**
 * Matches a module's imports with what hosts gave, and puts them into an instance.
 *
 * @see <a
 *     href="https://webassembly.github.io/spec/core/valid/matching.html#import-subtyping">Matching</a>
 */
final class ImportMatching {
    private final LoadedModule module;
    private final ImportMap given;
    private final InstanceState instance;
    private int funcs;
    private int tables;
    private int globals;

    ImportMatching(LoadedModule module, ImportMap given, InstanceState instance) {
        this.module = module;
        this.given = given;
        this.instance = instance;
    }

    /**
     * Puts all imports into the instance.
     *
     * @throws UnlinkableException naming every import that is missing, or the first that has
     *     another type
     */
    void link() {
        checkMissing();
        for (ImportDef wanted : module.def.imports) {
            Object found = given.find(wanted.module(), wanted.name());
            if (found == null) {
                throw new AssertionError("checked");
            }
            linkOne(wanted, found);
        }
    }

    private void checkMissing() {
        StringBuilder missing = new StringBuilder();
        for (ImportDef wanted : module.def.imports) {
            if (given.find(wanted.module(), wanted.name()) == null) {
                missing.append(missing.isEmpty() ? "" : ", ").append(describe(wanted));
            }
        }
        if (!missing.isEmpty()) {
            throw new UnlinkableException(
                    "unknown import: " + module.name() + " needs " + missing + given.describe());
        }
    }

    private String describe(ImportDef wanted) {
        return "\"" + wanted.module() + "\" \"" + wanted.name() + "\" " + describe(wanted.type());
    }

    private static String describe(ExternType type) {
        return type instanceof dev.kugg.types.FuncType ? "func " + type : type.toString();
    }

    private void linkOne(ImportDef wanted, Object found) {
        if (found instanceof ImportMap.Given host) {
            require(wanted, host.type().equals(wanted.type()), describe(host.type()));
            instance.newFunc(funcs++, host.function());
            return;
        }
        Extern extern = (Extern) found;
        require(wanted, matches(wanted.type(), extern), describe(extern.type()));
        switch (extern) {
            case Func func -> instance.funcs[funcs++] = (FuncInstance) func;
            case Table table -> instance.tables[tables++] = (TableInstance) table;
            case Memory memory -> instance.memory = (MemoryInstance) memory;
            case Global global -> instance.globals[globals++] = (GlobalInstance) global;
        }
    }

    private void require(ImportDef wanted, boolean matches, @Nullable String found) {
        if (!matches) {
            throw new UnlinkableException(
                    "incompatible import type: "
                            + module.name()
                            + " needs "
                            + describe(wanted)
                            + ", and the host gives "
                            + found);
        }
    }

    private static boolean matches(ExternType wanted, Extern extern) {
        ExternType found = extern.type();
        if (wanted instanceof MemoryType memory && found instanceof MemoryType other) {
            return matches(memory.limits(), other.limits());
        }
        if (wanted instanceof TableType table && found instanceof TableType other) {
            return table.element().equals(other.element())
                    && matches(table.limits(), other.limits());
        }
        return wanted.equals(found);
    }

    private static boolean matches(Limits wanted, Limits found) {
        return found.min() >= wanted.min()
                && (!wanted.hasMax() || found.hasMax() && found.max() <= wanted.max());
    }
}
