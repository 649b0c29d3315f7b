package dev.kugg;

import org.jspecify.annotations.Nullable;

/**
 * An outcome other than values: a module that cannot be loaded, an instance that cannot be made, or
 * a call that ended before it returned. The subclasses are all the outcomes there are.
 *
 * <table>
 * <caption>Outcomes by the step that meets them</caption>
 * <tr><th>step</th><th>outcome</th></tr>
 * <tr><td>load</td><td>{@link MalformedException}, {@link InvalidException}, {@link UnsupportedException},
 *     {@link LimitException}</td></tr>
 * <tr><td>start</td><td>{@link UnlinkableException}, {@link UninstantiableException}, {@link LimitException}, and
 *     what a call ends in</td></tr>
 * <tr><td>call</td><td>{@link TrapException}, {@link ExhaustionException}, {@link ExitException},
 *     {@link InterruptionException}</td></tr>
 * </table>
 *
 * <p>A call may besides end in what a host function threw itself. Mistakes in the use of this
 * library (a wrong argument, an unknown export, a closed or busy instance) are {@link
 * IllegalArgumentException} and {@link IllegalStateException}.
 */
public abstract sealed class WasmException extends RuntimeException
        permits MalformedException,
                InvalidException,
                UnsupportedException,
                LimitException,
                UnlinkableException,
                UninstantiableException,
                TrapException,
                ExitException,
                InterruptionException {
    private static final long serialVersionUID = 1;

    WasmException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * {@return the outcome's name in the specification's words: {@code malformed}, {@code invalid},
     * {@code unsupported}, {@code over a limit}, {@code unlinkable}, {@code uninstantiable}, {@code
     * trap}, {@code exhaustion}, {@code exit} or {@code interrupted}}
     */
    public abstract String kind();
}
