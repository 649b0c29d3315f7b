package dev.kugg.wasi.internal.file;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * A guest's path, walked from an open folder to its last name, one open folder after the other. A
 * {@code ..} goes back to the folder it came through, and what a symbolic link says is walked like
 * the rest of the path; so wherever it ends, it has not left the folder it started from.
 */
public final class Walk implements AutoCloseable {
    private static final int MAX_LINKS = 40;

    /** The most folders of a walk that are open at a time. */
    private static final int MAX_OPEN = 32;

    private final Directory base;

    /** The names of the folders walked through, the innermost last. None is a link's. */
    private final List<String> names = new ArrayList<>();

    /** The innermost of those folders, open, at most {@link #MAX_OPEN}; the innermost last. */
    private final ArrayDeque<Directory> opened = new ArrayDeque<>();

    private final Runnable check;

    /** The names still to be walked. */
    private final ArrayDeque<String> ahead = new ArrayDeque<>();

    private String name = "";
    private boolean demandsDirectory;
    private int links;

    private final Last treatment;

    private Walk(Directory base, Last treatment, Runnable check) {
        this.base = base;
        this.treatment = treatment;
        this.check = check;
    }

    /** What happens to a symbolic link in the last place. */
    private enum Last {
        /** It is followed. */
        FOLLOWED,
        /** It is followed where a slash behind it demands a folder. */
        FOLLOWED_TO_FOLDER,
        /** It is what the path means. */
        KEPT
    }

    /**
     * Walks a path to what it stands for. With a slash at its end that is a folder, or nothing.
     *
     * @param base where it starts, and what it never leaves; it stays open
     * @param path the path, as the guest gives it
     * @param followLast whether a symbolic link in the last place is followed; one with a slash
     *     behind it always is
     * @param check looks whether the walk is to be stopped, and throws then
     * @return where it ends; the caller closes it
     * @throws ErrnoException {@code perm} if it leads out of {@code base}, {@code noent}, {@code
     *     notdir}, {@code loop}, {@code nametoolong}, {@code inval}, or another errno
     */
    public static Walk to(Directory base, String path, boolean followLast, Runnable check)
            throws ErrnoException {
        return walk(base, path, followLast ? Last.FOLLOWED : Last.FOLLOWED_TO_FOLDER, check);
    }

    /**
     * Walks a path to the entry that is to be made, removed or moved. What is in the last place is
     * not looked at, not even where a slash behind it demands a folder.
     *
     * @param base where it starts, and what it never leaves; it stays open
     * @param path the path, as the guest gives it
     * @param check looks whether the walk is to be stopped, and throws then
     * @return where it ends; the caller closes it
     * @throws ErrnoException as {@link #to} does
     */
    public static Walk toEntry(Directory base, String path, Runnable check) throws ErrnoException {
        return walk(base, path, Last.KEPT, check);
    }

    private static Walk walk(Directory base, String path, Last treatment, Runnable check)
            throws ErrnoException {
        if (Names.isLongerThan(path, Names.MAX_PATH_BYTES)) {
            throw new ErrnoException(Errno.NAMETOOLONG);
        }
        Walk walk = new Walk(base, treatment, check);
        try {
            walk.push(path);
            walk.run();
            return walk;
        } catch (ErrnoException | RuntimeException | Error e) {
            walk.close();
            throw e;
        }
    }

    /** {@return the folder that holds the last name; the walk closes it} */
    public Directory directory() {
        return names.isEmpty() ? base : opened.getLast();
    }

    /**
     * {@return the last name; empty where the path ends at {@link #directory} itself} Nothing may
     * be there by this name. Where links are followed it is not that of a symbolic link, unless
     * somebody has just put one there.
     */
    public String name() {
        return name;
    }

    /** {@return whether the path demands a folder, by a slash at its end} */
    public boolean demandsDirectory() {
        return demandsDirectory;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            opened.removeLast().close();
        }
    }

    /** Puts a path before the names that are still ahead. */
    private void push(String path) throws ErrnoException {
        if (path.isEmpty()) {
            throw new ErrnoException(Errno.NOENT);
        }
        if (path.indexOf('\0') >= 0) {
            throw new ErrnoException(Errno.INVAL);
        }
        if (path.charAt(0) == '/') {
            throw new ErrnoException(Errno.PERM);
        }
        if (ahead.isEmpty() && path.endsWith("/")) {
            demandsDirectory = true;
        }
        int end = path.length();
        while (end > 0) {
            int slash = path.lastIndexOf('/', end - 1);
            if (slash < end - 1) {
                ahead.addFirst(path.substring(slash + 1, end));
            }
            end = slash;
        }
    }

    private void run() throws ErrnoException {
        while (!ahead.isEmpty()) {
            check.run();
            String next = ahead.removeFirst();
            if (next.equals("..")) {
                leave();
            } else if (!next.equals(".")) {
                enter(next);
            }
        }
    }

    /** Goes back to the folder before this one. */
    private void leave() throws ErrnoException {
        if (names.isEmpty()) {
            throw new ErrnoException(Errno.PERM);
        }
        names.remove(names.size() - 1);
        opened.removeLast().close();
        if (opened.isEmpty() && !names.isEmpty()) {
            goBack();
        }
    }

    /** Opens the folders walked through once more, where those to go back to are closed by now. */
    private void goBack() throws ErrnoException {
        List<String> again = List.copyOf(names);
        names.clear();
        for (String folder : again) {
            check.run();
            open(folder);
        }
    }

    private void open(String folder) throws ErrnoException {
        opened.addLast(directory().openDirectory(folder));
        names.add(folder);
        if (opened.size() > MAX_OPEN) {
            opened.removeFirst().close();
        }
    }

    private void enter(String next) throws ErrnoException {
        if (Names.isLongerThan(next, Names.MAX_NAME_BYTES)) {
            throw new ErrnoException(Errno.NAMETOOLONG);
        }
        if (ahead.isEmpty()) {
            arrive(next);
            return;
        }
        try {
            open(next);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.LOOP) {
                throw e;
            }
            follow(next);
        }
    }

    private void arrive(String last) throws ErrnoException {
        if (treatment == Last.FOLLOWED || demandsDirectory && treatment != Last.KEPT) {
            FileType type = typeOf(last);
            if (type == FileType.SYMBOLIC_LINK) {
                follow(last);
                return;
            }
            if (demandsDirectory && type != null && type != FileType.DIRECTORY) {
                throw new ErrnoException(Errno.NOTDIR);
            }
        }
        name = last;
    }

    private @Nullable FileType typeOf(String last) throws ErrnoException {
        try {
            return directory().stat(last).type();
        } catch (ErrnoException e) {
            if (e.errno() == Errno.NOENT) {
                return null;
            }
            throw e;
        }
    }

    private void follow(String link) throws ErrnoException {
        if (++links > MAX_LINKS) {
            throw new ErrnoException(Errno.LOOP);
        }
        String text;
        try {
            text = directory().readLink(link);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.INVAL) {
                throw e;
            }
            // It is no link any more: it is looked at once more.
            text = link;
        }
        push(text);
    }
}
