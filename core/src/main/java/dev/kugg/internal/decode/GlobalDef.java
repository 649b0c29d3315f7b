package dev.kugg.internal.decode;

import dev.kugg.types.GlobalType;

import org.jspecify.annotations.Nullable;

/**
 * One global, imported or defined.
 *
 * @param type its type
 * @param init its first value; null when it is imported
 */
public record GlobalDef(GlobalType type, @Nullable ConstExpr init) {}
