package dev.kugg.spectest;

import java.util.Arrays;

/** Times of one kind, in nanoseconds, and the three figures we ask of them. */
final class Samples {
    private long[] nanos = new long[64];
    private int count;

    void add(long time) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = time;
    }

    int count() {
        return count;
    }

    /** {@return the time that this part of the samples does not exceed, in milliseconds} */
    double millis(double part) {
        if (count == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int index = (int) Math.ceil(part * count) - 1;
        return sorted[Math.max(index, 0)] / 1e6;
    }

    double worstMillis() {
        return millis(1);
    }

    /** {@return count, median, 99th percentile and worst, as columns} */
    String row() {
        return "%6d %9.2f %9.2f %9.2f".formatted(count, millis(0.5), millis(0.99), worstMillis());
    }
}
