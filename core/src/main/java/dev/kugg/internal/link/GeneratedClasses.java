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
 * only the lock of the one class is held, and writing asks for no class of this loader. And it
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
            if (known != null) {
                return known;
            }
            byte[] image = new Writing(code, name).image();
            return defineClass(name, image, 0, image.length);
        }
    }

    /** The writing of one class: on this thread, or where its stack is at its end, on another. */
    private static final class Writing implements Runnable {
        private static final long STACK_BYTES = 1 << 20;

        private final CompiledModule code;
        private final String name;
        private byte @Nullable [] image;
        private @Nullable Throwable failure;

        Writing(CompiledModule code, String name) {
            this.code = code;
            this.name = name;
        }

        byte[] image() {
            try {
                return code.writeClass(name);
            } catch (StackOverflowError end) {
                return imageFromElsewhere(end);
            }
        }

        /**
         * Should there be no room for this either, the error goes to the guest, and the JVM asks
         * for the class again another time.
         */
        private byte[] imageFromElsewhere(StackOverflowError end) {
            Thread thread = new Thread(null, this, "kugg class " + name, STACK_BYTES, false);
            thread.setDaemon(true);
            try {
                thread.start();
            } catch (OutOfMemoryError noThread) {
                throw end;
            }
            join(thread);
            byte[] written = image;
            if (written != null) {
                return written;
            }
            throw failure instanceof Error error ? error : new AssertionError(name, failure);
        }

        private static void join(Thread thread) {
            boolean interrupted = false;
            while (true) {
                try {
                    thread.join();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void run() {
            try {
                image = code.writeClass(name);
            } catch (Throwable e) {
                failure = e;
            }
        }
    }
}
