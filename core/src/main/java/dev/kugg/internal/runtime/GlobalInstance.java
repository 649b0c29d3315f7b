package dev.kugg.internal.runtime;

import dev.kugg.Global;
import dev.kugg.types.GlobalType;
import dev.kugg.types.NumType;
import dev.kugg.types.RefType;

import org.jspecify.annotations.Nullable;

/**
 * A global that more than one party may see: imported, exported or made by the host. The value is
 * in the field of its type. Globals that only their instance sees are fields of the instance
 * instead.
 */
public final class GlobalInstance implements Global {
    public int i32;
    public long i64;
    public float f32;
    public double f64;
    public @Nullable Object ref;

    private final GlobalType type;

    public GlobalInstance(GlobalType type) {
        this.type = type;
    }

    /** As {@link Global#create}. */
    public static GlobalInstance create(GlobalType type, @Nullable Object value) {
        GlobalInstance global = new GlobalInstance(type);
        global.put(value);
        return global;
    }

    @Override
    public GlobalType type() {
        return type;
    }

    /** {@return the value of a number's bits; 0 for a reference} */
    public long bits() {
        if (!(type.value() instanceof NumType number)) {
            return 0;
        }
        return switch (number) {
            case I32 -> i32;
            case I64 -> i64;
            case F32 -> Float.floatToRawIntBits(f32);
            case F64 -> Double.doubleToRawLongBits(f64);
        };
    }

    /** Sets the value: of a number its bits, else the reference. */
    public void put(long bits, @Nullable Object reference) {
        if (!(type.value() instanceof NumType number)) {
            ref = reference;
            return;
        }
        switch (number) {
            case I32 -> i32 = (int) bits;
            case I64 -> i64 = bits;
            case F32 -> f32 = Float.intBitsToFloat((int) bits);
            case F64 -> f64 = Double.longBitsToDouble(bits);
        }
    }

    private void put(@Nullable Object value) {
        if (type.value() instanceof NumType number) {
            put(Slots.bits(number, value, "value of the global"), null);
        } else {
            put(0, Slots.reference((RefType) type.value(), value, "value of the global"));
        }
    }

    @Override
    public @Nullable Object get() {
        return type.value() instanceof NumType number ? Slots.boxed(number, bits()) : ref;
    }

    @Override
    public void set(@Nullable Object value) {
        if (!type.mutable()) {
            throw new IllegalStateException("the global is not mutable");
        }
        put(value);
    }

    @Override
    public String toString() {
        return type + " = " + get();
    }
}
