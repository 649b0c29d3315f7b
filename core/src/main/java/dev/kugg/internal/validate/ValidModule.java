package dev.kugg.internal.validate;

import dev.kugg.internal.decode.ModuleDef;

/**
 * A module that passed validation, with what was learnt on the way; only {@link Validator} makes
 * one, so whoever holds it need not check an index or a type again. Nobody changes the arrays.
 */
public final class ValidModule {
    /** The module. */
    public final ModuleDef def;

    /** By funcidx - {@code def.importedFuncs}. */
    public final BodyFacts[] bodies;

    /**
     * By funcidx, whether the function can be called through a reference: it is exported, stands in
     * an element segment, or is named by a {@code ref.func} anywhere.
     */
    public final boolean[] escapingFuncs;

    /** By typeidx, of equal types the least: whether a {@code call_indirect} names the type. */
    public final boolean[] calledTypes;

    ValidModule(ModuleDef def, BodyFacts[] bodies, boolean[] escapingFuncs, boolean[] calledTypes) {
        this.def = def;
        this.bodies = bodies;
        this.escapingFuncs = escapingFuncs;
        this.calledTypes = calledTypes;
    }
}
