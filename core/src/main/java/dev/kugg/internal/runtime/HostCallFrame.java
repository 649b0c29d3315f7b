package dev.kugg.internal.runtime;

import dev.kugg.HostCall;
import dev.kugg.Instance;
import dev.kugg.Memory;
import dev.kugg.types.FuncType;
import dev.kugg.types.NumType;
import dev.kugg.types.RefType;
import dev.kugg.types.ValType;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** The arguments of one call of a host function, replaced by its results one by one. */
public final class HostCallFrame implements HostCall {
    private final InstanceState caller;
    private final FuncType type;
    private final long[] slots;
    private final @Nullable Object[] refs;
    private final boolean separate;
    private long[] results;
    private @Nullable Object[] refResults;

    HostCallFrame(InstanceState caller, FuncType type, long[] slots, @Nullable Object[] refs) {
        this.caller = caller;
        this.type = type;
        this.slots = slots;
        this.refs = refs;
        this.results = slots;
        this.refResults = refs;
        // Setting a result must not overwrite an argument.
        separate = !type.results().isEmpty() && !type.params().isEmpty();
        if (separate) {
            results = new long[type.results().size()];
            refResults = refs.length == 0 ? refs : new Object[results.length];
        }
    }

    /** Puts the results where the caller looks for them. */
    void finish() {
        int count = type.results().size();
        if (separate) {
            System.arraycopy(results, 0, slots, 0, count);
            System.arraycopy(refResults, 0, refs, 0, Math.min(count, refResults.length));
        }
    }

    @Override
    public FuncType type() {
        return type;
    }

    @Override
    public Instance instance() {
        return caller;
    }

    @Override
    public Memory memory() {
        MemoryInstance memory = caller.memory;
        if (memory == null) {
            throw new IllegalStateException(caller.module().name() + " has no memory");
        }
        return memory;
    }

    @Override
    public int i32(int index) {
        return (int) slots[argument(index, NumType.I32)];
    }

    @Override
    public long i64(int index) {
        return slots[argument(index, NumType.I64)];
    }

    @Override
    public float f32(int index) {
        return Float.intBitsToFloat((int) slots[argument(index, NumType.F32)]);
    }

    @Override
    public double f64(int index) {
        return Double.longBitsToDouble(slots[argument(index, NumType.F64)]);
    }

    @Override
    public @Nullable Object ref(int index) {
        List<ValType> params = type.params();
        if (index < 0 || index >= params.size() || !(params.get(index) instanceof RefType)) {
            throw wrong("no reference argument", index);
        }
        return refs[index];
    }

    private int argument(int index, NumType wanted) {
        List<ValType> params = type.params();
        if (index < 0 || index >= params.size() || params.get(index) != wanted) {
            throw wrong("no argument of type " + wanted, index);
        }
        return index;
    }

    @Override
    public void result(int index, int value) {
        results[result(index, NumType.I32)] = value;
    }

    @Override
    public void result(int index, long value) {
        results[result(index, NumType.I64)] = value;
    }

    @Override
    public void result(int index, float value) {
        results[result(index, NumType.F32)] = Float.floatToRawIntBits(value);
    }

    @Override
    public void result(int index, double value) {
        results[result(index, NumType.F64)] = Double.doubleToRawLongBits(value);
    }

    @Override
    public void refResult(int index, @Nullable Object value) {
        List<ValType> types = type.results();
        if (index < 0 || index >= types.size() || !(types.get(index) instanceof RefType wanted)) {
            throw wrong("no reference result", index);
        }
        refResults[index] =
                Slots.reference(wanted, value, "result " + index + " of the host function");
    }

    private int result(int index, NumType wanted) {
        List<ValType> types = type.results();
        if (index < 0 || index >= types.size() || types.get(index) != wanted) {
            throw wrong("no result of type " + wanted, index);
        }
        return index;
    }

    private IllegalArgumentException wrong(String what, int index) {
        return new IllegalArgumentException(
                what + " at index " + index + " of a host function of type " + type);
    }
}
