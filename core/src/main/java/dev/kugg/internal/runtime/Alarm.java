package dev.kugg.internal.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;

/**
 * Says whether a call of some instance of a module was ever stopped: a question that costs compiled
 * code nothing until then. Each module has one, in a constant of its generated class.
 *
 * <p>A JIT takes the target of a constant call site for a constant, and throws the code that relies
 * on it away when the target changes. So a loop that asks here is compiled without the question,
 * reads no field, and keeps no order of memory for its sake. {@link #ring} sends the threads that
 * run the module's code on into the interpreter at their next safepoint, where they ask again. From
 * then on the alarm rings for good, and loops look at {@link InstanceState#stop} instead: compiling
 * the module anew after each stop would let one call that is stopped slow down all others.
 *
 * @see MutableCallSite
 */
public final class Alarm extends MutableCallSite {
    /** The target of an alarm that does not ring. */
    private static final MethodHandle CALM = handle("calm");

    private static final MethodHandle RINGING = handle("ringing");

    /** Creates one that does not ring. */
    public Alarm() {
        super(CALM);
    }

    /** {@return whether it rings} */
    @SuppressWarnings("ReferenceEquality") // That very handle is meant.
    public boolean rings() {
        return getTarget() != CALM;
    }

    /** Has all code of the module look whether its call is to be stopped, from now on. */
    void ring() {
        if (!rings()) {
            setTarget(RINGING);
            MutableCallSite.syncAll(new MutableCallSite[] {this});
        }
    }

    @SuppressWarnings("UnusedMethod") // Found by its name, and never called.
    private static void calm() {}

    @SuppressWarnings("UnusedMethod") // Found by its name, and never called.
    private static void ringing() {}

    private static MethodHandle handle(String name) {
        try {
            return MethodHandles.lookup()
                    .findStatic(Alarm.class, name, MethodType.methodType(void.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }
}
