package dev.kugg.cli;

import dev.kugg.Instance;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stops the guest when the JVM is told to end, by SIGINT or SIGTERM, so that it ends in order: a
 * shutdown hook. The JVM itself then exits with 130 or 143.
 */
final class StopHook extends Thread {
    private static final int PATIENCE_SECONDS = 1;

    private static volatile boolean stopping;

    private final Instance instance;
    private final CountDownLatch ended = new CountDownLatch(1);

    private StopHook(Instance instance) {
        super("kugg-stop");
        this.instance = instance;
    }

    /** {@return a hook for the calls of an instance, registered} */
    static StopHook of(Instance instance) {
        StopHook hook = new StopHook(instance);
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending already.
            stopping = true;
            instance.interrupt();
        }
        return hook;
    }

    /** Says that the guest has ended and all of its output is written. */
    void guestEnded() {
        ended.countDown();
    }

    /** {@return whether a guest is being stopped because the JVM ends} */
    static boolean isStopping() {
        return stopping;
    }

    @Override
    public void run() {
        if (ended.getCount() == 0) {
            return;
        }
        stopping = true;
        instance.interrupt();
        try {
            // Whether it ended in time or not, there is nothing left to do.
            ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            // The JVM ends in any case.
            Thread.currentThread().interrupt();
        }
    }
}
