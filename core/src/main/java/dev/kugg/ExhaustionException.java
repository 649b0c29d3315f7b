package dev.kugg;

/**
 * The guest's calls nested deeper than its stack budget allows: the trap {@code call stack
 * exhausted}.
 *
 * @see InstanceBuilder#stackBudget
 */
public final class ExhaustionException extends TrapException {
    private static final long serialVersionUID = 1;

    /** Creates the trap. */
    public ExhaustionException() {
        super("call stack exhausted");
    }

    /**
     * Creates the trap for a call that met the end of the JVM's own stack, as on a thread with a
     * small one.
     *
     * @param cause what the JVM threw
     */
    public ExhaustionException(StackOverflowError cause) {
        super("call stack exhausted", cause);
    }

    @Override
    public String kind() {
        return "exhaustion";
    }
}
