package dev.kugg.internal.link;

import dev.kugg.internal.compile.CompiledModule;

import org.jspecify.annotations.Nullable;

/**
 * The class loader of one module's code. It looks at its own classes first, so that no class of the
 * host can stand in for one of them, and writes and defines each when it is first needed. The
 * module's code is unloaded with it.
 *
 * <p>A class is first needed wherever the guest happens to be. So writing one cannot be refused any
 * more: the JVM would remember a LinkageError for ever. It waits for nobody who loads from here:
 * only the lock of the one class is held, and writing asks for no other class of the module. And it
 * works at the end of the stack, or leaves all as it was.
 */
final class GeneratedClasses extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final CompiledModule code;

    GeneratedClasses(ClassLoader parent, CompiledModule code) {
        super(parent);
        this.code = code;
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
        return code.hasClass(name) ? defined(name) : super.loadClass(name, resolve);
    }

    private Class<?> defined(String name) {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known != null ? known : new Definition(name).make();
        }
    }

    private Class<?> define(String name) {
        byte[] image = code.writeClass(name);
        try {
            return defineClass(name, image, 0, image.length);
        } catch (LinkageError e) {
            // Where the stack ended while one waited, nobody holds the lock for the other thread.
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            throw e;
        }
    }

    /**
     * The writing and defining of one class: on this thread, or where its stack is at its end, on
     * another. That one takes no lock that others hold while they wait for it: beside the class
     * itself it asks for its superclass, which the parent has.
     */
    private final class Definition implements Runnable {
        private static final long STACK_BYTES = 1 << 20;

        private final String name;
        private @Nullable Class<?> made;
        private @Nullable Throwable failure;

        Definition(String name) {
            this.name = name;
        }

        Class<?> make() {
            try {
                return define(name);
            } catch (StackOverflowError end) {
                return makeElsewhere(end);
            }
        }

        /**
         * Should there be no room for this either, the error goes to the guest, and the JVM asks
         * for the class again another time.
         */
        private Class<?> makeElsewhere(StackOverflowError end) {
            Thread thread = new Thread(null, this, "kugg class " + name, STACK_BYTES, false);
            thread.setDaemon(true);
            try {
                thread.start();
            } catch (OutOfMemoryError noThread) {
                throw end;
            }
            while (thread.isAlive()) {
                // Takes little stack, and unlike join() no interruption that it might not give
                // back.
                Thread.onSpinWait();
            }
            Class<?> found = made;
            if (found != null) {
                return found;
            }
            throw failure instanceof Error error ? error : new AssertionError(name, failure);
        }

        @Override
        public void run() {
            try {
                // The stack may have ended behind the definition.
                Class<?> known = findLoadedClass(name);
                made = known != null ? known : define(name);
            } catch (Throwable e) {
                failure = e;
            }
        }
    }
}
