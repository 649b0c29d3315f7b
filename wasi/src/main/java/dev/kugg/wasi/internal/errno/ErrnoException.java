package dev.kugg.wasi.internal.errno;

/**
 * Ends a WASI function with an errno other than success. It has no stack trace: the guest sees a
 * number only.
 */
public final class ErrnoException extends Exception {
    private static final long serialVersionUID = 1;

    private final Errno errno;

    /**
     * Ends a function.
     *
     * @param errno what it answers
     */
    public ErrnoException(Errno errno) {
        super(null, null, false, false);
        this.errno = errno;
    }

    /** {@return what the function answers} */
    public Errno errno() {
        return errno;
    }
}
