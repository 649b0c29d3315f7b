package dev.kugg.types;

/**
 * A heap type that is named by the specification rather than defined by a module.
 *
 * @see <a href="https://webassembly.github.io/spec/core/syntax/types.html#heap-types">Heap
 *     types</a>
 */
public enum AbsHeapType implements HeapType {
    /** Any function. */
    FUNC("func"),
    /** Any object of the host. */
    EXTERN("extern");

    private final String text;

    AbsHeapType(String text) {
        this.text = text;
    }

    /** {@return the name in the text format, such as {@code func}} */
    @Override
    public String toString() {
        return text;
    }
}
