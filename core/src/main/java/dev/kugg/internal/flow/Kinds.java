package dev.kugg.internal.flow;

import dev.kugg.internal.decode.InstructionCursor;
import dev.kugg.internal.decode.ModuleDef;
import dev.kugg.types.FuncType;
import dev.kugg.types.NumType;
import dev.kugg.types.ValType;

import java.util.List;
import java.util.Objects;

/**
 * The module's types as kinds, one letter each: {@code i l f d} for the numbers, {@code r} for a
 * reference.
 */
public final class Kinds {
    /**
     * The most slots of parameters that methods take one by one: the JVM allows 255, and calls
     * through tables add four of their own. More of them pass in arrays.
     */
    public static final int MOST_PARAM_SLOTS = 251;

    /** The module. */
    public final ModuleDef def;

    /** By typeidx, the kinds of the parameters; those of equal types are one string. */
    public final String[] params;

    /** By typeidx, the kinds of the results. */
    public final String[] results;

    /**
     * Reads the types of a module.
     *
     * @param def the module
     */
    public Kinds(ModuleDef def) {
        this.def = def;
        params = new String[def.types.size()];
        results = new String[params.length];
        for (int i = 0; i < params.length; i++) {
            FuncType type = def.types.get(i);
            int same = def.canonicalType[i];
            params[i] = same < i ? params[same] : of(type.params());
            results[i] = same < i ? results[same] : of(type.results());
        }
    }

    /** {@return the kind of a type} */
    public static char of(ValType type) {
        if (type instanceof NumType number) {
            return switch (number) {
                case I32 -> 'i';
                case I64 -> 'l';
                case F32 -> 'f';
                case F64 -> 'd';
            };
        }
        return 'r';
    }

    private static String of(List<ValType> types) {
        char[] kinds = new char[types.size()];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = of(types.get(i));
        }
        return new String(kinds);
    }

    /** {@return the slots of the JVM a value takes} */
    public static int slots(char kind) {
        return kind == 'l' || kind == 'd' ? 2 : 1;
    }

    /** {@return the slots values take} */
    public static int slots(String kinds) {
        int slots = 0;
        for (int i = 0; i < kinds.length(); i++) {
            slots += slots(kinds.charAt(i));
        }
        return slots;
    }

    /** {@return whether parameters of these kinds pass in arrays} */
    public static boolean passInArrays(String params) {
        return slots(params) > MOST_PARAM_SLOTS;
    }

    /**
     * {@return the most variables of a kind that a part hands back} There is a field of the
     * instance for each.
     */
    public static int mostHandedBack(char kind) {
        return switch (kind) {
            case 'i' -> 40;
            case 'l' -> 24;
            case 'd' -> 16;
            default -> 8;
        };
    }

    char global(int globalidx) {
        return of(def.globals.get(globalidx).type().value());
    }

    String blockParams(InstructionCursor at) {
        return at.blockType >= 0 ? params[at.blockType] : "";
    }

    String blockResults(InstructionCursor at) {
        if (at.blockType >= 0) {
            return results[at.blockType];
        }
        return at.blockType == InstructionCursor.BLOCK_VALUE
                ? String.valueOf(of(Objects.requireNonNull(at.type)))
                : "";
    }
}
