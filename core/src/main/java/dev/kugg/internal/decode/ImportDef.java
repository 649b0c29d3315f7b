package dev.kugg.internal.decode;

import dev.kugg.types.ExternType;

/**
 * One import.
 *
 * @param module the first name
 * @param name the second name
 * @param type the type asked for
 * @param typeidx the index of a function's type; -1 for anything else
 * @param kind what is imported
 */
public record ImportDef(
        String module, String name, ExternType type, int typeidx, ExternKind kind) {}
