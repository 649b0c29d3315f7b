package dev.kugg.wasi.attacks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kugg.Instance;
import dev.kugg.Kugg;
import dev.kugg.wasi.Wasi;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Files in bulk, on Kugg and on wasmtime in turn: {@code wasi/throughput.sh} runs it and prints the
 * table. Both run in one process for the whole time, so that neither is measured while it warms up
 * but in the first of the rounds, which do not count.
 */
final class Throughput {
    private static final int WARM_UP_ROUNDS = 2;
    private static final int ROUNDS = 5;
    private static final int MAX_FILES_OF_WASMTIME = 1_000;

    /** The two engines, each with a folder of its own. */
    private interface Engine extends AutoCloseable {
        long nanos(String step) throws IOException;

        @Override
        void close() throws IOException;
    }

    /** What is timed, and what has to be done before; that may be nothing. */
    private record Step(String title, String before, String call) {}

    private static final List<Step> STEPS =
            List.of(
                    new Step("write 256 MiB in 64 KiB pieces", "", "write_pieces 4096"),
                    new Step("read 256 MiB in 64 KiB pieces", "", "read_pieces"),
                    new Step(
                            "create 10,000 files, or open them to be written",
                            "",
                            "create_files 0 10000"),
                    new Step("open and close 10,000 files", "", "open_files 10000"),
                    new Step("stat 10,000 files", "", "stat_files 10000"),
                    new Step("remove 10,000 files", "create_files 0 10000", "remove_files 10000"));

    private Throughput() {}

    /**
     * Runs everything.
     *
     * @param args the python that has wasmtime, the script and the guest it runs, and where the
     *     files are to lie
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(Path.of(args[3]), "throughput");
        Path ours = Files.createDirectory(folder.resolve("kugg"));
        Path theirs = Files.createDirectory(folder.resolve("wasmtime"));
        try (Engine kugg = kugg(ours);
                Engine wasmtime = wasmtime(args, theirs)) {
            System.out.println("| | Kugg ms | wasmtime ms | speed, wasmtime = 1 |");
            System.out.println("|---|--:|--:|--:|");
            for (Step step : STEPS) {
                measure(step, kugg, wasmtime);
            }
            for (int files : new int[] {1_000, 10_000, 100_000}) {
                list(files, kugg, wasmtime);
            }
        } finally {
            Folders.remove(folder);
        }
    }

    private static void measure(Step step, Engine kugg, Engine wasmtime) throws IOException {
        long[][] times = new long[2][ROUNDS];
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            if (!step.before().isEmpty()) {
                kugg.nanos(step.before());
                wasmtime.nanos(step.before());
            }
            long first = kugg.nanos(step.call());
            long second = wasmtime.nanos(step.call());
            if (round >= 0) {
                times[0][round] = first;
                times[1][round] = second;
            }
        }
        row(step.title(), median(times[0]), median(times[1]));
    }

    /**
     * wasmtime reads the whole folder again for each piece; beyond some thousand files it is left
     * out.
     */
    private static void list(int files, Engine kugg, Engine wasmtime) throws IOException {
        long[][] times = new long[2][ROUNDS];
        boolean both = files <= MAX_FILES_OF_WASMTIME;
        kugg.nanos("create_files 0 " + files);
        if (both) {
            wasmtime.nanos("create_files 0 " + files);
        }
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            long first = kugg.nanos("list_files " + files);
            long second = both ? wasmtime.nanos("list_files " + files) : 0;
            if (round >= 0) {
                times[0][round] = first;
                times[1][round] = second;
            }
        }
        row("list " + files + " files", median(times[0]), median(times[1]));
    }

    private static void row(String title, long kugg, long wasmtime) {
        String measured = wasmtime == 0 ? "" : String.format(Locale.ROOT, "%.1f", wasmtime / 1e6);
        String ratio =
                wasmtime == 0 ? "" : String.format(Locale.ROOT, "%.2f", (double) wasmtime / kugg);
        System.out.printf(
                Locale.ROOT, "| %s | %.1f | %s | %s |%n", title, kugg / 1e6, measured, ratio);
    }

    private static long median(long[] times) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static Engine kugg(Path folder) {
        Instance instance =
                Kugg.module(Throughput.class, "throughput.wasm")
                        .with(Wasi.preview1().dir(folder, "."))
                        .start();
        return new Engine() {
            @Override
            public long nanos(String step) {
                String[] words = step.split(" ");
                long[] arguments =
                        Arrays.stream(words).skip(1).mapToLong(Long::parseLong).toArray();
                long start = System.nanoTime();
                instance.func(words[0]).call(arguments);
                return System.nanoTime() - start;
            }

            @Override
            public void close() {
                instance.close();
            }
        };
    }

    private static Engine wasmtime(String[] command, Path folder) throws IOException {
        Process process =
                new ProcessBuilder(command[0], command[1], command[2], folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        BufferedReader answers = process.inputReader(UTF_8);
        PrintWriter steps = new PrintWriter(process.outputWriter(UTF_8), true);
        return new Engine() {
            @Override
            public long nanos(String step) throws IOException {
                steps.println(step);
                String answer = answers.readLine();
                if (answer == null) {
                    throw new IOException("wasmtime has ended");
                }
                return Long.parseLong(answer.split(" ")[1]);
            }

            @Override
            public void close() throws IOException {
                steps.close();
                answers.close();
            }
        };
    }
}
