package dev.kugg.wasi.internal.file;

import java.io.IOException;

/** Where a folder that guests are given comes from. Each instance opens it for itself. */
public interface DirectorySource {
    /**
     * Opens the folder.
     *
     * @param session the instance's
     * @return the folder; the caller closes it
     * @throws IOException if it cannot be opened; the message names it and says what is wrong, for
     *     the host to read
     */
    Directory open(Session session) throws IOException;

    /** {@return whether guests can change anything in the folder} */
    default boolean changeable() {
        return true;
    }
}
