package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.errno.ErrnoException;
import dev.kugg.wasi.internal.file.Directory;
import dev.kugg.wasi.internal.file.DirectoryEntry;
import dev.kugg.wasi.internal.file.FileType;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The names in a folder at the time the guest began to read it, {@code .} and {@code ..} first. An
 * entry's cookie is its place here, so that what is made and removed meanwhile moves none.
 *
 * @see <a
 *     href="https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md#dirent">dirent</a>
 */
final class Listing {
    /** Before the first entry. */
    static final long FIRST_COOKIE = 0;

    private static final int DIRENT_SIZE_BYTES = 24;
    private static final int DOTS = 2;
    private static final byte[] DOT = {'.'};
    private static final byte[] DOT_DOT = {'.', '.'};

    /** So many entries are written between two checks for interruption. */
    private static final int CHECK_INTERVAL = 1024;

    private final long directoryInode;
    private final List<DirectoryEntry> entries;

    Listing(Directory directory) throws ErrnoException {
        this.directoryInode = directory.stat().inode();
        this.entries = directory.list();
    }

    int size() {
        return entries.size() + DOTS;
    }

    /**
     * Writes entries from a cookie on until the buffer is full, the last one cut off where it does
     * not fit.
     *
     * @return how many bytes; fewer than {@code length} where there are no more entries
     */
    long write(Guest guest, long address, long length, long cookie) throws ErrnoException {
        long done = 0;
        // A cookie is unsigned, and a large one lies behind the end.
        long index = cookie < 0 ? size() : cookie;
        while (index < size() && done < length) {
            done += writeEntry(guest, address + done, length - done, (int) index);
            index++;
            if (index % CHECK_INTERVAL == 0) {
                guest.instance().checkInterrupted();
            }
        }
        return done;
    }

    private long writeEntry(Guest guest, long address, long room, int index) throws ErrnoException {
        byte[] name = name(index);
        byte[] head = head(index, name.length);
        int headSize = (int) Math.min(room, head.length);
        int nameSize = (int) Math.min(room - headSize, name.length);
        guest.writeBytes(address, head, 0, headSize);
        guest.writeBytes(address + headSize, name, 0, nameSize);
        return (long) headSize + nameSize;
    }

    private byte[] name(int index) {
        return switch (index) {
            case 0 -> DOT;
            case 1 -> DOT_DOT;
            default -> entries.get(index - DOTS).name().getBytes(StandardCharsets.UTF_8);
        };
    }

    private byte[] head(int index, int nameSize) {
        byte[] head = new byte[DIRENT_SIZE_BYTES];
        put(head, 0, index + 1L, Long.BYTES);
        // The folder above may lie outside of what the guest was given, so its number is not told.
        put(head, 8, index < DOTS ? directoryInode : entries.get(index - DOTS).inode(), Long.BYTES);
        put(head, 16, nameSize, Integer.BYTES);
        FileType type = index < DOTS ? FileType.DIRECTORY : entries.get(index - DOTS).type();
        head[20] = (byte) type.number();
        return head;
    }

    /** Puts a number there, its lowest byte first. */
    private static void put(byte[] target, int offset, long value, int sizeBytes) {
        for (int i = 0; i < sizeBytes; i++) {
            target[offset + i] = (byte) (value >>> (8 * i));
        }
    }
}
