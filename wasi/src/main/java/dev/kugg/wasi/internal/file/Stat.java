package dev.kugg.wasi.internal.file;

/**
 * What is known about a file or a folder.
 *
 * @param type what it is
 * @param device where it lies
 * @param inode its number there, the same for all of its names; never reused while it is open
 * @param links how many names it has
 * @param sizeBytes its size
 * @param accessNanos when it was last read, in nanoseconds since 1970
 * @param modifyNanos when its contents were last changed
 * @param changeNanos when it was last changed at all
 * @see <a
 *     href="https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md#filestat">filestat</a>
 */
public record Stat(
        FileType type,
        long device,
        long inode,
        long links,
        long sizeBytes,
        long accessNanos,
        long modifyNanos,
        long changeNanos) {}
