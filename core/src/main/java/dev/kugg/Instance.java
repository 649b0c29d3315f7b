package dev.kugg;

import java.lang.invoke.MethodHandles;
import java.util.Map;

/**
 * A running module: the state that lives between calls, and the exports to call.
 *
 * <p><b>Threads.</b> One thread at a time may be inside an instance. A second one that calls
 * meanwhile gets an {@link IllegalStateException} at once. Different threads may use an instance
 * one after the other if the host orders them. A host function may call back into the instance that
 * called it. {@link #interrupt} and {@link #close} may be used from any thread.
 *
 * <p><b>After a trap</b> or an interruption the instance is usable.
 *
 * {@snippet class="dev.kugg.Snippets" region="instance"}
 *
 * @see <a href="https://webassembly.github.io/spec/core/exec/runtime.html#module-instances">Module
 *     instances</a>
 */
public sealed interface Instance extends AutoCloseable
        permits dev.kugg.internal.runtime.InstanceState {
    /** {@return the module} */
    WasmModule module();

    /**
     * {@return the exports as a Java interface, implemented by a generated class: typed, nothing
     * boxed}
     *
     * <p>Each abstract method stands for the exported function of its name. {@code i32}, {@code
     * i64}, {@code f32}, {@code f64} are {@code int}, {@code long}, {@code float}, {@code double};
     * {@code funcref} is {@link Func}, {@code externref} is {@link Object}; no result is {@code
     * void}; several results are a {@code long[]} as in {@link Func#call}. A method {@code void
     * close()} of an interface that extends {@link AutoCloseable} closes this instance. Default and
     * static methods stay as they are.
     *
     * <p>The interface must be visible to Kugg: public, and in a named module in an exported
     * package. A program on the class path may use any interface.
     *
     * @param <T> the interface
     * @param exports the interface
     * @throws UnlinkableException if an export is missing or has another type than the method
     * @throws IllegalArgumentException if it is not an interface, or Kugg cannot see it
     */
    <T> T exports(Class<T> exports);

    /**
     * {@return the exports as a Java interface that Kugg could not see by itself} Calls take some
     * tens of nanoseconds more than through a public one.
     *
     * @param <T> the interface
     * @param lookup a lookup with full access of a class in the interface's package, as {@link
     *     MethodHandles#lookup()} gives it there
     * @param exports the interface
     * @throws UnlinkableException if an export is missing or has another type than the method
     * @throws IllegalArgumentException if it is not an interface, or the lookup cannot see it
     */
    <T> T exports(MethodHandles.Lookup lookup, Class<T> exports);

    /**
     * {@return an exported function as an interface with one abstract method, such as {@link
     * java.util.function.IntUnaryOperator}: typed, nothing boxed}
     *
     * @param <T> the interface
     * @param name the export's name
     * @param functionalInterface the interface; it need not be annotated
     * @throws UnlinkableException if there is no such function, or it has another type than the
     *     method
     * @throws IllegalArgumentException if the interface has not exactly one abstract method, or
     *     Kugg cannot see it
     */
    <T> T func(String name, Class<T> functionalInterface);

    /**
     * {@return an exported function}
     *
     * @param name the export's name
     * @throws IllegalArgumentException if there is no such export or it is no function; the message
     *     lists the functions there are
     */
    Func func(String name);

    /**
     * {@return an exported memory}
     *
     * @param name the export's name
     * @throws IllegalArgumentException if there is no such export or it is no memory
     */
    Memory memory(String name);

    /**
     * {@return an exported table}
     *
     * @param name the export's name
     * @throws IllegalArgumentException if there is no such export or it is no table
     */
    Table table(String name);

    /**
     * {@return an exported global}
     *
     * @param name the export's name
     * @throws IllegalArgumentException if there is no such export or it is no global
     */
    Global global(String name);

    /** {@return all exports by name, in the module's order} */
    Map<String, Extern> exports();

    /**
     * Stops the call that runs, or, when none does, the next one: it ends in {@link
     * InterruptionException} within 100 ms on an idle machine, in loops, in recursion and in waits
     * of WASI. A host function first has to return, or to call {@link #checkInterrupted} or {@link
     * #pause}. {@link Thread#interrupt} ends such a pause only, not a guest that computes. May be
     * called from any thread, a signal handler's or shutdown hook's included.
     */
    void interrupt();

    /**
     * Withdraws an {@link #interrupt} that no call has met yet.
     *
     * @return whether there was one
     */
    boolean clearInterrupt();

    /**
     * Ends the current call if it is to be stopped. Host functions that work or wait for long call
     * it now and then.
     *
     * @throws InterruptionException if the call was interrupted, its deadline has passed, or the
     *     instance was closed
     */
    void checkInterrupted();

    /**
     * Waits, and ends the wait early if the call is to be stopped. For host functions that have to
     * wait.
     *
     * @param nanos how long, in nanoseconds; not positive means not at all. It may return a little
     *     early, never late by more than the scheduler's own delay
     * @throws InterruptionException if the call was interrupted, its deadline has passed, the
     *     instance was closed, or the thread itself was interrupted, which it then stays
     * @throws IllegalStateException if the current thread is not inside the instance
     */
    void pause(long nanos);

    /** {@return whether the instance was closed} */
    boolean isClosed();

    /**
     * Closes the instance; a second time does nothing. A call that runs on another thread is
     * interrupted and ends soon after; this method does not wait for it. Later calls throw {@link
     * IllegalStateException}. What the instance exported (its memory, say) stays readable until it
     * is collected.
     *
     * <p>Called from one of the instance's own host functions it lets that call run on until its
     * next check for interruption, which ends it.
     */
    @Override
    void close();
}
