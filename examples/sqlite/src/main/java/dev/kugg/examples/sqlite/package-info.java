/** SQLite as a guest: a library in C that works on files. */
@NullMarked
package dev.kugg.examples.sqlite;

import org.jspecify.annotations.NullMarked;
