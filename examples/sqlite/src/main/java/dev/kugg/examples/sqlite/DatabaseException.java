package dev.kugg.examples.sqlite;

/** What SQLite says of a failure. */
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DatabaseException(String message) {
        super(message);
    }
}
