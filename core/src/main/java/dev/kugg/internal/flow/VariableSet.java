package dev.kugg.internal.flow;

import java.util.Arrays;

/**
 * A set of variables. Room is taken where there are some: a body may have millions of them, and ten
 * thousand parts that each touch a few.
 */
final class VariableSet {
    private static final int PAGE_SHIFT = 10;
    private static final int PAGE_VARIABLES = 1 << PAGE_SHIFT;

    /** Pages of bits that have some, in the order of their variables. */
    private long[][] pages;

    /** By page, its number. */
    private int[] numbers;

    private int count;

    VariableSet() {
        pages = new long[2][];
        numbers = new int[2];
    }

    private VariableSet(VariableSet other) {
        count = other.count;
        pages = new long[count][];
        numbers = Arrays.copyOf(other.numbers, count);
        for (int i = 0; i < count; i++) {
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

    /** {@return the place of a page, or the complement of where it would be} */
    private int find(int number) {
        return Arrays.binarySearch(numbers, 0, count, number);
    }

    private long[] page(int number) {
        int at = find(number);
        if (at >= 0) {
            return pages[at];
        }
        return insert(~at, number);
    }

    private long[] insert(int at, int number) {
        if (count == pages.length) {
            pages = Arrays.copyOf(pages, 2 * count + 2);
            numbers = Arrays.copyOf(numbers, 2 * count + 2);
        }
        System.arraycopy(pages, at, pages, at + 1, count - at);
        System.arraycopy(numbers, at, numbers, at + 1, count - at);
        count++;
        numbers[at] = number;
        pages[at] = new long[PAGE_VARIABLES / Long.SIZE];
        return pages[at];
    }

    void addAll(VariableSet other) {
        for (int i = 0; i < other.count; i++) {
            long[] added = other.pages[i];
            long[] page = page(other.numbers[i]);
            for (int word = 0; word < added.length; word++) {
                page[word] |= added[word];
            }
        }
    }

    void removeAll(VariableSet other) {
        for (int i = 0; i < other.count; i++) {
            int at = find(other.numbers[i]);
            if (at >= 0) {
                long[] removed = other.pages[i];
                long[] page = pages[at];
                for (int word = 0; word < removed.length; word++) {
                    page[word] &= ~removed[word];
                }
            }
        }
    }

    /** {@return the least variable in the set from this one on, or -1} */
    int next(int variable) {
        int at = find(variable >> PAGE_SHIFT);
        int word = at < 0 ? 0 : word(variable);
        long mask = at < 0 ? -1L : -1L << variable;
        for (int i = at < 0 ? ~at : at; i < count; i++) {
            long[] page = pages[i];
            for (; word < page.length; word++) {
                long rest = page[word] & mask;
                if (rest != 0) {
                    int first = Long.numberOfTrailingZeros(rest);
                    return numbers[i] * PAGE_VARIABLES + word * Long.SIZE + first;
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
        int size = 0;
        for (int i = 0; i < count; i++) {
            for (long word : pages[i]) {
                size += Long.bitCount(word);
            }
        }
        int[] all = new int[size];
        int variable = next(0);
        for (int i = 0; i < size; i++) {
            all[i] = variable;
            variable = next(variable + 1);
        }
        return all;
    }
}
