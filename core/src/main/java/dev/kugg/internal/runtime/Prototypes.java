package dev.kugg.internal.runtime;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Brings generated classes to life without reflection, whose first use costs more than all of a
 * small guest's start: the class's initialiser makes one object and offers it here; that object
 * makes the others.
 */
public final class Prototypes {
    private static final ReentrantLock LOCK = new ReentrantLock();

    private static @Nullable Object offered;

    private Prototypes() {}

    /** Takes the prototype; called by the initialiser of a generated class. */
    public static void offer(Object prototype) {
        offered = prototype;
    }

    /**
     * {@return the prototype of a generated class}
     *
     * @param className the class's binary name; it must not be initialised yet
     * @param loader defines it
     */
    public static Object of(String className, ClassLoader loader) {
        LOCK.lock();
        try {
            Class.forName(className, true, loader);
            return Objects.requireNonNull(offered, className);
        } catch (ClassNotFoundException e) {
            throw new LinkageError("generated class", e);
        } finally {
            offered = null;
            LOCK.unlock();
        }
    }
}
