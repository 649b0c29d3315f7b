package dev.kugg;

/**
 * An import is missing or of another type than the module asks for, or a Java interface asks for an
 * export that is missing or of another type.
 *
 * @see <a href="https://webassembly.github.io/spec/core/exec/modules.html#external-typing">External
 *     typing</a>
 */
public final class UnlinkableException extends WasmException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the outcome.
     *
     * @param message what is wrong and where
     */
    public UnlinkableException(String message) {
        super(message, null);
    }

    @Override
    public String kind() {
        return "unlinkable";
    }
}
