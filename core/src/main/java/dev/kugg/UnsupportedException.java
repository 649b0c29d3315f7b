package dev.kugg;

/**
 * The module uses a feature of WebAssembly that this version of Kugg does not compile. The message
 * names the feature.
 */
public final class UnsupportedException extends WasmException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the outcome.
     *
     * @param message what is wrong and where
     */
    public UnsupportedException(String message) {
        super(message, null);
    }

    @Override
    public String kind() {
        return "unsupported";
    }
}
