package dev.kugg.spectest;

import dev.kugg.Func;
import dev.kugg.Instance;
import dev.kugg.Kugg;
import dev.kugg.spectest.Arguments.Guest;
import dev.kugg.wasi.Wasi;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Lists what HotSpot's compilers gave up on while a guest ran: each method of generated code that
 * C1 or C2 left uncompiled at a tier, with the reason. Such a method stays in a slower tier, at
 * worst in the interpreter. {@code spectest/jitlog.sh} starts it.
 *
 * <p>A method of more than 8000 bytes is never tried and so never appears; the tests of core see to
 * it that there is none.
 */
public final class JitLog {
    private static final String USAGE =
            "spectest/jitlog.sh [--seconds N] [--collector Serial|Parallel|G1] [FILE[:N]...]";

    private static final String SKIPPED = "COMPILE SKIPPED: ";
    private static final String MADE_NOT = "made not ";
    private static final String NOT_COMPILABLE = "compilable on ";
    private static final String DONE = "calls of run: ";

    /**
     * What happened to one guest.
     *
     * @param calls how many calls ended in the time
     * @param compiled how many compilations of generated methods there were
     * @param failures by method and tier, why the compiler gave up
     */
    record Result(int calls, int compiled, Map<String, String> failures) {}

    private JitLog() {}

    /**
     * Runs the guests, each in a JVM of its own.
     *
     * @param args the options; or a first word {@code run}, by which this program starts itself
     * @throws Exception if a process cannot be started
     */
    public static void main(String[] args) throws Exception {
        if (args.length == 4 && args[0].equals("run")) {
            run(Path.of(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
            return;
        }
        int seconds = 25;
        String collector = "Serial";
        List<Guest> guests = new ArrayList<>();
        Arguments words = new Arguments(USAGE, args);
        while (words.areLeft()) {
            String word = words.next();
            switch (word) {
                case "--seconds" -> seconds = words.count();
                case "--collector" -> collector = words.name(Arguments.COLLECTORS);
                default -> guests.add(words.guest(word));
            }
        }
        for (Guest guest : guests) {
            print(guest.file(), watch(guest.file(), guest.n(), seconds, collector));
        }
    }

    static void print(Path file, Result result) {
        System.out.println(
                "%s: %d given up, of %d compilations of generated methods; %d calls"
                        .formatted(
                                file.getFileName(),
                                result.failures.size(),
                                result.compiled,
                                result.calls));
        result.failures.forEach((what, reason) -> System.out.println("  " + what + ": " + reason));
    }

    /** Calls {@code run} until the time is over. */
    private static void run(Path file, int n, int seconds) throws IOException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        int calls = 0;
        try (Instance instance = Kugg.module(file).with(Wasi.preview1()).start()) {
            Func run = instance.func("run");
            do {
                run.call(n);
                calls++;
            } while (System.nanoTime() < end);
        }
        // On a line of its own, whatever the compilers are printing.
        System.out.println("\n" + DONE + calls);
    }

    /** Runs a guest in a fresh JVM and reads what its compilers say. */
    static Result watch(Path file, int n, int seconds, String collector)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+Use" + collector + "GC", "-XX:+PrintCompilation"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(JitLog.class.getName(), "run", file.toString()));
        command.addAll(List.of(Integer.toString(n), Integer.toString(seconds)));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Reader reader = new Reader();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                reader.line(line);
            }
        }
        if (process.waitFor() != 0 || reader.calls < 0) {
            throw new IllegalStateException(file + " failed, exit code " + process.exitValue());
        }
        return new Result(reader.calls, reader.compiled.size(), reader.failures);
    }

    /** Makes sense of the lines that {@code -XX:+PrintCompilation} prints. */
    static final class Reader {
        final Map<String, String> failures = new TreeMap<>();
        final Set<String> compiled = new TreeSet<>();
        int calls = -1;

        /**
         * Takes one line: {@code time id flags tier method @ bci (size bytes) message}. Of a method
         * whose code begins at a loop ("@"), what matters is the method.
         */
        void line(String line) {
            if (line.startsWith(DONE)) {
                calls = Integer.parseInt(line.substring(DONE.length()));
                return;
            }
            String[] words = line.strip().split("\\s+", -1);
            int method = methodIn(words);
            if (method < 0 || !isGenerated(words[method])) {
                return;
            }
            String what = words[method] + " " + size(line) + ", tier " + words[method - 1];
            int skipped = line.indexOf(SKIPPED);
            if (skipped >= 0) {
                giveUp(what, line.substring(skipped + SKIPPED.length()));
            } else if (line.contains(NOT_COMPILABLE)) {
                giveUp(what, line.substring(line.indexOf(MADE_NOT)));
            } else if (!line.contains(MADE_NOT)) {
                compiled.add(what);
            }
        }

        private void giveUp(String what, String reason) {
            failures.merge(what, reason, (all, one) -> all.contains(one) ? all : all + "; " + one);
        }

        /** {@return the first word that looks like a class and a method, or -1} */
        private static int methodIn(String[] words) {
            for (int i = 3; i < words.length; i++) {
                if (words[i].contains("::")) {
                    return i;
                }
            }
            return -1;
        }

        /** Functions are named after the module's file, all else that is generated after Kugg. */
        private static boolean isGenerated(String method) {
            return method.contains("::wasm!") || method.startsWith("kugg.");
        }

        private static String size(String line) {
            int begin = line.indexOf('(');
            int end = line.indexOf(')', begin);
            return begin >= 0 && end >= 0 ? line.substring(begin, end + 1) : "";
        }
    }
}
