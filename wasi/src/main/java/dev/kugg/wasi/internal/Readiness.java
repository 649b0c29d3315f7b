package dev.kugg.wasi.internal;

/** What a descriptor answers {@code poll_oneoff} about one direction. */
final class Readiness {
    private boolean ready;
    private boolean hangup;
    private long bytes;

    /** The direction would have to wait; what it waits for wakes the guest's waiter. */
    void waits() {
        ready = false;
        hangup = false;
        bytes = 0;
    }

    /** The direction would not wait. */
    void ready(long sizeBytes) {
        ready = true;
        hangup = false;
        bytes = sizeBytes;
    }

    /** The direction would not wait, as there is no other side any more. */
    void hangup() {
        ready = true;
        hangup = true;
        bytes = 0;
    }

    boolean isReady() {
        return ready;
    }

    boolean isHangup() {
        return hangup;
    }

    /** {@return how many bytes can be transferred, as far as is known} */
    long bytes() {
        return bytes;
    }
}
