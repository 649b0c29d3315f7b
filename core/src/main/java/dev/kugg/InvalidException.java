package dev.kugg;

/**
 * The bytes are a module, but one that breaks a rule of validation, such as a type mismatch.
 *
 * @see <a href="https://webassembly.github.io/spec/core/valid/index.html">Validation</a>
 */
public final class InvalidException extends WasmException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the outcome.
     *
     * @param message what is wrong and where
     */
    public InvalidException(String message) {
        super(message, null);
    }

    @Override
    public String kind() {
        return "invalid";
    }
}
