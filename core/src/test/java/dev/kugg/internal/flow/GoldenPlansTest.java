package dev.kugg.internal.flow;

import static dev.kugg.internal.Code.EMPTY;
import static dev.kugg.internal.Code.I32;
import static dev.kugg.internal.opcode.Opcode.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.internal.Code;
import dev.kugg.internal.CutSamples;
import dev.kugg.internal.TestModule;
import dev.kugg.internal.decode.Decoder;
import dev.kugg.internal.decode.ModuleDef;
import dev.kugg.internal.validate.Validator;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whole plans of small functions, as texts to look at: a change that plans them otherwise shows as
 * a difference of these files. {@code -Dgolden.update} writes them anew.
 */
class GoldenPlansTest {
    private static final Path FOLDER = Path.of("src/test/resources/dev/kugg/internal/flow/golden");

    /** Small enough to cut, large enough that parts hold several blocks. */
    private static final SplitLimits SMALL = SplitLimits.tiny(300);

    private static final String BLOCKS =
            """
            A block: its instructions, the operands it begins with and from which height on it
            uses them, its end and where that leads; ^ is a back edge. Variables: locals, then
            operands.
            """;

    private static ModuleDef module(String type, String locals, Code body) {
        TestModule module = new TestModule();
        module.memory(1, 1);
        module.func(type, locals, body);
        return Validator.validate(Decoder.decode(module.toBytes())).def;
    }

    private static BodyPlan plan(ModuleDef def, SplitLimits limits, Integer lastParam) {
        return BodyPlanner.plan(new Kinds(def), limits, 0, lastParam);
    }

    private static void check(String name, String type, String locals, Code body)
            throws IOException {
        ModuleDef def = module(type, locals, body);
        PlanListing listing = new PlanListing(def, 0);
        compare(name, type, listing.add("as it is", plan(def, SplitLimits.NORMAL, null)));
    }

    private static void checkCut(String name, String type, String locals, Code body)
            throws IOException {
        ModuleDef def = module(type, locals, body);
        PlanListing listing = new PlanListing(def, 0);
        compare(name, type, listing.add("parts of 300 bytes", plan(def, SMALL, null)));
    }

    private static void compare(String name, String type, PlanListing listing) throws IOException {
        String text = BLOCKS + "\nfunction " + type + "\n" + listing.text();
        Path file = FOLDER.resolve(name + ".txt");
        if (System.getProperty("golden.update") != null) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, text);
        }
        String expected = Files.readString(file, StandardCharsets.UTF_8);
        assertThat(text.lines())
                .as(file.toString())
                .containsExactlyElementsOf(expected.lines().toList());
    }

    private static Code step(int local, int by) {
        return new Code().get(local).i32(by).op(I32_ADD).set(local);
    }

    /** From 0 in steps of 4 up to the first parameter, adding words of memory to local 2. */
    private static Code sumLoop() {
        Code sum = new Code().get(2).get(1).memory(I32_LOAD, 0).op(I32_ADD).set(2);
        return new Code().loop(EMPTY).add(sum).add(step(1, 4)).get(1).get(0).op(I32_LT_U).brIf(0);
    }

    @Test
    void countedLoop() throws IOException {
        check("counted-loop", "i:i", "ii", sumLoop().end().get(2));
    }

    @Test
    void whileLoop() throws IOException {
        Code code = new Code().block(EMPTY).loop(EMPTY).get(0).op(I32_EQZ).brIf(1);
        code.get(1).get(0).op(I32_ADD).set(1).get(0).i32(1).op(I32_SHR_U).set(0).br(0);
        check("while-loop", "i:i", "i", code.end().end().get(1));
    }

    private static Code nestedLoops() {
        Code outer = new Code().loop(EMPTY).i32(0).set(1).add(sumLoop().end());
        return outer.add(step(3, 1)).get(3).i32(100).op(I32_NE).brIf(0).end().get(2);
    }

    @Test
    void nestedCountedLoops() throws IOException {
        check("nested-counted-loops", "i:i", "iii", nestedLoops());
    }

    @Test
    void ifElseWithValues() throws IOException {
        Code code = new Code().i32(10).get(0).when(I32).get(1).i32(2).op(I32_MUL);
        code.otherwise().get(1).op(I32_EQZ).when(I32).i32(3).otherwise().get(1).end();
        check("if-else-with-values", "ii:i", "", code.end().op(I32_SUB));
    }

    /**
     * A function that can be resumed, as compilers for languages with coroutines write it: the last
     * parameter says where, and a jump is a number in it and a way round the loop.
     */
    private static Code resumable() {
        Code code = new Code().loop(EMPTY).block(EMPTY).block(EMPTY).block(EMPTY);
        code.get(1).brTable(0, 1, 2).end();
        code.add(step(0, 10)).i32(1).set(1).br(2).end();
        code.get(0).i32(1000).op(I32_GT_S).brIf(0);
        code.i32(0).set(1).br(1).end().end();
        return code.get(0);
    }

    @Test
    void resumableFunction() throws IOException {
        ModuleDef def = module("ii:i", "", resumable());
        assertThat(BodyPlanner.isBetterWith(new Kinds(def), SplitLimits.NORMAL, 0, 0)).isTrue();
        PlanListing listing = new PlanListing(def, 0);
        listing.add("as it is", plan(def, SplitLimits.NORMAL, null));
        listing.add("its copy for 0", plan(def, SplitLimits.NORMAL, 0));
        compare("resumable-function", "ii:i", listing);
    }

    /** A loop with two ways in, written as a dispatch over local 2. */
    @Test
    void loopWithTwoWaysIn() throws IOException {
        Code code = new Code().get(0).when(EMPTY).i32(1).set(2).otherwise().i32(0).set(2).end();
        code.loop(EMPTY).block(EMPTY).block(EMPTY).block(EMPTY).get(2).brTable(0, 1, 2).end();
        code.add(step(1, 3)).i32(1).set(2).br(2).end();
        code.add(step(1, 5)).i32(0).set(2).get(1).i32(100).op(I32_LT_S).brIf(1).end().end();
        check("loop-with-two-ways-in", "ii:i", "i", code.get(1));
    }

    @Test
    void interpreter() throws IOException {
        check("interpreter", "ii:i", "", CutSamples.interpreterCode());
    }

    @Test
    void straightCodeInParts() throws IOException {
        Code code = new Code().get(0).set(1);
        for (int i = 0; i < 30; i++) {
            code.get(1).i32(i).op(I32_MUL).get(i % 2).op(I32_XOR).set(1 + i % 2);
        }
        checkCut("straight-code-in-parts", "i:i", "ii", code.get(1).get(2).op(I32_ADD));
    }

    @Test
    void loopsInParts() throws IOException {
        Code fill = new Code();
        for (int i = 0; i < 12; i++) {
            fill.get(2).i32(i).op(I32_XOR).set(2);
        }
        Code outer = new Code().block(EMPTY).loop(EMPTY).i32(0).set(1).add(sumLoop().end());
        outer.add(fill).get(2).op(I32_EQZ).brIf(1).add(fill);
        outer.add(step(3, 1)).get(3).i32(100).op(I32_NE).brIf(0).end().end().get(2);
        checkCut("loops-in-parts", "i:i", "iii", outer);
    }
}
