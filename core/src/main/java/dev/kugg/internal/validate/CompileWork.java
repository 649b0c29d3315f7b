package dev.kugg.internal.validate;

import dev.kugg.LimitException;
import dev.kugg.Limits;

/**
 * Counts what time and memory grow with: bytes of code, locals, and values that instructions pass
 * beyond a usual number; two bytes of code can pass two thousand. A body is planned as a whole, so
 * its values have a limit of their own.
 */
final class CompileWork {
    /** Nearly all instructions pass no more values: what they take is in proportion to the code. */
    private static final int USUAL_VALUES = 16;

    /** What each further one costs, measured in bytes of usual code. */
    private static final int UNITS_OF_VALUE = 16;

    /** What a body of any size may pass beyond the usual. */
    private static final long VALUES_OF_SMALL_BODIES = 1_000_000;

    private final long most;
    private final long mostValues;
    private long done;
    private long values;

    CompileWork(Limits limits) {
        most = limits.compileWork();
        mostValues = VALUES_OF_SMALL_BODIES + limits.bodyBytes();
    }

    /** Counts what a module has. */
    void add(long units) {
        done += units;
        if (done > most) {
            throw new LimitException(
                    "more compile work than allowed; the limit is " + most + " units");
        }
    }

    void beginBody() {
        values = 0;
    }

    /** Counts the values that an instruction of the body takes or gives. */
    void pass(int count) {
        if (count <= USUAL_VALUES) {
            return;
        }
        int more = count - USUAL_VALUES;
        values += more;
        if (values > mostValues) {
            throw new LimitException(
                    "a function body that passes more values than allowed; the limit is "
                            + mostValues);
        }
        add((long) UNITS_OF_VALUE * more);
    }

    /** {@return the values beyond the usual that the body has passed so far} */
    long values() {
        return values;
    }
}
