package dev.kugg;

import dev.kugg.internal.runtime.GlobalInstance;
import dev.kugg.types.GlobalType;

import org.jspecify.annotations.Nullable;

/**
 * A global: one value that instances and the host share. It belongs to the thread that runs its
 * instance.
 *
 * @see <a href="https://webassembly.github.io/spec/core/exec/runtime.html#global-instances">Global
 *     instances</a>
 */
public sealed interface Global extends Extern permits GlobalInstance {
    /**
     * {@return a new global that a module may import}
     *
     * @param type its type
     * @param value its first value: {@link Integer}, {@link Long}, {@link Float}, {@link Double}, a
     *     {@link Func}, any object for {@code externref}, or null for a reference
     * @throws IllegalArgumentException if the value is not of that type
     */
    static Global create(GlobalType type, @Nullable Object value) {
        return GlobalInstance.create(type, value);
    }

    @Override
    GlobalType type();

    /** {@return the value as {@link #create} takes it} */
    @Nullable Object get();

    /**
     * Sets the value.
     *
     * @param value the value as {@link #create} takes it
     * @throws IllegalStateException if the global is not mutable
     * @throws IllegalArgumentException if the value is not of its type
     */
    void set(@Nullable Object value);
}
