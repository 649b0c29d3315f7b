package dev.kugg.wasi.internal.file;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/** Where a folder that guests are given comes from. Each instance opens it for itself. */
public interface DirectorySource {
    /**
     * Opens the folder.
     *
     * @param quota counts what the guest adds; null where nothing is counted
     * @return the folder; the caller closes it
     * @throws IOException if it cannot be opened; the message says what is wrong, for the host to
     *     read
     */
    Directory open(@Nullable Quota quota) throws IOException;
}
