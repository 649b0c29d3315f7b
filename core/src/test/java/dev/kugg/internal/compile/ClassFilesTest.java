package dev.kugg.internal.compile;

import static dev.kugg.internal.opcode.Opcode.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.internal.Code;
import dev.kugg.internal.TestModule;
import dev.kugg.internal.decode.Decoder;
import dev.kugg.internal.validate.Validator;

import org.junit.jupiter.api.Test;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which classes a module has, and that each is written alone. */
class ClassFilesTest {
    private static CompiledModule compile(TestModule module) {
        return Compiler.compile("guest.wasm", Validator.validate(Decoder.decode(module.toBytes())));
    }

    /** Code of so many bytes, in steps of three. */
    static Code padding(int bytes) {
        Code code = new Code();
        for (int i = 0; i < bytes; i += 3) {
            code.i32(1).op(DROP);
        }
        return code;
    }

    private static CompiledModule large() {
        TestModule module = new TestModule();
        for (int i = 0; i < 65; i++) {
            module.importFunc("env", "f" + i, "i:");
        }
        for (int i = 0; i < 130; i++) {
            module.type("i".repeat(i) + ":");
        }
        int[] funcs = new int[16_385];
        for (int i = 0; i < funcs.length; i++) {
            funcs[i] = module.func("i:i", "", new Code().get(0));
        }
        module.table('r', funcs.length, funcs.length);
        module.elem(0, new Code().i32(0), funcs);
        module.func(":", "", padding(3000));
        return compile(module);
    }

    @Test
    void namesOfClasses() {
        CompiledModule module = large();
        // 500 functions a class, and a large one by itself.
        List<String> names = new ArrayList<>(List.of("guest", "kugg.Instance", "kugg.Invoke"));
        for (int i = 1; i <= 33; i++) {
            names.add("c" + i + ".guest");
        }
        names.addAll(List.of("kugg.Imports0", "kugg.Imports1"));
        for (int i = 0; i <= 130 / 8; i++) {
            names.add("kugg.Types" + i);
        }
        names.addAll(List.of("kugg.CasesOfInvoke_0_128", "kugg.CasesOfInvoke_128_131"));
        int type = 130;
        for (int from = 0; from < 16_384; from += 128) {
            names.add("kugg.Cases" + type + "_" + from + "_" + (from + 128));
        }
        names.add("kugg.Cases" + type + "_0_16384");
        names.add("kugg.Cases" + type + "_16384_16385");
        for (String name : names) {
            assertThat(module.hasClass(name)).as(name).isTrue();
            byte[] bytes = module.writeClass(name);
            assertThat(bytes).as(name).isEqualTo(module.writeClass(name));
            assertThat(nameIn(bytes)).isEqualTo(name);
        }
        assertThat(module.method(65 + 16_385).className()).isEqualTo("c33/guest");
    }

    @Test
    void otherNames() {
        CompiledModule module = large();
        for (String name :
                List.of(
                        "",
                        "c",
                        "c0.guest",
                        "c01.guest",
                        "c34.guest",
                        "c4294967297.guest",
                        "c1.c1.guest",
                        "c1xguest",
                        "d1.guest",
                        "c-1.guest",
                        "c1.gues",
                        "uest",
                        "java.lang.Object",
                        "kugg.Binding",
                        "kugg.Invoke0",
                        "kugg.Imports2",
                        "kugg.Types",
                        "kugg.Types17",
                        "kugg.Types00",
                        "kugg.Types-1",
                        "kugg.Cases",
                        "kugg.Cases_0_128",
                        "kugg.Cases0_0_128",
                        "kugg.Cases131_0_128",
                        "kugg.Cases130_0_64",
                        "kugg.Cases130_64_192",
                        "kugg.Cases130_0_127",
                        "kugg.Cases130_0_16385",
                        "kugg.Cases130_16384_16512",
                        "kugg.Cases130__128",
                        "kugg.Cases130_0_",
                        "kugg.CasesOfInvoke_128_130",
                        "kugg.CasesOfInvoke_0_131",
                        "kugg.CasesOfInvoke_128_256",
                        "kugg.CasesOfInvoke")) {
            assertThat(module.hasClass(name)).as(name).isFalse();
        }
        CompiledModule empty = compile(new TestModule());
        assertThat(empty.hasClass("kugg.Instance")).isTrue();
        for (String name : List.of("guest", "kugg.Invoke", "kugg.Types0", "kugg.Imports0")) {
            assertThat(empty.hasClass(name)).as(name).isFalse();
        }
    }

    /** What a class file says its name is: the constants begin with it. */
    private static String nameIn(byte[] bytes) {
        int length = (bytes[11] & 0xff) << 8 | bytes[12] & 0xff;
        return new String(bytes, 13, length, java.nio.charset.StandardCharsets.UTF_8)
                .replace('/', '.');
    }

    @Test
    void classesOfFunctionsAreSmall() {
        TestModule module = new TestModule();
        for (int i = 0; i < 20; i++) {
            module.func(":", "", padding(i == 10 ? 3000 : 600));
        }
        CompiledModule compiled = compile(module);
        // Three of 600 bytes to a class, the large one alone.
        String[] expected = {
            "guest", "guest", "guest", "c1", "c1", "c1", "c2", "c2", "c2", "c3", "c4", "c5", "c5",
            "c5", "c6", "c6", "c6", "c7", "c7", "c7"
        };
        for (int i = 0; i < expected.length; i++) {
            String suffix = expected[i].equals("guest") ? "" : "/guest";
            assertThat(compiled.method(i).className()).isEqualTo(expected[i] + suffix);
        }
    }

    @Test
    void parametersOfMoreSlotsThanAMethodHasPassInArrays() {
        TestModule module = new TestModule();
        int most = module.func("l".repeat(125) + "i:i", "", new Code().i32(0));
        int more = module.func("l".repeat(126) + ":", "", new Code());
        CompiledModule compiled = compile(module);
        assertThat(compiled.method(most).descriptor())
                .isEqualTo("(" + "J".repeat(125) + "ILkugg/Instance;I)I");
        assertThat(compiled.method(more)).isNull();
    }

    // ---- the classes that write ----

    @Test
    void theWritersAreInitialisedBeforehand() throws URISyntaxException {
        Set<String> initialised = Set.of(WriterClasses.NAMES);
        for (String folder : List.of("compile", "flow", "classfile")) {
            String path = "dev/kugg/internal/" + folder + "/";
            // Holders of constants that the Java compiler copies, and what runs before all others.
            Set<String> others =
                    Set.of("Jvm", "RuntimeNames", "Compiler", "WriterClasses", "package-info");
            for (String name : classesIn(path)) {
                if (!others.contains(name)) {
                    assertThat(initialised)
                            .as("WriterClasses.NAMES")
                            .contains(path.replace('/', '.') + name);
                }
            }
        }
    }

    private static List<String> classesIn(String path) throws URISyntaxException {
        URL one =
                Compiler.class
                        .getClassLoader()
                        .getResource("dev/kugg/internal/compile/Compiler.class");
        assertThat(one).isNotNull();
        File root = new File(one.toURI()).getParentFile().getParentFile();
        File folder = new File(root, path.substring("dev/kugg/internal/".length()));
        List<String> names = new ArrayList<>();
        String[] files = folder.list();
        assertThat(files).isNotEmpty();
        for (String file : files) {
            if (file.endsWith(".class")) {
                names.add(file.substring(0, file.length() - ".class".length()));
            }
        }
        return names;
    }
}
