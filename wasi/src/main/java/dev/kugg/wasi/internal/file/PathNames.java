package dev.kugg.wasi.internal.file;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** Names of guests in file systems of any kind. */
final class PathNames {
    /** What Windows takes for devices, in every folder and with any extension. */
    private static final Set<String> DEVICES =
            Set.of("con", "prn", "aux", "nul", "conin$", "conout$");

    private PathNames() {}

    /**
     * {@return the path of an entry}
     *
     * @throws ErrnoException {@code inval} if it is not the name of one entry there
     */
    static Path in(Path folder, String name) throws ErrnoException {
        Names.check(name);
        if (isWindows(folder) && !isPlain(name)) {
            throw new ErrnoException(Errno.INVAL);
        }
        Path entry = folder.resolve(name);
        Path last = entry.getFileName();
        if (!folder.equals(entry.getParent()) || last == null || !last.toString().equals(name)) {
            throw new ErrnoException(Errno.INVAL);
        }
        return entry;
    }

    private static boolean isWindows(Path path) {
        return path.getFileSystem().getSeparator().equals("\\");
    }

    /** {@return whether Windows takes a name for one of a file, and for no other than it says} */
    private static boolean isPlain(String name) {
        if (name.endsWith(".") || name.endsWith(" ")) {
            return false;
        }
        int dot = name.indexOf('.');
        String stem = (dot < 0 ? name : name.substring(0, dot)).strip().toLowerCase(Locale.ROOT);
        boolean numbered = stem.length() == 4 && (stem.startsWith("com") || stem.startsWith("lpt"));
        return !numbered && !DEVICES.contains(stem) && name.indexOf(':') < 0;
    }

    /** {@return the name of an entry} Some file systems end that of a folder with a slash. */
    static String of(Path entry) {
        Path last = entry.getFileName();
        String name = last == null ? "" : last.toString();
        return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }

    /** {@return what a link says, with slashes} */
    static String text(Path link) {
        return isWindows(link) ? link.toString().replace('\\', '/') : link.toString();
    }

    /** {@return what a link is to say} */
    static Path link(Path folder, String text) throws ErrnoException {
        if (text.isEmpty()) {
            throw new ErrnoException(Errno.NOENT);
        }
        if (Names.isLongerThan(text, Names.MAX_PATH_BYTES)) {
            throw new ErrnoException(Errno.NAMETOOLONG);
        }
        return folder.getFileSystem().getPath(text);
    }
}
