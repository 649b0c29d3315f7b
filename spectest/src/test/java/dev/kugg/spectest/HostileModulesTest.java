package dev.kugg.spectest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.spectest.HostileModules.Hostile;

import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Hostile modules in a JVM of 256 MB: each ends in one of the outcomes it may have, in less than
 * five seconds, and leaves another instance as it was.
 */
final class HostileModulesTest {
    private static final long MILLIS_MAX = 5_000;
    private static final long SILENCE_MILLIS_MAX = 60_000;

    private volatile long heard = System.nanoTime();

    @Test
    void eachEndsSoonAsDocumented() throws Exception {
        List<Hostile> all = HostileModules.all();
        List<String> wrong = new ArrayList<>();
        long slowest = 0;
        String slow = "";
        Process process = start();
        Thread watch = Thread.ofPlatform().daemon().start(() -> endSilent(process));
        int count = 0;
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                heard = System.nanoTime();
                String[] columns = line.split("\t");
                if (columns.length != 3) {
                    wrong.add(line);
                    continue;
                }
                Hostile hostile = all.get(Integer.parseInt(columns[0]));
                long millis = Long.parseLong(columns[2]);
                count++;
                if (millis > slowest) {
                    slowest = millis;
                    slow = hostile.name();
                }
                if (!hostile.ends().contains(columns[1]) || millis > MILLIS_MAX) {
                    wrong.add(hostile.name() + ": " + columns[1] + ", " + millis + " ms");
                }
            }
        } finally {
            process.destroyForcibly();
            watch.interrupt();
        }
        System.out.printf(
                "hostile modules: %d of %d, the slowest %d ms (%s)%n",
                count, all.size(), slowest, slow);
        assertThat(wrong).isEmpty();
        assertThat(count).isEqualTo(all.size());
    }

    private static Process start() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostileRun.class.getName())
                .redirectErrorStream(true)
                .start();
    }

    private void endSilent(Process process) {
        try {
            while ((System.nanoTime() - heard) / 1_000_000 < SILENCE_MILLIS_MAX) {
                Thread.sleep(100);
            }
            process.destroyForcibly();
        } catch (InterruptedException e) {
            // All is said.
        }
    }
}
