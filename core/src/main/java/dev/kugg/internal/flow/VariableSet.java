package dev.kugg.internal.flow;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * A set of variables. Room is taken where there are some: a body may have a million of them, and a
 * thousand parts that each touch a few.
 */
final class VariableSet {
    private static final int PAGE_SHIFT = 10;
    private static final int PAGE_VARIABLES = 1 << PAGE_SHIFT;

    private long @Nullable [][] pages = {};

    VariableSet() {}

    private VariableSet(VariableSet other) {
        pages = new long[other.pages.length][];
        for (int i = 0; i < pages.length; i++) {
            long[] page = other.pages[i];
            pages[i] = page == null ? null : page.clone();
        }
    }

    VariableSet copy() {
        return new VariableSet(this);
    }

    void add(int variable) {
        page(variable >> PAGE_SHIFT)[variable >> 6 & 15] |= 1L << variable;
    }

    private long[] page(int index) {
        if (index >= pages.length) {
            pages = Arrays.copyOf(pages, Math.max(index + 1, pages.length * 2));
        }
        long[] page = pages[index];
        if (page == null) {
            page = new long[PAGE_VARIABLES / Long.SIZE];
            pages[index] = page;
        }
        return page;
    }

    void addAll(VariableSet other) {
        for (int i = 0; i < other.pages.length; i++) {
            long[] added = other.pages[i];
            if (added != null) {
                long[] page = page(i);
                for (int word = 0; word < page.length; word++) {
                    page[word] |= added[word];
                }
            }
        }
    }

    void removeAll(VariableSet other) {
        for (int i = 0; i < Math.min(pages.length, other.pages.length); i++) {
            long[] page = pages[i];
            long[] removed = other.pages[i];
            if (page != null && removed != null) {
                for (int word = 0; word < page.length; word++) {
                    page[word] &= ~removed[word];
                }
            }
        }
    }

    /** {@return the least variable in the set from this one on, or -1} */
    int next(int variable) {
        int from = variable;
        for (int i = from >> PAGE_SHIFT; i < pages.length; i++) {
            long[] page = pages[i];
            int word = from >> 6 & 15;
            while (page != null && word < page.length) {
                long rest = page[word] & -1L << from;
                if (rest != 0) {
                    return (i << PAGE_SHIFT) + (word << 6) + Long.numberOfTrailingZeros(rest);
                }
                word++;
                from = 0;
            }
            from = 0;
        }
        return -1;
    }

    /** {@return the variables, rising} */
    int[] toArray() {
        int count = 0;
        for (long[] page : pages) {
            for (int word = 0; page != null && word < page.length; word++) {
                count += Long.bitCount(page[word]);
            }
        }
        int[] all = new int[count];
        int v = next(0);
        for (int i = 0; i < count; i++) {
            all[i] = v;
            v = next(v + 1);
        }
        return all;
    }
}
