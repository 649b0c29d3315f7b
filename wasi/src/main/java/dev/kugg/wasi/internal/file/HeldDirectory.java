package dev.kugg.wasi.internal.file;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A folder of Linux, held open. Each name is looked up in this very folder by the kernel, as {@code
 * openat} and its sisters do it, so there is no time between looking and doing in which another
 * process could lead a guest out of it.
 */
final class HeldDirectory extends Directory {
    private static final Set<OpenOption> FOLDER =
            Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> BOTH_ENDS =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> AGAIN = Set.of(StandardOpenOption.READ);

    /**
     * Held, shared, from a look at what an entry is until it is open, and alone while a guest moves
     * or links one: so no guest can put a FIFO there in between, whose opening would wait without
     * end.
     */
    private static final ReentrantReadWriteLock PLACES = new ReentrantReadWriteLock();

    /** How often a name may come and go while it is being opened. */
    private static final int MAX_ATTEMPTS = 100;

    private final Handle handle;

    private HeldDirectory(Handle handle) {
        this.handle = handle;
    }

    /**
     * Opens a folder by the host's path, which may lead through links.
     *
     * @param path the folder
     * @throws IOException if it cannot be opened, or its descriptor not be found
     */
    static HeldDirectory open(Path path) throws IOException {
        return new HeldDirectory(Handle.open(path, AGAIN));
    }

    @Override
    public Stat stat() throws ErrnoException {
        Path folder = handle.enter();
        try {
            return UnixStat.of(folder);
        } catch (IOException e) {
            throw Failures.reading(e);
        } finally {
            handle.exit();
        }
    }

    @Override
    public Stat stat(String name) throws ErrnoException {
        Path folder = handle.enter();
        try {
            return UnixStat.of(Names.in(folder, name), LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw Failures.reading(e);
        } finally {
            handle.exit();
        }
    }

    @Override
    public List<DirectoryEntry> list() throws ErrnoException {
        Path folder = handle.enter();
        try {
            return UnixList.of(folder);
        } catch (DirectoryIteratorException e) {
            throw new ErrnoException(Errno.IO);
        } catch (IOException e) {
            throw Failures.opening(e);
        } finally {
            handle.exit();
        }
    }

    @Override
    public Directory openDirectory(String name) throws ErrnoException {
        Path folder = handle.enter();
        try {
            return new HeldDirectory(openFolder(Names.in(folder, name)));
        } catch (IOException e) {
            throw HeldFailures.ofOpen(e, Names.in(folder, name));
        } finally {
            handle.exit();
        }
    }

    /**
     * Opening a FIFO would wait for somebody at its other end, so what it is is looked at first.
     */
    private static Handle openFolder(Path entry) throws ErrnoException, IOException {
        PLACES.readLock().lock();
        try {
            requireDirectory(UnixStat.typeOf(entry));
            return Handle.open(entry, FOLDER);
        } finally {
            PLACES.readLock().unlock();
        }
    }

    private static void requireDirectory(FileType type) throws ErrnoException {
        if (type == FileType.SYMBOLIC_LINK) {
            throw new ErrnoException(Errno.LOOP);
        }
        if (type != FileType.DIRECTORY) {
            throw new ErrnoException(Errno.NOTDIR);
        }
    }

    @Override
    public Directory reopen() throws ErrnoException {
        Path folder = handle.enter();
        try {
            return new HeldDirectory(Handle.open(folder, AGAIN));
        } catch (IOException e) {
            throw Failures.opening(e);
        } finally {
            handle.exit();
        }
    }

    @Override
    public OpenFile openFile(String name, OpenMode mode) throws ErrnoException {
        Path folder = handle.enter();
        try {
            Path entry = Names.in(folder, name);
            for (int i = 0; i < MAX_ATTEMPTS; i++) {
                try {
                    return openOrCreate(entry, mode);
                } catch (FileAlreadyExistsException | NoSuchFileException e) {
                    if (mode.exclusive() || !mode.create()) {
                        throw e;
                    }
                    // Somebody has made or removed it just now.
                }
            }
            throw new ErrnoException(Errno.NOENT);
        } catch (IOException e) {
            throw mode.changes()
                    ? HeldFailures.ofChange(e, folder, Names.in(folder, name))
                    : HeldFailures.ofOpen(e, Names.in(folder, name));
        } finally {
            handle.exit();
        }
    }

    private OpenFile openOrCreate(Path entry, OpenMode mode) throws ErrnoException, IOException {
        PLACES.readLock().lock();
        try {
            FileType type = typeOrNull(entry);
            return type == null ? create(entry, mode) : open(entry, type, mode);
        } finally {
            PLACES.readLock().unlock();
        }
    }

    private static @Nullable FileType typeOrNull(Path entry) throws IOException {
        try {
            return UnixStat.typeOf(entry);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Makes a file. It is a new one for certain, so no link is followed to it. */
    private static OpenFile create(Path entry, OpenMode mode) throws ErrnoException, IOException {
        if (!mode.create()) {
            throw new ErrnoException(Errno.NOENT);
        }
        Set<OpenOption> options = options(mode);
        options.add(StandardOpenOption.WRITE);
        options.add(StandardOpenOption.CREATE_NEW);
        return new HostFile(Handle.open(entry, options), mode);
    }

    private OpenFile open(Path entry, FileType type, OpenMode mode)
            throws ErrnoException, IOException {
        if (mode.create() && mode.exclusive()) {
            throw new ErrnoException(Errno.EXIST);
        }
        return switch (type) {
            case REGULAR_FILE -> openRegular(entry, mode);
            case DIRECTORY -> throw new ErrnoException(Errno.ISDIR);
            case SYMBOLIC_LINK -> throw new ErrnoException(Errno.LOOP);
            default -> new SpecialFile(handle, entry, mode);
        };
    }

    private static OpenFile openRegular(Path entry, OpenMode mode) throws IOException {
        Set<OpenOption> options = options(mode);
        if (mode.truncate()) {
            options.add(StandardOpenOption.WRITE);
            options.add(StandardOpenOption.TRUNCATE_EXISTING);
        }
        return new HostFile(Handle.open(entry, options), mode);
    }

    private static Set<OpenOption> options(OpenMode mode) {
        Set<OpenOption> options = new HashSet<>();
        options.add(LinkOption.NOFOLLOW_LINKS);
        if (mode.read() || !mode.write()) {
            options.add(StandardOpenOption.READ);
        }
        if (mode.write()) {
            options.add(StandardOpenOption.WRITE);
        }
        return options;
    }

    @Override
    public String readLink(String name) throws ErrnoException {
        Path folder = handle.enter();
        try {
            String text = Names.text(Files.readSymbolicLink(Names.in(folder, name)));
            if (text == null) {
                throw new ErrnoException(Errno.ILSEQ);
            }
            return text;
        } catch (IOException e) {
            throw Failures.reading(e);
        } finally {
            handle.exit();
        }
    }

    @Override
    public void createDirectory(String name) throws ErrnoException {
        Path folder = handle.enter();
        try {
            Files.createDirectory(Names.in(folder, name));
        } catch (IOException e) {
            throw Failures.changing(e, folder, Errno.NOSPC);
        } finally {
            handle.exit();
        }
    }

    @Override
    public void createSymlink(String name, String text) throws ErrnoException {
        Path folder = handle.enter();
        try {
            Files.createSymbolicLink(Names.in(folder, name), Names.link(text));
        } catch (IOException e) {
            throw Failures.changing(e, folder, Errno.NOSPC);
        } finally {
            handle.exit();
        }
    }

    @Override
    public void link(String name, Directory to, String toName) throws ErrnoException {
        move(name, to, toName, HeldDirectory::link);
    }

    private static void link(Path file, Path targetFolder, Path target) throws ErrnoException {
        try {
            Files.createLink(target, file);
        } catch (IOException e) {
            throw Failures.changing(e, targetFolder, HeldFailures.ofLink(file, targetFolder));
        }
    }

    @Override
    public void rename(String name, Directory to, String toName) throws ErrnoException {
        move(name, to, toName, HeldDirectory::rename);
    }

    private static void rename(Path entry, Path targetFolder, Path target) throws ErrnoException {
        try {
            Files.move(entry, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Errno errno = HeldFailures.ofRename(e, entry, targetFolder, target);
            throw errno != null
                    ? new ErrnoException(errno)
                    : Failures.changing(e, targetFolder, Errno.PERM);
        }
    }

    /** What gives an entry another place. */
    private interface Move {
        void run(Path entry, Path targetFolder, Path target) throws ErrnoException;
    }

    /** Gives an entry another place, while nobody opens one. */
    private void move(String name, Directory to, String toName, Move move) throws ErrnoException {
        HeldDirectory target = held(to);
        Path folder = handle.enter();
        try {
            Path targetFolder = target.handle.enter();
            try {
                Path entry = Names.in(folder, name);
                Path place = Names.in(targetFolder, toName);
                PLACES.writeLock().lock();
                try {
                    move.run(entry, targetFolder, place);
                } finally {
                    PLACES.writeLock().unlock();
                }
            } finally {
                target.handle.exit();
            }
        } finally {
            handle.exit();
        }
    }

    private static HeldDirectory held(Directory to) throws ErrnoException {
        if (to.destination() instanceof HeldDirectory held) {
            return held;
        }
        throw new ErrnoException(Errno.XDEV);
    }

    @Override
    public void removeDirectory(String name) throws ErrnoException {
        Path folder = handle.enter();
        try {
            Path entry = Names.in(folder, name);
            if (UnixStat.typeOf(entry) != FileType.DIRECTORY) {
                throw new ErrnoException(Errno.NOTDIR);
            }
            Files.delete(entry);
        } catch (IOException e) {
            throw HeldFailures.ofRemove(e, folder, Names.in(folder, name));
        } finally {
            handle.exit();
        }
    }

    @Override
    public void removeFile(String name) throws ErrnoException {
        Path folder = handle.enter();
        try {
            Path entry = Names.in(folder, name);
            if (UnixStat.typeOf(entry) == FileType.DIRECTORY) {
                throw new ErrnoException(Errno.ISDIR);
            }
            Files.delete(entry);
        } catch (IOException e) {
            throw HeldFailures.ofRemove(e, folder, Names.in(folder, name));
        } finally {
            handle.exit();
        }
    }

    @Override
    public void setTimes(Times times) throws ErrnoException {
        Path folder = handle.enter();
        try {
            UnixStat.setTimes(folder, times);
        } catch (IOException e) {
            throw Failures.changing(e, folder, Errno.PERM);
        } finally {
            handle.exit();
        }
    }

    @Override
    public void setTimes(String name, Times times) throws ErrnoException {
        Path folder = handle.enter();
        try {
            setTimes(Names.in(folder, name), times);
        } catch (IOException e) {
            throw Failures.changing(e, folder, Errno.PERM);
        } finally {
            handle.exit();
        }
    }

    /**
     * Sets times through a descriptor where there can be one: not every Java version sees to it
     * that no link is followed. Opening a FIFO, as Java does, would wait for somebody at its other
     * end, so this is there first.
     */
    private static void setTimes(Path entry, Times times) throws IOException, ErrnoException {
        PLACES.readLock().lock();
        try {
            setTimesInPlace(entry, times);
        } finally {
            PLACES.readLock().unlock();
        }
    }

    private static void setTimesInPlace(Path entry, Times times)
            throws IOException, ErrnoException {
        switch (UnixStat.typeOf(entry)) {
            case REGULAR_FILE, DIRECTORY -> {
                Handle held = Handle.open(entry, FOLDER);
                Path path = held.enter();
                try {
                    UnixStat.setTimes(path, times);
                } finally {
                    held.exit();
                    held.close();
                }
            }
            case UNKNOWN -> {
                FileChannel bothEnds = FileChannel.open(entry, BOTH_ENDS);
                try {
                    UnixStat.setTimes(entry, times, LinkOption.NOFOLLOW_LINKS);
                } finally {
                    bothEnds.close();
                }
            }
            default -> UnixStat.setTimes(entry, times, LinkOption.NOFOLLOW_LINKS);
        }
    }

    @Override
    public void sync() throws ErrnoException {
        Path folder = handle.enter();
        try {
            FileBytes.sync(folder);
        } catch (IOException e) {
            throw Failures.opening(e);
        } finally {
            handle.exit();
        }
    }

    @Override
    public void close() {
        handle.close();
    }
}
