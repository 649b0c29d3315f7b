package dev.kugg.internal.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.Limits;
import dev.kugg.internal.WasmBytes;
import dev.kugg.internal.decode.Decoder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Inputs on which something quadratic or recursive shows: they take a fraction of a second each,
 * and minutes or a StackOverflowError where that goes wrong.
 */
@Timeout(20)
class LinearTimeTest {
    /** The time is bounded by the validator itself, not by what refuses such modules. */
    private static final Limits ANY_WORK = Limits.DEFAULT.withCompileWork(Long.MAX_VALUE);

    private static BodyFacts validate(WasmBytes module) {
        return Validator.validate(Decoder.decode(module.toBytes()), ANY_WORK).bodies[0];
    }

    @Test
    void aMillionAdds() {
        WasmBytes body = new WasmBytes().bytes(0, 0x41, 1);
        body.repeat(1_000_000, 0x41, 1, 0x6a).bytes(0x0b);
        BodyFacts facts = validate(WasmBytes.function(new int[] {0x7f}, body));
        assertThat(facts.instructionCount).isEqualTo(2_000_002);
    }

    @Test
    void deepNesting() {
        int depth = 500_000;
        WasmBytes body = new WasmBytes().bytes(0).repeat(depth, 0x02, 0x7f).bytes(0x41, 1);
        body.repeat(depth + 1, 0x0b);
        BodyFacts facts = validate(WasmBytes.function(new int[] {0x7f}, body));
        assertThat(facts.instructionCount).isEqualTo(2 * depth + 2);
    }

    @Test
    void deepStack() {
        int height = 500_000;
        WasmBytes body = new WasmBytes().bytes(0).repeat(height, 0x42, 1);
        body.repeat(height, 0x1a).bytes(0x0b);
        BodyFacts facts = validate(WasmBytes.function(new int[0], body));
        assertThat(facts.instructionCount).isEqualTo(2 * height + 1);
    }

    @Test
    void largeBranchTables() {
        WasmBytes body = new WasmBytes().bytes(0).repeat(100, 0x02, 0x40);
        for (int i = 0; i < 70; i++) {
            body.bytes(0x02, 0x40, 0x41, 0, 0x0e).u32(100_000).repeat(1_001 * 100 - 99, i);
            body.bytes(0x0b);
        }
        body.repeat(101, 0x0b);
        validate(WasmBytes.function(new int[0], body));
    }

    @Test
    void manyBodiesThatDeclareManyLocals() {
        int count = 300_000;
        WasmBytes section =
                new WasmBytes().u32(count).repeat(count, 6, 1, 0xd0, 0x86, 3, 0x7f, 0x0b);
        WasmBytes module =
                WasmBytes.module()
                        .section(1, new WasmBytes().bytes(1, 0x60, 0, 0))
                        .section(3, new WasmBytes().u32(count).repeat(count, 0))
                        .section(10, section);
        assertThat(validate(module).instructionCount).isEqualTo(1);
    }
}
