package dev.kugg;

/**
 * The guest ended itself with an exit code, as WASI's {@code proc_exit} does. It unwinds the call;
 * it never ends the JVM.
 */
public final class ExitException extends WasmException {
    private static final long serialVersionUID = 1;

    private final int code;

    /**
     * Creates the outcome.
     *
     * @param code the exit code; an unsigned number in WASI
     */
    public ExitException(int code) {
        super("exit code " + Integer.toUnsignedString(code), null);
        this.code = code;
    }

    /** {@return the exit code the guest gave; 0 means success, and all 32 bits may be set} */
    public int code() {
        return code;
    }

    @Override
    public String kind() {
        return "exit";
    }
}
