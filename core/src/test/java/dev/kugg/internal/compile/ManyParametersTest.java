package dev.kugg.internal.compile;

import static dev.kugg.internal.opcode.Opcode.*;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kugg.ExhaustionException;
import dev.kugg.HostCall;
import dev.kugg.Instance;
import dev.kugg.LimitException;
import dev.kugg.WasmModule;
import dev.kugg.internal.Code;
import dev.kugg.internal.TestModule;
import dev.kugg.types.FuncType;
import dev.kugg.types.ValType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Functions with more parameters than a method of the JVM can have, and those with just as many as
 * it can: called by name, from each other, through tables, as imports and as exports.
 */
class ManyParametersTest {
    private static final String KINDS = "ilfdr";

    /** Kinds of so many parameters; all five, or i64 alone. */
    private static String kinds(int count, boolean mixed) {
        StringBuilder kinds = new StringBuilder();
        for (int i = 0; i < count; i++) {
            kinds.append(mixed ? KINDS.charAt(i % 5) : 'l');
        }
        return kinds.toString();
    }

    private static FuncType type(String params, ValType... results) {
        List<ValType> types = new ArrayList<>();
        for (int i = 0; i < params.length(); i++) {
            types.add(
                    switch (params.charAt(i)) {
                        case 'i' -> ValType.I32;
                        case 'l' -> ValType.I64;
                        case 'f' -> ValType.F32;
                        case 'd' -> ValType.F64;
                        default -> ValType.FUNCREF;
                    });
        }
        return FuncType.of(types.toArray(new ValType[0])).to(results);
    }

    private static Object[] arguments(String kinds, Object reference) {
        Object[] arguments = new Object[kinds.length()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] =
                    switch (kinds.charAt(i)) {
                        case 'i' -> i;
                        case 'l' -> 1L << 40 | i;
                        case 'f' -> i + 0.5f;
                        case 'd' -> i + 0.25;
                        default -> i % 2 == 0 ? null : reference;
                    };
        }
        return arguments;
    }

    /** A number that differs if two arguments are exchanged or one is lost. */
    private static long digest(Object[] arguments) {
        long sum = 0;
        for (Object argument : arguments) {
            long bits =
                    switch (argument) {
                        case Integer i -> i;
                        case Long l -> l;
                        case Float f -> Float.floatToRawIntBits(f);
                        case Double d -> Double.doubleToRawLongBits(d);
                        case null -> 1;
                        default -> 0;
                    };
            sum = sum * 31 + bits;
        }
        return sum;
    }

    private static Code digest(String kinds) {
        Code code = new Code().i64(0);
        for (int i = 0; i < kinds.length(); i++) {
            code.i64(31).op(I64_MUL).get(i);
            switch (kinds.charAt(i)) {
                case 'i' -> code.op(I64_EXTEND_I32_S);
                case 'f' -> code.op(I32_REINTERPRET_F32, I64_EXTEND_I32_S);
                case 'd' -> code.op(I64_REINTERPRET_F64);
                case 'r' -> code.op(REF_IS_NULL, I64_EXTEND_I32_U);
                default -> {}
            }
            code.op(I64_ADD);
        }
        return code;
    }

    private static Code getAll(String kinds) {
        Code code = new Code();
        for (int i = 0; i < kinds.length(); i++) {
            code.get(i);
        }
        return code;
    }

    private static void runs(String kinds) {
        String signature = kinds + ":l";
        TestModule module = new TestModule();
        int imported = module.importFunc("host", "f", signature);
        int direct = module.func("direct", signature, "", digest(kinds));
        module.table('r', 2, 2);
        module.elem(0, new Code().i32(0), direct, imported);
        module.func("calls", signature, "", getAll(kinds).call(direct));
        module.func("callsImport", signature, "", getAll(kinds).call(imported));
        for (int i = 0; i < 2; i++) {
            Code code = getAll(kinds).i32(i).callIndirect(module.type(signature), 0);
            module.func("callsIndirect" + i, signature, "", code);
        }
        WasmModule loaded = module.load();
        Instance instance =
                loaded.with(
                                imports ->
                                        imports.function(
                                                "host",
                                                "f",
                                                type(kinds, ValType.I64),
                                                call -> call.result(digest(values(call, kinds)))))
                        .start();
        Object[] arguments = arguments(kinds, instance.func("direct"));
        long expected = digest(arguments);
        for (String name :
                List.of("direct", "calls", "callsImport", "callsIndirect0", "callsIndirect1")) {
            assertThat(instance.func(name).invoke(arguments)).as(name).containsExactly(expected);
        }
        // The other instance's function, as an import and through its table.
        Instance other =
                loaded.with(imports -> imports.extern("host", "f", instance.func("direct")))
                        .start();
        for (String name : List.of("callsImport", "callsIndirect1")) {
            assertThat(other.func(name).invoke(arguments)).as(name).containsExactly(expected);
        }
    }

    private static Object[] values(HostCall call, String kinds) {
        Object[] values = new Object[kinds.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    switch (kinds.charAt(i)) {
                        case 'i' -> call.i32(i);
                        case 'l' -> call.i64(i);
                        case 'f' -> call.f32(i);
                        case 'd' -> call.f64(i);
                        default -> call.ref(i);
                    };
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(ints = {124, 125, 126, 127, 128, 129, 500, 1000})
    void i64(int count) {
        runs(kinds(count, false));
    }

    /** 179 of the five kinds take 251 slots. */
    @ParameterizedTest
    @ValueSource(ints = {178, 179, 180, 181, 182, 300, 1000})
    void ofAllKinds(int count) {
        runs(kinds(count, true));
    }

    @Test
    void moreThanAThousandAreOverALimit() {
        TestModule params = new TestModule();
        params.func(kinds(1001, true) + ":l", "", new Code().i64(0));
        assertThatThrownBy(params::load)
                .isInstanceOf(LimitException.class)
                .hasMessageStartingWith("1001 parameters; the limit is 1000 at byte ");
        TestModule results = new TestModule();
        results.type(":" + kinds(1001, true));
        assertThatThrownBy(results::load)
                .isInstanceOf(LimitException.class)
                .hasMessageStartingWith("1001 results; the limit is 1000 at byte ");
    }

    /** As many results as parameters, handed on by a call, by a table and by an import. */
    @Test
    void aThousandParametersAndResults() {
        String kinds = kinds(1000, true);
        String signature = kinds + ":" + kinds;
        TestModule module = new TestModule();
        int imported = module.importFunc("host", "f", signature);
        int identity = module.func("identity", signature, "", getAll(kinds));
        int calls = module.func("calls", signature, "", getAll(kinds).call(identity));
        module.table('r', 2, 2);
        module.elem(0, new Code().i32(0), calls, imported);
        for (int i = 0; i < 2; i++) {
            Code code = getAll(kinds).i32(i).callIndirect(module.type(signature), 0);
            module.func("indirect" + i, signature, "", code);
        }
        WasmModule loaded = module.load();
        Instance first =
                loaded.with(
                                imports ->
                                        imports.function(
                                                "host",
                                                "f",
                                                type(
                                                        kinds,
                                                        type(kinds)
                                                                .params()
                                                                .toArray(new ValType[0])),
                                                call -> {}))
                        .start();
        Instance instance =
                loaded.with(imports -> imports.extern("host", "f", first.func("calls"))).start();
        Object[] arguments = arguments(kinds, instance.func("calls"));
        for (String name : List.of("identity", "calls", "indirect0", "indirect1")) {
            assertThat(instance.func(name).invoke(arguments)).as(name).containsExactly(arguments);
        }
    }

    /** Parameters are variables like others: read and set across loops, branches and parts. */
    @ParameterizedTest
    @ValueSource(ints = {1, 40, 400, 4000})
    void inBodiesOfAnySize(int rounds) {
        String kinds = "i" + kinds(300, true).substring(1);
        TestModule module = new TestModule();
        Code body = new Code().loop(Code.EMPTY);
        for (int i = 0; i < rounds; i++) {
            int param = i % 60 * 5 + 1;
            body.get(param).i64(i).op(I64_ADD).set(param);
            body.get(0).i32(7).op(I32_EQ).when(Code.EMPTY).get(1).set(6).end();
        }
        body.get(0).i32(1).op(I32_SUB).tee(0).brIf(0).end();
        module.func("run", kinds + ":l", "", body.add(digest(kinds)));
        Instance instance = module.start();
        Object[] arguments = arguments(kinds, instance.func("run"));
        Object[] wanted = arguments.clone();
        arguments[0] = 10;
        wanted[0] = 0;
        for (int left = 10; left > 0; left--) {
            for (int i = 0; i < rounds; i++) {
                int param = i % 60 * 5 + 1;
                wanted[param] = (Long) wanted[param] + i;
                if (left == 7) {
                    wanted[6] = wanted[1];
                }
            }
        }
        assertThat(instance.func("run").invoke(arguments)).containsExactly(digest(wanted));
    }

    @Test
    void recursionEndsAsATrap() {
        String kinds = kinds(200, false);
        TestModule module = new TestModule();
        module.func("run", kinds + ":l", "", getAll(kinds).call(0));
        Instance instance = module.start();
        assertThatThrownBy(() -> instance.func("run").call(new long[200]))
                .isInstanceOf(ExhaustionException.class);
    }

    /** A Java method has room for parameters of 254 slots beside {@code this}. */
    @Test
    void asMethodsOfInterfaces() throws Exception {
        for (int slots : new int[] {250, 251, 252, 253, 254}) {
            TestModule module = new TestModule();
            String kinds = "i".repeat(slots);
            module.func("call", kinds + ":l", "", digest(kinds));
            Instance instance = module.start();
            Class<?> type = new Interfaces().define(slots);
            Object bound = instance.func("call", type);
            Object[] arguments = arguments(kinds, instance);
            Class<?>[] types = new Class<?>[slots];
            Arrays.fill(types, int.class);
            assertThat(type.getMethod("call", types).invoke(bound, arguments))
                    .isEqualTo(digest(arguments));
        }
    }

    /** Makes public interfaces with one method {@code long call(int...)}. */
    private static final class Interfaces extends ClassLoader {
        private static final String NAME = "ManyParameters";

        Interfaces() {
            super(ManyParametersTest.class.getClassLoader());
        }

        Class<?> define(int slots) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(0xcafebabe);
            out.writeInt(65);
            out.writeShort(7);
            utf8(out, NAME);
            reference(out, 1);
            utf8(out, "java/lang/Object");
            reference(out, 3);
            utf8(out, "call");
            utf8(out, "(" + "I".repeat(slots) + ")J");
            out.writeShort(0x0601); // public interface abstract
            out.writeShort(2);
            out.writeShort(4);
            out.writeShort(0);
            out.writeShort(0);
            out.writeShort(1);
            out.writeShort(0x0401); // public abstract
            out.writeShort(5);
            out.writeShort(6);
            out.writeInt(0);
            return defineClass(NAME, bytes.toByteArray(), 0, bytes.size());
        }

        private static void utf8(DataOutputStream out, String text) throws IOException {
            out.writeByte(1);
            out.writeUTF(text);
        }

        private static void reference(DataOutputStream out, int name) throws IOException {
            out.writeByte(7);
            out.writeShort(name);
        }
    }
}
