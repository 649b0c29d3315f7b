package dev.kugg;

/**
 * An instance could not be made because its active segments do not fit or its start function
 * trapped; the cause is that trap.
 *
 * @see <a
 *     href="https://webassembly.github.io/spec/core/exec/modules.html#instantiation">Instantiation</a>
 */
public final class UninstantiableException extends WasmException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the outcome.
     *
     * @param message what could not be done; begins with the trap's message
     * @param cause the trap
     */
    public UninstantiableException(String message, TrapException cause) {
        super(message, cause);
    }

    @Override
    public String kind() {
        return "uninstantiable";
    }
}
