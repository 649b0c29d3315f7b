package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;
import dev.kugg.wasi.internal.file.Directory;

import org.jspecify.annotations.Nullable;

/**
 * What the open folders of one instance remember of their names, counted: a guest may open one
 * large folder many times, and would fill the host's memory with its names.
 */
final class Listings {
    private static final int MAX_ENTRIES = 1_000_000;

    private final int max;
    private int entries;

    Listings() {
        this(MAX_ENTRIES);
    }

    /** Makes one with another limit. */
    Listings(int max) {
        this.max = max;
    }

    /**
     * {@return the names that are in a folder now}
     *
     * @param old what is no longer needed
     * @throws ErrnoException {@code nomem} if there are too many in all; or another errno
     */
    Listing replace(@Nullable Listing old, Directory directory) throws ErrnoException {
        Listing listing = new Listing(directory);
        int rest = entries - (old == null ? 0 : old.size());
        // A single one, however large, can always be read.
        if (rest > 0 && listing.size() > max - rest) {
            throw new ErrnoException(Errno.NOMEM);
        }
        entries = rest + listing.size();
        return listing;
    }

    void forget(@Nullable Listing listing) {
        entries -= listing == null ? 0 : listing.size();
    }
}
