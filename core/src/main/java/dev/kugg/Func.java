package dev.kugg;

import dev.kugg.types.FuncType;

import org.jspecify.annotations.Nullable;

/**
 * A function of an instance: a handle to call it, and the value of a {@code funcref}.
 *
 * <p>Calls follow the rules of {@link Instance}: one thread at a time. The fastest way to call is a
 * Java interface ({@link Instance#exports(Class)}, {@link Instance#func(String, Class)}); the two
 * here fit programs that learn types at run time.
 *
 * {@snippet class="dev.kugg.Snippets" region="func"}
 *
 * @see <a
 *     href="https://webassembly.github.io/spec/core/exec/runtime.html#function-instances">Function
 *     instances</a>
 */
public sealed interface Func extends Extern permits dev.kugg.internal.runtime.FuncInstance {
    @Override
    FuncType type();

    /**
     * Calls a function of numbers only.
     *
     * @param args one for each parameter: an {@code i32} in the low 32 bits, floating-point numbers
     *     as their raw bits ({@link Float#floatToRawIntBits}, {@link Double#doubleToRawLongBits})
     * @return one for each result, likewise; an {@code i32} is sign-extended, an {@code f32} has
     *     its bits in the low 32
     * @throws IllegalArgumentException if the count is wrong, or a parameter or result is a
     *     reference
     * @throws IllegalStateException if the instance is closed or runs on another thread
     * @throws WasmException if the call ends in a trap, an exit or an interruption
     */
    long[] call(long... args);

    /**
     * Calls the function with Java objects.
     *
     * @param args one for each parameter: {@link Integer}, {@link Long}, {@link Float}, {@link
     *     Double}; for a {@code funcref} a {@link Func} or null, for an {@code externref} any
     *     object or null
     * @return one for each result, likewise
     * @throws IllegalArgumentException if the count or a type is wrong
     * @throws IllegalStateException if the instance is closed or runs on another thread
     * @throws WasmException if the call ends in a trap, an exit or an interruption
     */
    @Nullable Object[] invoke(@Nullable Object... args);
}
