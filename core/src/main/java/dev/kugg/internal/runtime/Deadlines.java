package dev.kugg.internal.runtime;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One daemon thread for all instances that ends calls whose time is up; made when first needed. */
final class Deadlines {
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private Deadlines() {}

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread thread = new Thread(null, task, "kugg-deadlines", 0, false);
                            thread.setDaemon(true);
                            thread.setContextClassLoader(null);
                            return thread;
                        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** {@return a handle to withdraw the task, which is to run after so many nanoseconds} */
    static Future<?> after(long nanos, Runnable task) {
        return TIMER.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    /** Runs a task, which must not throw, a few milliseconds later. */
    static void soon(Runnable task) {
        // A future would only tell that the task threw.
        Future<?> unused = TIMER.schedule(task, 5, TimeUnit.MILLISECONDS);
    }
}
