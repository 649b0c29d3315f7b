package dev.kugg.wasi.internal.file;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

import java.util.HashMap;
import java.util.Map;

/**
 * What one instance may still add to the folders it was given. Used by one thread at a time.
 *
 * <p>It remembers, file by file, what the instance has added, and gives back no more than that:
 * somebody else's files are worth nothing to who removes them.
 */
public final class Quota {
    private final Map<Id, Added> added = new HashMap<>();
    private long bytesLeft;
    private long entriesLeft;

    /**
     * Creates a quota of which nothing is used.
     *
     * @param maxBytes by how many bytes files may grow
     * @param maxEntries how many files, folders and links may be made
     */
    public Quota(long maxBytes, long maxEntries) {
        this.bytesLeft = maxBytes;
        this.entriesLeft = maxEntries;
    }

    /** What a file is, by whatever names it has. */
    private record Id(long device, long inode) {}

    /** What the instance has added to one file, and whether it still may. */
    static final class Added {
        private final Id id;
        private long bytes;
        private int entries;
        private int open;
        private boolean nameless;

        private Added(Id id) {
            this.id = id;
        }
    }

    private Added addedTo(Stat stat) {
        Id id = new Id(stat.device(), stat.inode());
        Added found = added.get(id);
        if (found == null) {
            found = new Added(id);
            added.put(id, found);
        }
        return found;
    }

    private void forgetIfEmpty(Added to) {
        if (to.open == 0 && to.bytes == 0 && to.entries == 0) {
            added.remove(to.id);
        }
    }

    // ---- entries ----

    /** {@return whether there is a place for one more entry, which is taken then} */
    boolean takeEntry() {
        if (entriesLeft == 0) {
            return false;
        }
        entriesLeft--;
        return true;
    }

    /** Gives back a place that came to no use. */
    void giveEntry() {
        entriesLeft++;
    }

    /** Remembers what the place that was taken is used for. */
    void made(Stat stat) {
        addedTo(stat).entries++;
    }

    /**
     * Gives back what an entry held.
     *
     * @param stat what was known about it just before it was removed
     */
    void removed(Stat stat) {
        Added from = added.get(new Id(stat.device(), stat.inode()));
        if (from == null) {
            return;
        }
        if (from.entries > 0) {
            from.entries--;
            entriesLeft++;
        }
        if (stat.links() <= 1 || stat.type() == FileType.DIRECTORY) {
            from.nameless = true;
            giveBackIfGone(from);
        }
        forgetIfEmpty(from);
    }

    // ---- bytes ----

    /** {@return what is added to a file is counted there, from now on until it is closed} */
    Added opened(Stat stat) {
        Added to = addedTo(stat);
        to.open++;
        return to;
    }

    /** Says that a file which was {@link #opened} is closed. */
    void closed(Added to) {
        to.open--;
        giveBackIfGone(to);
        forgetIfEmpty(to);
    }

    /** A file without a name takes up room until it is closed. */
    private void giveBackIfGone(Added from) {
        if (from.nameless && from.open == 0) {
            bytesLeft += from.bytes;
            from.bytes = 0;
            from.nameless = false;
        }
    }

    /** {@return how many bytes a file may grow by, at most {@code wanted}; they are taken} */
    long takeBytes(long wanted) {
        long taken = Math.min(wanted, bytesLeft);
        bytesLeft -= taken;
        return taken;
    }

    /** Says how many of the bytes taken a file has grown by; gives back the others. */
    void grown(Added to, long taken, long bytes) {
        long used = Math.min(taken, bytes);
        to.bytes += used;
        bytesLeft += taken - used;
    }

    /** Gives back what a file was cut by, as far as it had been added. */
    void cut(Added from, long bytes) {
        long back = Math.min(from.bytes, bytes);
        from.bytes -= back;
        bytesLeft += back;
    }

    /** {@return the errno of who has nothing left} The one that programs know how to live with. */
    static ErrnoException exceeded() {
        return new ErrnoException(Errno.NOSPC);
    }
}
