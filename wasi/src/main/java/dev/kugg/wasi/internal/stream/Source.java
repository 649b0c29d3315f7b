package dev.kugg.wasi.internal.stream;

/** Something guests wait for. It wakes each waiter it knows whenever it has changed. */
interface Source {
    /**
     * Wakes a waiter no more. From the waiter's thread.
     *
     * @param waiter the waiter
     */
    void forget(Waiter waiter);
}
