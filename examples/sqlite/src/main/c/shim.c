// SQLite as a WASI reactor: one open database, and functions that a host can call with nothing but addresses and numbers.
// Text goes in and out as UTF-8 with a zero at its end. The host takes memory for what it passes by text_alloc, and gives
// back by text_free both that and each text it got.
#include <stddef.h>

#include "sqlite3.h"

#define EXPORT(name) __attribute__((export_name(name)))

static sqlite3 *db;

EXPORT("textAlloc") char *text_alloc(unsigned size) {
    return sqlite3_malloc64(size);
}

EXPORT("textFree") void text_free(char *text) {
    sqlite3_free(text);
}

// Every function that can fail gives SQLite's code for it: 0 is success.

EXPORT("dbClose") int db_close(void) {
    int code = sqlite3_close(db);
    if (code == SQLITE_OK) {
        db = NULL;
    }
    return code;
}

EXPORT("dbOpen") int db_open(const char *path) {
    if (db != NULL) {
        return SQLITE_MISUSE;
    }
    // After a failure there is a connection too: it has the message, and db_close closes it.
    return sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
}

EXPORT("dbExec") int db_exec(const char *sql) {
    return db == NULL ? SQLITE_MISUSE : sqlite3_exec(db, sql, NULL, NULL, NULL);
}

// What the last failure was, in words. SQLite owns this text: it is not for text_free.
EXPORT("dbError") const char *db_error(void) {
    return db == NULL ? "no open database" : sqlite3_errmsg(db);
}

static void append_value(sqlite3_str *text, sqlite3_stmt *statement, int column) {
    const unsigned char *value = sqlite3_column_text(statement, column);
    sqlite3_str_appendall(text, value == NULL ? "NULL" : (const char *)value);
}

static void append_row(sqlite3_str *text, sqlite3_stmt *statement) {
    int count = sqlite3_column_count(statement);
    for (int i = 0; i < count; i++) {
        if (i > 0) {
            sqlite3_str_appendchar(text, 1, '\t');
        }
        append_value(text, statement, i);
    }
    sqlite3_str_appendchar(text, 1, '\n');
}

// The text of all rows, or 0 if there is not enough memory for it.
static char *finish(sqlite3_str *rows) {
    int code = sqlite3_str_errcode(rows);
    char *text = sqlite3_str_finish(rows);
    // Without a single row there is no text.
    return text == NULL && code == SQLITE_OK ? sqlite3_mprintf("") : text;
}

// The rows of one statement, columns divided by tabs and a newline after each row; or 0 after a failure, which db_error
// tells.
EXPORT("dbQuery") char *db_query(const char *sql) {
    sqlite3_stmt *statement;
    if (db == NULL || sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) {
        return NULL;
    }
    sqlite3_str *rows = sqlite3_str_new(db);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        append_row(rows, statement);
    }
    char *text = finish(rows);
    if (sqlite3_finalize(statement) != SQLITE_OK) {
        sqlite3_free(text);
        return NULL;
    }
    return text;
}
