package dev.kugg.wasi.internal.stream;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What Linux tells about this process's descriptors. Elsewhere nothing is known. */
final class OpenFiles {
    /** Where there is a link to whatever is open, by its number. */
    static final String DESCRIPTORS = "/proc/self/fd/";

    /** A position that is not known. */
    static final long UNKNOWN = -1;

    private static final String POSITIONS = "/proc/self/fdinfo/";

    /** What the file begins with, before the number. */
    private static final int POSITION_LABEL_LENGTH = 4;

    private static final int PATIENCE_SECONDS = 1;

    private OpenFiles() {}

    /** {@return the position of a descriptor} */
    static long positionOf(int number) {
        try (FileInputStream in = new FileInputStream(POSITIONS.concat(Integer.toString(number)))) {
            byte[] text = new byte[64];
            int length = Math.max(in.read(text), 0);
            String line = new String(text, 0, length, StandardCharsets.ISO_8859_1);
            int end = line.indexOf('\n');
            return end < POSITION_LABEL_LENGTH
                    ? UNKNOWN
                    : Long.parseLong(line.substring(POSITION_LABEL_LENGTH, end).trim());
        } catch (IOException | NumberFormatException e) {
            return UNKNOWN;
        }
    }

    /** {@return the position of a file, asked for by a thread that nobody interrupts} */
    static long positionOf(FileOutputStream file) {
        PositionTask task = new PositionTask(file);
        Pumps.start("kugg-position", task);
        return task.await();
    }

    /** {@return whether there is no room for so many bytes where a descriptor's file lies} */
    static boolean isFull(int number, int sizeBytes) {
        File file = new File(DESCRIPTORS.concat(Integer.toString(number)));
        return file.isFile() && file.getUsableSpace() < sizeBytes;
    }

    /**
     * {@return whether there is no room for so many bytes where a file lies whose descriptor has
     * this position} There may be several; that the disk of another one is full just when a write
     * fails for another reason is not expected.
     */
    static boolean isFullAt(long position, int sizeBytes) {
        String[] numbers = new File(DESCRIPTORS).list();
        if (numbers == null || position == UNKNOWN) {
            return false;
        }
        for (String text : numbers) {
            int number = Integer.parseInt(text);
            if (positionOf(number) == position && isFull(number, sizeBytes)) {
                return true;
            }
        }
        return false;
    }

    /** Asks for a position. */
    private static final class PositionTask implements Runnable {
        private final FileOutputStream file;
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile long position = UNKNOWN;

        PositionTask(FileOutputStream file) {
            this.file = file;
        }

        @Override
        public void run() {
            try {
                position = file.getChannel().position();
            } catch (IOException e) {
                position = UNKNOWN;
            } finally {
                done.countDown();
            }
        }

        long await() {
            boolean interrupted = false;
            try {
                for (int i = 0; i < 2; i++) {
                    try {
                        if (done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                            break;
                        }
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
                return position;
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
