package dev.kugg;

import dev.kugg.internal.runtime.TableInstance;
import dev.kugg.types.TableType;

import org.jspecify.annotations.Nullable;

/**
 * A table: references that the guest reaches by index. It belongs to the thread that runs its
 * instance.
 *
 * @see <a href="https://webassembly.github.io/spec/core/exec/runtime.html#table-instances">Table
 *     instances</a>
 */
public sealed interface Table extends Extern permits TableInstance {
    /**
     * {@return a new table that a module may import}
     *
     * @param type its limits and the type of its elements
     * @param init the value of every element; a {@link Func} or null for {@code funcref}
     * @throws LimitException if it is larger than a table can be or than the JVM has room for
     * @throws IllegalArgumentException if {@code init} is not of the element type
     */
    static Table create(TableType type, @Nullable Object init) {
        return TableInstance.create(type, init);
    }

    @Override
    TableType type();

    /** {@return the present number of elements} */
    long size();

    /**
     * {@return an element: a {@link Func} for {@code funcref}, any object for {@code externref}, or
     * null}
     *
     * @param index the element's index
     * @throws IndexOutOfBoundsException if there is no such element
     */
    @Nullable Object get(long index);

    /**
     * Sets an element.
     *
     * @param index the element's index
     * @param value the value; a {@link Func} or null for {@code funcref}
     * @throws IndexOutOfBoundsException if there is no such element
     * @throws IllegalArgumentException if the value is not of the element type
     */
    void set(long index, @Nullable Object value);

    /**
     * Grows the table.
     *
     * @param delta how many elements to add; not negative
     * @param init the value of each
     * @return the size before, or -1 if it cannot grow by so many
     * @throws IllegalArgumentException if {@code delta} is negative or the value is not of the
     *     element type
     */
    long grow(long delta, @Nullable Object init);
}
