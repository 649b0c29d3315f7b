package dev.kugg.wasi.internal.file;

import java.io.IOException;

/** A folder of another source, of which guests can change nothing. */
public final class ReadOnlySource implements DirectorySource {
    private final DirectorySource source;

    /**
     * Names a folder.
     *
     * @param source where it comes from
     */
    public ReadOnlySource(DirectorySource source) {
        this.source = source;
    }

    @Override
    public Directory open(Session session) throws IOException {
        // What cannot be changed cannot grow.
        return new ReadOnlyDirectory(source.open(session.uncounted()));
    }

    @Override
    public boolean changeable() {
        return false;
    }
}
