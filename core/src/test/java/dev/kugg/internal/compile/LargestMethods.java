package dev.kugg.internal.compile;

import dev.kugg.internal.classfile.MethodSizes;
import dev.kugg.internal.classfile.MethodSizes.MethodSize;
import dev.kugg.internal.decode.Decoder;
import dev.kugg.internal.validate.Validator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Lists the largest methods of what wasm files are compiled to: {@code java -cp
 * core/target/classes:core/target/test-classes dev.kugg.internal.compile.LargestMethods FILE...}
 */
final class LargestMethods {
    private static final int SHOWN = 20;

    private LargestMethods() {}

    public static void main(String[] args) throws IOException {
        for (String arg : args) {
            Path file = Path.of(arg);
            String name = String.valueOf(file.getFileName());
            List<MethodSize> methods = new ArrayList<>(of(name, Files.readAllBytes(file)));
            methods.sort(Comparator.comparingInt(MethodSize::codeBytes).reversed());
            long all = methods.stream().mapToLong(MethodSize::codeBytes).sum();
            System.out.println(arg + ": " + methods.size() + " methods, " + all + " bytes of code");
            for (MethodSize method : methods.subList(0, Math.min(SHOWN, methods.size()))) {
                System.out.println(show(method));
            }
        }
    }

    static String show(MethodSize method) {
        return "%7d  %s.%s".formatted(method.codeBytes(), method.className(), method.name());
    }

    /**
     * {@return the size of every method of a module's generated classes}
     *
     * @param name the module's name
     * @param wasm the module
     */
    static List<MethodSize> of(String name, byte[] wasm) {
        CompiledModule module =
                Compiler.compile(name, Validator.validate(Decoder.decode(wasm.clone())));
        List<MethodSize> methods = new ArrayList<>();
        for (CompiledModule.ClassImage image : module.classes()) {
            methods.addAll(MethodSizes.of(image.bytes()));
        }
        return methods;
    }
}
