package dev.kugg.wasi.internal.file;

/** What one instance may still add to the folders it was given. Used by one thread at a time. */
public final class Quota {
    private final long maxBytes;
    private final long maxEntries;

    /**
     * Creates a quota of which nothing is used.
     *
     * @param maxBytes by how many bytes files may grow
     * @param maxEntries how many files, folders and links may be made
     */
    public Quota(long maxBytes, long maxEntries) {
        this.maxBytes = maxBytes;
        this.maxEntries = maxEntries;
    }

    long maxBytes() {
        return maxBytes;
    }

    long maxEntries() {
        return maxEntries;
    }
}
