package dev.kugg.wasi;

import dev.kugg.wasi.internal.file.DirectorySource;
import dev.kugg.wasi.internal.file.HostSource;
import dev.kugg.wasi.internal.file.LayeredSource;
import dev.kugg.wasi.internal.file.ReadOnlySource;
import dev.kugg.wasi.internal.file.ResourceSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    /**
     * {@return a folder of resources, to be read only: what a program brings along for its guests}
     * It lies in a directory of the class path, in a jar file, or in a module of either; for a jar
     * file the module {@code jdk.zipfs} is needed, as all usual runtimes have it. In a named module
     * the folder need not be open to others.
     *
     * @param anchor a class of the same program or library
     * @param folder the folder's name as {@link Class#getResource} takes it: {@code "guest"} lies
     *     beside the class, {@code "/guest"} where its packages begin
     */
    public static Root resources(Class<?> anchor, String folder) {
        return new Root(
                new ResourceSource(
                        Objects.requireNonNull(anchor, "anchor"),
                        Objects.requireNonNull(folder, "folder")));
    }

    /**
     * {@return several directories as one, lying one above the other}
     *
     * <p>Of files with one name the uppermost is seen, and directories of one name become one.
     * Guests change the uppermost layer only, if it can be changed: what they make goes there, and
     * may hide what lies below. What lies below they can neither change nor remove; they are told
     * that it is read-only ({@code rofs}). A file is not copied up for being written: a guest that
     * wants to change one writes a new one and renames it, or is given a layer where it lies.
     *
     * {@snippet class="dev.kugg.wasi.Snippets" region="layers"}
     *
     * @param uppermost the directory that is seen first
     * @param others those below it, the upper ones first
     */
    public static Root layered(Root uppermost, Root... others) {
        List<DirectorySource> layers = new ArrayList<>();
        layers.add(uppermost.source);
        for (Root other : others) {
            layers.add(other.source);
        }
        return new Root(new LayeredSource(layers));
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
