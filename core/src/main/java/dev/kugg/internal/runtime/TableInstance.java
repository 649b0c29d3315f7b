package dev.kugg.internal.runtime;

import dev.kugg.Func;
import dev.kugg.LimitException;
import dev.kugg.Table;
import dev.kugg.TrapException;
import dev.kugg.types.AbsHeapType;
import dev.kugg.types.Limits;
import dev.kugg.types.RefType;
import dev.kugg.types.TableType;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * A table: an array of references of exactly its size. An element of a {@code funcref} table is
 * null or a {@link FuncInstance}, of whichever instance.
 */
public final class TableInstance implements Table {
    /** The most elements a table may have. */
    public static final int MAX_ELEMENTS = 10_000_000;

    @Nullable Object[] elements;

    private final Limits limits;
    private final RefType element;
    private final Quota quota;

    private TableInstance(
            @Nullable Object[] elements, Limits limits, RefType element, Quota quota) {
        this.elements = elements;
        this.limits = limits;
        this.element = element;
        this.quota = quota;
    }

    /** As {@link Table#create}. */
    public static TableInstance create(TableType type, @Nullable Object init) {
        Quota quota = new Quota(MAX_ELEMENTS);
        take(quota, type, MAX_ELEMENTS);
        return create(type, init, quota);
    }

    /**
     * Takes the elements a table begins with.
     *
     * @param most what the quota began with
     * @throws LimitException if there are not so many
     */
    public static void take(Quota quota, TableType type, int most) {
        long size = type.limits().min();
        if (size > MAX_ELEMENTS || size > most) {
            throw new LimitException(
                    "a table of "
                            + size
                            + " elements; the limit is "
                            + Math.min(most, MAX_ELEMENTS));
        }
        if (!quota.take(size)) {
            throw new LimitException(
                    "a table of "
                            + size
                            + " elements beside others; the limit of all together is "
                            + most);
        }
    }

    /** {@return a table whose first elements are {@link #take taken}} */
    public static TableInstance create(TableType type, @Nullable Object init, Quota quota) {
        long size = type.limits().min();
        References.check(type.element(), init);
        try {
            Object[] elements = new Object[(int) size];
            if (init != null) {
                Arrays.fill(elements, init);
            }
            return new TableInstance(elements, type.limits(), type.element(), quota);
        } catch (OutOfMemoryError e) {
            throw new LimitException(
                    "a table of " + size + " elements: the JVM has no room for it");
        }
    }

    /** {@return the function at an index, for {@code call_indirect}} */
    public FuncInstance callee(int index) {
        Object[] present = elements;
        if (index < 0 || index >= present.length) {
            throw new TrapException("undefined element");
        }
        Object function = present[index];
        if (function == null) {
            throw new TrapException("uninitialized element " + index);
        }
        return (FuncInstance) function;
    }

    /** {@code table.get}. */
    public @Nullable Object get(int index) {
        Object[] present = elements;
        if (index < 0 || index >= present.length) {
            throw outOfBounds();
        }
        return present[index];
    }

    /** {@code table.set}. */
    public void set(int index, @Nullable Object value) {
        Object[] present = elements;
        if (index < 0 || index >= present.length) {
            throw outOfBounds();
        }
        present[index] = value;
    }

    /** {@code table.grow}; {@code delta} is unsigned. */
    public int grow(@Nullable Object init, int delta) {
        int before = elements.length;
        long most = limits.hasMax() ? Math.min(limits.max(), MAX_ELEMENTS) : MAX_ELEMENTS;
        long wanted = before + Integer.toUnsignedLong(delta);
        if (wanted > most || !quota.take(wanted - before)) {
            return -1;
        }
        try {
            Object[] grown = Arrays.copyOf(elements, (int) wanted);
            Arrays.fill(grown, before, grown.length, init);
            elements = grown;
        } catch (OutOfMemoryError e) {
            quota.giveBack(wanted - before);
            return -1;
        }
        return before;
    }

    /** {@code table.fill}; the numbers are unsigned. */
    void fill(int start, @Nullable Object value, int count) {
        checkRange(elements.length, start, count);
        Arrays.fill(elements, start, start + count, value);
    }

    /**
     * {@code table.copy} and {@code table.init}: from an array of elements; the numbers are
     * unsigned.
     */
    void copyFrom(@Nullable Object[] source, int from, int start, int count) {
        checkRange(source.length, from, count);
        checkRange(elements.length, start, count);
        System.arraycopy(source, from, elements, start, count);
    }

    private static void checkRange(int length, int start, int count) {
        if (Integer.toUnsignedLong(start) + Integer.toUnsignedLong(count) > length) {
            throw outOfBounds();
        }
    }

    private static TrapException outOfBounds() {
        return new TrapException("out of bounds table access");
    }

    @Override
    public TableType type() {
        return new TableType(new Limits(elements.length, limits.max()), element);
    }

    @Override
    public long size() {
        return elements.length;
    }

    @Override
    public @Nullable Object get(long index) {
        return elements[check(index)];
    }

    @Override
    public void set(long index, @Nullable Object value) {
        References.check(element, value);
        elements[check(index)] = value;
    }

    private int check(long index) {
        if (index < 0 || index >= elements.length) {
            throw new IndexOutOfBoundsException(
                    "out of bounds table access: element "
                            + index
                            + " of a table of "
                            + elements.length);
        }
        return (int) index;
    }

    @Override
    public long grow(long delta, @Nullable Object init) {
        if (delta < 0) {
            throw new IllegalArgumentException("a table cannot grow by " + delta + " elements");
        }
        References.check(element, init);
        return delta > MAX_ELEMENTS ? -1 : grow(init, (int) delta);
    }

    @Override
    public String toString() {
        return "table of " + elements.length + " " + element;
    }

    /** Whether an object is a value of a reference type. */
    static final class References {
        private References() {}

        static void check(RefType type, @Nullable Object value) {
            if (value == null
                    ? !type.nullable()
                    : type.heap() == AbsHeapType.FUNC && !(value instanceof Func)) {
                throw new IllegalArgumentException(
                        "expected "
                                + type
                                + ", got "
                                + (value == null ? "null" : value.getClass().getName()));
            }
        }
    }
}
