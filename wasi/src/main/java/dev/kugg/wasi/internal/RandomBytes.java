package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.errno.ErrnoException;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/**
 * {@code random_get}: any number of bytes, made piece by piece.
 *
 * <p>Many guests ask for a few bytes as soon as they start (to seed their hash tables), and the
 * first {@link SecureRandom} costs 40 ms in a fresh JVM. So where there is a {@code /dev/urandom},
 * which is what {@code SecureRandom} reads too, it is read directly, in 0.1 ms.
 *
 * @see <a
 *     href="https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md#random_get">random_get</a>
 */
final class RandomBytes {
    private static final int PIECE_SIZE_BYTES = 4096;
    private static final String DEVICE = "/dev/urandom";

    private RandomBytes() {}

    static void get(@Nullable RandomGenerator generator, Guest guest, long address, long length)
            throws ErrnoException {
        guest.check(address, length);
        if (generator != null) {
            fill(generator, guest, address, length);
        } else if (!fillFromDevice(guest, address, length)) {
            fill(Secure.RANDOM, guest, address, length);
        }
    }

    private static void fill(RandomGenerator generator, Guest guest, long address, long length)
            throws ErrnoException {
        for (long done = 0; done < length; done += PIECE_SIZE_BYTES) {
            guest.instance().checkInterrupted();
            byte[] piece = new byte[(int) Math.min(PIECE_SIZE_BYTES, length - done)];
            generator.nextBytes(piece);
            guest.writeBytes(address + done, piece, 0, piece.length);
        }
    }

    /** Returns false where the device is missing or ends. */
    private static boolean fillFromDevice(Guest guest, long address, long length)
            throws ErrnoException {
        // Elsewhere than on Unix that name would be a file that anybody may have put there.
        if (File.separatorChar != '/') {
            return false;
        }
        try (InputStream device = new FileInputStream(DEVICE)) {
            byte[] piece = new byte[(int) Math.min(PIECE_SIZE_BYTES, length)];
            for (long done = 0; done < length; ) {
                guest.instance().checkInterrupted();
                int count = device.read(piece, 0, (int) Math.min(piece.length, length - done));
                if (count <= 0) {
                    return false;
                }
                guest.writeBytes(address + done, piece, 0, count);
                done += count;
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Made only when it is needed. */
    private static final class Secure {
        static final SecureRandom RANDOM = new SecureRandom();
    }
}
