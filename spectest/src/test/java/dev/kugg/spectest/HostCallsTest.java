package dev.kugg.spectest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kugg.ExitException;
import dev.kugg.Func;
import dev.kugg.Global;
import dev.kugg.HostFunction;
import dev.kugg.Instance;
import dev.kugg.Memory;
import dev.kugg.Table;
import dev.kugg.TrapException;
import dev.kugg.types.FuncType;
import dev.kugg.types.GlobalType;
import dev.kugg.types.Limits;
import dev.kugg.types.MemoryType;
import dev.kugg.types.RefType;
import dev.kugg.types.TableType;
import dev.kugg.types.ValType;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

/**
 * Guests that call the host: values both ways, calls back, and exceptions that pass through
 * unchanged.
 */
final class HostCallsTest {
    @Test
    void valuesOfAllTypes() {
        HostFunction types =
                call -> {
                    assertThat(call.type()).isEqualTo(Guests.ALL_TYPES);
                    assertThat(call.i32(0)).isEqualTo(-1);
                    assertThat(call.i64(1)).isEqualTo(1L << 40);
                    assertThat(call.f32(2)).isEqualTo(0.5f);
                    call.result(0, call.f64(3) * 2);
                    call.result(1, call.ref(4) == call.instance() ? 1 : 2);
                };
        try (Instance caller =
                Guests.load("caller.wasm")
                        .with(Guests.callerHost(call -> {}, call -> {}, types))
                        .start()) {
            Func func = caller.func("types");
            assertThat(func.invoke(-1, 1L << 40, 0.5f, 1.5, caller)).containsExactly(3.0, 1);
            assertThat(func.invoke(-1, 1L << 40, 0.5f, 1.5, "x")).containsExactly(3.0, 2);
        }
    }

    @Test
    void resultsThatAreNotSetAreZero() {
        try (Instance caller = Guests.caller(call -> {})) {
            assertThat(caller.func("call").call(5)).containsExactly(0);
            assertThat(caller.func("types").invoke(1, 2L, 3f, 4.0, null)).containsExactly(0.0, 0);
        }
    }

    @Test
    void hostMayCallBack() {
        HostFunction host =
                call -> {
                    int n = call.i32(0);
                    // Down to the host again and again, and then a plain export.
                    String next = n < 10 ? "call" : "inc";
                    call.result((int) call.instance().func(next).call(n + 1)[0]);
                };
        try (Instance caller = Guests.caller(host)) {
            assertThat(caller.func("call").call(0)).containsExactly(12);
        }
    }

    @Test
    void hostSeesTheCallersMemory() {
        try (Instance caller = Guests.caller(call -> call.result(call.memory().readInt(8)))) {
            caller.memory("memory").writeInt(8, 1234);
            assertThat(caller.func("call").call(0)).containsExactly(1234);
        }
    }

    @Test
    void exceptionsOfTheHostPassUnchanged() {
        List<Throwable> thrown =
                List.of(
                        new IllegalStateException("mine"),
                        new IllegalArgumentException("mine"),
                        new NullPointerException("mine"),
                        new ArithmeticException("mine"),
                        new IndexOutOfBoundsException("mine"),
                        new ArrayIndexOutOfBoundsException("mine"),
                        new ClassCastException("mine"),
                        new NegativeArraySizeException("mine"),
                        new IOException("checked"),
                        new AssertionError("mine"),
                        new OutOfMemoryError("mine"),
                        new TrapException("mine"),
                        new ExitException(3));
        for (Throwable expected : thrown) {
            try (Instance caller = Guests.caller(call -> sneak(expected))) {
                Func call = caller.func("call");
                assertThat(catchThrowable(() -> call.call(1))).isSameAs(expected);
                assertThat(catchThrowable(() -> call.invoke(1))).isSameAs(expected);
                IntUnary typed = caller.func("call", IntUnary.class);
                assertThat(catchThrowable(() -> typed.apply(1))).isSameAs(expected);
                assertThat(caller.func("inc").call(1)).as("afterwards").containsExactly(2);
            }
        }
    }

    /** The exceptions of a nested call pass through both. */
    @Test
    void trapsOfANestedCallPassToo() {
        Instance calc = Guests.calc();
        Func div = calc.func("div");
        try (Instance caller = Guests.caller(call -> div.call(1, 0))) {
            assertThat(catchThrowable(() -> caller.func("call").call(1)))
                    .isInstanceOf(TrapException.class)
                    .hasMessage("integer divide by zero");
            assertThat(caller.func("inc").call(1)).containsExactly(2);
        }
        calc.close();
    }

    @Test
    void importsOfEveryKind() {
        Memory memory = Memory.create(new MemoryType(new Limits(1, 4)));
        TableType tableType = new TableType(new Limits(2, 10), RefType.FUNCREF);
        Table table = Table.create(tableType, null);
        Global count = Global.create(new GlobalType(ValType.I64, true), 5L);
        Global offset = Global.create(new GlobalType(ValType.I32, false), 100);
        FuncType unary = Guests.UNARY;
        try (Instance importer =
                Guests.load("importer.wasm")
                        .with(
                                imports ->
                                        imports.function(
                                                        "env",
                                                        "twice",
                                                        unary,
                                                        call -> call.result(2 * call.i32(0)))
                                                .extern("env", "memory", memory)
                                                .extern("env", "table", table)
                                                .extern("env", "offset", offset)
                                                .extern("env", "count", count))
                        .start()) {
            assertThat(importer.func("run").call(4)).containsExactly(108);
            assertThat(count.get()).isEqualTo(6L);
            memory.writeByte(9, (byte) 77);
            assertThat(importer.func("peek").call(9)).containsExactly(77);
            memory.grow(1);
            assertThat(importer.func("peek").call(70_000)).containsExactly(0);
        }
    }

    /** Just enough to call a function typed. */
    interface IntUnary {
        int apply(int value);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable e) throws T {
        throw (T) e;
    }
}
