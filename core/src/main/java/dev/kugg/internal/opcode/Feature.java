package dev.kugg.internal.opcode;

/**
 * What WebAssembly grew by, step by step; says of an instruction whether we compile it and what to
 * call it in a message when we do not.
 */
public enum Feature {
    MVP("mvp", true),
    MUTABLE_GLOBAL("mutable-global", true),
    SIGN_EXTENSION("sign-extension", true),
    SAT_FLOAT_TO_INT("nontrapping-float-to-int", true),
    MULTI_VALUE("multi-value", true),
    BULK_MEMORY("bulk-memory", true),
    REFERENCE_TYPES("reference-types", true),
    EXTENDED_CONST("extended-const", true),
    SIMD("simd", false),
    RELAXED_SIMD("relaxed-simd", false),
    EXCEPTIONS("exceptions", false),
    LEGACY_EXCEPTIONS("legacy-exceptions", false),
    TAIL_CALL("tail-call", false),
    FUNCTION_REFERENCES("function-references", false),
    GC("gc", false),
    MULTI_MEMORY("multi-memory", false),
    MEMORY64("memory64", false),
    THREADS("threads", false),
    WIDE_ARITHMETIC("wide-arithmetic", false),
    CUSTOM_PAGE_SIZES("custom-page-sizes", false);

    private final String text;

    /** Whether modules that use it can be loaded. */
    public final boolean compiled;

    Feature(String text, boolean compiled) {
        this.text = text;
        this.compiled = compiled;
    }

    /** {@return the name as proposals and messages write it, such as {@code bulk-memory}} */
    @Override
    public String toString() {
        return text;
    }
}
