package dev.kugg.wasi.internal.stream;

/** Threads that wait in place of guests. */
final class Pumps {
    private Pumps() {}

    /**
     * Starts a daemon. It outlives the call that starts it, so it keeps nothing of its caller's.
     */
    static void start(String name, Runnable work) {
        // A builder of threads would be classes that start-up does without.
        Thread pump = new Thread(null, work, name, 0, false);
        pump.setDaemon(true);
        pump.setContextClassLoader(null);
        pump.start();
    }
}
