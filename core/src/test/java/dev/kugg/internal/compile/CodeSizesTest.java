package dev.kugg.internal.compile;

import static dev.kugg.internal.opcode.Opcode.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.InvalidException;
import dev.kugg.LimitException;
import dev.kugg.MalformedException;
import dev.kugg.UnsupportedException;
import dev.kugg.internal.Code;
import dev.kugg.internal.TestModule;
import dev.kugg.internal.WasmFiles;
import dev.kugg.internal.classfile.ClassWriter;
import dev.kugg.internal.classfile.MethodSizes;
import dev.kugg.internal.classfile.MethodSizes.MethodSize;
import dev.kugg.internal.decode.Decoder;
import dev.kugg.internal.decode.FuncBody;
import dev.kugg.internal.decode.InstructionCursor;
import dev.kugg.internal.flow.Part;
import dev.kugg.internal.flow.SplitLimits;
import dev.kugg.internal.opcode.Immediate;
import dev.kugg.internal.opcode.Lowering;
import dev.kugg.internal.opcode.Opcode;
import dev.kugg.internal.validate.ValidModule;
import dev.kugg.internal.validate.Validator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The sizes that bodies are planned by are upper bounds: no method of a part has more code than was
 * planned for it. Where they are much too large, bodies are cut that need not be.
 */
@DisabledIfSystemProperty(
        named = "kugg.test.splitBytes",
        matches = ".+",
        disabledReason = "it plans with its own limits")
class CodeSizesTest {
    /** What is used, what tests use, and one that makes spines with many ways in. */
    private static final SplitLimits[] LIMITS = {
        SplitLimits.NORMAL,
        SplitLimits.tiny(60),
        new SplitLimits(5000, 5000, 1600, 1200, 1200, 400, 60)
    };

    /** As many constants as make all further ones wide: a class of many functions has them. */
    private static final int CONSTANTS = 256;

    /** The most that the bounds of large methods may be of their sizes, on average. */
    private static final double MOST_RATIO = 2.5;

    /** Methods of fewer bytes say little: each bound has about a hundred bytes for its frame. */
    private static final int LARGE = 500;

    private final List<String> violations = new ArrayList<>();
    private int methods;
    private long bytes;
    private long bound;
    private int largeMethods;
    private double largeRatios;
    private double worstRatio;

    @AfterEach
    void report() {
        System.out.printf(
                "bounds of code: %d methods, %d bytes planned for %d;"
                        + " mean ratio of the %d from %d bytes on %.2f, worst %.2f%n",
                methods,
                bound,
                bytes,
                largeMethods,
                LARGE,
                largeMethods == 0 ? 0 : largeRatios / largeMethods,
                worstRatio);
    }

    // ---- comparing ----

    private void check(String name, byte[] wasm) {
        ValidModule module;
        try {
            module = Validator.validate(Decoder.decode(wasm.clone()));
            Compiler.compile(name, module, SplitLimits.NORMAL);
        } catch (MalformedException | InvalidException | UnsupportedException | LimitException e) {
            return; // The official suite has many such modules.
        }
        for (SplitLimits limits : LIMITS) {
            ModulePlan plan = new ModulePlan(name, module, limits);
            for (int i = module.def.importedFuncs; i < module.def.funcCount(); i++) {
                check(name, plan.functions.code(i, false));
                if (plan.functions.hasCopy(i)) {
                    check(name, plan.functions.code(i, true));
                }
            }
        }
    }

    private void check(String module, FunctionCode function) {
        Map<String, Integer> sizes = new HashMap<>();
        for (int chunk = 0; chunk < function.chunks(); chunk++) {
            for (MethodSize method : MethodSizes.of(write(function, chunk))) {
                sizes.put(method.name(), method.codeBytes());
            }
        }
        for (Part part : function.body.parts) {
            Integer size = sizes.get(function.name(part));
            if (size != null) {
                check(module, function, part, size);
            }
        }
    }

    private static byte[] write(FunctionCode function, int chunk) {
        ClassWriter owner = new ClassWriter(function.className(chunk), RuntimeNames.OBJECT);
        for (int i = 0; i < CONSTANTS; i++) {
            owner.sourceFile("constant " + i);
        }
        function.write(chunk, owner);
        return owner.toBytes();
    }

    private void check(String module, FunctionCode function, Part part, int size) {
        methods++;
        bytes += size;
        bound += part.codeBytes;
        double ratio = (double) part.codeBytes / size;
        if (size >= LARGE) {
            largeMethods++;
            largeRatios += ratio;
            worstRatio = Math.max(worstRatio, ratio);
        }
        if (size > part.codeBytes) {
            violations.add(
                    "%s func %d (%s) part %d: %d bytes, planned %d"
                            .formatted(
                                    module,
                                    function.funcidx,
                                    lastInstructions(function),
                                    part.number,
                                    size,
                                    part.codeBytes));
        }
    }

    /** Enough to tell the functions of {@link Instructions} from each other. */
    private static String lastInstructions(FunctionCode function) {
        FuncBody body =
                function.plan.def.bodies[function.funcidx - function.plan.def.importedFuncs];
        InstructionCursor cursor = function.plan.functions.cursor();
        cursor.reset(body.start, body.end);
        List<String> mnemonics = new ArrayList<>();
        while (cursor.hasNext()) {
            cursor.next();
            mnemonics.add(cursor.opcode.mnemonic);
        }
        return String.join(
                " ", mnemonics.subList(Math.max(0, mnemonics.size() - 10), mnemonics.size()));
    }

    private void assertBounds() {
        assertThat(methods).isPositive();
        assertThat(violations).as("methods larger than planned").isEmpty();
    }

    private void assertNotWildlyAbove() {
        assertThat(largeRatios / largeMethods).as("mean ratio").isBetween(1.0, MOST_RATIO);
    }

    // ---- files ----

    @Test
    void filesOfTheProject() throws IOException {
        checkFiles(WasmFiles.projectRoot());
        assertBounds();
        assertNotWildlyAbove();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bench/corpus", "conformance/spec/core", "conformance/spec/bulk-memory"})
    void filesBesideTheProject(String path) throws IOException {
        Path folder = WasmFiles.shared(path);
        if (!Files.isDirectory(folder)) {
            WasmFiles.leftOut("bounds of code", "no " + folder);
            return;
        }
        checkFiles(folder);
        assertBounds();
    }

    private void checkFiles(Path folder) throws IOException {
        for (Path file : WasmFiles.in(folder)) {
            check(String.valueOf(file.getFileName()), Files.readAllBytes(file));
        }
    }

    // ---- each instruction, many times ----

    /** So many that a byte too few for one of them is more than the frame's bytes hide. */
    private static final int TIMES = 130;

    /** The kinds of the locals that instructions are tried with. */
    private static final String KINDS = "ilfdrx";

    /**
     * Functions of one instruction each, behind other locals that are all used: the JVM takes
     * longer for its variables behind the 256th.
     */
    private static final class Instructions {
        final TestModule module = new TestModule();
        private final String others;

        Instructions(String others) {
            this.others = others;
            module.importFunc("m", "f", "ilfd:");
            module.importFunc("m", "g", ":ilfd");
            module.importFunc("m", "h", "ddrx:x");
            module.memory(1, 10);
            module.table('r', 10, 20);
            module.table('x', 10, 20);
            for (int i = 0; i < KINDS.length(); i++) {
                module.importGlobal("m", "g" + i, KINDS.charAt(i), true);
                module.global(KINDS.charAt(i), true, zero(KINDS.charAt(i)));
            }
            module.passiveElem(0);
            module.passiveData(1, 2, 3);
            module.exportGlobal("exported", 0);
        }

        static Code zero(char kind) {
            return switch (kind) {
                case 'i' -> new Code().i32(0);
                case 'l' -> new Code().i64(0);
                case 'f' -> new Code().f32(0);
                case 'd' -> new Code().f64(0);
                default -> new Code().refNull(kind);
            };
        }

        Code get(Code code, char kind) {
            return code.get(local(kind));
        }

        int local(char kind) {
            return others.length() + KINDS.indexOf(kind);
        }

        /** A function of operands, an instruction, and dropping its results. */
        void add(String operands, Code instruction, int results) {
            Code once = new Code();
            for (int i = 0; i < operands.length(); i++) {
                get(once, operands.charAt(i));
            }
            once.add(instruction);
            for (int i = 0; i < results; i++) {
                once.op(DROP);
            }
            add(once);
        }

        void add(Code once) {
            Code body = new Code();
            for (int i = 0; i < others.length(); i++) {
                body.add(zero(others.charAt(i))).set(i);
            }
            for (int i = 0; i < TIMES; i++) {
                body.add(once);
            }
            module.func(":", others + KINDS, body);
        }
    }

    private static boolean isPlain(Opcode opcode) {
        return opcode.compiled()
                && opcode.hasSignature()
                && opcode != NOP
                && (opcode.immediate == Immediate.NONE || opcode.immediate == Immediate.MEMARG);
    }

    private static void addPlain(Instructions to, Opcode opcode) {
        StringBuilder operands = new StringBuilder();
        for (int i = 0; i < opcode.popCount(); i++) {
            operands.append("?ilfd?i".charAt(opcode.pop(i)));
        }
        if (opcode.immediate == Immediate.MEMARG) {
            for (int offset : new int[] {0, 8, 100_000, -16}) {
                to.add(operands.toString(), new Code().memory(opcode, offset), opcode.pushCount());
            }
            return;
        }
        to.add(operands.toString(), new Code().op(opcode), opcode.pushCount());
        if (Lowering.kind(opcode.lowering) == Lowering.COMPARE) {
            Code branch = new Code().block(Code.EMPTY);
            for (int i = 0; i < operands.length(); i++) {
                to.get(branch, operands.charAt(i));
            }
            to.add(branch.op(opcode).brIf(0).i32(1).set(to.local('i')).end());
        }
    }

    private static void addOthers(Instructions to) {
        for (int i = 0; i < KINDS.length(); i++) {
            char kind = KINDS.charAt(i);
            String one = String.valueOf(kind);
            to.add(one, new Code().set(to.local(kind)), 0);
            to.add(one, new Code().tee(to.local(kind)), 1);
            to.add(one + kind + "i", new Code().select(kind), 1);
            to.add(one + kind, new Code().get(to.local('i')).op(I32_EQZ).select(kind), 1);
            for (int global = i; global < 2 * KINDS.length(); global += KINDS.length()) {
                to.add("", new Code().op(GLOBAL_GET, global), 1);
                to.add(one, new Code().op(GLOBAL_SET, global), 0);
            }
        }
        for (int value : new int[] {0, 100, 30_000, 100_000, Integer.MIN_VALUE}) {
            to.add("", new Code().i32(value), 1);
            to.add("", new Code().i64(value), 1);
            to.add("", new Code().f32(value), 1);
            to.add("", new Code().f64(value), 1);
        }
        to.add("", new Code().i64(Long.MAX_VALUE), 1);
        to.add("", new Code().f32Bits(0x7fc0_0001), 1);
        to.add("", new Code().f64Bits(0x7ff8_0000_0000_0001L), 1);
        to.add("", new Code().f64Bits(Long.MIN_VALUE), 1);
        addCallsAndBulk(to);
    }

    private static void addCallsAndBulk(Instructions to) {
        to.add("ilfd", new Code().call(0), 0);
        to.add("", new Code().call(1), 4);
        to.add("ddrx", new Code().call(2), 1);
        to.add("ilfdi", new Code().callIndirect(to.module.type("ilfd:"), 0), 0);
        to.add("i", new Code().callIndirect(to.module.type(":ilfd"), 0), 4);
        to.add("ddrxi", new Code().callIndirect(to.module.type("ddrx:x"), 0), 1);
        // With an access beside it, a call reads the memory's array again.
        to.add(new Code().i32(0).memory(I32_LOAD, 0).op(DROP).call(1).op(DROP, DROP, DROP, DROP));
        to.add("i", new Code().op(MEMORY_GROW, 0), 1);
        to.add("", new Code().op(MEMORY_SIZE, 0), 1);
        to.add("iii", new Code().op(MEMORY_FILL, 0), 0);
        to.add("iii", new Code().op(MEMORY_COPY, 0, 0), 0);
        to.add("iii", new Code().op(MEMORY_INIT, 0, 0), 0);
        to.add("", new Code().op(DATA_DROP, 0), 0);
        to.add("i", new Code().op(TABLE_GET, 0), 1);
        to.add("ix", new Code().op(TABLE_SET, 1), 0);
        to.add("xi", new Code().op(TABLE_GROW, 1), 1);
        to.add("", new Code().op(TABLE_SIZE, 1), 1);
        to.add("ixi", new Code().op(TABLE_FILL, 1), 0);
        to.add("iii", new Code().op(TABLE_COPY, 0, 0), 0);
        to.add("iii", new Code().op(TABLE_INIT, 0, 0), 0);
        to.add("", new Code().op(ELEM_DROP, 0), 0);
        to.add("", new Code().refNull('r'), 1);
        to.add("r", new Code().op(REF_IS_NULL), 1);
        to.add("", new Code().op(REF_FUNC, 0), 1);
    }

    private static void addControl(Instructions to) {
        int four = to.module.type("ilfd:ilfd");
        to.add("ilfdi", new Code().when(four).op(DROP).f64(1).otherwise().op(NOP).end(), 4);
        to.add("ilfd", new Code().block(four).get(to.local('i')).brIf(0).end(), 4);
        to.add("ilfd", new Code().loop(four).get(to.local('i')).brIf(0).end(), 4);
        to.add("i", new Code().when(Code.EMPTY).op(UNREACHABLE).end(), 0);
        to.add("i", new Code().when(Code.EMPTY).op(RETURN).end(), 0);
        Code table = new Code().block(four).block(four).get(to.local('i')).brTable(0, 1, 0, 1);
        to.add("ilfd", table.end().end(), 4);
        int i = to.local('i');
        Code count = new Code().loop(Code.EMPTY).get(i).i32(1).op(I32_SUB).tee(i).brIf(0).end();
        to.add(count);
        to.add(new Code().loop(Code.EMPTY).add(count).get(i).brIf(0).end());
        to.add(
                new Code()
                        .loop(Code.EMPTY)
                        .call(1)
                        .op(DROP, DROP, DROP, DROP)
                        .get(i)
                        .get(i)
                        .op(I32_NE)
                        .brIf(0)
                        .end());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "110 l", "190 l", "190 i", "300 i"})
    void eachInstruction(String others) {
        int count = others.isEmpty() ? 0 : Integer.parseInt(others.substring(0, 3));
        String locals = others.isEmpty() ? "" : others.substring(4).repeat(count);
        Instructions made = new Instructions(locals);
        for (Opcode opcode : Opcode.values()) {
            if (isPlain(opcode)) {
                addPlain(made, opcode);
            }
        }
        addOthers(made);
        addControl(made);
        byte[] wasm = made.module.toBytes();
        Validator.validate(Decoder.decode(wasm.clone()));
        check("instructions", wasm);
        assertBounds();
    }

    /** Calls with more arguments than a method has room for, in functions with as many. */
    @ParameterizedTest
    @ValueSource(ints = {253, 300, 1000})
    void callsWithArguments(int count) {
        TestModule module = new TestModule();
        StringBuilder kinds = new StringBuilder();
        Code arguments = new Code();
        for (int i = 0; i < count; i++) {
            kinds.append("ilfdx".charAt(i % 5));
            arguments.get(i);
        }
        String type = kinds + ":i";
        module.table('r', 1, 1);
        module.importFunc("m", "f", type);
        Code indirect = new Code().add(arguments).i32(0).callIndirect(module.type(type), 0);
        module.func(type, "", new Code().add(arguments).call(0));
        module.func(type, "", indirect);
        Code both = new Code().add(arguments).call(0).add(indirect).op(I32_ADD);
        module.func(type, "i", new Code().loop(Code.I32).add(both).tee(count).get(0).brIf(0).end());
        check("arguments", module.toBytes());
        assertBounds();
    }
}
