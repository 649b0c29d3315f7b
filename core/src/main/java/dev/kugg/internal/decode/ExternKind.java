package dev.kugg.internal.decode;

/** What an import or export is; the constants stand in the order of their binary codes. */
public enum ExternKind {
    FUNC("function"),
    TABLE("table"),
    MEMORY("memory"),
    GLOBAL("global");

    private final String text;

    ExternKind(String text) {
        this.text = text;
    }

    /** {@return the word used in messages, such as {@code function}} */
    @Override
    public String toString() {
        return text;
    }
}
