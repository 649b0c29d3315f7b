package dev.kugg.wasi.internal;

/**
 * Ends a WASI function with an errno other than success. It has no stack trace: the guest sees a
 * number only.
 */
final class ErrnoException extends Exception {
    private static final long serialVersionUID = 1;

    private final Errno errno;

    ErrnoException(Errno errno) {
        super(null, null, false, false);
        this.errno = errno;
    }

    Errno errno() {
        return errno;
    }
}
