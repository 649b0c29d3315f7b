/**
 * Bytes to {@link dev.kugg.internal.decode.ModuleDef}: the binary format, and only that. What the
 * bytes mean together is the business of {@code validate}.
 */
@NullMarked
package dev.kugg.internal.decode;

import org.jspecify.annotations.NullMarked;
