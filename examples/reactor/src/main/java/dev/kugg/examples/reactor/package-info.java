/** A Zig reactor called from Java through an interface. */
@NullMarked
package dev.kugg.examples.reactor;

import org.jspecify.annotations.NullMarked;
