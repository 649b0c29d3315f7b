/**
 * The instructions as one table, {@link dev.kugg.internal.opcode.Opcode}, which decoder, validator
 * and compiler read.
 */
@NullMarked
package dev.kugg.internal.opcode;

import org.jspecify.annotations.NullMarked;
