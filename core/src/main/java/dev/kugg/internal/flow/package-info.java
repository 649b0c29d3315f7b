/**
 * Bodies as graphs: between validation and code. A body becomes basic blocks, jumps through a
 * variable become jumps, loops are found and given a form, and what is too large for one method of
 * the JVM is cut into several. Knows nothing of class files.
 */
@NullMarked
package dev.kugg.internal.flow;

import org.jspecify.annotations.NullMarked;
