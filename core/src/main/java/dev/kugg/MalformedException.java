package dev.kugg;

/**
 * The bytes are not a WebAssembly module.
 *
 * @see <a href="https://webassembly.github.io/spec/core/binary/index.html">Binary format</a>
 */
public final class MalformedException extends WasmException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the outcome.
     *
     * @param message what is wrong and where
     */
    public MalformedException(String message) {
        super(message, null);
    }

    @Override
    public String kind() {
        return "malformed";
    }
}
