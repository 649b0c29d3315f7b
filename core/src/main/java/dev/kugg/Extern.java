package dev.kugg;

import dev.kugg.types.ExternType;

/**
 * Something that instances share through imports and exports.
 *
 * @see <a
 *     href="https://webassembly.github.io/spec/core/exec/runtime.html#external-instances">External
 *     instances</a>
 */
public sealed interface Extern permits Func, Memory, Table, Global {
    /**
     * {@return its type now; the least size in the limits of a memory or table is its present size}
     */
    ExternType type();
}
