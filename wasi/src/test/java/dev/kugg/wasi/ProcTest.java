package dev.kugg.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kugg.ExitException;
import dev.kugg.HostCall;
import dev.kugg.Instance;
import dev.kugg.Kugg;
import dev.kugg.types.FuncType;
import dev.kugg.types.ValType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** proc_exit, proc_raise, sched_yield. */
class ProcTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 255, 256, 70_000, Integer.MAX_VALUE, -1})
    void exitUnwindsWithItsCode(int code) {
        try (Instance instance = start()) {
            assertExit(instance, "exit", code);
            assertThat(instance.func("ok").call()).as("usable afterwards").containsExactly(7);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 70_000, -1})
    void exitUnwindsThroughTheHost(int code) {
        try (Instance instance = start()) {
            assertExit(instance, "nested", code);
            assertThat(instance.func("ok").call()).as("usable afterwards").containsExactly(7);
        }
    }

    @Test
    void raisingIsNotSupported() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
            assertThat(guest.call("proc_raise", 2)).isEqualTo(Preview1Guest.NOTSUP);
        }
    }

    @Test
    void yieldingSucceeds() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
            assertThat(guest.call("sched_yield")).isZero();
        }
    }

    private static void assertExit(Instance instance, String function, int code) {
        assertThatThrownBy(() -> instance.func(function).call(code))
                .isInstanceOfSatisfying(
                        ExitException.class, exit -> assertThat(exit.code()).isEqualTo(code))
                .hasMessage("exit code " + Integer.toUnsignedString(code));
    }

    private static Instance start() {
        return Kugg.module(ProcTest.class, "exit.wasm")
                .with(Wasi.preview1())
                .with(
                        imports ->
                                imports.function(
                                        "host", "again", FuncType.of(ValType.I32), ProcTest::again))
                .start();
    }

    private static void again(HostCall call) {
        call.instance().func("exit").call(call.i32(0));
    }
}
