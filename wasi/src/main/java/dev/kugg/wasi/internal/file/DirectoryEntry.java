package dev.kugg.wasi.internal.file;

/**
 * One name in a folder.
 *
 * @param name the name
 * @param inode the number of what it stands for
 * @param type what that is
 */
public record DirectoryEntry(String name, long inode, FileType type) {}
