package dev.kugg.internal.decode;

/**
 * A constant expression as a range of the module's bytes, so that whoever needs its value or its
 * type reads it with an {@link InstructionCursor}.
 *
 * @param start the position of its first instruction
 * @param end the position behind its final {@code end} instruction
 */
public record ConstExpr(int start, int end) {}
