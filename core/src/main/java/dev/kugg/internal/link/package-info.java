/**
 * Brings a compiled module to life: defines its classes when they are first needed, matches imports
 * with what the host gives, and makes instances.
 *
 * @see <a
 *     href="https://webassembly.github.io/spec/core/exec/modules.html#instantiation">Instantiation</a>
 */
package dev.kugg.internal.link;
