package dev.kugg.internal.decode;

/**
 * Where a section stands in the module.
 *
 * @param id its number; 0 is a custom section
 * @param name what the specification calls it, such as {@code type}; a custom section's own name
 * @param start the position of its first byte of content; of a custom section, behind its name
 * @param sizeBytes the size of that content
 */
public record Section(int id, String name, int start, int sizeBytes) {}
