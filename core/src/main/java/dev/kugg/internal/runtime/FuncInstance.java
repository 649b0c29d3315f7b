package dev.kugg.internal.runtime;

import dev.kugg.Func;
import dev.kugg.HostFunction;
import dev.kugg.WasmException;
import dev.kugg.types.FuncType;
import dev.kugg.types.NumType;
import dev.kugg.types.RefType;
import dev.kugg.types.ValType;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A function as a value: of an instance's own code, or one of the host that an instance imports.
 * Within the instance that owns it generated code calls it directly by type and slot; from
 * elsewhere its arguments pass as arrays.
 */
public final class FuncInstance implements Func {
    private static final @Nullable Object[] NO_REFS = {};

    /** The instance whose code it is, or which imports it from the host. */
    public final InstanceState owner;

    /** Its typeidx in the owner's module. */
    public final int type;

    /** Its number among the owner's functions of that type that references can lead to. */
    public final int slot;

    private final FuncType functype;
    private final @Nullable HostFunction host;
    private final int funcidx;

    FuncInstance(InstanceState owner, int funcidx, @Nullable HostFunction host) {
        this.owner = owner;
        this.funcidx = funcidx;
        this.type = owner.code.typeOf(funcidx);
        this.slot = owner.code.slotOf(funcidx);
        this.functype = owner.code.type(type);
        this.host = host;
    }

    @Override
    public FuncType type() {
        return functype;
    }

    /**
     * A call from generated code of {@code caller}: {@code slots} and {@code refs} hold the
     * arguments and then the results.
     *
     * @param remaining what is left of the stack budget, in bytes
     */
    void invokeFrom(InstanceState caller, long[] slots, @Nullable Object[] refs, int remaining) {
        if (host == null) {
            owner.invokeFrom(caller, this, slots, refs, remaining);
        } else {
            callHost(host, caller, slots, refs, remaining);
        }
    }

    private void callHost(
            HostFunction function,
            InstanceState caller,
            long[] slots,
            @Nullable Object[] refs,
            int remaining) {
        int before = caller.remaining;
        caller.remaining = remaining;
        try {
            HostCallFrame frame = new HostCallFrame(caller, functype, slots, refs);
            function.call(frame);
            frame.finish();
        } catch (WasmException e) {
            throw e;
        } catch (Throwable e) {
            throw new HostThrowable(e);
        } finally {
            caller.remaining = before;
        }
        if (caller.stop != 0) {
            caller.poll();
        }
    }

    @Override
    public long[] call(long... args) {
        List<ValType> params = functype.params();
        checkCount(args.length);
        requireNumbers(params, "parameter");
        requireNumbers(functype.results(), "result");
        long[] slots = slots();
        for (int i = 0; i < args.length; i++) {
            slots[i] = params.get(i) == NumType.I32 ? (int) args[i] : args[i];
        }
        invokeFromHost(slots, NO_REFS);
        int count = functype.results().size();
        return slots.length == count ? slots : java.util.Arrays.copyOf(slots, count);
    }

    private void requireNumbers(List<ValType> types, String what) {
        for (int i = 0; i < types.size(); i++) {
            if (!(types.get(i) instanceof NumType)) {
                throw new IllegalArgumentException(
                        what
                                + " "
                                + i
                                + " of "
                                + this
                                + " is a reference; call it with invoke(Object...)");
            }
        }
    }

    @Override
    public @Nullable Object[] invoke(@Nullable Object... args) {
        List<ValType> params = functype.params();
        checkCount(args.length);
        long[] slots = slots();
        Object[] refs = new Object[slots.length];
        for (int i = 0; i < args.length; i++) {
            String where = "argument " + i + " of " + this;
            if (params.get(i) instanceof NumType number) {
                slots[i] = Slots.bits(number, args[i], where);
            } else {
                refs[i] = Slots.reference((RefType) params.get(i), args[i], where);
            }
        }
        invokeFromHost(slots, refs);
        List<ValType> results = functype.results();
        Object[] values = new Object[results.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    results.get(i) instanceof NumType number
                            ? Slots.boxed(number, slots[i])
                            : refs[i];
        }
        return values;
    }

    private long[] slots() {
        return new long[Math.max(functype.params().size(), functype.results().size())];
    }

    private void checkCount(int count) {
        if (count != functype.params().size()) {
            throw new IllegalArgumentException(
                    this + " takes " + functype.params().size() + ", got " + count + " arguments");
        }
    }

    private void invokeFromHost(long[] slots, @Nullable Object[] refs) {
        int budget = owner.enter();
        try {
            if (host == null) {
                owner.invoke(type, slot, slots, refs, budget);
            } else {
                callHost(host, owner, slots, refs, budget);
            }
        } catch (Throwable e) {
            throw owner.outcome(e);
        } finally {
            owner.exit();
        }
    }

    /** {@return the function's name and type, such as {@code reactor.wasm!inc [i32] -> [i32]}} */
    @Override
    public String toString() {
        return owner.module().name() + "!" + owner.code.name(funcidx) + " " + functype;
    }
}
