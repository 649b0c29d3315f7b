package dev.kugg.spectest;

/**
 * What a comparison came to.
 *
 * @param kind how it ended
 * @param what in few words, to be counted: the reason, or the kind of difference
 * @param detail everything, for a reader
 */
record Outcome(Kind kind, String what, String detail) {
    enum Kind {
        /** All the same. */
        AGREES,
        /** The same until stack or time ran out on one side. */
        CUT,
        /** The module uses a feature that is not compiled, or is over a limit. */
        REFUSED,
        /** A bug of one side or the other. */
        DIFFERS
    }

    static Outcome agrees() {
        return new Outcome(Kind.AGREES, "", "");
    }

    static Outcome cut(String why) {
        return new Outcome(Kind.CUT, why, why);
    }

    /** Numbers and names would make each reason a different one. */
    static Outcome refused(String kind, String message) {
        String what =
                message.replaceAll("in function .*", "")
                        .replaceAll("\\([^)]*\\)", "")
                        .replaceAll("[0-9]+", "N");
        return new Outcome(Kind.REFUSED, kind + ": " + what, message);
    }

    static Outcome differs(String what, String detail) {
        return new Outcome(Kind.DIFFERS, what, detail);
    }

    boolean isDifferent() {
        return kind == Kind.DIFFERS;
    }
}
