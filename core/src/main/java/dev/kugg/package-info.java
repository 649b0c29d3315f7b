/**
 * Runs WebAssembly inside Java: loads a module, grants it what it may use, starts it, and calls it
 * like a Java object.
 *
 * <ol>
 *   <li>{@link dev.kugg.Kugg#module} turns bytes into a {@link dev.kugg.WasmModule}: decoded,
 *       validated and compiled to JVM bytecode.
 *   <li>{@link dev.kugg.WasmModule#with} says what an instance may use; nothing is granted that is
 *       not named.
 *   <li>{@link dev.kugg.InstanceBuilder#start} links the imports, runs the module's initialisation
 *       and gives an {@link dev.kugg.Instance}, or its exports as a Java interface.
 *   <li>Calls end in values, or in one of the outcomes under {@link dev.kugg.WasmException}.
 * </ol>
 *
 * {@snippet class="dev.kugg.Snippets" region="reactor"}
 *
 * @see <a href="https://webassembly.github.io/spec/core/">The WebAssembly specification</a>
 */
package dev.kugg;
