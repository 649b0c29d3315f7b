package dev.kugg.internal.decode;

/**
 * The most of everything we take beside what {@link dev.kugg.Limits} says; a module with more is
 * over a limit. The figures are those the browsers agreed on and wasm-tools has, so that no
 * toolchain produces more.
 *
 * @see <a href="https://webassembly.github.io/spec/js-api/#limits">Implementation-defined
 *     limits</a>
 */
final class DecodeLimits {
    static final int TYPES = 1_000_000;
    static final int FUNCTIONS = 1_000_000;
    static final int IMPORTS = 1_000_000;
    static final int EXPORTS = 1_000_000;
    static final int GLOBALS = 1_000_000;
    static final int TABLES = 100;
    static final int SEGMENTS = 100_000;
    static final int SEGMENT_ELEMENTS = 10_000_000;
    static final int PARAMS = 1_000;
    static final int RESULTS = 1_000;
    static final int LOCALS = 50_000;

    private DecodeLimits() {}
}
