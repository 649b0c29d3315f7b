package dev.kugg.spectest;

import dev.kugg.Instance;
import dev.kugg.Kugg;
import dev.kugg.wasi.Wasi;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How a guest gets faster in a fresh JVM: calls {@code run(n)} of one guest, or of several in turn,
 * over and over, and prints a table with tabs. Its columns: seconds since the JVM started, the
 * process's CPU seconds by then (the JVM's compilers included), milliseconds of the fastest round
 * so far, of the last round, and the number of rounds. A round calls each guest once; what counts
 * is the CPU time of the calling thread, and for the first round, in which classes are made and
 * loaded, the time by the clock. {@code spectest/warmup.sh} starts it.
 */
public final class WarmUp {
    private static final String USAGE = "spectest/warmup.sh [--seconds N] FILE[:N]...";
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final double NANOS_PER_SECOND = 1e9;

    /** Rows come at each tenth of a second at first, then at each tenth of the time that passed. */
    private static final double FIRST_STEP_SECONDS = 0.1;

    private static final double STEP_RATIO = 1.1;

    private final List<Guest> guests = new ArrayList<>();

    /** The clock at first: what reads the thread's CPU time takes a while to load. */
    private LongSupplier nanos = System::nanoTime;

    private long startNanos;

    private double bestMillis = Double.MAX_VALUE;
    private double lastMillis;
    private long rounds;

    private WarmUp() {}

    /** What a guest exports. */
    public interface Run {
        /**
         * Does its work.
         *
         * @param n how much of it
         * @return a checksum
         */
        long run(int n);
    }

    private record Guest(String name, Run exports, int n) {
        static Guest start(Arguments.Guest guest) throws IOException {
            Instance instance =
                    Kugg.module(guest.file()).with(Wasi.preview1().stderr(System.err)).start();
            return new Guest(guest.file().toString(), instance.exports(Run.class), guest.n());
        }
    }

    /**
     * Runs the measurement.
     *
     * @param args the options, then {@code FILE:N} for each guest
     * @throws IOException if a module cannot be read
     */
    public static void main(String[] args) throws IOException {
        Arguments words = new Arguments(USAGE, args);
        int seconds = 30;
        WarmUp warmUp = new WarmUp();
        while (words.areLeft()) {
            String word = words.next();
            switch (word) {
                case "--seconds" -> seconds = words.count();
                default -> warmUp.guests.add(Guest.start(words.guest(word)));
            }
        }
        warmUp.measure(seconds);
    }

    private void measure(double seconds) {
        System.out.println("seconds\tcpu_seconds\tbest_ms\tlast_ms\trounds");
        long[] checksums = round();
        long after = System.nanoTime();
        // The JVM knows best when it started; the system's answer is some seconds off on machines
        // that were paused.
        startNanos =
                System.nanoTime()
                        - ManagementFactory.getRuntimeMXBean().getUptime() * NANOS_PER_MILLI;
        row(seconds(after));
        nanos = ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime;
        double due = seconds(after) + FIRST_STEP_SECONDS;
        double elapsed = 0;
        while (elapsed < seconds) {
            check(checksums, round());
            elapsed = seconds(System.nanoTime());
            if (elapsed >= due || elapsed >= seconds) {
                row(elapsed);
                due = Math.max(elapsed + FIRST_STEP_SECONDS, elapsed * STEP_RATIO);
            }
        }
    }

    private long[] round() {
        long[] checksums = new long[guests.size()];
        long before = nanos.getAsLong();
        for (int i = 0; i < checksums.length; i++) {
            Guest guest = guests.get(i);
            checksums[i] = guest.exports.run(guest.n);
        }
        lastMillis = (nanos.getAsLong() - before) / (double) NANOS_PER_MILLI;
        bestMillis = Math.min(bestMillis, lastMillis);
        rounds++;
        return checksums;
    }

    private void check(long[] expected, long[] actual) {
        for (int i = 0; i < expected.length; i++) {
            if (expected[i] != actual[i]) {
                throw new IllegalStateException(
                        guests.get(i).name + " gave " + actual[i] + " after " + expected[i]);
            }
        }
    }

    private double seconds(long now) {
        return (now - startNanos) / NANOS_PER_SECOND;
    }

    private void row(double elapsedSeconds) {
        Duration cpu =
                ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ofSeconds(-1));
        System.out.printf(
                Locale.ROOT,
                "%.2f\t%.2f\t%.3f\t%.3f\t%d%n",
                elapsedSeconds,
                cpu.toMillis() / 1000.0,
                bestMillis,
                lastMillis,
                rounds);
    }
}
