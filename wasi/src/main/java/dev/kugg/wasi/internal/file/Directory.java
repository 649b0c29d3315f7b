package dev.kugg.wasi.internal.file;

import dev.kugg.wasi.internal.errno.ErrnoException;

import java.util.List;

/**
 * An open folder: it stays the same folder when it is renamed, or when something else gets its
 * name.
 *
 * <p>A name is that of one entry: not empty, not {@code .} or {@code ..}, without {@code /} and
 * zero characters. No method follows a symbolic link. Which names there are may change at any time,
 * by anybody's hand. Errno values are those of Linux: {@code noent}, {@code exist}, {@code notdir},
 * {@code isdir}, {@code notempty}, {@code loop} for a symbolic link where a file or folder is asked
 * for, {@code rofs} for changes where nothing may be changed, {@code xdev} for two folders of
 * different roots.
 *
 * <p>Used by one thread at a time, except {@link #close}.
 */
public abstract class Directory {
    /** For subclasses. */
    protected Directory() {}

    /**
     * {@return what is known about this folder}
     *
     * @throws ErrnoException if it cannot be found out
     */
    public abstract Stat stat() throws ErrnoException;

    /**
     * {@return what is known about an entry itself}
     *
     * @param name the entry
     * @throws ErrnoException if it cannot be found out
     */
    public abstract Stat stat(String name) throws ErrnoException;

    /**
     * {@return the names in this folder, in no order, without {@code .} and {@code ..}}
     *
     * @throws ErrnoException if they cannot be found out
     */
    public abstract List<DirectoryEntry> list() throws ErrnoException;

    /**
     * Opens a folder in this one.
     *
     * @param name the entry
     * @return the folder; the caller closes it
     * @throws ErrnoException {@code loop} if it is a symbolic link, {@code notdir}, or another
     *     errno
     */
    public abstract Directory openDirectory(String name) throws ErrnoException;

    /**
     * {@return this folder, opened once more; the caller closes it}
     *
     * @throws ErrnoException if it cannot be
     */
    public abstract Directory reopen() throws ErrnoException;

    /**
     * Opens a file in this folder. Whatever else it is, it is opened as it is: a device as a
     * device.
     *
     * @param name the entry
     * @param mode how
     * @return the file; the caller closes it
     * @throws ErrnoException {@code loop} if it is a symbolic link, {@code isdir}, or another errno
     */
    public abstract OpenFile openFile(String name, OpenMode mode) throws ErrnoException;

    /**
     * {@return what a symbolic link says}
     *
     * @param name the entry
     * @throws ErrnoException {@code inval} if it is none, or another errno
     */
    public abstract String readLink(String name) throws ErrnoException;

    /**
     * Makes a folder.
     *
     * @param name the new entry
     * @throws ErrnoException if that is not possible
     */
    public abstract void createDirectory(String name) throws ErrnoException;

    /**
     * Makes a symbolic link.
     *
     * @param name the new entry
     * @param text what it says
     * @throws ErrnoException if that is not possible
     */
    public abstract void createSymlink(String name, String text) throws ErrnoException;

    /**
     * Gives a file one more name.
     *
     * @param name the entry, which is not a folder
     * @param to where the new name goes
     * @param toName the new name
     * @throws ErrnoException if that is not possible
     */
    public abstract void link(String name, Directory to, String toName) throws ErrnoException;

    /**
     * Moves an entry, and replaces what is there as far as POSIX allows.
     *
     * @param name the entry
     * @param to where it goes
     * @param toName its new name
     * @throws ErrnoException if that is not possible
     */
    public abstract void rename(String name, Directory to, String toName) throws ErrnoException;

    /**
     * {@return the folder that gets what {@link #link} and {@link #rename} of another folder bring
     * here} That of a folder which wraps another one is the other one's.
     *
     * @throws ErrnoException {@code rofs} if nothing may be changed here
     */
    protected Directory destination() throws ErrnoException {
        return this;
    }

    /**
     * Removes an empty folder.
     *
     * @param name the entry
     * @throws ErrnoException {@code notdir}, {@code notempty}, or another errno
     */
    public abstract void removeDirectory(String name) throws ErrnoException;

    /**
     * Removes a name that is not a folder's.
     *
     * @param name the entry
     * @throws ErrnoException {@code isdir}, or another errno
     */
    public abstract void removeFile(String name) throws ErrnoException;

    /**
     * Sets the times of this folder.
     *
     * @param times the times
     * @throws ErrnoException if that is not possible
     */
    public abstract void setTimes(Times times) throws ErrnoException;

    /**
     * Sets the times of an entry itself.
     *
     * @param name the entry
     * @param times the times
     * @throws ErrnoException if that is not possible
     */
    public abstract void setTimes(String name, Times times) throws ErrnoException;

    /**
     * Waits until the names in this folder are on the disk.
     *
     * @throws ErrnoException if that is not possible
     */
    public abstract void sync() throws ErrnoException;

    /** Closes the folder; closing it again does nothing. From any thread. */
    public abstract void close();
}
