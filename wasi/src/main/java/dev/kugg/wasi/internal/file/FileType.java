package dev.kugg.wasi.internal.file;

/**
 * What a name stands for, by the specification's numbers.
 *
 * @see <a
 *     href="https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md#filetype">filetype</a>
 */
public enum FileType {
    /** Something else: a FIFO, for example. */
    UNKNOWN,
    /** A block device. */
    BLOCK_DEVICE,
    /** A character device. */
    CHARACTER_DEVICE,
    /** A folder. */
    DIRECTORY,
    /** A file. */
    REGULAR_FILE,
    /** A socket for datagrams. */
    SOCKET_DGRAM,
    /** A socket for streams. */
    SOCKET_STREAM,
    /** A symbolic link. */
    SYMBOLIC_LINK;

    /** {@return the specification's number} */
    public int number() {
        return ordinal();
    }
}
