package dev.kugg.internal.link;

import dev.kugg.internal.compile.CompiledModule.ClassImage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The class loader of one module's code. It looks at its own classes first, so that no class of the
 * host can stand in for one of them, and defines each when it is first needed. The module's code is
 * unloaded with it.
 */
final class GeneratedClasses extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final Map<String, byte[]> images;

    GeneratedClasses(ClassLoader parent, List<ClassImage> classes) {
        super(parent);
        images = new HashMap<>(classes.size() * 2);
        for (ClassImage image : classes) {
            images.put(image.name(), image.bytes());
        }
        openRuntimeTo(getUnnamedModule());
    }

    /**
     * In a named module the runtime's package is closed; generated code, in a module of its own,
     * has to see it.
     */
    static void openRuntimeTo(Module target) {
        Module own = GeneratedClasses.class.getModule();
        if (own.isNamed()) {
            own.addExports("dev.kugg.internal.runtime", target);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        byte[] image = images.get(name);
        return image == null ? super.loadClass(name, resolve) : defined(name, image);
    }

    private Class<?> defined(String name, byte[] image) {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known != null ? known : defineClass(name, image, 0, image.length);
        }
    }

    /** {@return whether a class is one of this module's} */
    boolean has(String name) {
        return images.containsKey(name);
    }
}
