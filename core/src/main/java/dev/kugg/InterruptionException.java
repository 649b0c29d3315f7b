package dev.kugg;

/**
 * The call was stopped from outside: by {@link Instance#interrupt}, by the deadline of {@link
 * InstanceBuilder#timeout}, or by {@link Instance#close} from another thread. Unless it was closed,
 * the instance stays usable; what the guest had changed before stays changed.
 */
public final class InterruptionException extends WasmException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the outcome.
     *
     * @param message by what the call was stopped
     */
    public InterruptionException(String message) {
        super(message, null);
    }

    @Override
    public String kind() {
        return "interrupted";
    }
}
