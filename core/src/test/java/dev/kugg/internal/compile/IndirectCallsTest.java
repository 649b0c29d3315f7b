package dev.kugg.internal.compile;

import static dev.kugg.internal.opcode.Opcode.*;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kugg.Func;
import dev.kugg.Host;
import dev.kugg.Instance;
import dev.kugg.Table;
import dev.kugg.TrapException;
import dev.kugg.internal.Code;
import dev.kugg.internal.TestModule;
import dev.kugg.types.FuncType;
import dev.kugg.types.ValType;

import org.junit.jupiter.api.Test;

/** Calls through tables: of own functions, other instances' and the host's. */
class IndirectCallsTest {
    private static final String UNARY = "i:i";

    /** A module with a table of functions that add their number, and {@code call(arg, index)}. */
    private static TestModule adders(int count) {
        TestModule module = new TestModule();
        module.exportTable("table", module.table('r', count + 2, TestModule.NO_MAX));
        int[] funcs = new int[count];
        for (int i = 0; i < count; i++) {
            funcs[i] = module.func(UNARY, "", new Code().get(0).i32(i).op(I32_ADD));
        }
        module.elem(0, new Code().i32(0), funcs);
        addCall(module);
        return module;
    }

    private static void addCall(TestModule module) {
        Code code = new Code().get(0).get(1).callIndirect(module.type(UNARY), 0);
        module.func("call", "ii:i", "", code);
    }

    private static void assertTrap(Func func, String message, long... args) {
        assertThatThrownBy(() -> func.call(args))
                .isInstanceOf(TrapException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void allFunctionsOfATypeAreReached() {
        for (int count : new int[] {1, 127, 128, 129, 256, 257, 1000}) {
            Func call = adders(count).start().func("call");
            for (int i = 0; i < count; i++) {
                assertThat(call.call(10_000, i))
                        .as("%d of %d", i, count)
                        .containsExactly(10_000 + i);
            }
        }
    }

    @Test
    void aTreeOfThreeLevels() {
        int count = 16_385;
        Func call = adders(count).start().func("call");
        for (int i : new int[] {0, 127, 128, 255, 256, 16_256, 16_383, 16_384}) {
            assertThat(call.call(1, i)).containsExactly(1 + i);
        }
    }

    @Test
    void nothingAndNowhereTrap() {
        Func call = adders(5).start().func("call");
        assertTrap(call, "uninitialized element 5", 0, 5);
        assertTrap(call, "uninitialized element 6", 0, 6);
        assertTrap(call, "undefined element", 0, 7);
        assertTrap(call, "undefined element", 0, -1);
        assertTrap(call, "undefined element", 0, Integer.MIN_VALUE);
        assertThat(call.call(1, 4)).containsExactly(5);
    }

    @Test
    void anotherTypeTraps() {
        TestModule module = new TestModule();
        module.table('r', 4, 4);
        int wide = module.func("l:l", "", new Code().get(0));
        int action = module.func(":", "", new Code());
        int right = module.func(UNARY, "", new Code().get(0));
        module.elem(0, new Code().i32(0), wide, action, right);
        addCall(module);
        Func call = module.start().func("call");
        assertTrap(call, "indirect call type mismatch", 1, 0);
        assertTrap(call, "indirect call type mismatch", 1, 1);
        assertThat(call.call(1, 2)).containsExactly(1);
    }

    @Test
    void equalTypesAreOneType() {
        TestModule module = new TestModule();
        int first = module.addType(UNARY);
        int second = module.addType(UNARY);
        module.table('r', 1, 1);
        int func = module.func(UNARY, "", new Code().get(0).i32(1).op(I32_ADD));
        module.elem(0, new Code().i32(0), func);
        module.func("first", UNARY, "", new Code().get(0).i32(0).callIndirect(first, 0));
        module.func("second", UNARY, "", new Code().get(0).i32(0).callIndirect(second, 0));
        Instance instance = module.start();
        assertThat(instance.func("first").call(1)).containsExactly(2);
        assertThat(instance.func("second").call(1)).containsExactly(2);
    }

    @Test
    void functionsOfAnotherInstance() {
        TestModule others = new TestModule();
        int global = others.global('i', true, new Code().i32(100));
        Code code = new Code().get(0).op(GLOBAL_GET, global).op(I32_ADD).op(GLOBAL_SET, global);
        others.func("add", UNARY, "", code.op(GLOBAL_GET, global));
        others.func("wide", "l:l", "", new Code().get(0));
        others.func("divide", UNARY, "", new Code().i32(1).get(0).op(I32_DIV_S));
        Instance other = others.start();
        Instance instance = adders(3).start();
        Table table = instance.table("table");
        table.set(0, other.func("add"));
        table.set(1, other.func("wide"));
        table.set(3, other.func("divide"));
        Func call = instance.func("call");
        assertThat(call.call(5, 0)).containsExactly(105);
        assertThat(call.call(5, 0)).containsExactly(110);
        assertTrap(call, "indirect call type mismatch", 5, 1);
        assertTrap(call, "integer divide by zero", 0, 3);
        assertThat(call.call(5, 2)).containsExactly(7);
    }

    @Test
    void functionsOfAnotherInstanceOfTheSameModule() {
        TestModule module = adders(200);
        var loaded = module.load();
        Instance one = loaded.start();
        Instance two = loaded.start();
        one.table("table").set(0, two.table("table").get(150));
        assertThat(one.func("call").call(1, 0)).containsExactly(151);
        assertThat(two.func("call").call(1, 0)).containsExactly(1);
    }

    @Test
    void allTypesPassBetweenInstances() {
        String type = "ilfdrx:xrdfli";
        TestModule others = new TestModule();
        Code swap = new Code().get(5).get(4).get(3).get(2).get(1).get(0);
        others.func("swap", type, "", swap);
        Instance other = others.start();
        TestModule module = new TestModule();
        int imported = module.importFunc("other", "swap", type);
        module.exportTable("table", module.table('r', 1, 1));
        module.elem(0, new Code().i32(0), imported);
        Code args = new Code().get(0).get(1).get(2).get(3).get(4).get(5);
        module.func("direct", type, "", new Code().add(args).call(imported));
        Code indirect = new Code().add(args).i32(0).callIndirect(module.type(type), 0);
        module.func("indirect", type, "", indirect);
        module.exportFunc("again", imported);
        Instance instance =
                module.load().with(imports -> imports.exportsOf("other", other)).start();
        Func func = other.func("swap");
        for (String name : new String[] {"direct", "indirect", "again"}) {
            assertThat(instance.func(name).invoke(1, 2L, 3f, 4.0, func, "six"))
                    .as(name)
                    .containsExactly("six", func, 4.0, 3f, 2L, 1);
            assertThat(instance.func(name).invoke(-1, -2L, -3f, -4.0, null, null))
                    .as(name)
                    .containsExactly(null, null, -4.0, -3f, -2L, -1);
        }
        assertThat(instance.func("again")).isSameAs(func);
    }

    @Test
    void functionsOfTheHostInATable() {
        TestModule module = new TestModule();
        int twice = module.importFunc("host", "twice", UNARY);
        int wide = module.importFunc("host", "wide", "l:l");
        module.exportTable("table", module.table('r', 3, 3));
        module.elem(0, new Code().i32(0), twice, wide);
        module.exportFunc("twice", twice);
        addCall(module);
        FuncType type = FuncType.of(ValType.I32).to(ValType.I32);
        Host host =
                imports ->
                        imports.function("host", "twice", type, c -> c.result(2 * c.i32(0)))
                                .function(
                                        "host",
                                        "wide",
                                        FuncType.of(ValType.I64).to(ValType.I64),
                                        c -> c.result(c.i64(0)));
        Instance instance = module.load().with(host).start();
        assertThat(instance.func("call").call(21, 0)).containsExactly(42);
        assertTrap(instance.func("call"), "indirect call type mismatch", 21, 1);
        assertThat(instance.func("twice").call(4)).containsExactly(8);
        assertThat(instance.func("twice").type()).isEqualTo(type);
        assertThat(instance.table("table").get(0)).isSameAs(instance.func("twice"));
        Instance other = adders(1).start();
        other.table("table").set(0, instance.func("twice"));
        assertThat(other.func("call").call(30, 0)).containsExactly(60);
    }

    @Test
    void referencesToFunctionsInCode() {
        TestModule module = new TestModule();
        int inc = module.func("inc", UNARY, "", new Code().get(0).i32(1).op(I32_ADD));
        module.exportTable("table", module.table('r', 1, 5));
        module.declare(inc);
        module.func("ref", ":r", "", new Code().op(REF_FUNC, inc));
        module.func("null", ":r", "", new Code().refNull('r'));
        module.func("isNull", "r:i", "", new Code().get(0).op(REF_IS_NULL));
        module.func("set", "ir:", "", new Code().get(0).get(1).op(TABLE_SET, 0));
        module.func("get", "i:r", "", new Code().get(0).op(TABLE_GET, 0));
        module.func("grow", "ri:i", "", new Code().get(0).get(1).op(TABLE_GROW, 0));
        module.func("size", ":i", "", new Code().op(TABLE_SIZE, 0));
        module.func("fill", "iri:", "", new Code().get(0).get(1).get(2).op(TABLE_FILL, 0));
        addCall(module);
        Instance instance = module.start();
        Object ref = instance.func("ref").invoke()[0];
        assertThat(ref).isSameAs(instance.func("inc"));
        assertThat(instance.func("null").invoke()).containsExactly((Object) null);
        assertThat(instance.func("isNull").invoke((Object) null)).containsExactly(1);
        assertThat(instance.func("isNull").invoke(ref)).containsExactly(0);
        instance.func("set").invoke(0, ref);
        assertThat(instance.func("get").invoke(0)).containsExactly(ref);
        assertThat(instance.func("call").call(1, 0)).containsExactly(2);
        assertThat(instance.func("grow").invoke(ref, 3)).containsExactly(1);
        assertThat(instance.func("call").call(1, 3)).containsExactly(2);
        assertThat(instance.func("grow").invoke(ref, 2)).containsExactly(-1);
        assertThat(instance.func("grow").invoke(ref, -1)).containsExactly(-1);
        assertThat(instance.func("size").call()).containsExactly(4);
        instance.func("fill").invoke(1, null, 3);
        assertTrap(instance.func("call"), "uninitialized element", 0, 3);
        for (int index : new int[] {4, -1, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> instance.func("get").invoke(index))
                    .isInstanceOf(TrapException.class)
                    .hasMessage("out of bounds table access");
            assertThatThrownBy(() -> instance.func("set").invoke(index, null))
                    .hasMessage("out of bounds table access");
        }
        assertThatThrownBy(() -> instance.func("fill").invoke(2, null, 3))
                .hasMessage("out of bounds table access");
    }

    @Test
    void tablesAreCopiedAndInitialised() {
        TestModule module = new TestModule();
        int one = module.func("one", ":i", "", new Code().i32(1));
        int two = module.func("two", ":i", "", new Code().i32(2));
        module.exportTable("a", module.table('r', 4, 4));
        module.exportTable("b", module.table('r', 4, 4));
        int elem = module.passiveElem(one, two, one);
        Code args = new Code().get(0).get(1).get(2);
        module.func("init", "iii:", "", new Code().add(args).op(TABLE_INIT, elem, 0));
        module.func("drop", ":", "", new Code().op(ELEM_DROP, elem));
        module.func("copy", "iii:", "", new Code().add(args).op(TABLE_COPY, 1, 0));
        module.func("shift", "iii:", "", new Code().add(args).op(TABLE_COPY, 0, 0));
        Instance instance = module.start();
        Func first = instance.func("one");
        Func second = instance.func("two");
        instance.func("init").call(1, 0, 3);
        assertTable(instance.table("a"), null, first, second, first);
        instance.func("copy").call(0, 1, 2);
        assertTable(instance.table("b"), first, second, null, null);
        instance.func("shift").call(0, 1, 3);
        assertTable(instance.table("a"), first, second, first, first);
        instance.func("shift").call(1, 0, 3);
        assertTable(instance.table("a"), first, first, second, first);
        assertTrap(instance.func("init"), "out of bounds table access", 2, 0, 3);
        assertTrap(instance.func("init"), "out of bounds table access", 0, 1, 3);
        assertTrap(instance.func("copy"), "out of bounds table access", 0, 2, 3);
        assertTrap(instance.func("copy"), "out of bounds table access", -1, 0, 2);
        instance.func("drop").call();
        assertTrap(instance.func("init"), "out of bounds table access", 0, 0, 1);
        instance.func("init").call(4, 0, 0);
        assertTable(instance.table("a"), first, first, second, first);
    }

    private static void assertTable(Table table, Func... funcs) {
        for (int i = 0; i < funcs.length; i++) {
            assertThat(table.get(i)).as("element %d", i).isSameAs(funcs[i]);
        }
    }
}
