package dev.kugg.examples.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kugg.Kugg;
import dev.kugg.WasmModule;
import dev.kugg.wasi.Wasi;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** SQLite, as built just now, keeps what it is told in a file of the host. */
final class SqliteTest {
    private static final Path WASM = Path.of("target", "sqlite.wasm");
    private static final int ROWS = 10_000;

    @TempDir Path folder;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        Path log = Path.of("target", "build.log");
        Files.createDirectories(log.getParent());
        Process build;
        try {
            build =
                    new ProcessBuilder("sh", "build", WASM.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
        } catch (IOException e) {
            System.out.println("left out: SQLite (no sh here)");
            return;
        }
        if (!build.waitFor(10, TimeUnit.MINUTES)) {
            build.destroyForcibly();
            throw new IOException("no end of building SQLite");
        }
        String said = Files.readString(log, UTF_8);
        if (build.exitValue() != 0) {
            throw new IOException("building SQLite failed:\n" + said);
        }
        System.out.print(said);
    }

    @Test
    void keepsRowsBetweenInstances() throws IOException {
        WasmModule sqlite = sqlite();
        try (Database database = open(sqlite)) {
            database.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INTEGER)");
            database.exec(inserts());
        }
        assertThat(folder.resolve("test.db")).isNotEmptyFile();
        assertThat(folder).isDirectoryNotContaining("glob:**journal");
        try (Database database = open(sqlite)) {
            assertThat(database.query("SELECT count(*), sum(n), min(n), max(n) FROM t"))
                    .isEqualTo("10000\t50036578\t0\t10006\n");
            assertThat(database.query("SELECT n % 3 AS m, count(*) FROM t GROUP BY m ORDER BY m"))
                    .isEqualTo("0\t3332\n1\t3333\n2\t3335\n");
            assertThat(
                            database.query(
                                    "SELECT a.name, b.name FROM t a JOIN t b ON a.n = b.n + 1"
                                            + " ORDER BY a.n DESC LIMIT 2"))
                    .isEqualTo("row 1040\trow 2080\nrow 2080\trow 3120\n");
            assertThat(database.query("PRAGMA integrity_check")).isEqualTo("ok\n");
        }
    }

    @Test
    void textOfAnyKind() throws IOException {
        try (Database database = open(sqlite())) {
            database.exec("CREATE TABLE t (x)");
            assertThat(database.query("SELECT * FROM t")).isEmpty();
            database.exec("INSERT INTO t VALUES (NULL), (''), ('grün ✓ 𝄞'), (1.5), (x'414243')");
            assertThat(database.query("SELECT x, typeof(x) FROM t"))
                    .isEqualTo("NULL\tnull\n\ttext\ngrün ✓ 𝄞\ttext\n1.5\treal\nABC\tblob\n");
        }
    }

    @Test
    void whatFailsIsSaidAndUndone() throws IOException {
        WasmModule sqlite = sqlite();
        try (Database database = open(sqlite)) {
            database.exec("CREATE TABLE t (x UNIQUE)");
            database.exec("INSERT INTO t VALUES (1)");
            assertThatThrownBy(() -> database.query("SELECT * FROM nowhere"))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessage("no such table: nowhere");
            assertThatThrownBy(() -> database.exec("INSERT INTO t VALUES (1)"))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessage("UNIQUE constraint failed: t.x");
            database.exec("BEGIN; INSERT INTO t VALUES (2); INSERT INTO t VALUES (3)");
            database.exec("ROLLBACK");
            assertThat(database.query("SELECT x FROM t")).isEqualTo("1\n");
        }
    }

    @Test
    void seesNoFileBesideItsDirectory() throws IOException {
        WasmModule sqlite = sqlite();
        assertThatThrownBy(() -> Database.open(sqlite, wasi(), "/elsewhere/test.db"))
                .isInstanceOf(DatabaseException.class)
                .hasMessage("unable to open database file");
        assertThatThrownBy(() -> Database.open(sqlite, wasi(), "/data/../test.db"))
                .isInstanceOf(DatabaseException.class)
                .hasMessage("unable to open database file");
        assertThat(folder.resolveSibling("test.db")).doesNotExist();
    }

    /** Two instances work on one file, one after the other, never both. */
    @Test
    void locksAnotherInstanceOut() throws IOException {
        WasmModule sqlite = sqlite();
        try (Database one = open(sqlite);
                Database other = open(sqlite)) {
            one.exec("CREATE TABLE t (x)");
            one.exec("BEGIN IMMEDIATE; INSERT INTO t VALUES (1)");
            assertThatThrownBy(() -> other.query("SELECT * FROM t"))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessage("database is locked");
            one.exec("COMMIT");
            assertThat(other.query("SELECT x FROM t")).isEqualTo("1\n");
        }
    }

    private static String inserts() {
        var sql = new StringBuilder("BEGIN;");
        for (int i = 0; i < ROWS; i++) {
            sql.append("INSERT INTO t (name, n) VALUES ('row ").append(i).append("', ");
            sql.append(i * 7919L % 10_007).append(");");
        }
        return sql.append("COMMIT;").toString();
    }

    private static WasmModule sqlite() throws IOException {
        assumeTrue(Files.exists(WASM), "left out: SQLite is not built here");
        return Kugg.module(WASM);
    }

    private Database open(WasmModule sqlite) {
        return Database.open(sqlite, wasi(), "/data/test.db");
    }

    private Wasi wasi() {
        return Wasi.preview1().dir(folder, "/data").stderr(System.err);
    }
}
