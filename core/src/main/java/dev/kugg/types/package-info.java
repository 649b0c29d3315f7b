/**
 * The types of WebAssembly as immutable Java values, under the names the specification gives them.
 *
 * <p>A {@link dev.kugg.types.ValType} is the type of a value; an {@link dev.kugg.types.ExternType}
 * is the type of something that is imported or exported: {@link dev.kugg.types.FuncType}, {@link
 * dev.kugg.types.MemoryType}, {@link dev.kugg.types.TableType} or {@link
 * dev.kugg.types.GlobalType}.
 *
 * @see <a href="https://webassembly.github.io/spec/core/syntax/types.html">Types</a>
 */
package dev.kugg.types;
