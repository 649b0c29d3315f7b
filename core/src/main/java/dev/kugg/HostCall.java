package dev.kugg;

import dev.kugg.types.FuncType;

import org.jspecify.annotations.Nullable;

/**
 * One call of a host function: its arguments, where its results go, and who calls. Valid until the
 * host function returns, for the calling thread.
 *
 * <p>Indices are those of the function's type, from 0. Reading an argument or setting a result as
 * another type than it has, or at an index it has not, throws {@link IllegalArgumentException}.
 */
public sealed interface HostCall permits dev.kugg.internal.runtime.HostCallFrame {
    /** {@return the type the function was given with} */
    FuncType type();

    /** {@return the instance that calls; the host function may call back into it} */
    Instance instance();

    /**
     * {@return the memory of the calling instance}
     *
     * @throws IllegalStateException if it has none
     */
    Memory memory();

    /**
     * {@return the {@code i32} argument at an index}
     *
     * @param index the argument's index
     */
    int i32(int index);

    /**
     * {@return the {@code i64} argument at an index}
     *
     * @param index the argument's index
     */
    long i64(int index);

    /**
     * {@return the {@code f32} argument at an index}
     *
     * @param index the argument's index
     */
    float f32(int index);

    /**
     * {@return the {@code f64} argument at an index}
     *
     * @param index the argument's index
     */
    double f64(int index);

    /**
     * {@return the reference argument at an index: a {@link Func} for {@code funcref}, any object
     * for {@code externref}, or null}
     *
     * @param index the argument's index
     */
    @Nullable Object ref(int index);

    /**
     * Sets the only or first result, an {@code i32}.
     *
     * @param value the value
     */
    default void result(int value) {
        result(0, value);
    }

    /**
     * Sets the only or first result, an {@code i64}.
     *
     * @param value the value
     */
    default void result(long value) {
        result(0, value);
    }

    /**
     * Sets the only or first result, an {@code f32}.
     *
     * @param value the value
     */
    default void result(float value) {
        result(0, value);
    }

    /**
     * Sets the only or first result, an {@code f64}.
     *
     * @param value the value
     */
    default void result(double value) {
        result(0, value);
    }

    /**
     * Sets an {@code i32} result.
     *
     * @param index the result's index
     * @param value the value
     */
    void result(int index, int value);

    /**
     * Sets an {@code i64} result.
     *
     * @param index the result's index
     * @param value the value
     */
    void result(int index, long value);

    /**
     * Sets an {@code f32} result.
     *
     * @param index the result's index
     * @param value the value
     */
    void result(int index, float value);

    /**
     * Sets an {@code f64} result.
     *
     * @param index the result's index
     * @param value the value
     */
    void result(int index, double value);

    /**
     * Sets a reference result.
     *
     * @param index the result's index
     * @param value the value; a {@link Func} or null for {@code funcref}
     */
    void refResult(int index, @Nullable Object value);
}
