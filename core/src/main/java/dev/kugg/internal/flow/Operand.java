package dev.kugg.internal.flow;

import org.jspecify.annotations.Nullable;

/**
 * One value of an operand stack and those below it. Stacks of different places share what is equal:
 * a body may have very many places with very deep stacks.
 */
public final class Operand {
    /** The value below, or null. */
    public final @Nullable Operand below;

    /** Its kind: i l f d for the numbers, r for a reference. */
    public final char kind;

    /** How many values there are, this one included. */
    public final int height;

    Operand(@Nullable Operand below, char kind) {
        this.below = below;
        this.kind = kind;
        this.height = height(below) + 1;
    }

    /** {@return how many values a stack has} */
    public static int height(@Nullable Operand top) {
        return top == null ? 0 : top.height;
    }
}
