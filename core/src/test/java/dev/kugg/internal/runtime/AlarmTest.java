package dev.kugg.internal.runtime;

import static dev.kugg.internal.Code.EMPTY;
import static dev.kugg.internal.opcode.Opcode.*;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kugg.Instance;
import dev.kugg.InterruptionException;
import dev.kugg.WasmModule;
import dev.kugg.internal.Code;
import dev.kugg.internal.TestModule;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** When a module's alarm rings, and that loops hear it, compiled before or behind that. */
@Timeout(60)
class AlarmTest {
    private static final long SECOND_NANOS = 1_000_000_000;

    /**
     * {@code run(n)}: n trips that a JIT cannot count, endless for -1; {@code nop} does nothing.
     */
    private static WasmModule module() {
        TestModule module = new TestModule();
        Code body = new Code().loop(EMPTY);
        body.get(0).i32(1).op(I32_AND).when(EMPTY).get(1).i32(3).op(I32_MUL).set(1).end();
        body.get(1).i32(5).op(I32_ADD).set(1);
        body.get(0).i32(-1).op(I32_NE).when(EMPTY).get(0).i32(1).op(I32_SUB).set(0).end();
        body.get(0).brIf(0).end();
        module.exportFunc("run", module.func("i:", "i", body));
        module.exportFunc("nop", module.func(":", "", new Code()));
        return module.load();
    }

    private static boolean rings(Instance instance) {
        return ((InstanceState) instance).alarm().rings();
    }

    private static void warmUp(Instance instance) {
        long end = System.nanoTime() + SECOND_NANOS;
        while (System.nanoTime() < end) {
            instance.func("run").call(1_000_000);
        }
    }

    private static void stopsAtOnce(Instance instance) {
        CompletableFuture<Void> interrupted =
                CompletableFuture.runAsync(
                        instance::interrupt,
                        CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS));
        long start = System.nanoTime();
        assertThatThrownBy(() -> instance.func("run").call(-1))
                .isInstanceOf(InterruptionException.class);
        assertThat(System.nanoTime() - start).isLessThan(2 * SECOND_NANOS);
        interrupted.join();
    }

    @Test
    void codeThatNeverLookedStopsAndSoDoesWhatIsCompiledLater() {
        WasmModule module = module();
        try (Instance instance = module.start();
                Instance other = module.start()) {
            warmUp(instance);
            assertThat(rings(instance)).isFalse();
            stopsAtOnce(instance);
            assertThat(rings(instance)).isTrue();
            assertThat(rings(other)).as("the module's other instance").isTrue();
            warmUp(other);
            stopsAtOnce(other);
            stopsAtOnce(instance);
        }
    }

    @Test
    void modulesAreAloneWithTheirs() {
        try (Instance instance = module().start();
                Instance stranger = module().start()) {
            stopsAtOnce(instance);
            assertThat(rings(stranger)).isFalse();
        }
    }

    @Test
    void aDeadlineRings() {
        try (Instance instance = module().builder().timeout(Duration.ofMillis(50)).start()) {
            instance.func("nop").call();
            assertThat(rings(instance)).as("in time").isFalse();
            assertThatThrownBy(() -> instance.func("run").call(-1))
                    .isInstanceOf(InterruptionException.class);
            assertThat(rings(instance)).isTrue();
        }
    }

    @Test
    void whatIsAskedForWhileNobodyIsInsideDoesNot() {
        Instance instance = module().start();
        instance.interrupt();
        assertThatThrownBy(() -> instance.func("run").call(-1))
                .isInstanceOf(InterruptionException.class);
        instance.close();
        assertThat(rings(instance)).isFalse();
    }
}
