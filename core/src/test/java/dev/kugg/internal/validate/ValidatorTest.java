package dev.kugg.internal.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kugg.InvalidException;
import dev.kugg.MalformedException;
import dev.kugg.UnsupportedException;
import dev.kugg.WasmException;
import dev.kugg.internal.WasmBytes;
import dev.kugg.internal.decode.Decoder;
import dev.kugg.internal.opcode.Opcode;

import org.junit.jupiter.api.Test;

/**
 * Rules of validation, what their messages say, and the facts that are left. The suite tests the
 * rest.
 */
class ValidatorTest {
    private static final int I32 = 0x7f;
    private static final int I64 = 0x7e;

    private static WasmBytes bytes(int... bytes) {
        return new WasmBytes().bytes(bytes);
    }

    private static ValidModule validate(WasmBytes module) {
        return Validator.validate(Decoder.decode(module.toBytes()));
    }

    /** {@return the facts of a body without locals that gives an i32} */
    private static BodyFacts facts(int... code) {
        return validate(WasmBytes.function(new int[] {I32}, bytes(0).bytes(code))).bodies[0];
    }

    private static void assertInvalid(WasmBytes module, String text) {
        assertThatThrownBy(() -> validate(module))
                .isInstanceOf(InvalidException.class)
                .hasMessageStartingWith(text);
    }

    /** A body without locals that should give an i32. */
    private static void assertInvalid(String text, int... code) {
        assertInvalid(WasmBytes.function(new int[] {I32}, bytes(0).bytes(code)), text);
    }

    @Test
    void messagesSayWhatAndWhere() {
        WasmBytes names =
                new WasmBytes()
                        .name("name")
                        .bytes(1)
                        .sized(new WasmBytes().bytes(1, 0).name("inc"));
        WasmBytes module =
                WasmBytes.function(new int[] {I32}, bytes(0, 0x42, 1, 0x41, 1, 0x6a, 0x0b))
                        .section(0, names);
        assertThatThrownBy(() -> validate(module))
                .hasMessage(
                        "type mismatch: expected i32, found i64"
                                + " (function 0 \"inc\", i32.add at byte 28)");
    }

    /** Function 0 would do: the start function is one beyond what an int holds. */
    @Test
    void startFunctionsBeyondAllFunctions() {
        for (int funcidx : new int[] {1, Integer.MIN_VALUE, Integer.MIN_VALUE + 1, -1}) {
            WasmBytes module =
                    WasmBytes.module()
                            .section(1, bytes(1, 0x60, 0, 0))
                            .section(3, bytes(1, 0))
                            .section(8, new WasmBytes().u32(funcidx))
                            .code(bytes(0, 0x0b));
            assertInvalid(module, "unknown function");
        }
    }

    @Test
    void operands() {
        assertInvalid("type mismatch: expected i32, found nothing", 0x0b);
        assertInvalid("type mismatch: expected i32, found nothing", 0x41, 1, 0x6a, 0x0b);
        assertInvalid("type mismatch: values remaining", 0x41, 1, 0x41, 1, 0x0b);
        assertInvalid("type mismatch: expected a value", 0x1a, 0x41, 1, 0x0b);
        assertInvalid("unknown local 0", 0x20, 0, 0x0b);
        assertInvalid("unknown global 4294967295", 0x23, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x0b);
        assertInvalid("unknown function 7", 0x10, 7, 0x0b);
        assertInvalid("unknown table 0", 0x41, 0, 0x11, 0, 0, 0x0b);
        assertInvalid("unknown memory 0", 0x41, 0, 0x28, 0, 0, 0x0b);
        assertInvalid("unknown label 1", 0x0c, 1, 0x0b);
        assertInvalid("unknown type 9", 0x02, 9, 0x0b, 0x0b);
        assertInvalid("undeclared function reference 0", 0xd2, 0, 0x1a, 0x41, 0, 0x0b);
    }

    @Test
    void unreachableCodeTakesWhatItWants() {
        facts(0x00, 0x0b);
        facts(0x00, 0x6a, 0x0b);
        facts(0x00, 0x1b, 0x0b);
        facts(0x00, 0xd1, 0x0b);
        facts(0x41, 1, 0x0f, 0x42, 1, 0xa7, 0x0b);
        assertInvalid("type mismatch", 0x00, 0x42, 1, 0x0b);
        assertInvalid("type mismatch", 0x00, 0x42, 1, 0x41, 1, 0x1b, 0x0b);
        // A block's own unreachable end does not make the rest around it unreachable.
        assertInvalid("type mismatch", 0x02, 0x40, 0x00, 0x0b, 0x0b);
    }

    @Test
    void blocks() {
        facts(0x02, I32, 0x41, 1, 0x0b, 0x0b);
        facts(0x41, 1, 0x04, I32, 0x41, 1, 0x05, 0x41, 2, 0x0b, 0x0b);
        assertInvalid("type mismatch: an if without else", 0x41, 1, 0x04, I32, 0x41, 1, 0x0b, 0x0b);
        facts(0x03, 0x40, 0x41, 0, 0x0d, 0, 0x0b, 0x41, 1, 0x0b);
        facts(0x02, I32, 0x41, 1, 0x41, 0, 0x0e, 1, 0, 1, 0x0b, 0x0b);
        assertInvalid(
                "type mismatch: label 0 takes 0 values, the default 1",
                0x02,
                0x40,
                0x41,
                1,
                0x41,
                0,
                0x0e,
                1,
                0,
                1,
                0x0b,
                0x41,
                0,
                0x0b);
        WasmBytes straying = WasmBytes.function(new int[0], bytes(0, 0x05, 0x0b));
        assertThatThrownBy(() -> validate(straying)).isInstanceOf(MalformedException.class);
    }

    @Test
    void bodiesEndWithTheirLastEnd() {
        assertThatThrownBy(() -> validate(WasmBytes.function(new int[0], bytes(0))))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("unexpected end of section or function: END opcode");
        assertThatThrownBy(
                        () -> validate(WasmBytes.function(new int[0], bytes(0, 0x0b, 0x01, 0x0b))))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void localsAreFoundInTheirRuns() {
        // Of 40,000 locals only the first few are laid out flat.
        WasmBytes body = bytes(3).u32(20_000).bytes(I64).u32(19_999).bytes(I32, 1, 0x7d);
        body.bytes(0x20).u32(39_998).bytes(0x0b);
        validate(WasmBytes.function(new int[] {I32}, body));
        WasmBytes last =
                bytes(2).u32(20_000).bytes(I64, 1, I32).bytes(0x20).u32(20_000).bytes(0x0b);
        validate(WasmBytes.function(new int[] {I32}, last));
        WasmBytes behind = bytes(1).u32(20_000).bytes(I32).bytes(0x20).u32(20_000).bytes(0x0b);
        assertInvalid(WasmBytes.function(new int[] {I32}, behind), "unknown local 20000");
        WasmBytes wrong =
                bytes(2).u32(20_000).bytes(I64, 1, I32).bytes(0x20).u32(19_999).bytes(0x0b);
        assertInvalid(WasmBytes.function(new int[] {I32}, wrong), "type mismatch");
    }

    @Test
    void factsOfABody() {
        BodyFacts plain = facts(0x41, 1, 0x0b);
        assertThat(plain.instructionCount).isEqualTo(2);
        assertThat(plain.hasCall || plain.hasLoop || plain.hasTable).isFalse();
        BodyFacts nested = facts(0x02, 0x40, 0x03, 0x40, 0x0b, 0x0b, 0x10, 0, 0x0b);
        assertThat(nested.hasLoop).isTrue();
        assertThat(nested.hasCall).isTrue();
        BodyFacts table = facts(0x41, 0, 0x41, 0, 0x0e, 0, 0, 0x0b);
        assertThat(table.hasTable).isTrue();
    }

    @Test
    void escapingFunctions() {
        WasmBytes module =
                WasmBytes.module()
                        .section(1, bytes(1, 0x60, 0, 0))
                        .section(3, bytes(5, 0, 0, 0, 0, 0))
                        .section(6, bytes(1, 0x70, 0, 0xd2, 2, 0x0b))
                        .section(7, bytes(1).name("e").bytes(0, 1))
                        .section(9, bytes(1, 3, 0, 1, 3))
                        .code(
                                bytes(0, 0xd2, 3, 0x1a, 0x0b),
                                bytes(0, 0x0b),
                                bytes(0, 0x0b),
                                bytes(0, 0x0b),
                                bytes(0, 0x0b));
        assertThat(validate(module).escapingFuncs).containsExactly(false, true, true, true, false);
    }

    @Test
    void constantExpressions() {
        validate(globals(1, I32, 0, 0x41, 1, 0x41, 2, 0x6a, 0x0b));
        validate(globals(2, I32, 0, 0x41, 1, 0x0b, I32, 0, 0x23, 0, 0x0b));
        assertInvalid(
                globals(2, I32, 1, 0x41, 1, 0x0b, I32, 0, 0x23, 0, 0x0b),
                "constant expression required: global 0 is mutable (global 1, global.get at byte");
        assertInvalid(globals(1, I32, 0, 0x23, 0, 0x0b), "unknown global 0");
        assertInvalid(globals(1, I32, 0, 0x41, 1, 0x67, 0x0b), "constant expression required");
        assertInvalid(globals(1, I32, 0, 0x42, 1, 0x0b), "type mismatch");
        assertInvalid(globals(1, I32, 0, 0x41, 1, 0x41, 1, 0x0b), "type mismatch");
        assertInvalid(globals(1, I32, 0, 0x0b), "type mismatch");
        assertInvalid(
                globals(1, I32, 0, 0x02, 0x40, 0x0b, 0x41, 1, 0x0b),
                "constant expression required");
    }

    private static WasmBytes globals(int... section) {
        return WasmBytes.module().section(6, bytes(section));
    }

    @Test
    void modules() {
        assertInvalid(
                WasmBytes.module().section(5, bytes(1, 1, 2, 1)),
                "size minimum must not be greater than maximum: 2 1 (memory 0)");
        assertInvalid(
                WasmBytes.module().section(5, bytes(1, 0, 0x81, 0x80, 4)), "memory size must be");
        assertInvalid(
                WasmBytes.module().section(5, bytes(1, 1, 0).repeat(9, 0xff).bytes(1)),
                "memory size must be");
        assertInvalid(
                WasmBytes.module()
                        .section(5, bytes(1, 0, 1))
                        .section(7, bytes(2).name("a").bytes(2, 0).name("a").bytes(2, 0)),
                "duplicate export name \"a\"");
        assertInvalid(WasmBytes.module().section(8, bytes(0)), "unknown function 0");
        assertInvalid(
                WasmBytes.module().section(11, bytes(1, 0, 0x41, 0, 0x0b, 0)), "unknown memory 0");
        assertThatThrownBy(() -> facts(0xfc, 9, 0, 0x41, 0, 0x0b))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("data count section required");
    }

    /**
     * Followed by zeros, each instruction is valid, invalid or malformed, but known to the
     * validator.
     */
    @Test
    void everyCompiledInstructionHasItsCase() {
        for (Opcode opcode : Opcode.values()) {
            WasmBytes body = bytes(0);
            if (opcode.prefix != 0) {
                body.bytes(opcode.prefix);
            }
            body.u32(opcode.code).repeat(20, 0).bytes(0x0b);
            if (opcode == Opcode.REF_NULL || opcode.prefix == 0 && opcode.code >= 0x80) {
                body = bytes(0, opcode.code, 0x70, 0x0b);
            }
            assertThat(isUnsupported(WasmBytes.function(new int[0], body)))
                    .as("%s", opcode)
                    .isEqualTo(!opcode.compiled());
        }
    }

    private static boolean isUnsupported(WasmBytes module) {
        try {
            validate(module);
            return false;
        } catch (UnsupportedException unsupported) {
            return true;
        } catch (WasmException other) {
            return false;
        }
    }
}
