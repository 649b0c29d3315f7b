package dev.kugg.internal.flow;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * The operand stack while a body is read: kinds in an array, of which {@link #top} makes the shared
 * form only when asked.
 */
final class OperandKinds {
    private char[] kinds = new char[16];
    private @Nullable Operand[] made = new Operand[16];

    // How many of `made` are still what they say.
    private int valid;

    int height;

    /** The least height since {@link #enterBlock}. */
    int floor;

    /** The greatest height since then. */
    int peak;

    void enterBlock() {
        floor = height;
        peak = height;
    }

    void push(char kind) {
        if (height == kinds.length) {
            kinds = Arrays.copyOf(kinds, height * 2);
            made = Arrays.copyOf(made, height * 2);
        }
        kinds[height++] = kind;
        peak = Math.max(peak, height);
    }

    void push(String pushed) {
        for (int i = 0; i < pushed.length(); i++) {
            push(pushed.charAt(i));
        }
    }

    char pop() {
        height--;
        lowered();
        return kinds[height];
    }

    void pop(int count) {
        height -= count;
        lowered();
    }

    /** Looks at so many operands as if they were popped and pushed. */
    void touch(int count) {
        floor = Math.min(floor, height - count);
    }

    private void lowered() {
        floor = Math.min(floor, height);
        valid = Math.min(valid, height);
    }

    /** Goes on with less, or with other kinds on top. */
    void restore(int to, String onTop) {
        height = to;
        valid = Math.min(valid, to);
        push(onTop);
    }

    /** {@return the stack as it is now} */
    @Nullable Operand top() {
        Operand below = valid == 0 ? null : made[valid - 1];
        for (int i = valid; i < height; i++) {
            below = new Operand(below, kinds[i]);
            made[i] = below;
        }
        valid = height;
        return below;
    }
}
