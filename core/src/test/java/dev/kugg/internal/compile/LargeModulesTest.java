package dev.kugg.internal.compile;

import static dev.kugg.internal.opcode.Opcode.*;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kugg.Instance;
import dev.kugg.LimitException;
import dev.kugg.TrapException;
import dev.kugg.internal.Code;
import dev.kugg.internal.TestModule;

import org.junit.jupiter.api.Test;

/** Modules of several classes, and names of all sorts. */
class LargeModulesTest {
    private static final String SPLIT_BYTES = "kugg.test.splitBytes";

    @Test
    void manyFunctionsThatCallEachOther() {
        int count = 4500;
        TestModule module = new TestModule();
        module.func("f0", "i:i", "", new Code().get(0));
        for (int i = 1; i < count; i++) {
            int callee = i % 100 == 0 ? 0 : i - 1;
            Code code = new Code().get(0).i32(i).op(I32_XOR).call(callee);
            int func = module.func("i:i", "", code);
            if (i % 100 == 99 || i == count - 1) {
                module.exportFunc("f" + i, func);
            }
        }
        Instance instance = module.start();
        for (int last : new int[] {99, 1999, 2099, 3999, 4099, 4499}) {
            int expected = 12_345;
            for (int i = last; i % 100 != 0; i--) {
                expected ^= i;
            }
            expected ^= last / 100 * 100;
            assertThat(instance.func("f" + last).call(12_345)).containsExactly(expected);
        }
    }

    @Test
    void manyGlobals() {
        TestModule module = new TestModule();
        String kinds = "ilfd";
        int count = 2300;
        for (int i = 0; i < count; i++) {
            char kind = kinds.charAt(i % 4);
            Code init =
                    switch (kind) {
                        case 'i' -> new Code().i32(i);
                        case 'l' -> new Code().i64(i);
                        case 'f' -> new Code().f32(i);
                        default -> new Code().f64(i);
                    };
            module.global(kind, i % 8 < 4, init);
        }
        for (int i : new int[] {0, 3, 999, 1000, 1001, 2000, 2295}) {
            module.func("get" + i, ":" + kinds.charAt(i % 4), "", new Code().op(GLOBAL_GET, i));
        }
        for (int i : new int[] {0, 3, 1001, 2000}) {
            Code set = new Code().get(0).op(GLOBAL_SET, i);
            module.func("set" + i, kinds.charAt(i % 4) + ":", "", set);
        }
        module.exportGlobal("shared", 2001);
        module.exportGlobal("constant", 2292);
        module.func("getShared", ":l", "", new Code().op(GLOBAL_GET, 2001));
        Instance instance = module.start();
        assertThat(instance.func("get0").invoke()).containsExactly(0);
        assertThat(instance.func("get3").invoke()).containsExactly(3.0);
        assertThat(instance.func("get999").invoke()).containsExactly(999.0);
        assertThat(instance.func("get1000").invoke()).containsExactly(1000);
        assertThat(instance.func("get1001").invoke()).containsExactly(1001L);
        assertThat(instance.func("get2295").invoke()).containsExactly(2295.0);
        instance.func("set1001").invoke(-7L);
        instance.func("set3").invoke(-0.5);
        assertThat(instance.func("get1001").invoke()).containsExactly(-7L);
        assertThat(instance.func("get3").invoke()).containsExactly(-0.5);
        assertThat(instance.func("get1000").invoke()).containsExactly(1000);
        instance.global("shared").set(99L);
        assertThat(instance.func("getShared").invoke()).containsExactly(99L);
        assertThat(instance.global("constant").get()).isEqualTo(2292);
    }

    @Test
    void tooManyGlobalsAreRefused() {
        TestModule module = new TestModule();
        for (int i = 0; i <= 10_000; i++) {
            module.global('i', true, new Code().i32(0));
        }
        assertThatThrownBy(module::load)
                .isInstanceOf(LimitException.class)
                .hasMessageStartingWith("test.wasm has 10001 globals; the limit is 10000");
    }

    private static TestModule named(String... names) {
        TestModule module = new TestModule();
        for (int i = 0; i < names.length; i++) {
            int func = module.func(":i", "", new Code().i32(i));
            module.exportFunc("f" + i, func);
        }
        for (int i = 0; i < names.length; i++) {
            module.funcName(i, names[i]);
        }
        return module;
    }

    private static void assertRuns(String... names) {
        Instance instance = named(names).start();
        for (int i = 0; i < names.length; i++) {
            assertThat(instance.func("f" + i).call()).as(names[i]).containsExactly(i);
        }
    }

    @Test
    void namesThatTheJvmForbids() {
        assertRuns("", "<init>", "<clinit>", "a.b", "a;b", "a/b", "a[b", "a\\b", "\0", "\n", " ");
        assertRuns("main", "é", "漢字", "\ud83d\ude00", "wasm!f", "!", "#1", "std::vec<T>::push");
    }

    @Test
    void namesThatAreGivenTwice() {
        assertRuns("a", "a", "a", "a#1", "a#2");
        assertRuns("a.b", "a/b", "a_b");
        assertRuns("", "", "_");
    }

    /** What makes a second name unique must not be another's name. */
    @Test
    void namesThatLookLikeSecondOnes() {
        assertRuns("a#2", "a", "a");
        assertRuns("a#1#2", "a#1", "a#1", "a", "a");
    }

    /** The parts of a function have names of their own, and types like other functions. */
    @Test
    void namesThatLookLikeThoseOfParts() {
        String before = System.getProperty(SPLIT_BYTES);
        System.setProperty(SPLIT_BYTES, "60");
        try {
            TestModule module = new TestModule();
            String[] names = {"a", "a$1", "a$2", "a$resume", "a$1$1", "a$1#1"};
            for (String name : names) {
                Code code = new Code();
                for (int i = 0; i < 20; i++) {
                    code.op(GLOBAL_GET, 0).i32(1).op(I32_ADD);
                    code.op(GLOBAL_SET, 0).block(Code.EMPTY).i32(0).brIf(0).end();
                }
                module.func(name, ":", "", code);
            }
            module.exportGlobal("count", module.global('i', true, new Code().i32(0)));
            Instance instance = module.start();
            for (String name : names) {
                instance.func(name).call();
            }
            assertThat(instance.global("count").get()).isEqualTo(20 * names.length);
        } finally {
            if (before == null) {
                System.clearProperty(SPLIT_BYTES);
            } else {
                System.setProperty(SPLIT_BYTES, before);
            }
        }
    }

    @Test
    void longNames() {
        String longName = "x".repeat(50_000);
        assertRuns(longName, longName + "y", longName, "漢".repeat(20_000));
    }

    @Test
    void moduleNamesOfAllSorts() {
        String[] names = {
            "",
            ".",
            ".wasm",
            "a",
            "a.b.c",
            "a/b/c.wasm",
            "java.lang.Object",
            "kugg/Instance.wasm",
            "kugg.wasm",
            "[I",
            "<x>",
            "c1",
            "x".repeat(1000) + ".wasm",
            "漢字.wasm",
            "a b.wasm",
            "dev.kugg.Func"
        };
        for (String name : names) {
            TestModule module = new TestModule();
            module.func("f", ":i", "", new Code().i32(5));
            assertThat(module.load(name).start().func("f").call()).as(name).containsExactly(5);
            assertThat(module.load(name).name()).isEqualTo(name);
        }
    }

    @Test
    void stackTracesNameTheGuestsFunctions() {
        TestModule module = new TestModule();
        int fail = module.func("i:i", "", new Code().i32(1).get(0).op(I32_DIV_U));
        int call = module.func("outer", "i:i", "", new Code().get(0).call(fail));
        module.funcName(fail, "fail");
        module.funcName(call, "outer");
        Instance instance = module.load("reactor.wasm").start();
        assertThatThrownBy(() -> instance.func("outer").call(0))
                .isInstanceOf(TrapException.class)
                .satisfies(
                        e -> {
                            StackTraceElement top = e.getStackTrace()[0];
                            assertThat(top.getClassName()).isEqualTo("reactor");
                            assertThat(top.getMethodName()).isEqualTo("wasm!fail");
                            assertThat(e.getStackTrace()[1].getMethodName())
                                    .isEqualTo("wasm!outer");
                        });
    }

    @Test
    void manyTypes() {
        TestModule module = new TestModule();
        module.table('r', 300, 300);
        int[] funcs = new int[300];
        for (int i = 0; i < 300; i++) {
            String type = "i".repeat(i % 20) + "l".repeat(i / 20) + ":i";
            funcs[i] = module.func(type, "", new Code().i32(i));
        }
        module.elem(0, new Code().i32(0), funcs);
        for (int i = 0; i < 300; i++) {
            Code args = new Code();
            for (int k = 0; k < i % 20; k++) {
                args.i32(k);
            }
            for (int k = 0; k < i / 20; k++) {
                args.i64(k);
            }
            String type = "i".repeat(i % 20) + "l".repeat(i / 20) + ":i";
            args.get(0).callIndirect(module.type(type), 0);
            module.func("f" + i, "i:i", "", args);
        }
        Instance instance = module.start();
        for (int i = 0; i < 300; i++) {
            assertThat(instance.func("f" + i).call(i)).containsExactly(i);
        }
        assertThatThrownBy(() -> instance.func("f64").call(65))
                .hasMessage("indirect call type mismatch");
    }
}
