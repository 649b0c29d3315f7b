package dev.kugg.types;

/**
 * One export of a module: its name and the type of what it gives.
 *
 * @param name the name
 * @param type the type of what is exported
 * @see <a href="https://webassembly.github.io/spec/core/syntax/modules.html#exports">Exports</a>
 */
public record ExportType(String name, ExternType type) {}
