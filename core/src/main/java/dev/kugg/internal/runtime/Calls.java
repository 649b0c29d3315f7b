package dev.kugg.internal.runtime;

import dev.kugg.TrapException;

import org.jspecify.annotations.Nullable;

/**
 * Calls from generated code that leave the instance: to imports, and through tables to functions of
 * others.
 */
public final class Calls {
    private Calls() {}

    /** Calls the imported function {@code funcidx}. */
    public static void imported(
            long[] slots,
            @Nullable Object[] refs,
            InstanceState caller,
            int remaining,
            int funcidx) {
        caller.funcs[funcidx].invokeFrom(caller, slots, refs, remaining);
    }

    /**
     * Calls a function that another instance owns, if it has the type {@code typeidx} of the
     * caller's module.
     */
    public static void foreign(
            long[] slots,
            @Nullable Object[] refs,
            InstanceState caller,
            int remaining,
            FuncInstance function,
            int typeidx) {
        if (!function.type().equals(caller.code.type(typeidx))) {
            throw typeMismatch();
        }
        function.invokeFrom(caller, slots, refs, remaining);
    }

    /** Puts an argument into the array of numbers it passes in. */
    public static void put(long bits, long[] slots, int index) {
        slots[index] = bits;
    }

    /** Puts an argument into the array of references it passes in. */
    public static void put(@Nullable Object reference, @Nullable Object[] refs, int index) {
        refs[index] = reference;
    }

    public static TrapException typeMismatch() {
        return new TrapException("indirect call type mismatch");
    }
}
