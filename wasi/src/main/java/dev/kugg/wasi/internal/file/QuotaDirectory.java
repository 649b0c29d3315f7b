package dev.kugg.wasi.internal.file;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** A folder in which is counted what the guest adds and takes back. */
final class QuotaDirectory extends Directory {
    /** Somebody else may make and remove the same name in turns; so often it is tried. */
    private static final int MAX_ATTEMPTS = 100;

    private final Directory directory;
    private final Quota quota;

    QuotaDirectory(Directory directory, Quota quota) {
        this.directory = directory;
        this.quota = quota;
    }

    @Override
    public Stat stat() throws ErrnoException {
        return directory.stat();
    }

    @Override
    public Stat stat(String name) throws ErrnoException {
        return directory.stat(name);
    }

    @Override
    public List<DirectoryEntry> list() throws ErrnoException {
        return directory.list();
    }

    @Override
    public Directory openDirectory(String name) throws ErrnoException {
        return new QuotaDirectory(directory.openDirectory(name), quota);
    }

    @Override
    public Directory reopen() throws ErrnoException {
        return new QuotaDirectory(directory.reopen(), quota);
    }

    @Override
    public String readLink(String name) throws ErrnoException {
        return directory.readLink(name);
    }

    // ---- files ----

    @Override
    public OpenFile openFile(String name, OpenMode mode) throws ErrnoException {
        if (!mode.changes()) {
            return directory.openFile(name, mode);
        }
        if (!mode.create()) {
            return openCounted(name, mode);
        }
        if (mode.exclusive()) {
            return create(name, mode);
        }
        // Whether a file is made has to be known, so it is one or the other.
        OpenMode existing = withCreation(mode, false, false);
        OpenMode exclusive = withCreation(mode, true, true);
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            try {
                return openCounted(name, existing);
            } catch (ErrnoException e) {
                if (e.errno() != Errno.NOENT) {
                    throw e;
                }
            }
            try {
                return create(name, exclusive);
            } catch (ErrnoException e) {
                if (e.errno() != Errno.EXIST) {
                    throw e;
                }
            }
        }
        throw new ErrnoException(Errno.NOENT);
    }

    private static OpenMode withCreation(OpenMode mode, boolean create, boolean exclusive) {
        return new OpenMode(
                mode.read(), mode.write(), create, exclusive, mode.truncate(), mode.nonblock());
    }

    private OpenFile create(String name, OpenMode mode) throws ErrnoException {
        takeEntry(directory, name);
        OpenFile file;
        try {
            file = directory.openFile(name, mode);
        } catch (ErrnoException | RuntimeException | Error e) {
            quota.giveEntry();
            throw e;
        }
        try {
            Stat stat = file.stat();
            quota.made(stat);
            return new QuotaFile(file, quota, stat);
        } catch (ErrnoException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    /** Opens what is there. It is emptied by hand, so that its size is known before. */
    private OpenFile openCounted(String name, OpenMode mode) throws ErrnoException {
        OpenMode whole =
                new OpenMode(
                        mode.read(),
                        mode.write() || mode.truncate(),
                        false,
                        false,
                        false,
                        mode.nonblock());
        OpenFile file = directory.openFile(name, whole);
        try {
            Stat stat = file.stat();
            if (stat.type() != FileType.REGULAR_FILE) {
                return file;
            }
            OpenFile counted = new QuotaFile(file, quota, stat);
            if (mode.truncate()) {
                counted.setSize(0);
            }
            return counted;
        } catch (ErrnoException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    // ---- entries ----

    @Override
    public void createDirectory(String name) throws ErrnoException {
        takeEntry(directory, name);
        try {
            directory.createDirectory(name);
        } catch (ErrnoException | RuntimeException | Error e) {
            quota.giveEntry();
            throw e;
        }
        made(directory, name);
    }

    @Override
    public void createSymlink(String name, String text) throws ErrnoException {
        takeEntry(directory, name);
        try {
            directory.createSymlink(name, text);
        } catch (ErrnoException | RuntimeException | Error e) {
            quota.giveEntry();
            throw e;
        }
        made(directory, name);
    }

    @Override
    public void link(String name, Directory to, String toName) throws ErrnoException {
        Directory target = to.destination();
        takeEntry(target, toName);
        try {
            directory.link(name, target, toName);
        } catch (ErrnoException | RuntimeException | Error e) {
            quota.giveEntry();
            throw e;
        }
        made(target, toName);
    }

    @Override
    public void rename(String name, Directory to, String toName) throws ErrnoException {
        Directory target = to.destination();
        Stat moved = directory.stat(name);
        Stat replaced = statOrNull(target, toName);
        directory.rename(name, target, toName);
        // Two names of one file: nothing has happened then.
        if (replaced != null && !isSame(moved, replaced)) {
            quota.removed(replaced);
        }
    }

    @Override
    public void removeDirectory(String name) throws ErrnoException {
        Stat stat = directory.stat(name);
        directory.removeDirectory(name);
        quota.removed(stat);
    }

    @Override
    public void removeFile(String name) throws ErrnoException {
        Stat stat = directory.stat(name);
        directory.removeFile(name);
        quota.removed(stat);
    }

    @Override
    protected Directory destination() throws ErrnoException {
        return directory.destination();
    }

    private static boolean isSame(Stat one, Stat other) {
        return one.device() == other.device() && one.inode() == other.inode();
    }

    /** Takes a place for a new entry. Where there is one of its name, that is what is wrong. */
    private void takeEntry(Directory in, String name) throws ErrnoException {
        if (!quota.takeEntry()) {
            boolean exists = statOrNull(in, name) != null;
            throw exists ? new ErrnoException(Errno.EXIST) : Quota.exceeded();
        }
    }

    /** Whoever has removed it already keeps its place from being given back. */
    private void made(Directory in, String name) throws ErrnoException {
        Stat stat = statOrNull(in, name);
        if (stat != null) {
            quota.made(stat);
        }
    }

    private static @Nullable Stat statOrNull(Directory in, String name) throws ErrnoException {
        try {
            return in.stat(name);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.NOENT) {
                return null;
            }
            throw e;
        }
    }

    // ---- what adds nothing ----

    @Override
    public void setTimes(Times times) throws ErrnoException {
        directory.setTimes(times);
    }

    @Override
    public void setTimes(String name, Times times) throws ErrnoException {
        directory.setTimes(name, times);
    }

    @Override
    public void sync() throws ErrnoException {
        directory.sync();
    }

    @Override
    public void close() {
        directory.close();
    }
}
