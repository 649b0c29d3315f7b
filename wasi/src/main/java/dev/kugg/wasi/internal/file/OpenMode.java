package dev.kugg.wasi.internal.file;

/**
 * How a file is to be opened.
 *
 * @param read it will be read
 * @param write it will be written
 * @param create it is made where there is none
 * @param exclusive with {@code create}: it must not be there yet
 * @param truncate it is emptied, for which it must be writable
 * @param nonblock opening a FIFO does not wait for its other end
 */
public record OpenMode(
        boolean read,
        boolean write,
        boolean create,
        boolean exclusive,
        boolean truncate,
        boolean nonblock) {
    /** {@return whether a file opened so may change, or come to be} */
    public boolean changes() {
        return write || create || truncate;
    }
}
