package dev.kugg;

import java.lang.invoke.MethodHandles;
import java.time.Duration;

/**
 * The way from a module to an instance: what it is granted and how its calls are bounded.
 * Immutable; each method returns another builder, and any thread may use one.
 *
 * {@snippet class="dev.kugg.Snippets" region="module"}
 */
public sealed interface InstanceBuilder permits dev.kugg.internal.link.LinkPlan {
    /**
     * {@return a builder whose instances may also use what this host gives}
     *
     * @param host gives imports; where hosts give the same names, the later one counts
     */
    InstanceBuilder with(Host host);

    /**
     * {@return a builder whose instances have each call of the host stopped, {@code _initialize}
     * included, that runs longer} Such a call ends in {@link InterruptionException} within 100 ms
     * of the time on an idle machine.
     *
     * @param timeout the longest a call may run; {@link Duration#ZERO} for no bound, which is the
     *     default
     * @throws IllegalArgumentException if it is negative
     */
    InstanceBuilder timeout(Duration timeout);

    /**
     * {@return a builder whose instances may use so much stack in one call of the host} Deeper
     * calls end in {@link ExhaustionException}. The figure is an upper estimate of what the JVM
     * needs for the guest's frames; it must be smaller than the stack of the threads that call,
     * less what the host uses itself. The default is 524,288, which fits threads with the JVM's
     * default stack of 1 MiB. For deeper recursion, call from a thread created with a larger stack
     * size and raise the budget with it.
     *
     * @param bytes the budget in bytes, from 16,384 to 1,073,741,824
     * @throws IllegalArgumentException if it is out of range
     */
    InstanceBuilder stackBudget(int bytes);

    /**
     * {@return a builder that does or does not call the export {@code _initialize} when an instance
     * starts} The default is to call it once where it is exported, as a WASI reactor expects.
     *
     * @param initialize whether to call it
     */
    InstanceBuilder initialize(boolean initialize);

    /**
     * {@return a builder whose instances may take so much for memories and tables} The default is
     * what the module was loaded with. The other limits count when a module is loaded and say
     * nothing here.
     *
     * @param limits the limits
     */
    InstanceBuilder limits(Limits limits);

    /**
     * Starts an instance: links its imports, runs its start function, and calls {@code _initialize}
     * where that is exported.
     *
     * @return the instance
     * @throws UnlinkableException if an import is missing or has another type
     * @throws UninstantiableException if an active segment does not fit or the start function traps
     * @throws LimitException if its memories or tables are larger than the limits allow or than the
     *     JVM has room for, or if there are as many live instances as there may be
     * @throws WasmException if {@code _initialize} ends in a trap, an exit or an interruption
     */
    Instance start();

    /**
     * Starts an instance and gives its exports as a Java interface whose {@code close} closes the
     * instance; see {@link Instance#exports(Class)}.
     *
     * @param <T> the interface
     * @param exports the interface
     * @return its implementation
     * @throws UnlinkableException if an import, or an export the interface asks for, is missing or
     *     has another type
     * @throws IllegalArgumentException if it is not an interface Kugg can implement
     * @throws WasmException as {@link #start()}
     */
    <T extends AutoCloseable> T start(Class<T> exports);

    /**
     * Starts an instance and gives its exports as a Java interface that need not be public; see
     * {@link Instance#exports(MethodHandles.Lookup, Class)}.
     *
     * @param <T> the interface
     * @param lookup a lookup of a class that can see the interface
     * @param exports the interface
     * @return its implementation
     * @throws UnlinkableException if an import, or an export the interface asks for, is missing or
     *     has another type
     * @throws IllegalArgumentException if it is not an interface Kugg can implement
     * @throws WasmException as {@link #start()}
     */
    <T extends AutoCloseable> T start(MethodHandles.Lookup lookup, Class<T> exports);

    /**
     * Runs a WASI command: starts an instance without {@code _initialize}, calls {@code _start},
     * and closes it.
     *
     * @return the exit code: 0 if {@code _start} returned, else what the guest gave to {@code
     *     proc_exit}
     * @throws UnlinkableException if an import is missing, or {@code _start} is not exported as a
     *     function without parameters and results
     * @throws WasmException if the run ends in a trap or an interruption
     */
    int run();
}
