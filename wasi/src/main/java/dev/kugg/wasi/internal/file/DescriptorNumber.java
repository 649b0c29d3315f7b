package dev.kugg.wasi.internal.file;

import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds out the number of a descriptor, which Java does not tell, but without which nothing under
 * {@code /proc/self/fd} can be named.
 *
 * <p>The descriptor's position is set to a random number, and the one that has this position in
 * {@code /proc/self/fdinfo} is it: a position belongs to one opening of a file, so no other
 * descriptor of that file, and of no other file, can be mistaken for it.
 *
 * <p>Each look costs some 10 microseconds, so the first goes to where the descriptor most likely
 * is. The system gives the lowest number that is free, so what is known of numbers given and taken
 * back says which comes next, as long as nobody else in this process opens files meanwhile.
 */
final class DescriptorNumber {
    private static final String FOLDER = "/proc/self/fdinfo";
    private static final String SPARE = "/proc/self/status";
    private static final int GUESSES = 3;

    /** Positions that every file system takes for a folder, and hardly anybody's file stands at. */
    private static final long MIN_POSITION = 1L << 28;

    private static final long MAX_POSITION = 1L << 31;

    /** Numbers that were given back and not seen again, as far as is known. */
    private static final BitSet FREE = new BitSet();

    /** The number after the highest one seen. */
    private static int unseen;

    private DescriptorNumber() {}

    /**
     * {@return the number of an open file} It belongs to the file for as long as that is open. The
     * file's position is lost.
     *
     * @param channel the file or folder
     * @throws IOException if it cannot be found out, or the thread is interrupted, which closes the
     *     channel
     */
    static int of(FileChannel channel) throws IOException {
        long position = ThreadLocalRandom.current().nextLong(MIN_POSITION, MAX_POSITION);
        channel.position(position);
        byte[] line = ("pos:\t" + position + "\n").getBytes(StandardCharsets.US_ASCII);
        int number = guess(line);
        if (number < 0) {
            number = search(line);
        }
        taken(number);
        return number;
    }

    private static int guess(byte[] line) {
        int number = -1;
        for (int i = 0; i < GUESSES; i++) {
            number = next(number + 1);
            if (hasPosition(number, line)) {
                return number;
            }
        }
        return -1;
    }

    private static int search(byte[] line) throws IOException {
        String[] numbers = new File(FOLDER).list();
        if (numbers == null) {
            throw new NoDescriptorException();
        }
        for (String number : numbers) {
            if (hasPosition(Integer.parseInt(number), line)) {
                return Integer.parseInt(number);
            }
        }
        throw new IOException("a descriptor's position does not show in " + FOLDER);
    }

    /**
     * {@return a descriptor that keeps a place free for the one {@link #of} needs}
     *
     * @throws NoDescriptorException if there is none
     */
    static Closeable spare() throws NoDescriptorException {
        try {
            return new FileInputStream(SPARE);
        } catch (FileNotFoundException e) {
            throw new NoDescriptorException();
        }
    }

    private static boolean hasPosition(int number, byte[] line) {
        try (FileInputStream in = new FileInputStream(FOLDER + "/" + number)) {
            byte[] begin = new byte[line.length];
            return in.read(begin) == line.length && Arrays.equals(begin, line);
        } catch (IOException e) {
            // Nothing is open by this number, or not any more.
            return false;
        }
    }

    /** {@return the number, not below another one, that is likely to be given next} */
    private static synchronized int next(int from) {
        int free = FREE.nextSetBit(from);
        return free >= 0 ? free : Math.max(unseen, from);
    }

    /** Notes that a number is in use. Lower ones are then too, or it would not have been given. */
    private static synchronized void taken(int number) {
        FREE.clear(0, number + 1);
        unseen = Math.max(unseen, number + 1);
    }

    /** {@return the number that what was opened just now most likely has} */
    static synchronized int assumed() {
        int number = next(0);
        FREE.clear(number);
        unseen = Math.max(unseen, number + 1);
        return number;
    }

    /** Notes that a number is not used any more. */
    static synchronized void given(int number) {
        FREE.set(number);
    }
}
