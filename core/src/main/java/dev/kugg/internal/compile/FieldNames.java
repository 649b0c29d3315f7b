package dev.kugg.internal.compile;

import dev.kugg.internal.flow.BodyPlan;

/**
 * The fields of the instance in which a part hands variables back: numbered by kind, in the order
 * of the part's results.
 */
final class FieldNames {
    /** The kinds there are. */
    static final String KINDS = "ilfdr";

    private final BodyPlan body;
    private final int[] used = new int[KINDS.length()];
    private char kind;

    FieldNames(BodyPlan body) {
        this.body = body;
    }

    /** {@return the field of the next variable} */
    String next(int variable) {
        kind = body.graph.variableKinds[variable];
        return name(kind, used[KINDS.indexOf(kind)]++);
    }

    /** {@return the descriptor of the field asked for last} */
    String descriptor() {
        return Signature.descriptor(kind);
    }

    static String name(char kind, int number) {
        return "out" + kind + number;
    }

    /** {@return the field in which a part leaves the function's one result} */
    static String result(char kind) {
        return "result" + kind;
    }
}
