package dev.kugg;

/**
 * Something that gives a module its imports: WASI, or functions of your own.
 *
 * {@snippet class="dev.kugg.Snippets" region="host"}
 */
@FunctionalInterface
public interface Host {
    /**
     * Adds what this host gives to the imports of one instance. Called once for each instance that
     * is started, on the thread that starts it; state that belongs to one instance is made here.
     *
     * @param imports takes the functions, memories, tables and globals
     */
    void provide(Imports imports);
}
