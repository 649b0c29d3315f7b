package dev.kugg.internal.flow;

import java.util.Arrays;

/**
 * A set of variables. Room is taken where there are some: a body may have a million of them, and a
 * thousand parts that each touch a few.
 */
final class VariableSet {
    private static final int PAGE_SHIFT = 10;
    private static final int PAGE_VARIABLES = 1 << PAGE_SHIFT;

    private static final long[] EMPTY = {};

    /** Pages of bits; {@link #EMPTY} where there are none. */
    private long[][] pages = {};

    VariableSet() {}

    private VariableSet(VariableSet other) {
        pages = new long[other.pages.length][];
        for (int i = 0; i < pages.length; i++) {
            pages[i] = other.pages[i].clone();
        }
    }

    VariableSet copy() {
        return new VariableSet(this);
    }

    void add(int variable) {
        page(variable >> PAGE_SHIFT)[word(variable)] |= 1L << variable;
    }

    private static int word(int variable) {
        return variable % PAGE_VARIABLES / Long.SIZE;
    }

    private long[] page(int index) {
        int before = pages.length;
        if (index >= before) {
            pages = Arrays.copyOf(pages, Math.max(index + 1, before * 2));
            Arrays.fill(pages, before, pages.length, EMPTY);
        }
        if (pages[index].length == 0) {
            pages[index] = new long[PAGE_VARIABLES / Long.SIZE];
        }
        return pages[index];
    }

    void addAll(VariableSet other) {
        for (int i = 0; i < other.pages.length; i++) {
            long[] added = other.pages[i];
            for (int word = 0; word < added.length; word++) {
                page(i)[word] |= added[word];
            }
        }
    }

    void removeAll(VariableSet other) {
        for (int i = 0; i < Math.min(pages.length, other.pages.length); i++) {
            long[] page = pages[i];
            long[] removed = other.pages[i];
            for (int word = 0; word < Math.min(page.length, removed.length); word++) {
                page[word] &= ~removed[word];
            }
        }
    }

    /** {@return the least variable in the set from this one on, or -1} */
    int next(int variable) {
        int word = word(variable);
        long mask = -1L << variable;
        for (int i = variable >> PAGE_SHIFT; i < pages.length; i++) {
            long[] page = pages[i];
            for (; word < page.length; word++) {
                long rest = page[word] & mask;
                if (rest != 0) {
                    int first = Long.numberOfTrailingZeros(rest);
                    return i * PAGE_VARIABLES + word * Long.SIZE + first;
                }
                mask = -1;
            }
            word = 0;
            mask = -1;
        }
        return -1;
    }

    /** {@return the variables, rising} */
    int[] toArray() {
        int count = 0;
        for (long[] page : pages) {
            for (long word : page) {
                count += Long.bitCount(word);
            }
        }
        int[] all = new int[count];
        int variable = next(0);
        for (int i = 0; i < count; i++) {
            all[i] = variable;
            variable = next(variable + 1);
        }
        return all;
    }
}
