package dev.kugg.wasi.internal.file;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

import java.util.List;

/**
 * Another folder, of which nothing can be changed: neither it, nor what is in it, nor by giving a
 * file in it one more name where it could be written.
 */
final class ReadOnlyDirectory extends Directory {
    private final Directory folder;

    ReadOnlyDirectory(Directory folder) {
        this.folder = folder;
    }

    private static ErrnoException refused() {
        return new ErrnoException(Errno.ROFS);
    }

    @Override
    public Stat stat() throws ErrnoException {
        return folder.stat();
    }

    @Override
    public Stat stat(String name) throws ErrnoException {
        return folder.stat(name);
    }

    @Override
    public List<DirectoryEntry> list() throws ErrnoException {
        return folder.list();
    }

    @Override
    public Directory openDirectory(String name) throws ErrnoException {
        return new ReadOnlyDirectory(folder.openDirectory(name));
    }

    @Override
    public Directory reopen() throws ErrnoException {
        return new ReadOnlyDirectory(folder.reopen());
    }

    @Override
    public OpenFile openFile(String name, OpenMode mode) throws ErrnoException {
        if (!mode.changes()) {
            OpenFile file = folder.openFile(name, mode);
            // A special file opened to be read cannot be changed at all.
            return file instanceof SpecialFile ? file : new ReadOnlyFile(file);
        }
        throw refusedToOpen(name, mode);
    }

    /** {@return why a file is not opened to be changed: what would fail anyway says so} */
    private ErrnoException refusedToOpen(String name, OpenMode mode) {
        FileType type;
        try {
            type = folder.stat(name).type();
        } catch (ErrnoException e) {
            return e.errno() == Errno.NOENT && mode.create() ? refused() : e;
        }
        if (mode.create() && mode.exclusive()) {
            return new ErrnoException(Errno.EXIST);
        }
        return switch (type) {
            case SYMBOLIC_LINK -> new ErrnoException(Errno.LOOP);
            case DIRECTORY -> new ErrnoException(Errno.ISDIR);
            default -> refused();
        };
    }

    @Override
    public String readLink(String name) throws ErrnoException {
        return folder.readLink(name);
    }

    @Override
    public void createDirectory(String name) throws ErrnoException {
        throw refused();
    }

    @Override
    public void createSymlink(String name, String text) throws ErrnoException {
        throw refused();
    }

    @Override
    public void link(String name, Directory to, String toName) throws ErrnoException {
        throw refused();
    }

    @Override
    public void rename(String name, Directory to, String toName) throws ErrnoException {
        throw refused();
    }

    @Override
    protected Directory destination() throws ErrnoException {
        throw refused();
    }

    @Override
    public void removeDirectory(String name) throws ErrnoException {
        throw refused();
    }

    @Override
    public void removeFile(String name) throws ErrnoException {
        throw refused();
    }

    @Override
    public void setTimes(Times times) throws ErrnoException {
        throw refused();
    }

    @Override
    public void setTimes(String name, Times times) throws ErrnoException {
        throw refused();
    }

    @Override
    public void sync() throws ErrnoException {
        folder.sync();
    }

    @Override
    public void close() {
        folder.close();
    }
}
