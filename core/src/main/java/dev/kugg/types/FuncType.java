package dev.kugg.types;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The type of a function: what it takes and what it gives.
 *
 * @param params the types of the parameters, in order
 * @param results the types of the results, in order; WebAssembly allows any number
 * @see <a href="https://webassembly.github.io/spec/core/syntax/types.html#function-types">Function
 *     types</a>
 */
public record FuncType(List<ValType> params, List<ValType> results) implements ExternType {
    /**
     * Creates a function type from copies of the two lists.
     *
     * @throws NullPointerException if a list or a type in it is null
     */
    public FuncType {
        params = List.copyOf(params);
        results = List.copyOf(results);
    }

    /**
     * {@return the type of a function with these parameters and no result} Add results with {@link
     * #to}: {@code FuncType.of(ValType.I32).to(ValType.I32)}.
     *
     * @param params the types of the parameters, in order
     */
    public static FuncType of(ValType... params) {
        return new FuncType(List.of(params), List.of());
    }

    /**
     * {@return the same parameters with these results}
     *
     * @param results the types of the results, in order
     */
    public FuncType to(ValType... results) {
        return new FuncType(params, List.of(results));
    }

    // Written out, as a record's own methods cost 15 ms when a program first calls one, and every
    // start calls these.

    /**
     * {@return whether the other object is a function type with the same parameters and results}
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof FuncType type
                        && params.equals(type.params)
                        && results.equals(type.results);
    }

    @Override
    public int hashCode() {
        return 31 * params.hashCode() + results.hashCode();
    }

    /** {@return the type as the specification writes it, such as {@code [i32 i32] -> [i64]}} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        append(text, params);
        text.append(" -> ");
        append(text, results);
        return text.toString();
    }

    private static void append(StringBuilder text, List<ValType> types) {
        text.append('[');
        for (int i = 0; i < types.size(); i++) {
            if (i > 0) {
                text.append(' ');
            }
            text.append(types.get(i));
        }
        text.append(']');
    }
}
