package dev.kugg.spectest;

import static dev.kugg.types.ValType.I32;
import static dev.kugg.types.ValType.I64;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kugg.Func;
import dev.kugg.Global;
import dev.kugg.Host;
import dev.kugg.Imports;
import dev.kugg.Instance;
import dev.kugg.InvalidException;
import dev.kugg.Kugg;
import dev.kugg.MalformedException;
import dev.kugg.Memory;
import dev.kugg.Table;
import dev.kugg.UninstantiableException;
import dev.kugg.UnlinkableException;
import dev.kugg.types.FuncType;
import dev.kugg.types.GlobalType;
import dev.kugg.types.Limits;
import dev.kugg.types.MemoryType;
import dev.kugg.types.RefType;
import dev.kugg.types.TableType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** Mistakes in the use of the library each give a message that says what is wrong, and where. */
final class ErrorMessagesTest {
    private final Instance calc = Guests.calc();

    @AfterEach
    void close() {
        calc.close();
    }

    // Loading

    @Test
    void unreadableFileAndMissingResource(@TempDir Path folder) {
        Path missing = folder.resolve("missing.wasm");
        assertThatThrownBy(() -> Kugg.module(missing))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("missing.wasm");
        assertThatThrownBy(() -> Kugg.module(folder)).isInstanceOf(IOException.class);
        says(
                () -> Kugg.module(ErrorMessagesTest.class, "missing.wasm"),
                IllegalArgumentException.class,
                "missing.wasm",
                "ErrorMessagesTest");
    }

    @Test
    void brokenModules(@TempDir Path folder) throws IOException {
        says(
                () -> Kugg.module("empty.wasm", new byte[0]),
                MalformedException.class,
                "empty.wasm",
                "unexpected end");
        Path text = Files.writeString(folder.resolve("text.wasm"), "(module)");
        says(() -> Kugg.module(text), MalformedException.class, "text.wasm", "magic header");
        byte[] calc = Shared.resource("calc.wasm");
        byte[] half = java.util.Arrays.copyOf(calc, calc.length / 2);
        says(
                () -> Kugg.module("half.wasm", half),
                MalformedException.class,
                "half.wasm",
                "at byte ");
        byte[] invalid = TestModule.invalidBody();
        says(
                () -> Kugg.module("invalid.wasm", invalid),
                InvalidException.class,
                "invalid.wasm",
                "type mismatch",
                "func");
    }

    // Exports

    @Test
    void missingExports() {
        says(() -> calc.func("subtract"), IllegalArgumentException.class, "subtract", "add, ");
        says(() -> calc.func("memory"), IllegalArgumentException.class, "memory", "func");
        says(() -> calc.memory("heap"), IllegalArgumentException.class, "heap");
        says(() -> calc.memory("add"), IllegalArgumentException.class, "add", "memory");
        says(() -> calc.table("memory"), IllegalArgumentException.class, "memory", "table");
        says(() -> calc.global("countdown"), IllegalArgumentException.class, "countdown");
    }

    // Arguments

    @Test
    void wrongArguments() {
        Func add = calc.func("add");
        says(() -> add.call(1), IllegalArgumentException.class, "2", "1", "[i32 i32] -> [i32]");
        says(() -> add.invoke(1, 2, 3), IllegalArgumentException.class, "2", "3");
        says(() -> add.invoke(1, "2"), IllegalArgumentException.class, "i32", "String");
        says(() -> add.invoke(1, 2L), IllegalArgumentException.class, "i32", "Long");
        says(() -> add.invoke(1, null), IllegalArgumentException.class, "i32", "null");
        says(
                () -> calc.func("sameExtern").call(0),
                IllegalArgumentException.class,
                "externref",
                "invoke");
        says(
                () -> calc.func("sameFunc").invoke("f"),
                IllegalArgumentException.class,
                "funcref",
                "String");
    }

    @Test
    void wrongUseOfMemoryTableAndGlobal() {
        Memory memory = calc.memory("memory");
        says(() -> memory.readInt(65_533), IndexOutOfBoundsException.class, "65533", "65536");
        says(() -> memory.readByte(-1), IndexOutOfBoundsException.class, "-1");
        says(() -> memory.readLong(Long.MAX_VALUE), IndexOutOfBoundsException.class, "65536");
        says(() -> memory.readBytes(0, -1), RuntimeException.class, "-1");
        says(
                () -> memory.writeBytes(65_535, new byte[2]),
                IndexOutOfBoundsException.class,
                "65536");
        says(() -> memory.fill(1, 65_536, (byte) 1), IndexOutOfBoundsException.class, "65536");
        says(() -> memory.grow(-1), IllegalArgumentException.class, "-1");
        says(() -> memory.readCString(65_536), IndexOutOfBoundsException.class, "65536");

        Table table = calc.table("table");
        says(() -> table.get(4), IndexOutOfBoundsException.class, "4");
        says(() -> table.get(-1), IndexOutOfBoundsException.class, "-1");
        says(() -> table.get(1L << 32), IndexOutOfBoundsException.class, "4294967296");
        says(() -> table.set(0, "x"), IllegalArgumentException.class, "funcref", "String");
        says(() -> table.grow(-1, null), IllegalArgumentException.class, "-1");

        Global count = calc.global("count");
        says(() -> count.set(1), IllegalArgumentException.class, "i64", "Integer");
        says(() -> calc.global("constant").set(1), IllegalStateException.class, "mutable");
        GlobalType i32 = new GlobalType(I32, false);
        says(() -> Global.create(i32, 1L), IllegalArgumentException.class, "i32", "Long");
    }

    @Test
    void builderRanges() {
        var builder = Guests.load("calc.wasm").builder();
        says(
                () -> builder.timeout(Duration.ofNanos(-1)),
                IllegalArgumentException.class,
                "negative");
        says(() -> builder.stackBudget(16_383), IllegalArgumentException.class, "16383");
        says(
                () -> builder.stackBudget((1 << 30) + 1),
                IllegalArgumentException.class,
                "1073741825");
        says(() -> builder.run(), UnlinkableException.class, "_start");
    }

    // Imports

    @Test
    void missingImports() {
        says(
                () -> Guests.load("importer.wasm").start(),
                UnlinkableException.class,
                "unknown import",
                "env",
                "twice",
                "importer.wasm");
        unlinkable(imports -> imports.extern("env", "memory", memory(0)), "memory");
    }

    @Test
    void importsOfTheWrongType() {
        Limits two = new Limits(2, 10);
        TableType externs = new TableType(two, RefType.EXTERNREF);
        Global mutable = Global.create(new GlobalType(I32, true), 1);
        Global narrow = Global.create(new GlobalType(I32, true), 1);
        FuncType other = FuncType.of(I64).to(I32);
        unlinkable(
                imports -> imports.function("env", "twice", other, call -> {}),
                "twice",
                "[i64] -> [i32]",
                "[i32] -> [i32]");
        unlinkable(imports -> imports.extern("env", "twice", memory(1)), "twice", "memory");
        unlinkable(imports -> imports.extern("env", "memory", memory(9)), "memory", "9");
        unlinkable(
                imports -> imports.extern("env", "table", Table.create(externs, null)),
                "table",
                "externref");
        unlinkable(imports -> imports.extern("env", "offset", mutable), "offset", "mut i32");
        unlinkable(imports -> imports.extern("env", "count", narrow), "count", "i64", "i32");
        unlinkable(
                imports ->
                        imports.extern(
                                "env", "memory", Memory.create(new MemoryType(Limits.atLeast(1)))),
                "memory",
                "memory 1 4");
    }

    @Test
    void segmentsThatDoNotFitAndStartsThatTrap() {
        says(
                () ->
                        Guests.load("failing.wasm")
                                .with(imports -> imports.extern("env", "memory", memory(2)))
                                .start(),
                UninstantiableException.class,
                "out of bounds memory access");
        says(
                () -> Guests.load("failing-start.wasm").start(),
                UninstantiableException.class,
                "unreachable");
    }

    // Host functions

    @Test
    void wrongUseOfAHostCall() {
        hostMistake(call -> call.i64(0), "i64", "i32");
        hostMistake(call -> call.i32(1), "1");
        hostMistake(call -> call.i32(-1), "-1");
        hostMistake(call -> call.ref(0), "i32");
        hostMistake(call -> call.result(1L), "i64", "i32");
        hostMistake(call -> call.result(1, 1), "1");
        hostMistake(call -> call.refResult(0, "x"), "i32");
    }

    private static void hostMistake(dev.kugg.HostFunction mistake, String... parts) {
        try (Instance caller = Guests.caller(mistake)) {
            says(() -> caller.func("call").call(1), IllegalArgumentException.class, parts);
        }
    }

    private static Memory memory(int max) {
        return Memory.create(new MemoryType(new Limits(Math.min(max, 1), max)));
    }

    /** The imports of {@code importer.wasm} with one of them replaced. */
    private static void unlinkable(Host wrong, String... parts) {
        Host right = ErrorMessagesTest::rightImports;
        says(
                () -> Guests.load("importer.wasm").with(right).with(wrong).start(),
                UnlinkableException.class,
                parts);
    }

    private static void rightImports(Imports imports) {
        TableType table = new TableType(new Limits(2, 10), RefType.FUNCREF);
        imports.function("env", "twice", Guests.UNARY, call -> call.result(2 * call.i32(0)))
                .extern("env", "memory", memory(4))
                .extern("env", "table", Table.create(table, null))
                .extern("env", "offset", Global.create(new GlobalType(I32, false), 100))
                .extern("env", "count", Global.create(new GlobalType(I64, true), 0L));
    }

    private static void says(
            ThrowingCallable action, Class<? extends Throwable> type, String... parts) {
        assertThatThrownBy(action).isInstanceOf(type).message().isNotEmpty().contains(parts);
    }
}
