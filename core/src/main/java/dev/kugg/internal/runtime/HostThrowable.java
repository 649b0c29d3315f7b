package dev.kugg.internal.runtime;

/**
 * Carries what a host function threw through generated code, which would otherwise take an index
 * exception of the host for a trap of the guest. Unpacked where the call came in.
 */
final class HostThrowable extends RuntimeException {
    private static final long serialVersionUID = 1;

    final Throwable thrown;

    HostThrowable(Throwable thrown) {
        super(null, null, false, false);
        this.thrown = thrown;
    }
}
