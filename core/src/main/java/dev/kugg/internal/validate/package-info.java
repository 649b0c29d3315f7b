/**
 * {@link dev.kugg.internal.decode.ModuleDef} to {@link dev.kugg.internal.validate.ValidModule}: the
 * specification's validation algorithm over the whole module, leaving per body the facts a compiler
 * needs.
 */
@NullMarked
package dev.kugg.internal.validate;

import org.jspecify.annotations.NullMarked;
