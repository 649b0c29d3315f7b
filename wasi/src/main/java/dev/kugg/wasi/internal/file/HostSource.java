package dev.kugg.wasi.internal.file;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;

/** A folder of a file system of the host. */
public final class HostSource implements DirectorySource {
    private final Path path;
    private final boolean guarded;

    /**
     * Names a folder.
     *
     * @param path the folder
     * @param guarded whether it is refused where nothing can keep guests in it for certain
     */
    public HostSource(Path path, boolean guarded) {
        this.path = path;
        this.guarded = guarded;
    }

    @Override
    public Directory open(@Nullable Quota quota) throws IOException {
        return HostRoot.open(path, guarded);
    }
}
