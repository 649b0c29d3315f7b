package dev.kugg.spectest;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Measures how soon a guest that never ends can be stopped, under each garbage collector, and
 * prints median, 99th percentile and worst case in milliseconds: by interrupt and by deadline in a
 * warm process, by interrupt in fresh processes, and by SIGINT to {@code kugg run}, up to the end
 * of the process. It also measures how long a garbage collection waits for such a guest. {@code
 * spectest/latency.sh} starts it.
 */
public final class Latency {
    private static final String USAGE =
            "spectest/latency.sh [--quick] [--all] [--loops NAME,...]"
                    + " [--collectors Serial,Parallel,G1]";

    /** Where the CLI is, in the class path of this process. */
    private static final String CLI = "dev.kugg.cli.Main";

    private static final int SIGINT_EXIT_CODE = 130;

    private List<String> collectors = Arguments.COLLECTORS;
    private List<String> loops = List.of();
    private int divisor = 1;
    private boolean all;

    private final Random random = new Random(42);

    private Latency() {}

    /**
     * Runs the measurements.
     *
     * @param args the options; or a first word {@code warm}, {@code fresh} or {@code idle}, by
     *     which this program starts itself
     * @throws Exception if a process cannot be started
     */
    public static void main(String[] args) throws Exception {
        List<String> words = Arrays.asList(args);
        switch (args.length == 0 ? "" : args[0]) {
            case "warm" -> warm(words.subList(2, words.size()), Integer.parseInt(args[1]));
            case "fresh" -> fresh(args[1], Long.parseLong(args[2]));
            case "idle" -> Thread.sleep(Long.MAX_VALUE);
            default -> new Latency().options(new Arguments(USAGE, args)).measure();
        }
    }

    // In the process that is measured

    private static void warm(List<String> loops, int stops) {
        Endless endless = new Endless(stops);
        for (String loop : loops) {
            Samples interrupts = new Samples();
            Samples deadlines = new Samples();
            Samples collections = new Samples();
            endless.interrupts(loop, stops / 2, interrupts);
            endless.deadlines(loop, stops / 2, deadlines);
            endless.collections(loop, Math.max(stops / 50, 3), collections);
            row(loop, "interrupt", interrupts);
            row(loop, "deadline", deadlines);
            row(loop, "System.gc()", collections);
        }
    }

    private static void fresh(String loop, long seed) {
        System.out.println(new Endless(seed).fresh(loop));
    }

    // In the process that measures

    private Latency options(Arguments words) {
        while (words.areLeft()) {
            String word = words.next();
            switch (word) {
                case "--quick" -> divisor = 10;
                case "--all" -> all = true;
                case "--loops" -> loops = words.names(new Endless(0).loops());
                case "--collectors" -> collectors = words.names(Arguments.COLLECTORS);
                default -> throw words.unknown(word);
            }
        }
        if (loops.isEmpty()) {
            loops = new Endless(0).loops();
        }
        return this;
    }

    private void measure() throws IOException, InterruptedException {
        Map<String, Double> worst = new TreeMap<>();
        for (String collector : collectors) {
            System.out.println("== " + collector + " ==");
            System.out.println(
                    "%-20s %-12s %6s %9s %9s %9s  (ms)"
                            .formatted("loop", "stopped by", "stops", "median", "99 %", "worst"));
            measureWarm(collector, worst);
            measureIdle(collector, worst);
            for (String loop : loops) {
                if (all || Endless.NAMED.contains(loop)) {
                    measureProcesses(collector, loop, worst);
                }
            }
        }
        worst.forEach((kind, ms) -> System.out.println("worst by %s: %.2f ms".formatted(kind, ms)));
    }

    private void measureWarm(String collector, Map<String, Double> worst)
            throws IOException, InterruptedException {
        List<String> command = java(collector, Latency.class.getName());
        command.add("warm");
        command.add(Integer.toString(1000 / divisor));
        command.addAll(loops);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(line);
                String[] columns = line.trim().split(" {2,}", -1);
                if (columns.length > 2) {
                    double ms = Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
                    worst.merge(collector + ", warm " + columns[1], ms, Math::max);
                }
            }
        }
        require(process.waitFor() == 0, "the warm process failed");
    }

    /** What a JVM without a guest takes to end, on this machine and now. */
    private void measureIdle(String collector, Map<String, Double> worst)
            throws IOException, InterruptedException {
        Samples sigint = new Samples();
        for (int i = 0; i < 50 / divisor; i++) {
            List<String> command = java(collector, Latency.class.getName());
            command.add("idle");
            sigint.add(sigint(command));
        }
        row("(an idle JVM)", "SIGINT", sigint);
        worst.merge(collector + ", SIGINT to exit, idle", sigint.worstMillis(), Math::max);
    }

    private void measureProcesses(String collector, String loop, Map<String, Double> worst)
            throws IOException, InterruptedException {
        Samples fresh = new Samples();
        Samples sigint = new Samples();
        Path module = Files.createTempFile("endless", ".wasm");
        try {
            Files.write(module, new Endless(0).guest(loop));
            for (int i = 0; i < 50 / divisor; i++) {
                fresh.add(freshProcess(collector, loop));
                sigint.add(sigintToGuest(collector, loop, module));
            }
        } finally {
            Files.delete(module);
        }
        row(loop, "fresh", fresh);
        row(loop, "SIGINT", sigint);
        worst.merge(collector + ", fresh interrupt", fresh.worstMillis(), Math::max);
        worst.merge(collector + ", SIGINT to exit", sigint.worstMillis(), Math::max);
    }

    private long freshProcess(String collector, String loop)
            throws IOException, InterruptedException {
        List<String> command = java(collector, Latency.class.getName());
        command.addAll(List.of("fresh", loop, Integer.toString(random.nextInt())));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String line;
        try (BufferedReader lines = process.inputReader()) {
            line = lines.readLine();
        }
        require(process.waitFor() == 0 && line != null, "a fresh process failed");
        return Long.parseLong(String.valueOf(line));
    }

    private long sigintToGuest(String collector, String loop, Path module)
            throws IOException, InterruptedException {
        List<String> command = java(collector, CLI);
        command.addAll(List.of("run", "--invoke", loop, module.toString()));
        return sigint(command);
    }

    /** The time of starting {@code kill} itself is within the figure. */
    private long sigint(List<String> command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        Thread.sleep(400 + random.nextInt(300));
        require(process.isAlive(), command + " ended by itself");
        long before = System.nanoTime();
        Process kill = new ProcessBuilder("sh", "-c", "kill -INT " + process.pid()).start();
        boolean ended = process.waitFor(20, TimeUnit.SECONDS);
        long nanos = System.nanoTime() - before;
        process.destroyForcibly();
        kill.waitFor();
        require(ended, "SIGINT did not end " + command);
        int code = process.exitValue();
        require(code == SIGINT_EXIT_CODE, "exit code " + code + " after SIGINT");
        return nanos;
    }

    private static List<String> java(String collector, String main) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+Use" + collector + "GC");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        return command;
    }

    private static void row(String loop, String by, Samples samples) {
        System.out.println("%-20s %-12s %s".formatted(loop, by, samples.row()));
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalStateException(message);
        }
    }
}
