package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;
import dev.kugg.wasi.internal.file.Directory;
import dev.kugg.wasi.internal.file.Walk;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Paths as the guest gives them: UTF-8 in its memory. */
final class GuestPath {
    /** As on Linux, where a zero at the end counts too. */
    private static final int MAX_SIZE_BYTES = 4095;

    private GuestPath() {}

    static String read(Guest guest, long address, long length) throws ErrnoException {
        guest.check(address, length);
        if (length > MAX_SIZE_BYTES) {
            throw new ErrnoException(Errno.NAMETOOLONG);
        }
        byte[] bytes = new byte[(int) length];
        guest.readBytes(address, bytes, 0, bytes.length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new ErrnoException(Errno.ILSEQ);
        }
    }

    /** Walks as {@link Walk#to} does, until the guest's call is to be stopped. */
    static Walk walk(Guest guest, Directory base, String path, boolean followLast)
            throws ErrnoException {
        return Walk.to(base, path, followLast, guest.instance()::checkInterrupted);
    }

    /** Walks as {@link Walk#toEntry} does, until the guest's call is to be stopped. */
    static Walk walkToEntry(Guest guest, Directory base, String path) throws ErrnoException {
        return Walk.toEntry(base, path, guest.instance()::checkInterrupted);
    }
}
