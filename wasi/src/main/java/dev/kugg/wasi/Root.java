package dev.kugg.wasi;

import dev.kugg.wasi.internal.file.DirectorySource;
import dev.kugg.wasi.internal.file.HostSource;
import dev.kugg.wasi.internal.file.ReadOnlySource;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A directory that {@link Wasi#dir(Root, String)} gives to guests, with everything in it. No path
 * and no symbolic link leads a guest out of it. Immutable; nothing is opened, nor looked at, before
 * an instance starts, and each instance opens it for itself.
 */
public final class Root {
    private final DirectorySource source;

    private Root(DirectorySource source) {
        this.source = source;
    }

    DirectorySource source() {
        return source;
    }

    /**
     * {@return a directory of the host, to be read and written}
     *
     * <p>On Linux, with {@code /proc} mounted, guests stay in it whatever others do in it at the
     * same time: each directory on a guest's way is held open. Where that is not possible an
     * instance does not start, see {@link #unguarded}. A directory of another {@link
     * java.nio.file.FileSystem}, such as one in memory, is walked by names, which is safe as long
     * as no one else puts symbolic links into it meanwhile.
     *
     * @param directory the directory
     */
    public static Root of(Path directory) {
        return new Root(new HostSource(Objects.requireNonNull(directory, "directory"), true));
    }

    /** {@return this directory, and nothing in it can be changed by guests} */
    public Root readOnly() {
        return new Root(new ReadOnlySource(source));
    }

    /**
     * {@return a directory of the host, to be read and written, on any system} Where directories
     * cannot be held open it is walked by names: no path and no symbolic link that lies there leads
     * out of it, but a guest may get out with the help of somebody who puts symbolic links in place
     * of directories while it runs. That may be another guest which has the same directory.
     *
     * @param directory the directory
     */
    public static Root unguarded(Path directory) {
        return new Root(new HostSource(Objects.requireNonNull(directory, "directory"), false));
    }
}
