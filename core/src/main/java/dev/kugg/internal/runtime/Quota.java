package dev.kugg.internal.runtime;

/**
 * How much more the memories, or the tables, of one instance may grow together. They may be shared
 * with instances that other threads run.
 */
public final class Quota {
    private long left;

    public Quota(long most) {
        left = most;
    }

    /** Takes so much, all of it or nothing; {@return whether there was enough} */
    public synchronized boolean take(long count) {
        if (count > left) {
            return false;
        }
        left -= count;
        return true;
    }

    synchronized void giveBack(long count) {
        left += count;
    }
}
