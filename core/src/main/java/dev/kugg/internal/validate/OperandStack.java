package dev.kugg.internal.validate;

import dev.kugg.types.ValType;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/**
 * The types of the operands, as the specification's algorithm keeps them: null stands for a type
 * that is not known, which only code that is never reached has. Operands below {@link #base} belong
 * to enclosing blocks; once the rest of a block is unreachable, as many operands of unknown type as
 * wanted can be popped from it.
 */
final class OperandStack {
    private final Place place;
    private final CompileWork work;
    private @Nullable ValType[] types = new ValType[64];

    /** The number of operands. */
    int height;

    /** The height at which the current block began. */
    int base;

    /** Whether the rest of the current block is never reached. */
    boolean unreachable;

    OperandStack(Place place, CompileWork work) {
        this.place = place;
        this.work = work;
    }

    void clear() {
        height = 0;
        base = 0;
        unreachable = false;
    }

    void push(@Nullable ValType type) {
        if (height == types.length) {
            types = Arrays.copyOf(types, 2 * height);
        }
        types[height++] = type;
    }

    void pushAll(List<ValType> list) {
        int size = list.size();
        work.pass(size);
        for (int i = 0; i < size; i++) {
            push(list.get(i));
        }
    }

    /** Pops an operand of any type. */
    @Nullable ValType pop() {
        if (height > base) {
            return types[--height];
        }
        if (!unreachable) {
            throw place.invalid("type mismatch: expected a value, found nothing");
        }
        return null;
    }

    @SuppressWarnings("ReferenceEquality") // Only what is not the same object needs equals.
    void pop(ValType expected) {
        if (height > base) {
            ValType actual = types[--height];
            if (actual != expected) {
                check(actual, expected);
            }
        } else if (!unreachable) {
            throw place.invalid("type mismatch: expected " + expected + ", found nothing");
        }
    }

    void popAll(List<ValType> list) {
        work.pass(list.size());
        for (int i = list.size() - 1; i >= 0; i--) {
            pop(list.get(i));
        }
    }

    /** Checks what {@link #popAll} would, and leaves the operands as they are. */
    void peekAll(List<ValType> list) {
        work.pass(list.size());
        int at = height;
        for (int i = list.size() - 1; i >= 0; i--) {
            if (at > base) {
                at--;
                check(types[at], list.get(i));
            } else if (!unreachable) {
                throw place.invalid("type mismatch: expected " + list.get(i) + ", found nothing");
            }
        }
    }

    /** The rest of the current block is never reached: drops its operands. */
    void setUnreachable() {
        height = base;
        unreachable = true;
    }

    private void check(@Nullable ValType actual, ValType expected) {
        if (actual != null && !actual.equals(expected)) {
            throw place.invalid("type mismatch: expected " + expected + ", found " + actual);
        }
    }
}
