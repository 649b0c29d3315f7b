package dev.kugg.internal.decode;

/**
 * One export.
 *
 * @param name the name, unique in a valid module
 * @param kind what is exported
 * @param index its index among its kind
 */
public record ExportDef(String name, ExternKind kind, int index) {}
