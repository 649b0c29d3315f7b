package dev.kugg.spectest;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs generated modules on wasmtime and on Kugg and compares. Each module runs on Kugg twice: as
 * it is, and with functions split into pieces so small that nearly every one is.
 *
 * <p>For each difference there is a folder with the module, what wasmtime said, what is different,
 * and, where {@code wasm-tools shrink} found one, a smaller module.
 */
final class Differential {
    /** A switch for tests, read when a module is loaded: the most bytes of code in one method. */
    static final String SPLIT_BYTES = "kugg.test.splitBytes";

    private static final String TINY = "60";
    private static final int ROUNDS = 3;
    private static final long HANG_SECONDS = 60;
    private static final int SHRINKS_MAX = 8;
    private static final long STACK_BYTES = 256L << 20;
    private static final int STACK_BUDGET = 128 << 20;

    /** How a module is run on Kugg. */
    private enum Way {
        WHOLE,
        SPLIT
    }

    private final Oracle oracle;
    private final Smith smith;
    private final Path folder;
    private final long seed;
    private final Coverage coverage = new Coverage();
    private final List<String> differences = new ArrayList<>();
    private final Set<String> shrunk = new HashSet<>();
    private int lost;

    private Differential(Oracle oracle, Smith smith, long seed) throws IOException {
        this.oracle = oracle;
        this.smith = smith;
        this.seed = seed;
        folder =
                Files.createDirectories(
                        Shared.projectRoot().resolve("spectest/target/differential"));
    }

    /** {@return a run, or empty where the tools for it are missing, which has been said then} */
    static Optional<Differential> find(long seed) throws IOException {
        Optional<Oracle> oracle = Oracle.find();
        if (oracle.isEmpty()) {
            Shared.leftOut("differential tests", "no Python with the package wasmtime");
            return Optional.empty();
        }
        Optional<Path> wasmTools = oracle.get().wasmTools().or(WasmTools::program);
        if (wasmTools.isEmpty()) {
            oracle.get().close();
            Shared.leftOut("differential tests", "no wasm-tools");
            return Optional.empty();
        }
        return Optional.of(new Differential(oracle.get(), new Smith(wasmTools.get()), seed));
    }

    /**
     * Runs the modules from an index on, until there were so many or the time is over.
     *
     * @return the differences, each in a line
     */
    List<String> run(long first, long count, long nanosMax)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        long index = first;
        try (oracle) {
            while (index - first < count && System.nanoTime() - start < nanosMax) {
                compare(index++);
            }
        } finally {
            System.clearProperty(SPLIT_BYTES);
        }
        report(System.nanoTime() - start);
        return differences;
    }

    private void report(long nanos) throws IOException {
        String text =
                "differential: seed %d, wasmtime %s, %d s%n%s%d answers lost, %d differences%n"
                        .formatted(
                                seed,
                                oracle.version(),
                                TimeUnit.NANOSECONDS.toSeconds(nanos),
                                coverage.report(),
                                lost,
                                differences.size());
        System.out.print(text);
        Files.writeString(
                folder.resolve("report.txt"),
                text + String.join("\n", differences) + "\n\n" + coverage.instructions());
    }

    private void compare(long index) throws IOException, InterruptedException {
        Path file = folder.resolve("module.wasm");
        String kind = make(index, file);
        JsonNode answer;
        try {
            answer = oracle.ask(file, seed, ROUNDS);
        } catch (IOException e) {
            lost++;
            return;
        }
        byte[] module = Files.readAllBytes(file);
        coverage.add(kind, module, answer);
        for (Way way : Way.values()) {
            Outcome outcome = replay(module, answer, way);
            coverage.add(way.toString(), outcome);
            if (outcome.isDifferent()) {
                keep(index + "-" + kind + "-" + way, index, module, answer, outcome);
                shrinkFirst(index + "-" + kind + "-" + way, way, outcome);
            }
        }
    }

    /** {@return the kind of the module it writes} The two generators take turns. */
    private String make(long index, Path file) throws IOException, InterruptedException {
        int turn = (int) (index / 2);
        if (index % 2 == 0) {
            SmithConfig config = SmithConfig.values()[turn % SmithConfig.values().length];
            smith.make(config, random(index), file);
            return "smith-" + config.text();
        }
        Weaver.Size size = Weaver.Size.values()[turn % Weaver.Size.values().length];
        Files.write(file, new Weaver(random(index), size).module());
        return "weaver-" + size.text();
    }

    private SplittableRandom random(long index) {
        return new SplittableRandom(new SplittableRandom(seed).nextLong() + index);
    }

    /** On a thread of its own, which is left alone if it hangs. */
    private static Outcome replay(byte[] module, JsonNode answer, Way way)
            throws InterruptedException {
        if (way == Way.SPLIT) {
            System.setProperty(SPLIT_BYTES, TINY);
        } else {
            System.clearProperty(SPLIT_BYTES);
        }
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Runnable work = () -> outcome.complete(new Replay(module, answer, STACK_BUDGET).run());
        Thread thread = new Thread(null, work, "replay", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            return outcome.get(HANG_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            StringBuilder where = new StringBuilder();
            for (StackTraceElement each : thread.getStackTrace()) {
                where.append(each).append('\n');
            }
            return Outcome.differs("hangs", where.toString());
        } catch (java.util.concurrent.ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    // Differences

    private void keep(String name, long index, byte[] module, JsonNode answer, Outcome outcome)
            throws IOException, InterruptedException {
        Path kept = Files.createDirectories(folder.resolve(seed + "-" + name));
        Path file = kept.resolve("module.wasm");
        Files.write(file, module);
        smith.print(file);
        Files.writeString(kept.resolve("wasmtime.json"), answer.toPrettyString());
        String again =
                "spectest/differential.sh -Dseed=%d -Dfirst=%d -Dcount=1%n".formatted(seed, index);
        Files.writeString(
                kept.resolve("difference.txt"),
                again + outcome.what() + "\n" + outcome.detail() + "\n");
        differences.add(kept + ": " + outcome.what());
    }

    /** One of each kind, as it takes minutes. */
    private void shrinkFirst(String name, Way way, Outcome outcome)
            throws IOException, InterruptedException {
        if (shrunk.size() < SHRINKS_MAX && shrunk.add(outcome.what())) {
            shrink(folder.resolve(seed + "-" + name + "/module.wasm"), way, outcome);
        }
    }

    private void shrink(Path module, Way way, Outcome outcome)
            throws IOException, InterruptedException {
        Path smaller = module.resolveSibling("smaller.wasm");
        new Shrinking(smith, candidate -> isSame(candidate, way, outcome)).shrink(module, smaller);
        if (Files.exists(smaller)) {
            smith.print(smaller);
            Outcome still = replay(smaller, way);
            Files.writeString(
                    module.resolveSibling("smaller.txt"), still.what() + "\n" + still.detail());
        }
    }

    /** {@return whether a candidate shows a difference of the same kind} */
    private boolean isSame(Path candidate, Way way, Outcome outcome) {
        try {
            Outcome now = replay(candidate, way);
            return now.isDifferent() && now.what().equals(outcome.what());
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Outcome replay(Path module, Way way) throws IOException, InterruptedException {
        JsonNode answer = oracle.ask(module, seed, ROUNDS);
        return replay(Files.readAllBytes(module), answer, way);
    }
}
