package dev.kugg;

import org.jspecify.annotations.Nullable;

/**
 * The guest did something WebAssembly stops: divided by zero, left its memory, met {@code
 * unreachable}. The instance stays usable; what the guest had changed before stays changed.
 *
 * <p>The message is the one the specification's test suite uses, such as {@code integer divide by
 * zero}. The stack trace shows the guest's functions among the host's, as in {@code
 * reactor.wasm!inc(reactor.wasm)}.
 *
 * @see <a href="https://webassembly.github.io/spec/core/intro/overview.html#trap">Traps</a>
 */
public sealed class TrapException extends WasmException permits ExhaustionException {
    private static final long serialVersionUID = 1;

    /**
     * Creates a trap. A host function may throw one too.
     *
     * @param message why, in few words
     */
    public TrapException(String message) {
        super(message, null);
    }

    TrapException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public String kind() {
        return "trap";
    }
}
