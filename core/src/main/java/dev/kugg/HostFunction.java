package dev.kugg;

/**
 * A function of the host that a guest may call.
 *
 * {@snippet class="dev.kugg.Snippets" region="host"}
 *
 * @see <a href="https://webassembly.github.io/spec/core/exec/runtime.html#function-instances">Host
 *     functions</a>
 */
@FunctionalInterface
public interface HostFunction {
    /**
     * Does the work: reads its arguments from the call and leaves its results there. A result that
     * is not set is zero or null. What it throws reaches the host code that called the guest,
     * unchanged; only a {@link StackOverflowError} ends the call in {@link ExhaustionException},
     * since the guest and the host share one stack.
     *
     * @param call the arguments, the results and the calling instance; valid until this method
     *     returns
     */
    void call(HostCall call);
}
