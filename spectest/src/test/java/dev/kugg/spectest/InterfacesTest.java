package dev.kugg.spectest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kugg.Func;
import dev.kugg.Instance;
import dev.kugg.TrapException;
import dev.kugg.UnlinkableException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.lang.invoke.MethodHandles;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntBinaryOperator;
import java.util.function.IntSupplier;
import java.util.function.LongBinaryOperator;
import java.util.function.LongSupplier;

/** Exports as Java interfaces: what works, and what each wrong method is told. */
final class InterfacesTest {
    private final Instance calc = Guests.calc();

    @AfterEach
    void close() {
        calc.close();
    }

    /** Every type there is. */
    public interface Calc extends AutoCloseable {
        int add(int a, int b);

        long addLong(long a, long b);

        float addFloat(float a, float b);

        double addDouble(double a, double b);

        void nothing();

        long[] swap(int a, long b);

        Func sameFunc(Func func);

        Object sameExtern(Object extern);

        double mixed(int a, long b, float c, double d);

        default int addThree(int a, int b, int c) {
            return add(add(a, b), c);
        }

        static int zero() {
            return 0;
        }

        @Override
        void close();
    }

    @Test
    void allTypes() {
        Calc typed = calc.exports(Calc.class);
        assertThat(typed.add(Integer.MAX_VALUE, 1)).isEqualTo(Integer.MIN_VALUE);
        assertThat(typed.addLong(1L << 40, 2)).isEqualTo((1L << 40) + 2);
        assertThat(typed.addFloat(0.5f, 0.25f)).isEqualTo(0.75f);
        assertThat(typed.addDouble(0.5, 0.125)).isEqualTo(0.625);
        typed.nothing();
        assertThat(typed.swap(-3, 1L << 50)).containsExactly(1L << 50, -3);
        Func add = calc.func("add");
        assertThat(typed.sameFunc(add).call(1, 2)).containsExactly(3);
        assertThat(typed.sameFunc(null)).isNull();
        Object object = new Object();
        assertThat(typed.sameExtern(object)).isSameAs(object);
        assertThat(typed.mixed(1, 2, 3.5f, 4.25)).isEqualTo(10.75);
        assertThat(typed.addThree(1, 2, 3)).isEqualTo(6);
    }

    @Test
    void objectMethodsWork() {
        Calc typed = calc.exports(Calc.class);
        Calc again = calc.exports(Calc.class);
        assertThat(typed.equals(typed)).isTrue();
        assertThat(typed.hashCode()).isEqualTo(typed.hashCode());
        assertThat(typed.toString()).isNotEmpty();
        assertThat(again.add(1, 1)).isEqualTo(2);
    }

    @Test
    void closeClosesTheInstance() {
        calc.exports(Calc.class).close();
        assertThat(calc.isClosed()).isTrue();
        try (Calc started = Guests.load("calc.wasm").builder().start(Calc.class)) {
            assertThat(started.add(20, 22)).isEqualTo(42);
        }
    }

    @Test
    void oneFunctionAsAFunctionalInterface() {
        assertThat(calc.func("add", IntBinaryOperator.class).applyAsInt(1, 2)).isEqualTo(3);
        assertThat(calc.func("addLong", LongBinaryOperator.class).applyAsLong(1, 2)).isEqualTo(3);
        assertThat(calc.func("addDouble", DoubleBinaryOperator.class).applyAsDouble(1, 2))
                .isEqualTo(3);
        LongSupplier tick = calc.func("tick", LongSupplier.class);
        assertThat(tick.getAsLong()).isEqualTo(1);
        assertThat(tick.getAsLong()).isEqualTo(2);
        assertThatThrownBy(calc.func("unreachable", Runnable.class)::run)
                .isInstanceOf(TrapException.class);
    }

    interface PackagePrivate {
        int add(int a, int b);
    }

    private interface Private {
        int add(int a, int b);
    }

    @Test
    void interfacesThatAreNotPublic() {
        assertThat(calc.exports(PackagePrivate.class).add(1, 2)).isEqualTo(3);
        assertThat(calc.exports(MethodHandles.lookup(), PackagePrivate.class).add(1, 2))
                .isEqualTo(3);
        assertThat(calc.exports(MethodHandles.lookup(), Private.class).add(1, 2)).isEqualTo(3);
    }

    interface Inherits extends PackagePrivate, IntBinaryOperator {
        @Override
        default int applyAsInt(int a, int b) {
            return add(a, b);
        }
    }

    @Test
    void inheritedMethods() {
        assertThat(calc.exports(Inherits.class).applyAsInt(4, 5)).isEqualTo(9);
    }

    interface Missing {
        int subtract(int a, int b);
    }

    interface WrongParameter {
        int add(int a, long b);
    }

    interface WrongResult {
        long add(int a, int b);
    }

    interface VoidResult {
        void add(int a, int b);
    }

    interface Boxed {
        Integer add(Integer a, Integer b);
    }

    interface TooFew {
        int add(int a);
    }

    interface Overloaded {
        int add(int a, int b);

        int add(int a, int b, int c);
    }

    interface NotAFunction {
        int memory();
    }

    sealed interface Sealed permits OnlyOne {
        int add(int a, int b);
    }

    record OnlyOne() implements Sealed {
        @Override
        public int add(int a, int b) {
            return 0;
        }
    }

    abstract static class NotAnInterface implements Calc {}

    @Test
    void wrongMethods() {
        unlinkable(Missing.class, "subtract", "Missing");
        unlinkable(WrongParameter.class, "add", "[i32 i32] -> [i32]", "long");
        unlinkable(WrongResult.class, "add", "[i32 i32] -> [i32]", "long");
        unlinkable(VoidResult.class, "add", "[i32 i32] -> [i32]", "void");
        unlinkable(Boxed.class, "add", "[i32 i32] -> [i32]", "Integer");
        unlinkable(TooFew.class, "add", "[i32 i32] -> [i32]");
        unlinkable(Overloaded.class, "add", "[i32 i32] -> [i32]");
        unlinkable(NotAFunction.class, "memory");
    }

    @Test
    void notAnInterfaceKuggCanImplement() {
        misuse(() -> calc.exports(NotAnInterface.class), "NotAnInterface", "interface");
        misuse(() -> calc.exports(String.class), "String", "interface");
        misuse(() -> calc.exports(int[].class), "interface");
        misuse(() -> calc.exports(Sealed.class), "Sealed", "sealed");
        misuse(() -> calc.exports(Override.class), "Override");
        misuse(() -> calc.func("add", Calc.class), "Calc", "abstract method");
        misuse(() -> calc.func("add", AutoCloseableOnly.class), "abstract method");
        misuse(
                () -> calc.exports(MethodHandles.publicLookup(), PackagePrivate.class),
                "PackagePrivate");
    }

    interface AutoCloseableOnly {
        default int add(int a, int b) {
            return a + b;
        }
    }

    @Test
    void functionsOfTheWrongType() {
        assertThatThrownBy(() -> calc.func("add", IntSupplier.class))
                .isInstanceOf(UnlinkableException.class)
                .message()
                .contains("add", "[i32 i32] -> [i32]");
        assertThatThrownBy(() -> calc.func("subtract", IntBinaryOperator.class))
                .isInstanceOf(UnlinkableException.class)
                .message()
                .contains("subtract");
    }

    /** An interface that does not fit is refused before anything of the guest runs. */
    @Test
    void startChecksTheInterfaceFirst() {
        boolean[] started = {false};
        interface Wrong extends AutoCloseable {
            int subtract();

            @Override
            void close();
        }
        assertThatThrownBy(
                        () ->
                                Guests.load("calc.wasm")
                                        .with(imports -> started[0] = true)
                                        .start(Wrong.class))
                .isInstanceOf(UnlinkableException.class);
        assertThat(started[0]).isFalse();
    }

    private void unlinkable(Class<?> type, String... parts) {
        assertThatThrownBy(() -> calc.exports(type))
                .isInstanceOf(UnlinkableException.class)
                .message()
                .contains(parts);
    }

    private static void misuse(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable action, String... parts) {
        assertThatThrownBy(action)
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains(parts);
    }
}
