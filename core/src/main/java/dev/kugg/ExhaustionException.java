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

    @Override
    public String kind() {
        return "exhaustion";
    }
}
