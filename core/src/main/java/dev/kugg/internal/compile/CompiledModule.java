package dev.kugg.internal.compile;

import java.util.List;

/**
 * The code of a module: class files and what has to be known to link them. Plain data; nothing is
 * loaded.
 *
 * @param classes the classes; the one named {@link #INSTANCE_CLASS} is among them
 * @param functions by funcidx, the method of each function; for imported ones a stub
 * @param slots by funcidx, the function's number among those of its type that references can lead
 *     to, or -1
 * @param sharedGlobals by globalidx, whether the global is an object others can see
 * @param maxResults the room the instance needs for several results; 0 when no type has more than
 *     one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record CompiledModule(
        List<ClassImage> classes,
        Method[] functions,
        int[] slots,
        boolean[] sharedGlobals,
        int maxResults) {
    /** The binary name of the generated subclass of the runtime's {@code InstanceState}. */
    public static final String INSTANCE_CLASS = RuntimeNames.INSTANCE.replace('/', '.');

    /**
     * One class file.
     *
     * @param name the class's binary name, with dots
     * @param bytes the class file
     */
    public record ClassImage(String name, byte[] bytes) {}

    /**
     * A static method that is a function: its parameters, the instance, what is left of the stack
     * budget.
     *
     * @param className the internal name of its class
     * @param name its name
     * @param descriptor its descriptor
     */
    public record Method(String className, String name, String descriptor) {}
}
