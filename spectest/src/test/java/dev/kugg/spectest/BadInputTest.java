package dev.kugg.spectest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.spectest.Specimens.Specimen;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Broken modules, made of every module at hand: whatever the bytes, loading ends in a module or in
 * a documented outcome, soon, and in the same verdict as an oracle's; what still loads is started
 * and run for a while, and that too ends in documented ways and in time. A few mutants of each
 * always; as many as wanted with {@code spectest/badinput.sh}.
 */
final class BadInputTest {
    private static final boolean MANY = Boolean.getBoolean("kugg.badinput");

    /** One made with a compiler, one larger, and one of random code. */
    private static final Set<String> IN_FULL =
            Set.of(
                    "examples/reactor/src/main/zig/reactor.wasm",
                    "bench/corpus/seed.wasm",
                    "generated");

    private static final int PER_MODULE = 2_000;
    private static final int FEW = 40;

    /** Of larger modules there are fewer mutants, in proportion; of the suite's small ones too. */
    private static final long FULL_BYTES = MANY ? 300_000 : 10_000;

    private static final int SMALL_SHARE = 10;

    private static final int EVERY_PREFIX_BYTES = MANY ? 10_240 : 2_048;
    private static final int RUN_SHARE = 10;
    private static final long HANG_MILLIS = 60_000;

    private final long seed = Settings.seed(MANY ? System.currentTimeMillis() : 1);
    private final int count = Settings.count("count", MANY ? PER_MODULE : FEW);
    private final int countInFull = Settings.count("count", PER_MODULE);
    private final String only = System.getProperty("only", "");

    @Test
    void everyModule() throws Exception {
        List<Specimen> specimens =
                Specimens.all(MANY ? 20 : 100).stream()
                        .filter(each -> each.name().contains(only))
                        .toList();
        assertThat(specimens).as("modules with \"%s\" in their names", only).isNotEmpty();
        try (BadInput input = new BadInput()) {
            Work work =
                    () -> {
                        for (Specimen each : specimens) {
                            judge(input, each);
                        }
                    };
            watch(work, input);
            System.out.println("bad input: seed " + seed + ", " + input.report());
            assertThat(input.wrong()).isEmpty();
        }
    }

    private void judge(BadInput input, Specimen specimen) throws Exception {
        byte[] bytes = specimen.bytes();
        int mutants = mutants(specimen);
        int prefixes = bytes.length <= EVERY_PREFIX_BYTES ? bytes.length : mutants;
        input.prefixes(specimen.name(), bytes, prefixes);
        input.mutants(specimen.name(), bytes, seed, mutants, Math.max(2, mutants / RUN_SHARE));
        if (MANY && !specimen.small()) {
            System.out.println(
                    "%4d s: %s, %d mutants".formatted(input.seconds(), specimen.name(), mutants));
        }
    }

    private int mutants(Specimen specimen) {
        if (IN_FULL.contains(specimen.name())) {
            return countInFull;
        }
        long sizeBytes = Math.max(1, specimen.bytes().length);
        long share = count * Math.min(FULL_BYTES, sizeBytes) / sizeBytes;
        return (int) Math.max(2, specimen.small() ? share / SMALL_SHARE : share);
    }

    private interface Work {
        void run() throws Exception;
    }

    /** On another thread, which is left alone with what it does if that hangs. */
    private static void watch(Work work, BadInput input) throws Exception {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Runnable whole =
                () -> {
                    try {
                        work.run();
                        end.complete(null);
                    } catch (Throwable e) {
                        end.completeExceptionally(e);
                    }
                };
        Thread thread = Thread.ofPlatform().daemon().start(whole);
        while (!thread.join(Duration.ofSeconds(1))) {
            assertThat(input.currentMillis())
                    .as("%s: now in %s", input.current(), List.of(thread.getStackTrace()))
                    .isLessThan(HANG_MILLIS);
        }
        end.get();
    }
}
