package dev.kugg;

/** The module asks for more than a documented limit allows. The message names the limit. */
public final class LimitException extends WasmException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the outcome.
     *
     * @param message what is wrong and where
     */
    public LimitException(String message) {
        super(message, null);
    }

    @Override
    public String kind() {
        return "over a limit";
    }
}
