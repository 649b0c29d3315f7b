package dev.kugg.examples.sqlite;

import dev.kugg.Kugg;
import dev.kugg.wasi.Wasi;

import java.io.IOException;
import java.nio.file.Path;

/** Keeps notes in a database: adds the one it is given, if any, and prints all. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws IOException {
        if (args.length < 2) {
            System.err.println("usage: Main SQLITE_WASM FOLDER [NOTE]");
            System.exit(2);
        }
        var sqlite = Kugg.module(Path.of(args[0]));
        var wasi = Wasi.preview1().dir(Path.of(args[1]), "/data");
        try (Database notes = Database.open(sqlite, wasi, "/data/notes.db")) {
            notes.exec("CREATE TABLE IF NOT EXISTS note (id INTEGER PRIMARY KEY, text TEXT)");
            if (args.length > 2) {
                notes.exec("INSERT INTO note (text) VALUES (" + quoted(args[2]) + ")");
            }
            System.out.print(notes.query("SELECT id, text FROM note ORDER BY id"));
        }
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
