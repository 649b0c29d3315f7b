package dev.kugg.internal.compile;

import static dev.kugg.internal.opcode.Opcode.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.Instance;
import dev.kugg.Memory;
import dev.kugg.internal.Code;
import dev.kugg.internal.NumericReference;
import dev.kugg.internal.TestModule;
import dev.kugg.internal.opcode.Opcode;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Numeric instructions on any operands, NaNs of all sorts included, against numbers of any size: in
 * code that runs once, and in loops that HotSpot compiles.
 */
class NumericPropertiesTest {
    private static final int PAIRS = 64;
    private static final int RESULTS_AT = 16 * PAIRS;
    private static final int RUNS = 40;

    private static final List<Opcode> OPCODES = opcodes();
    private static final Instance INSTANCE = instance();

    private static List<Opcode> opcodes() {
        List<Opcode> found = new ArrayList<>();
        for (Opcode opcode : Opcode.values()) {
            if (NumericInstructionsTest.isNumeric(opcode)
                    && NumericReference.of(opcode.mnemonic, 1, 1) != null) {
                found.add(opcode);
            }
        }
        return found;
    }

    /** By an instruction's name, a function of it, and one that works through memory. */
    private static Instance instance() {
        TestModule module = new TestModule();
        module.exportMemory("memory", module.memory(1, 1));
        for (Opcode opcode : OPCODES) {
            Code code = new Code().get(0);
            if (opcode.popCount() == 2) {
                code.get(1);
            }
            module.func(opcode.mnemonic, opcode.stack, "", code.op(opcode));
            module.func("all " + opcode.mnemonic, ":", "i", loop(opcode));
        }
        return module.start();
    }

    /** Takes pairs of operands of 8 bytes each, and puts results of 8 bytes behind them all. */
    private static Code loop(Opcode opcode) {
        String type = stack(opcode);
        Code code = new Code().loop(Code.EMPTY).get(0);
        code.get(0).i32(1).op(I32_SHL).memory(load(type.charAt(0)), 0);
        if (opcode.popCount() == 2) {
            code.get(0).i32(1).op(I32_SHL).memory(load(type.charAt(1)), 8);
        }
        code.op(opcode).memory(store(type.charAt(type.length() - 1)), RESULTS_AT);
        return code.get(0).i32(8).op(I32_ADD).tee(0).i32(8 * PAIRS).op(I32_LT_U).brIf(0).end();
    }

    private static String stack(Opcode opcode) {
        return Objects.requireNonNull(opcode.stack);
    }

    private static Opcode load(char kind) {
        return switch (kind) {
            case 'i' -> I32_LOAD;
            case 'l' -> I64_LOAD;
            case 'f' -> F32_LOAD;
            default -> F64_LOAD;
        };
    }

    private static Opcode store(char kind) {
        return switch (kind) {
            case 'i' -> I32_STORE;
            case 'l' -> I64_STORE;
            case 'f' -> F32_STORE;
            default -> F64_STORE;
        };
    }

    @Provide
    Arbitrary<Opcode> instructions() {
        return Arbitraries.of(OPCODES);
    }

    /** As none of them traps, all of a loop's results are there. */
    @Provide
    Arbitrary<Opcode> instructionsThatNeverTrap() {
        return Arbitraries.of(OPCODES)
                .filter(each -> !each.mnemonic.matches(".*(div_[su]|rem_[su]|trunc_f.*)"));
    }

    /** Whole numbers and bits of floating-point ones, with their edges; NaNs with any payload. */
    @Provide
    Arbitrary<Long> operands() {
        return Arbitraries.oneOf(
                Arbitraries.longs(),
                Arbitraries.integers().map(each -> (long) each),
                Arbitraries.longs().between(-70, 70),
                Arbitraries.doubles().map(Double::doubleToRawLongBits),
                Arbitraries.doubles().between(-1e19, 1e19).map(Double::doubleToRawLongBits),
                Arbitraries.floats().map(each -> (long) Float.floatToRawIntBits(each)),
                Arbitraries.longs().map(each -> each | 0x7ff0000000000000L),
                Arbitraries.integers().map(each -> (long) (each | 0x7f800000)));
    }

    private static long operand(long bits, char kind) {
        return kind == 'i' || kind == 'f' ? (int) bits : bits;
    }

    @Property(tries = 30_000)
    void oneByOne(
            @ForAll("instructions") Opcode opcode,
            @ForAll("operands") long first,
            @ForAll("operands") long second) {
        String type = stack(opcode);
        long a = operand(first, type.charAt(0));
        boolean binary = opcode.popCount() == 2;
        long b = binary ? operand(second, type.charAt(1)) : 0;
        long[] arguments = binary ? new long[] {a, b} : new long[] {a};
        Object found = NumericInstructionsTest.called(INSTANCE.func(opcode.mnemonic), arguments);
        check(opcode, found, a, b);
    }

    @Property(tries = 1_500)
    void inHotLoops(
            @ForAll("instructionsThatNeverTrap") Opcode opcode,
            @ForAll @Size(2 * PAIRS) List<@net.jqwik.api.From("operands") Long> bits) {
        String type = stack(opcode);
        boolean binary = opcode.popCount() == 2;
        Memory memory = INSTANCE.memory("memory");
        for (int i = 0; i < bits.size(); i++) {
            memory.writeLong(8L * i, bits.get(i));
        }
        for (int i = 0; i < RUNS; i++) {
            INSTANCE.func("all " + opcode.mnemonic).call();
        }
        char result = type.charAt(type.length() - 1);
        for (int i = 0; i < PAIRS; i++) {
            long a = operand(bits.get(2 * i), type.charAt(0));
            long b = binary ? operand(bits.get(2 * i + 1), type.charAt(1)) : 0;
            check(opcode, operand(memory.readLong(RESULTS_AT + 8L * i), result), a, b);
        }
    }

    private static void check(Opcode opcode, Object found, long a, long b) {
        Object expected = NumericReference.of(opcode.mnemonic, a, b);
        if (!NumericInstructionsTest.agree(expected, found, stack(opcode), a, b)) {
            assertThat(found).as("%s of %x and %x", opcode.mnemonic, a, b).isEqualTo(expected);
        }
    }
}
