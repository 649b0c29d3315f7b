package dev.kugg.wasi.internal.stream;

/** Threads that wait in place of guests. */
final class Pumps {
    private Pumps() {}

    /**
     * Starts a daemon. It outlives the call that starts it, so it keeps nothing of its caller's.
     */
    static void start(String name, Runnable work) {
        Thread pump =
                Thread.ofPlatform()
                        .name(name)
                        .daemon()
                        .inheritInheritableThreadLocals(false)
                        .unstarted(work);
        pump.setContextClassLoader(null);
        pump.start();
    }
}
