package dev.kugg.internal.bind;

import static dev.kugg.internal.opcode.Opcode.*;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kugg.Func;
import dev.kugg.Instance;
import dev.kugg.PublicInc;
import dev.kugg.TrapException;
import dev.kugg.UnlinkableException;
import dev.kugg.WasmModule;
import dev.kugg.internal.Code;
import dev.kugg.internal.TestModule;
import dev.kugg.types.FuncType;
import dev.kugg.types.ValType;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.Callable;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntBinaryOperator;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.UnaryOperator;

/** Java interfaces over exports: of all visibilities and shapes. */
public class BindingsTest {
    // ---- interfaces ----

    /** All types. */
    public interface All {
        int i(int a);

        long l(long a);

        float f(float a);

        double d(double a);

        Func r(Func a);

        Object x(Object a);

        void nothing();

        long[] many(int a, long b, float c, double d);

        int mixed(double a, int b, long c, float d, Object e);
    }

    /** The same, which only this class sees. */
    private interface PrivateAll {
        int i(int a);

        long l(long a);

        float f(float a);

        double d(double a);

        Func r(Func a);

        Object x(Object a);

        void nothing();

        long[] many(int a, long b, float c, double d);

        int mixed(double a, int b, long c, float d, Object e);
    }

    interface PackagePrivate {
        int i(int a);
    }

    protected interface Protected {
        int i(int a);
    }

    /** Inherits. */
    public interface Child extends Parent, OtherParent {
        long l(long a);
    }

    public interface Parent {
        int i(int a);
    }

    public interface OtherParent {
        int i(int a);

        double d(double a);
    }

    /** Public, with a parent that is not. */
    public interface PublicChild extends PackagePrivate {
        long l(long a);
    }

    public interface WithDefaults {
        int i(int a);

        default int twice(int a) {
            return i(i(a));
        }

        static int three() {
            return 3;
        }
    }

    public interface Closing extends AutoCloseable {
        int i(int a);

        @Override
        void close();
    }

    interface PackagePrivateClosing extends AutoCloseable {
        int i(int a);

        @Override
        void close();
    }

    public interface WithObjectMethods {
        int i(int a);

        @Override
        String toString();

        @Override
        boolean equals(Object other);

        @Override
        int hashCode();
    }

    public interface Own<T> {
        T apply(T value);
    }

    public interface OwnOfFunc extends Own<Func> {
        @Override
        Func apply(Func value);
    }

    public interface Overloaded {
        int i(int a);

        int i(long a);
    }

    public interface Missing {
        int absent(int a);
    }

    public interface Memory {
        int memory();
    }

    public interface WrongResult {
        long i(int a);
    }

    public interface Traps {
        int divide(int a, int b);
    }

    public interface ManyWithReference {
        long[] both(Object a, int b);
    }

    interface PackagePrivateManyWithReference {
        long[] both(Object a, int b);
    }

    // ---- modules ----

    private static TestModule module(int increment) {
        TestModule module = new TestModule();
        module.exportMemory("memory", module.memory(1, 1));
        module.func("i", "i:i", "", new Code().get(0).i32(increment).op(I32_ADD));
        module.func("l", "l:l", "", new Code().get(0).i64(increment).op(I64_ADD));
        module.func("f", "f:f", "", new Code().get(0).f32(increment).op(F32_ADD));
        module.func("d", "d:d", "", new Code().get(0).f64(increment).op(F64_ADD));
        module.func("r", "r:r", "", new Code().get(0));
        module.func("x", "x:x", "", new Code().get(0));
        module.func("apply", "r:r", "", new Code().get(0));
        module.func("nothing", ":", "", new Code());
        module.func("many", "ilfd:dfli", "", new Code().get(3).get(2).get(1).get(0));
        Code mixed = new Code().get(0).op(I32_TRUNC_F64_S).get(1).op(I32_ADD).get(2);
        mixed.op(I32_WRAP_I64, I32_ADD).get(3).op(I32_TRUNC_F32_S, I32_ADD);
        mixed.get(4).op(REF_IS_NULL, I32_ADD);
        module.func("mixed", "dilfx:i", "", mixed);
        module.func("add", "ii:i", "", new Code().get(0).get(1).op(I32_ADD));
        module.func("ladd", "ll:l", "", new Code().get(0).get(1).op(I64_ADD));
        module.func("divide", "ii:i", "", new Code().get(0).get(1).op(I32_DIV_S));
        module.func("both", "xi:ii", "", new Code().get(0).op(REF_IS_NULL).get(1));
        int global = module.global('i', true, new Code().i32(0));
        Code count = new Code().op(GLOBAL_GET, global).i32(1).op(I32_ADD);
        module.func("count", ":i", "", count.op(GLOBAL_SET, global).op(GLOBAL_GET, global));
        return module;
    }

    private static final WasmModule MODULE = module(1).load();

    private static Instance start() {
        return MODULE.start();
    }

    // ---- tests ----

    @Test
    void allTypesPass() {
        Instance instance = start();
        All all = instance.exports(All.class);
        Func func = instance.func("i");
        assertThat(all.i(Integer.MAX_VALUE)).isEqualTo(Integer.MIN_VALUE);
        assertThat(all.l(1L << 40)).isEqualTo((1L << 40) + 1);
        assertThat(all.f(1.5f)).isEqualTo(2.5f);
        assertThat(all.d(-1.5)).isEqualTo(-0.5);
        assertThat(all.r(func)).isSameAs(func);
        assertThat(all.r(null)).isNull();
        assertThat(all.x("any")).isEqualTo("any");
        all.nothing();
        assertThat(all.many(-1, -2, 1.5f, 2.5))
                .containsExactly(
                        Double.doubleToRawLongBits(2.5), Float.floatToRawIntBits(1.5f), -2, -1);
        assertThat(all.mixed(1000.0, 200, 30, 4f, "")).isEqualTo(1234);
        assertThat(all.mixed(1000.0, 200, 30, 4f, null)).isEqualTo(1235);
    }

    @Test
    void allTypesPassThroughAPrivateInterface() {
        Instance instance = start();
        for (PrivateAll all :
                new PrivateAll[] {
                    instance.exports(PrivateAll.class),
                    instance.exports(MethodHandles.lookup(), PrivateAll.class)
                }) {
            Func func = instance.func("i");
            assertThat(all.i(Integer.MAX_VALUE)).isEqualTo(Integer.MIN_VALUE);
            assertThat(all.l(1L << 40)).isEqualTo((1L << 40) + 1);
            assertThat(all.f(1.5f)).isEqualTo(2.5f);
            assertThat(all.d(-1.5)).isEqualTo(-0.5);
            assertThat(all.r(func)).isSameAs(func);
            assertThat(all.r(null)).isNull();
            assertThat(all.x("any")).isEqualTo("any");
            all.nothing();
            assertThat(all.many(-1, -2, 1.5f, 2.5))
                    .containsExactly(
                            Double.doubleToRawLongBits(2.5), Float.floatToRawIntBits(1.5f), -2, -1);
            assertThat(all.mixed(1000.0, 200, 30, 4f, "")).isEqualTo(1234);
        }
    }

    @Test
    void severalResultsBesideAReferenceParameter() {
        assertThat(start().exports(ManyWithReference.class).both("x", 5)).containsExactly(0, 5);
        assertThat(start().exports(PackagePrivateManyWithReference.class).both(null, 5))
                .containsExactly(1, 5);
    }

    @Test
    void interfacesThatAreNotPublic() {
        assertThat(start().exports(PackagePrivate.class).i(1)).isEqualTo(2);
        assertThat(start().exports(MethodHandles.lookup(), PackagePrivate.class).i(1)).isEqualTo(2);
        assertThat(start().exports(Protected.class).i(1)).isEqualTo(2);
        assertThat(start().exports(PublicChild.class).i(1)).isEqualTo(2);
        assertThat(start().exports(PublicChild.class).l(1)).isEqualTo(2);
        assertThat(start().exports(MethodHandles.lookup(), All.class).i(1)).isEqualTo(2);
    }

    @Test
    void aLookupThatCannotSeeTheInterface() {
        assertThatThrownBy(
                        () -> start().exports(MethodHandles.publicLookup(), PackagePrivate.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PackagePrivate");
    }

    @Test
    void inheritedMethods() {
        Child child = start().exports(Child.class);
        assertThat(child.i(1)).isEqualTo(2);
        assertThat(child.l(1)).isEqualTo(2);
        assertThat(child.d(1)).isEqualTo(2);
    }

    @Test
    void defaultAndStaticMethodsStay() {
        assertThat(start().exports(WithDefaults.class).twice(1)).isEqualTo(3);
        assertThat(WithDefaults.three()).isEqualTo(3);
    }

    @Test
    void functionalInterfacesOfTheJdk() throws Exception {
        Instance instance = start();
        assertThat(instance.func("i", IntUnaryOperator.class).applyAsInt(1)).isEqualTo(2);
        assertThat(instance.func("i", IntUnaryOperator.class).andThen(x -> -x).applyAsInt(1))
                .isEqualTo(-2);
        assertThat(instance.func("add", IntBinaryOperator.class).applyAsInt(1, 4)).isEqualTo(5);
        assertThat(instance.func("ladd", LongBinaryOperator.class).applyAsLong(1, -4))
                .isEqualTo(-3);
        assertThat(instance.func("d", DoubleUnaryOperator.class).applyAsDouble(1)).isEqualTo(2);
        assertThat(instance.func("count", IntSupplier.class).getAsInt()).isEqualTo(1);
        instance.func("nothing", Runnable.class).run();
        UnaryOperator<?> same = instance.func("x", UnaryOperator.class);
        assertThat(same.apply(null)).isNull();
        assertThatThrownBy(() -> instance.func("count", Callable.class))
                .isInstanceOf(UnlinkableException.class);
    }

    @Test
    void genericInterfaces() {
        Instance instance = start();
        Func func = instance.func("i");
        OwnOfFunc own = instance.exports(OwnOfFunc.class);
        assertThat(own.apply(func)).isSameAs(func);
        Own<Func> general = own;
        assertThat(general.apply(func)).isSameAs(func);
        assertThatThrownBy(() -> instance.exports(Own.class))
                .isInstanceOf(UnlinkableException.class)
                .hasMessageContaining(
                        "is to be \"Func apply(Func)\" and is \"Object apply(Object)\"");
    }

    @Test
    void closeClosesTheInstance() {
        Closing closing = MODULE.builder().start(Closing.class);
        assertThat(closing.i(1)).isEqualTo(2);
        closing.close();
        closing.close();
        assertThatThrownBy(() -> closing.i(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the instance of test.wasm is closed");
        PackagePrivateClosing other =
                MODULE.builder().start(MethodHandles.lookup(), PackagePrivateClosing.class);
        assertThat(other.i(1)).isEqualTo(2);
        other.close();
        assertThatThrownBy(() -> other.i(1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anInterfaceThatDoesNotFitIsRefusedBeforeAnythingStarts() {
        TestModule module = new TestModule();
        boolean[] asked = {false};
        assertThatThrownBy(
                        () -> module.load().with(imports -> asked[0] = true).start(Closing.class))
                .isInstanceOf(UnlinkableException.class);
        assertThat(asked[0]).isFalse();
    }

    @Test
    void aFailedBindingClosesTheInstance() {
        boolean[] closed = {false};
        assertThatThrownBy(
                        () ->
                                MODULE.with(imports -> imports.onClose(() -> closed[0] = true))
                                        .start(
                                                MethodHandles.publicLookup(),
                                                PackagePrivateClosing.class))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(closed[0]).isTrue();
    }

    @Test
    void objectMethodsAreNotExports() {
        WithObjectMethods one = start().exports(WithObjectMethods.class);
        WithObjectMethods two = start().exports(WithObjectMethods.class);
        assertThat(one.i(1)).isEqualTo(2);
        assertThat(one).isEqualTo(one).isNotEqualTo(two);
        assertThat(one).hasToString("instance of test.wasm");
        assertThat(one.hashCode()).isEqualTo(one.hashCode());
    }

    @Test
    void twoInstancesOfAModule() {
        IntSupplier one = start().func("count", IntSupplier.class);
        IntSupplier two = start().func("count", IntSupplier.class);
        assertThat(one.getAsInt()).isEqualTo(1);
        assertThat(one.getAsInt()).isEqualTo(2);
        assertThat(two.getAsInt()).isEqualTo(1);
        All first = start().exports(All.class);
        All second = start().exports(All.class);
        assertThat(first.getClass()).isSameAs(second.getClass());
        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void twoModules() {
        WasmModule other = module(10).load("other.wasm");
        assertThat(start().exports(All.class).i(1)).isEqualTo(2);
        assertThat(other.start().exports(All.class).i(1)).isEqualTo(11);
        assertThat(start().exports(All.class).i(1)).isEqualTo(2);
    }

    @Test
    void anImportThatIsExportedAgain() {
        TestModule module = new TestModule();
        int imported = module.importFunc("host", "i", "i:i");
        module.exportFunc("i", imported);
        WasmModule loaded = module.load();
        for (int add : new int[] {5, 50}) {
            Instance instance =
                    loaded.with(
                                    imports ->
                                            imports.function(
                                                    "host",
                                                    "i",
                                                    FuncType.of(ValType.I32).to(ValType.I32),
                                                    call -> call.result(call.i32(0) + add)))
                            .start();
            assertThat(instance.exports(Parent.class).i(1)).isEqualTo(1 + add);
            assertThat(instance.exports(PackagePrivate.class).i(1)).isEqualTo(1 + add);
            assertThat(instance.func("i", IntUnaryOperator.class).applyAsInt(1)).isEqualTo(1 + add);
        }
    }

    @Test
    void whatDoesNotFitSaysSo() {
        Instance instance = start();
        assertThatThrownBy(() -> instance.exports(Overloaded.class))
                .isInstanceOf(UnlinkableException.class)
                .hasMessage(
                        "Overloaded.i does not fit test.wasm!i [i32] -> [i32]: the method is to be"
                                + " \"int i(int)\" and is \"int i(long)\"");
        assertThatThrownBy(() -> instance.exports(WrongResult.class))
                .isInstanceOf(UnlinkableException.class)
                .hasMessageContaining("is to be \"int i(int)\" and is \"long i(int)\"");
        assertThatThrownBy(() -> instance.exports(Missing.class))
                .isInstanceOf(UnlinkableException.class)
                .hasMessageStartingWith(
                        "Missing.absent needs an export \"absent\"; test.wasm exports ")
                .hasMessageContaining("memory, i, l");
        assertThatThrownBy(() -> instance.exports(Memory.class))
                .isInstanceOf(UnlinkableException.class)
                .hasMessage(
                        "Memory.memory needs a function; test.wasm exports \"memory\" as memory"
                                + " 1 1");
        assertThatThrownBy(() -> instance.exports(String.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not an interface");
        assertThatThrownBy(() -> instance.exports(Override.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is an annotation");
        assertThatThrownBy(() -> instance.exports(Func.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is sealed");
        assertThatThrownBy(() -> instance.func("i", All.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has 9 abstract methods; one is needed");
        assertThatThrownBy(() -> instance.func("i", Cloneable.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has 0 abstract methods; one is needed");
    }

    @Test
    void trapsComeOutOfBindings() {
        Traps traps = start().exports(Traps.class);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> traps.divide(1, 0))
                    .isInstanceOf(TrapException.class)
                    .hasMessage("integer divide by zero");
            assertThat(traps.divide(6, 3)).isEqualTo(2);
        }
        assertThatThrownBy(() -> traps.divide(Integer.MIN_VALUE, -1))
                .hasMessage("integer overflow");
    }

    // ---- other class loaders ----

    /** Defines one class anew, and asks its parent for the rest. */
    private static final class Redefining extends ClassLoader {
        private final String name;

        Redefining(Class<?> type, ClassLoader parent) {
            super(parent);
            name = type.getName();
        }

        @Override
        protected Class<?> loadClass(String wanted, boolean resolve) throws ClassNotFoundException {
            if (!wanted.equals(name)) {
                return super.loadClass(wanted, resolve);
            }
            Class<?> known = findLoadedClass(wanted);
            return known != null ? known : defined(wanted);
        }

        private Class<?> defined(String wanted) {
            String file = "/" + wanted.replace('.', '/') + ".class";
            try (var in = BindingsTest.class.getResourceAsStream(file)) {
                byte[] bytes = in.readAllBytes();
                return defineClass(wanted, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static int call(Object bound, Class<?> type) throws Exception {
        var method = type.getMethod("i", int.class);
        method.setAccessible(true);
        return (int) method.invoke(bound, 1);
    }

    @Test
    void interfacesOfAnotherClassLoader() throws Exception {
        Instance instance = start();
        for (Class<?> each :
                new Class<?>[] {PublicInc.class, Class.forName("dev.kugg.HiddenInc")}) {
            ClassLoader parent = BindingsTest.class.getClassLoader();
            Class<?> one = new Redefining(each, parent).loadClass(each.getName());
            Class<?> two = new Redefining(each, parent).loadClass(each.getName());
            assertThat(one).isNotSameAs(two).isNotSameAs(each);
            assertThat(call(instance.exports(one), one)).isEqualTo(2);
            assertThat(call(instance.exports(two), two)).isEqualTo(2);
            assertThat(call(instance.exports(one), one)).isEqualTo(2);
            assertThat(call(instance.exports(each), each)).isEqualTo(2);
        }
    }

    @Test
    void anInterfaceOfALoaderThatDoesNotSeeKugg() throws Exception {
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        Class<?> type =
                new Redefining(PublicInc.class, platform).loadClass(PublicInc.class.getName());
        assertThat(call(start().exports(type), type)).isEqualTo(2);
    }
}
