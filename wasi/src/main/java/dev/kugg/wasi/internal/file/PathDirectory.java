package dev.kugg.wasi.internal.file;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A folder of any {@link java.nio.file.FileSystem}, known by its path. Each entry is looked at
 * before it is used and no link is followed, so a guest cannot leave it by itself. Whoever changes
 * the folders above it in between can lead a guest elsewhere: for a file system which others can
 * change as well, there is {@link HeldDirectory}.
 */
final class PathDirectory extends Directory {
    private final Path folder;
    private volatile boolean closed;

    private PathDirectory(Path folder) {
        this.folder = folder;
    }

    /**
     * Opens a folder.
     *
     * @param path the folder, perhaps through links
     * @throws IOException if it cannot be found
     */
    static PathDirectory open(Path path) throws IOException {
        return new PathDirectory(path.toRealPath());
    }

    private Path here() throws ErrnoException {
        if (closed) {
            throw new ErrnoException(Errno.BADF);
        }
        return folder;
    }

    private Path entry(String name) throws ErrnoException {
        return PathNames.in(here(), name);
    }

    @Override
    public Stat stat() throws ErrnoException {
        return PathFailures.run(() -> PathStat.of(here()));
    }

    @Override
    public Stat stat(String name) throws ErrnoException {
        return PathFailures.run(() -> PathStat.of(entry(name)));
    }

    @Override
    public List<DirectoryEntry> list() throws ErrnoException {
        return PathFailures.run(() -> list(here()));
    }

    private static List<DirectoryEntry> list(Path folder) throws IOException {
        List<DirectoryEntry> list = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                try {
                    Stat stat = PathStat.of(entry);
                    list.add(new DirectoryEntry(PathNames.of(entry), stat.inode(), stat.type()));
                } catch (NoSuchFileException e) {
                    // It has been removed since.
                }
            }
        }
        return list;
    }

    @Override
    public Directory openDirectory(String name) throws ErrnoException {
        return PathFailures.run(() -> openDirectory(entry(name)));
    }

    private static Directory openDirectory(Path entry) throws IOException, ErrnoException {
        return switch (PathStat.of(entry).type()) {
            case DIRECTORY -> new PathDirectory(entry);
            case SYMBOLIC_LINK -> throw new ErrnoException(Errno.LOOP);
            default -> throw new ErrnoException(Errno.NOTDIR);
        };
    }

    @Override
    public Directory reopen() throws ErrnoException {
        return new PathDirectory(here());
    }

    @Override
    public OpenFile openFile(String name, OpenMode mode) throws ErrnoException {
        return PathFailures.change(here(), () -> openFile(entry(name), mode));
    }

    private static OpenFile openFile(Path entry, OpenMode mode) throws IOException, ErrnoException {
        FileType type = PathStat.typeOf(entry);
        if (type == null && !mode.create()) {
            throw new ErrnoException(Errno.NOENT);
        }
        if (type != null && mode.create() && mode.exclusive()) {
            throw new ErrnoException(Errno.EXIST);
        }
        if (type == FileType.SYMBOLIC_LINK) {
            throw new ErrnoException(Errno.LOOP);
        }
        if (type == FileType.DIRECTORY) {
            throw new ErrnoException(Errno.ISDIR);
        }
        if (type != null && type != FileType.REGULAR_FILE) {
            throw new ErrnoException(Errno.NXIO);
        }
        return PathFile.open(entry, options(mode, type == null), mode);
    }

    private static Set<OpenOption> options(OpenMode mode, boolean create) {
        Set<OpenOption> options = new HashSet<>();
        options.add(LinkOption.NOFOLLOW_LINKS);
        if (mode.read() || !mode.write()) {
            options.add(StandardOpenOption.READ);
        }
        if (mode.write() || mode.truncate() || create) {
            options.add(StandardOpenOption.WRITE);
        }
        if (create) {
            options.add(StandardOpenOption.CREATE_NEW);
        } else if (mode.truncate()) {
            options.add(StandardOpenOption.TRUNCATE_EXISTING);
        }
        return options;
    }

    @Override
    public String readLink(String name) throws ErrnoException {
        return PathFailures.run(() -> PathNames.text(Files.readSymbolicLink(entry(name))));
    }

    @Override
    public void createDirectory(String name) throws ErrnoException {
        PathFailures.change(here(), () -> Files.createDirectory(entry(name)));
    }

    @Override
    public void createSymlink(String name, String text) throws ErrnoException {
        PathFailures.change(
                here(), () -> Files.createSymbolicLink(entry(name), PathNames.link(here(), text)));
    }

    @Override
    public void link(String name, Directory to, String toName) throws ErrnoException {
        PathDirectory target = sameSystem(to);
        PathFailures.run(
                () -> {
                    Path file = entry(name);
                    if (PathStat.of(file).type() == FileType.DIRECTORY) {
                        throw new ErrnoException(Errno.PERM);
                    }
                    return Files.createLink(target.entry(toName), file);
                });
    }

    @Override
    public void rename(String name, Directory to, String toName) throws ErrnoException {
        PathDirectory target = sameSystem(to);
        PathFailures.change(here(), () -> rename(entry(name), target.entry(toName)));
    }

    /** Moves an entry by the rules of POSIX, which not every file system knows. */
    private static Path rename(Path entry, Path target) throws IOException, ErrnoException {
        boolean directory = PathStat.of(entry).type() == FileType.DIRECTORY;
        FileType replaced = PathStat.typeOf(target);
        if (directory && target.startsWith(entry) && !target.equals(entry)) {
            throw new ErrnoException(Errno.INVAL);
        }
        if (replaced != null && directory != (replaced == FileType.DIRECTORY)) {
            throw new ErrnoException(directory ? Errno.NOTDIR : Errno.ISDIR);
        }
        if (replaced != null && isSame(entry, target)) {
            return target;
        }
        if (replaced == FileType.DIRECTORY && !isEmpty(target)) {
            throw new ErrnoException(Errno.NOTEMPTY);
        }
        return entry.getFileSystem().equals(FileSystems.getDefault())
                ? Files.move(entry, target, StandardCopyOption.ATOMIC_MOVE)
                : Files.move(entry, target, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            return !entries.iterator().hasNext();
        }
    }

    private static boolean isSame(Path one, Path other) throws IOException {
        return one.equals(other)
                || !Files.isSymbolicLink(one)
                        && !Files.isSymbolicLink(other)
                        && Files.isSameFile(one, other);
    }

    private PathDirectory sameSystem(Directory to) throws ErrnoException {
        if (to.destination() instanceof PathDirectory target
                && target.folder.getFileSystem().equals(folder.getFileSystem())) {
            return target;
        }
        throw new ErrnoException(Errno.XDEV);
    }

    @Override
    public void removeDirectory(String name) throws ErrnoException {
        remove(name, true);
    }

    @Override
    public void removeFile(String name) throws ErrnoException {
        remove(name, false);
    }

    private void remove(String name, boolean asDirectory) throws ErrnoException {
        PathFailures.run(
                () -> {
                    Path entry = entry(name);
                    if (asDirectory != (PathStat.of(entry).type() == FileType.DIRECTORY)) {
                        throw new ErrnoException(asDirectory ? Errno.NOTDIR : Errno.ISDIR);
                    }
                    Files.delete(entry);
                    return entry;
                });
    }

    @Override
    public void setTimes(Times times) throws ErrnoException {
        PathFailures.run(() -> PathStat.setTimes(here(), times));
    }

    @Override
    public void setTimes(String name, Times times) throws ErrnoException {
        PathFailures.run(() -> PathStat.setTimes(entry(name), times));
    }

    /** Only what is written to a file can be waited for. */
    @Override
    public void sync() throws ErrnoException {
        stat();
    }

    @Override
    public void close() {
        closed = true;
    }
}
