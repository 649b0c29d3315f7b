package dev.kugg.spectest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kugg.Func;
import dev.kugg.Instance;
import dev.kugg.Memory;
import dev.kugg.Table;
import dev.kugg.TrapException;
import dev.kugg.UninstantiableException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * Traps: their messages, what their stack traces show, and that the instance goes on as if nothing
 * had been.
 */
final class TrapsTest {
    private final Instance calc = Guests.calc();

    @AfterEach
    void close() {
        calc.close();
    }

    @Test
    void eachTrapLeavesTheInstanceUsable() {
        traps("unreachable", "unreachable");
        traps("integer divide by zero", "div", 1, 0);
        traps("integer overflow", "div", Integer.MIN_VALUE, -1);
        traps("invalid conversion to integer", "trunc", Double.NaN);
        traps("integer overflow", "trunc", 1e10);
        traps("out of bounds memory access", "load", -1);
        traps("out of bounds memory access", "load", 65_533);
        traps("out of bounds memory access", "store", 65_536, 1);
        traps("out of bounds memory access", "fillMemory", 65_530, 7);
        traps("out of bounds table access", "setTable", 4);
        traps("undefined element", "apply", 4, 0);
        traps("undefined element", "apply", -1, 0);
        traps("uninitialized element", "apply", 3, 0);
        traps("indirect call type mismatch", "apply", 1, 0);
    }

    private void traps(String message, String func, Object... arguments) {
        Throwable trap = catchThrowable(() -> calc.func(func).invoke(arguments));
        assertThat(trap).isInstanceOf(TrapException.class);
        assertThat(trap.getMessage()).startsWith(message);
        assertThat(((TrapException) trap).kind()).isEqualTo("trap");
        assertThat(calc.func("add").call(20, 22)).containsExactly(42);
        assertThat(calc.func("apply").call(0, 41)).containsExactly(42);
    }

    @Test
    void partsOfAnAccessThatTrapsChangeNothing() {
        Memory memory = calc.memory("memory");
        memory.fill(65_500, 36, (byte) 9);
        catchThrowable(() -> calc.func("store").call(65_533, 0));
        catchThrowable(() -> calc.func("fillMemory").call(65_530, 7));
        for (int address = 65_500; address < 65_536; address++) {
            assertThat(memory.readByte(address)).isEqualTo((byte) 9);
        }
    }

    @Test
    void growthSeenByHostAndGuest() {
        Memory memory = calc.memory("memory");
        assertThat(memory.grow(1)).isEqualTo(1);
        assertThat(calc.func("size").call()).containsExactly(2);
        calc.func("store").call(70_000, 5);
        assertThat(memory.readInt(70_000)).isEqualTo(5);
        assertThat(memory.grow(2)).isEqualTo(-1);
        assertThat(memory.sizePages()).isEqualTo(2);
        Table table = calc.table("table");
        assertThat(table.grow(2, calc.func("add"))).isEqualTo(4);
        assertThat(((Func) table.get(5)).call(1, 2)).containsExactly(3);
        assertThat(table.grow(100, null)).isEqualTo(-1);
    }

    @Test
    void stackTraceShowsTheGuestsFunctionsAmongTheHosts() {
        Throwable trap = catchThrowable(() -> calc.func("outer").call());
        String text = printed(trap);
        assertThat(text)
                .containsSubsequence(
                        "calc.wasm!unreachable",
                        "calc.wasm!middle",
                        "calc.wasm!outer",
                        "stackTraceShowsTheGuestsFunctions");
        assertThat(trap.getStackTrace()[0].toString())
                .isEqualTo("calc.wasm!unreachable(calc.wasm)");
    }

    @Test
    void traceOfAStartFunction() {
        Throwable failure = catchThrowable(() -> Guests.load("failing-start.wasm").start());
        assertThat(failure).isInstanceOf(UninstantiableException.class);
        assertThat(failure.getCause()).isInstanceOf(TrapException.class).hasMessage("unreachable");
        assertThat(printed(failure)).contains("failing-start.wasm!main");
    }

    @Test
    void traceThroughAHostFunction() {
        Func div = calc.func("div");
        try (Instance caller = Guests.caller(call -> div.call(1, 0))) {
            String text = printed(catchThrowable(() -> caller.func("call").call(1)));
            assertThat(text).containsSubsequence("calc.wasm!div", "TrapsTest", "caller.wasm!");
        }
    }

    private static String printed(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
