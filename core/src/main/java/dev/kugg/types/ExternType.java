package dev.kugg.types;

/**
 * The type of something a module imports or exports.
 *
 * @see <a href="https://webassembly.github.io/spec/core/syntax/types.html#external-types">External
 *     types</a>
 */
public sealed interface ExternType permits FuncType, TableType, MemoryType, GlobalType {}
