package dev.kugg.types;

/**
 * One import of a module: its two names and the type of what it asks for.
 *
 * @param module the first name, by custom that of a module
 * @param name the second name
 * @param type the type asked for
 * @see <a href="https://webassembly.github.io/spec/core/syntax/modules.html#imports">Imports</a>
 */
public record ImportType(String module, String name, ExternType type) {}
