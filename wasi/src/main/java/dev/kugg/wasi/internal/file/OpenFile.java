package dev.kugg.wasi.internal.file;

import dev.kugg.wasi.internal.errno.ErrnoException;

/**
 * An open file. It has no position of its own: who uses it says where. Used by one thread at a
 * time, except {@link #close}.
 */
public abstract class OpenFile {
    /** For subclasses. */
    protected OpenFile() {}

    /**
     * Reads bytes.
     *
     * @param position where, in bytes from the file's beginning
     * @param target gets the bytes
     * @param offset where the first one goes
     * @param length how many at most, at least one
     * @return how many there were; 0 at the end of the file
     * @throws ErrnoException {@code badf} if it was not opened to be read, or another errno
     */
    public abstract int read(long position, byte[] target, int offset, int length)
            throws ErrnoException;

    /**
     * Writes bytes. Where the disk is full in the middle, fewer are written than were given.
     *
     * @param position where, in bytes from the file's beginning
     * @param source holds the bytes
     * @param offset where the first one is
     * @param length how many
     * @return how many were written, at least one
     * @throws ErrnoException {@code badf} if it was not opened to be written, {@code nospc} if
     *     there is no room for a single one, or another errno
     */
    public abstract int write(long position, byte[] source, int offset, int length)
            throws ErrnoException;

    /**
     * Writes bytes at the file's end, whoever else appends to it at the same time.
     *
     * @param source holds the bytes
     * @param offset where the first one is
     * @param length how many
     * @return how many were written, at least one
     * @throws ErrnoException as {@link #write} does
     */
    public abstract int append(byte[] source, int offset, int length) throws ErrnoException;

    /**
     * {@return what is known about the file now} Also after it has lost its last name.
     *
     * @throws ErrnoException if it cannot be found out
     */
    public abstract Stat stat() throws ErrnoException;

    /**
     * {@return the file's size now, in bytes}
     *
     * @throws ErrnoException if it cannot be found out
     */
    public long sizeBytes() throws ErrnoException {
        return stat().sizeBytes();
    }

    /**
     * Cuts the file, or fills it up with zeros.
     *
     * @param sizeBytes its new size, not negative
     * @throws ErrnoException {@code inval} if it was not opened to be written, {@code fbig} if no
     *     file can be as large, {@code nospc} where there is no room, or another errno
     */
    public abstract void setSize(long sizeBytes) throws ErrnoException;

    /**
     * Sets its times.
     *
     * @param times the times
     * @throws ErrnoException if that is not possible
     */
    public abstract void setTimes(Times times) throws ErrnoException;

    /**
     * Waits until what was written is on the disk.
     *
     * @param metadata whether its size and times too
     * @throws ErrnoException if that is not possible
     */
    public abstract void sync(boolean metadata) throws ErrnoException;

    /** Closes the file; closing it again does nothing. From any thread. */
    public abstract void close();
}
