package dev.kugg.wasi.internal.file;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the folders of one instance have in common: one quota, and that they end with it. Used by
 * one thread at a time.
 */
public final class Session {
    private final @Nullable Quota quota;
    private final List<Closeable> closedAtEnd;

    private Session(@Nullable Quota quota, List<Closeable> closedAtEnd) {
        this.quota = quota;
        this.closedAtEnd = closedAtEnd;
    }

    /**
     * Begins a session.
     *
     * @param quota what the guest may add; null for any amount
     */
    public Session(@Nullable Quota quota) {
        this(quota, new ArrayList<>());
    }

    /** {@return this session without its quota, for what the guest cannot change} */
    Session uncounted() {
        return new Session(null, closedAtEnd);
    }

    /** {@return a folder in which is counted what the guest adds} */
    Directory count(Directory directory) {
        return quota == null ? directory : new QuotaDirectory(directory, quota);
    }

    /** Keeps something open for as long as a folder or file in it may be open. */
    void closeAtEnd(Closeable what) {
        closedAtEnd.add(what);
    }

    /** Ends the session, after all folders and files in it have been closed. */
    public void end() {
        for (Closeable what : closedAtEnd) {
            try {
                what.close();
            } catch (IOException e) {
                // It was only read, and nobody is left to be told.
            }
        }
        closedAtEnd.clear();
    }
}
