package dev.kugg.cli;

/** Ends a command with {@code Error: <kind>: <message>} and the exit code 1. */
final class FailureException extends Exception {
    private static final long serialVersionUID = 1;

    private final String kind;

    /**
     * Creates the end of a command.
     *
     * @param kind what kind of error: {@code usage}, {@code unreadable}, ...
     * @param message what is wrong and where; more lines than one may follow
     */
    FailureException(String kind, String message) {
        super(message);
        this.kind = kind;
    }

    String kind() {
        return kind;
    }
}
