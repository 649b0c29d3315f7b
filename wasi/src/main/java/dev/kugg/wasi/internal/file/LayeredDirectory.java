package dev.kugg.wasi.internal.file;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A folder made of several that lie one above the other. Of entries with one name the uppermost is
 * seen; where these are folders, they are one folder again. Only the uppermost layer is changed:
 * what is new goes there, and may hide what lies below. What lies below cannot be changed nor taken
 * away, and neither can a name be taken away that would show again what it hides: {@code rofs}.
 *
 * <p>A folder that the uppermost layer does not have is made there once something is put into it.
 */
final class LayeredDirectory extends Directory {
    /** The folders that can be changed: the uppermost one, or where it is to be made. */
    private final Upper upper;

    /** The other layers' folders, the upper ones first. */
    private final List<Directory> lower;

    LayeredDirectory(Upper upper, List<Directory> lower) {
        this.upper = upper;
        this.lower = lower;
    }

    /** The uppermost layer's part of a folder: there, or not yet. */
    static final class Upper {
        private final boolean changeable;

        /** Where the folder is, or the nearest one above it that is there. */
        private @Nullable Directory directory;

        /** The names that lead from there to where the folder would be. */
        private List<String> missing;

        private Upper(boolean changeable, @Nullable Directory directory, List<String> missing) {
            this.changeable = changeable;
            this.directory = directory;
            this.missing = missing;
        }

        /** {@return the part that is a folder} */
        static Upper of(Directory directory, boolean changeable) {
            return new Upper(changeable, directory, List.of());
        }

        /** {@return the folder, or null if it is not there} */
        @Nullable Directory there() {
            return missing.isEmpty() ? directory : null;
        }

        /** {@return the folder, which is made if it is not there} */
        Directory made() throws ErrnoException {
            Directory at = directory;
            if (at == null || !changeable) {
                throw new ErrnoException(Errno.ROFS);
            }
            while (!missing.isEmpty()) {
                String name = missing.get(0);
                makeDirectory(at, name);
                Directory next = at.openDirectory(name);
                at.close();
                at = next;
                directory = next;
                missing = missing.subList(1, missing.size());
            }
            return at;
        }

        private static void makeDirectory(Directory in, String name) throws ErrnoException {
            try {
                in.createDirectory(name);
            } catch (ErrnoException e) {
                if (e.errno() != Errno.EXIST) {
                    throw e;
                }
            }
        }

        /** {@return the part of a folder in this one} */
        Upper child(String name) throws ErrnoException {
            Directory there = there();
            if (there != null) {
                try {
                    return new Upper(changeable, there.openDirectory(name), List.of());
                } catch (ErrnoException e) {
                    if (e.errno() != Errno.NOENT) {
                        throw e;
                    }
                }
            }
            List<String> names = new ArrayList<>(missing);
            names.add(name);
            return new Upper(changeable, reopened(), names);
        }

        /** {@return this very part, opened once more} */
        Upper again() throws ErrnoException {
            return new Upper(changeable, reopened(), missing);
        }

        private @Nullable Directory reopened() throws ErrnoException {
            // Where nothing can be made there is no need to know where it would be.
            if (directory == null || !changeable && !missing.isEmpty()) {
                return null;
            }
            return directory.reopen();
        }

        void close() {
            if (directory != null) {
                directory.close();
            }
        }
    }

    // ---- looking ----

    @Override
    public Stat stat() throws ErrnoException {
        Directory there = upper.there();
        return there != null ? there.stat() : lower.get(0).stat();
    }

    @Override
    public Stat stat(String name) throws ErrnoException {
        return holder(name).stat(name);
    }

    /** {@return the uppermost layer with an entry of this name} */
    private Directory holder(String name) throws ErrnoException {
        Directory there = upper.there();
        if (there != null && has(there, name)) {
            return there;
        }
        Directory below = lowerHolder(name);
        if (below == null) {
            throw new ErrnoException(Errno.NOENT);
        }
        return below;
    }

    private @Nullable Directory lowerHolder(String name) throws ErrnoException {
        for (Directory layer : lower) {
            if (has(layer, name)) {
                return layer;
            }
        }
        return null;
    }

    private static boolean has(Directory layer, String name) throws ErrnoException {
        try {
            layer.stat(name);
            return true;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.NOENT) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public List<DirectoryEntry> list() throws ErrnoException {
        List<DirectoryEntry> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Directory there = upper.there();
        if (there != null) {
            addNew(there.list(), names, all);
        }
        for (Directory layer : lower) {
            addNew(layer.list(), names, all);
        }
        return all;
    }

    private static void addNew(
            List<DirectoryEntry> entries, Set<String> names, List<DirectoryEntry> all) {
        for (DirectoryEntry entry : entries) {
            if (names.add(entry.name())) {
                all.add(entry);
            }
        }
    }

    @Override
    public Directory openDirectory(String name) throws ErrnoException {
        Upper child = upper.child(name);
        List<Directory> below = new ArrayList<>();
        try {
            openLower(name, child.there() != null, below);
            if (child.there() == null && below.isEmpty()) {
                throw new ErrnoException(Errno.NOENT);
            }
            return new LayeredDirectory(child, below);
        } catch (ErrnoException | RuntimeException | Error e) {
            child.close();
            closeAll(below);
            throw e;
        }
    }

    /** Opens the folders of lower layers, down to the first one where it is not a folder. */
    private void openLower(String name, boolean found, List<Directory> opened)
            throws ErrnoException {
        for (Directory layer : lower) {
            try {
                opened.add(layer.openDirectory(name));
            } catch (ErrnoException e) {
                if (e.errno() == Errno.NOENT) {
                    continue;
                }
                if (found || !opened.isEmpty()) {
                    return;
                }
                throw e;
            }
        }
    }

    @Override
    public Directory reopen() throws ErrnoException {
        Upper again = upper.again();
        List<Directory> below = new ArrayList<>();
        try {
            for (Directory layer : lower) {
                below.add(layer.reopen());
            }
            return new LayeredDirectory(again, below);
        } catch (ErrnoException | RuntimeException | Error e) {
            again.close();
            closeAll(below);
            throw e;
        }
    }

    @Override
    public String readLink(String name) throws ErrnoException {
        return holder(name).readLink(name);
    }

    // ---- changing ----

    @Override
    public OpenFile openFile(String name, OpenMode mode) throws ErrnoException {
        Directory there = upper.there();
        if (there != null && has(there, name)) {
            return there.openFile(name, mode);
        }
        Directory below = lowerHolder(name);
        if (below == null) {
            if (!mode.create()) {
                throw new ErrnoException(Errno.NOENT);
            }
            return upper.made().openFile(name, mode);
        }
        if (mode.create() && mode.exclusive()) {
            throw new ErrnoException(Errno.EXIST);
        }
        return below.openFile(
                name,
                new OpenMode(
                        mode.read(), mode.write(), false, false, mode.truncate(), mode.nonblock()));
    }

    @Override
    public void createDirectory(String name) throws ErrnoException {
        requireNotBelow(name);
        upper.made().createDirectory(name);
    }

    @Override
    public void createSymlink(String name, String text) throws ErrnoException {
        requireNotBelow(name);
        upper.made().createSymlink(name, text);
    }

    private void requireNotBelow(String name) throws ErrnoException {
        if (lowerHolder(name) != null) {
            throw new ErrnoException(Errno.EXIST);
        }
    }

    /** Between layers a file has no second name, as between file systems. */
    @Override
    public void link(String name, Directory to, String toName) throws ErrnoException {
        Directory there = upper.there();
        if (there == null || !has(there, name)) {
            holder(name);
            throw new ErrnoException(Errno.XDEV);
        }
        if (to instanceof LayeredDirectory layered) {
            layered.requireNotBelow(toName);
        }
        there.link(name, to.destination(), toName);
    }

    @Override
    public void rename(String name, Directory to, String toName) throws ErrnoException {
        Directory there = requireOnlyInUpper(name);
        if (to instanceof LayeredDirectory layered) {
            layered.requireReplaceable(toName, there.stat(name).type());
        }
        there.rename(name, to.destination(), toName);
    }

    /** {@return the uppermost layer's folder, where alone an entry of this name is} */
    private Directory requireOnlyInUpper(String name) throws ErrnoException {
        Directory there = upper.there();
        boolean above = there != null && has(there, name);
        boolean below = lowerHolder(name) != null;
        if (there == null || below || !above) {
            throw new ErrnoException(above || below ? Errno.ROFS : Errno.NOENT);
        }
        return there;
    }

    /** Refuses to hide with something new what POSIX would not let it replace. */
    private void requireReplaceable(String name, FileType by) throws ErrnoException {
        if (lowerHolder(name) == null) {
            return;
        }
        boolean isFolder = stat(name).type() == FileType.DIRECTORY;
        if (by != FileType.DIRECTORY) {
            if (isFolder) {
                throw new ErrnoException(Errno.ISDIR);
            }
            return;
        }
        if (!isFolder) {
            throw new ErrnoException(Errno.NOTDIR);
        }
        Directory folder = openDirectory(name);
        try {
            if (!folder.list().isEmpty()) {
                throw new ErrnoException(Errno.NOTEMPTY);
            }
        } finally {
            folder.close();
        }
    }

    @Override
    public void removeDirectory(String name) throws ErrnoException {
        if (stat(name).type() != FileType.DIRECTORY) {
            throw new ErrnoException(Errno.NOTDIR);
        }
        requireOnlyInUpper(name).removeDirectory(name);
    }

    @Override
    public void removeFile(String name) throws ErrnoException {
        if (stat(name).type() == FileType.DIRECTORY) {
            throw new ErrnoException(Errno.ISDIR);
        }
        requireOnlyInUpper(name).removeFile(name);
    }

    @Override
    public void setTimes(Times times) throws ErrnoException {
        Directory there = upper.there();
        if (there == null) {
            throw new ErrnoException(Errno.ROFS);
        }
        there.setTimes(times);
    }

    @Override
    public void setTimes(String name, Times times) throws ErrnoException {
        holder(name).setTimes(name, times);
    }

    @Override
    protected Directory destination() throws ErrnoException {
        return upper.made().destination();
    }

    @Override
    public void sync() throws ErrnoException {
        Directory there = upper.there();
        if (there != null) {
            there.sync();
        }
    }

    @Override
    public void close() {
        upper.close();
        closeAll(lower);
    }

    private static void closeAll(List<Directory> directories) {
        for (Directory directory : directories) {
            directory.close();
        }
    }
}
