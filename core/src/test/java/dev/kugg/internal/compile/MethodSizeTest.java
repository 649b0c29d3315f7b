package dev.kugg.internal.compile;

import static dev.kugg.internal.opcode.Opcode.*;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.kugg.UnsupportedException;
import dev.kugg.internal.Code;
import dev.kugg.internal.TestModule;
import dev.kugg.internal.WasmFiles;
import dev.kugg.internal.classfile.MethodSizes;
import dev.kugg.internal.classfile.MethodSizes.MethodSize;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * HotSpot never compiles a method of more than 8000 bytes of code: none that we generate may be
 * larger. Looks at every wasm file of the project (built ones included), of the benchmark corpus
 * where it is there, and of the folders of {@code -Dkugg.guests}.
 */
class MethodSizeTest {
    private static final int CODE_BYTES_MAX = 8000;

    @TestFactory
    Stream<DynamicTest> guests() {
        Set<Path> files = new LinkedHashSet<>(WasmFiles.in(WasmFiles.projectRoot()));
        for (Path folder : otherFolders()) {
            if (Files.isDirectory(folder)) {
                files.addAll(WasmFiles.in(folder));
            } else {
                WasmFiles.leftOut("sizes of generated methods", "no " + folder);
            }
        }
        return files.stream().map(file -> dynamicTest(file.toString(), () -> check(file)));
    }

    private static void check(Path file) throws IOException {
        try {
            byte[] wasm = Files.readAllBytes(file);
            check(LargestMethods.of(file.getFileName().toString(), wasm));
        } catch (UnsupportedException e) {
            System.out.println("left out: sizes of generated methods (" + e.getMessage() + ")");
        }
    }

    private static void check(List<MethodSize> methods) {
        assertThat(methods).isNotEmpty();
        List<String> large =
                methods.stream()
                        .filter(method -> method.codeBytes() > CODE_BYTES_MAX)
                        .map(LargestMethods::show)
                        .toList();
        assertThat(large).as("methods above " + CODE_BYTES_MAX + " bytes").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 10_000, 100_000})
    void straightCode(int instructions) {
        Code code = new Code();
        for (int i = 0; i < instructions / 4; i++) {
            code.get(0).i32(i).op(I32_XOR).set(0);
        }
        check(code.get(0));
    }

    /** What lies on the operand stack at a cut has to be kept somewhere. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 10_000, 60_000})
    void deepStacks(int operands) {
        Code code = new Code();
        for (int i = 0; i < operands; i++) {
            code.get(0).i32(i).op(I32_MUL);
        }
        for (int i = 1; i < operands; i++) {
            code.op(I32_ADD);
        }
        check(code);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 5_000, 100_000})
    void switches(int cases) {
        Code code = new Code();
        int[] labels = new int[cases + 1];
        for (int i = 0; i <= cases; i++) {
            code.block(Code.EMPTY);
            labels[i] = i;
        }
        code.get(0).brTable(labels);
        for (int i = 0; i < cases; i++) {
            code.end().get(0).i32(i * 31).op(I32_XOR).set(0).br(cases - 1 - i);
        }
        check(code.end().get(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 5_000, 50_000})
    void callsWithManyArguments(int calls) {
        TestModule module = new TestModule();
        int callee = module.func("iiiiiiii:i", "", new Code().get(7));
        Code code = new Code();
        for (int i = 0; i < calls; i++) {
            for (int argument = 0; argument < 8; argument++) {
                code.get(argument % 4);
            }
            code.call(callee).set(i % 4);
        }
        module.func("run", "i:i", "iii", code.get(0));
        check(LargestMethods.of("calls.wasm", module.toBytes()));
    }

    private static void check(Code body) {
        TestModule module = new TestModule();
        module.func("run", "i:i", "", body);
        check(LargestMethods.of("large.wasm", module.toBytes()));
    }

    /** The reader agrees with what javac is known to have written. */
    @Test
    void readsClassFiles() throws IOException {
        try (InputStream in = MethodSizes.class.getResourceAsStream("MethodSizes.class")) {
            assertThat(in).isNotNull();
            List<MethodSize> methods = MethodSizes.of(in.readAllBytes());
            assertThat(methods).extracting(MethodSize::name).contains("<init>", "of", "utf8");
            assertThat(methods)
                    .allMatch(method -> method.codeBytes() > 0 && method.codeBytes() < 1_000)
                    .allMatch(
                            method ->
                                    method.className()
                                            .equals(MethodSizes.class.getName().replace('.', '/')));
        }
    }

    private static List<Path> otherFolders() {
        String guests = System.getProperty("kugg.guests", "");
        Stream<Path> given =
                Arrays.stream(guests.split(File.pathSeparator))
                        .filter(folder -> !folder.isEmpty())
                        .map(Path::of);
        return Stream.concat(Stream.of(WasmFiles.shared("bench/corpus")), given).toList();
    }
}
