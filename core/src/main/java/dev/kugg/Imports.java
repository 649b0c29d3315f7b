package dev.kugg;

import dev.kugg.types.FuncType;

/**
 * What one instance may import, by the two names of an import. A host fills it; what the module
 * does not ask for is ignored. Giving the same names twice keeps the later one, so a host can
 * replace what an earlier one gave.
 *
 * <p>Used by the thread that starts the instance, and only while it starts.
 */
public sealed interface Imports permits dev.kugg.internal.link.ImportMap {
    /** {@return the module that is being started} */
    WasmModule module();

    /**
     * Gives a function of the host.
     *
     * @param module the import's first name
     * @param name the import's second name
     * @param type the function's type; the module must ask for exactly this type
     * @param function the function
     * @return these imports
     */
    Imports function(String module, String name, FuncType type, HostFunction function);

    /**
     * Gives a memory, table, global or function of the host or of another instance.
     *
     * @param module the import's first name
     * @param name the import's second name
     * @param extern what to give
     * @return these imports
     */
    Imports extern(String module, String name, Extern extern);

    /**
     * Gives all exports of another instance under its own names.
     *
     * @param module the imports' first name
     * @param instance the other instance; it must stay open while this one is used
     * @return these imports
     */
    Imports exportsOf(String module, Instance instance);

    /**
     * Asks to be told when the instance closes, or when it could not be started after all.
     *
     * @param action what to do then; it must not throw and must not wait for the instance
     * @return these imports
     */
    Imports onClose(Runnable action);

    /**
     * Asks to be told when a call is to be stopped, so that a host function that waits can end its
     * wait and then call {@link Instance#checkInterrupted}.
     *
     * @param action what to do then, on any thread, perhaps more than once; it must not throw and
     *     must not wait
     * @return these imports
     */
    Imports onInterrupt(Runnable action);
}
