package dev.kugg.internal.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Little-endian views of a {@code byte[]}, used by generated code directly: a call less than a
 * helper method, which matters to the JIT's inlining budget in large functions. Each access checks
 * its bounds itself.
 */
public final class MemoryAccess {
    public static final VarHandle I16 = view(char[].class);
    public static final VarHandle I32 = view(int[].class);
    public static final VarHandle I64 = view(long[].class);
    public static final VarHandle F32 = view(float[].class);
    public static final VarHandle F64 = view(double[].class);

    private MemoryAccess() {}

    /**
     * Initialises this class; to be called before a guest that has a memory runs. The guest may
     * first touch its memory at the end of the stack, where the initialiser would fail for good.
     */
    public static void initialise() {}

    private static VarHandle view(Class<?> arrayType) {
        return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.LITTLE_ENDIAN)
                .withInvokeExactBehavior();
    }
}
