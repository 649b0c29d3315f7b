package dev.kugg.types;

/**
 * What a reference points to.
 *
 * @see <a href="https://webassembly.github.io/spec/core/syntax/types.html#heap-types">Heap
 *     types</a>
 */
public sealed interface HeapType permits AbsHeapType {}
