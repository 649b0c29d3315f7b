package dev.kugg.examples.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kugg.Instance;
import dev.kugg.Memory;
import dev.kugg.WasmModule;
import dev.kugg.wasi.Wasi;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * An open database in an instance of its own. It belongs to one thread at a time, as the instance
 * does.
 */
public final class Database implements AutoCloseable {
    private static final int OK = 0;

    /** What {@code shim.c} exports. Addresses are those of the guest's memory. */
    public interface Guest {
        /** {@return the address of so many bytes, or 0 if there are not as many} */
        int textAlloc(int sizeBytes);

        /** Gives back what {@link #textAlloc} or {@link #dbQuery} gave. */
        void textFree(int text);

        /** {@return 0, or SQLite's code for a failure} */
        int dbOpen(int path);

        /** {@return 0, or SQLite's code for a failure} */
        int dbExec(int sql);

        /** {@return the text of all rows, or 0 after a failure} */
        int dbQuery(int sql);

        /** {@return the last failure in words} */
        int dbError();

        /** {@return 0, or SQLite's code for a failure} */
        int dbClose();
    }

    private final Instance instance;
    private final Guest guest;
    private final Memory memory;

    private Database(Instance instance) {
        this.instance = instance;
        this.guest = instance.exports(Guest.class);
        this.memory = instance.memory("memory");
    }

    /**
     * {@return the database in a file, which is made if it is not there}
     *
     * @param sqlite the module, as {@code build} makes it
     * @param wasi what it is granted; the file lies in one of its directories
     * @param path the file by the guest's name for it, such as {@code /data/notes.db}
     * @throws DatabaseException if SQLite cannot open it
     */
    public static Database open(WasmModule sqlite, Wasi wasi, String path) {
        var database = new Database(sqlite.with(wasi).start());
        try {
            database.check(database.pass(path, database.guest::dbOpen));
        } catch (RuntimeException e) {
            database.instance.close();
            throw e;
        }
        return database;
    }

    /**
     * Runs statements whose results are of no interest.
     *
     * @param sql one or more statements, a semicolon after each
     * @throws DatabaseException if one fails; those before it have run
     */
    public void exec(String sql) {
        check(pass(sql, guest::dbExec));
    }

    /**
     * {@return the rows of one statement: columns divided by tabs, a newline after each row}
     *
     * @param sql the statement
     * @throws DatabaseException if it fails
     */
    public String query(String sql) {
        int rows = pass(sql, guest::dbQuery);
        if (rows == 0) {
            throw failure();
        }
        try {
            return memory.readCString(rows);
        } finally {
            guest.textFree(rows);
        }
    }

    /** Closes the database, and the instance with it, whatever SQLite says to it. */
    @Override
    public void close() {
        try (instance) {
            check(guest.dbClose());
        }
    }

    /** Calls the guest with the address of a text, which is there as long as the call runs. */
    private int pass(String text, IntUnaryOperator call) {
        byte[] utf8 = text.getBytes(UTF_8);
        byte[] bytes = Arrays.copyOf(utf8, utf8.length + 1); // with a zero at its end
        int address = guest.textAlloc(bytes.length);
        if (address == 0) {
            throw new DatabaseException("no memory for a text of " + bytes.length + " bytes");
        }
        try {
            memory.writeBytes(address, bytes);
            return call.applyAsInt(address);
        } finally {
            guest.textFree(address);
        }
    }

    private void check(int code) {
        if (code != OK) {
            throw failure();
        }
    }

    private DatabaseException failure() {
        return new DatabaseException(memory.readCString(guest.dbError()));
    }
}
