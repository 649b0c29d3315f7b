package dev.kugg.internal.compile;

import org.jspecify.annotations.Nullable;

/**
 * The code of a module: the names of its classes, a way to write each, and what has to be known to
 * link them. All that could refuse the module is decided; nothing is loaded. For use by any thread.
 */
public final class CompiledModule {
    /** The binary name of the generated subclass of the runtime's {@code InstanceState}. */
    public static final String INSTANCE_CLASS = RuntimeNames.INSTANCE.replace('/', '.');

    private final ModulePlan plan;
    private final ClassFiles classes;

    CompiledModule(ModulePlan plan, ClassFiles classes) {
        this.plan = plan;
        this.classes = classes;
    }

    /**
     * A static method that is a function: its parameters, the instance, what is left of the stack
     * budget.
     *
     * @param className the internal name of its class
     * @param name its name
     * @param descriptor its descriptor
     */
    public record Method(String className, String name, String descriptor) {}

    /**
     * {@return whether a class is one of the module's}
     *
     * @param className its binary name, with dots
     */
    public boolean hasClass(String className) {
        return classes.has(className.replace('.', '/'));
    }

    /**
     * {@return the class file of one of the module's classes, the same bytes each time}
     *
     * @param className its binary name, with dots
     */
    public byte[] writeClass(String className) {
        return classes.write(className.replace('.', '/'));
    }

    /**
     * {@return the method of a function; for an imported one a stub; null if its parameters pass in
     * arrays}
     */
    public @Nullable Method method(int funcidx) {
        if (plan.signature(funcidx).inArrays) {
            return null;
        }
        return new Method(
                plan.functionClass(funcidx),
                plan.methodName(funcidx),
                plan.signature(funcidx).descriptor);
    }

    /**
     * {@return by funcidx, the function's number among those of its type that references can lead
     * to, or -1} Nobody changes it.
     */
    public int[] slots() {
        return plan.slots;
    }

    /** {@return by globalidx, whether the global is an object others can see} Nobody changes it. */
    public boolean[] sharedGlobals() {
        return plan.sharedGlobals;
    }

    /**
     * {@return the room the instance needs for several results; 0 when no type has more than one}
     */
    public int maxResults() {
        return plan.maxResults();
    }
}
