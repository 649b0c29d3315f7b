package dev.kugg.internal.validate;

import dev.kugg.LimitException;

/**
 * Counts what time and memory grow with: bytes of code, locals, and the values that calls, blocks
 * and branches pass, of which two bytes of code can pass two thousand.
 */
final class CompileWork {
    private final long most;
    private long done;

    CompileWork(long most) {
        this.most = most;
    }

    void add(long units) {
        done += units;
        if (done > most) {
            throw new LimitException(
                    "more compile work than allowed; the limit is " + most + " units");
        }
    }
}
