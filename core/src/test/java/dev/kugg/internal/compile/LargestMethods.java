package dev.kugg.internal.compile;

import dev.kugg.internal.classfile.MethodSizes;
import dev.kugg.internal.classfile.MethodSizes.MethodSize;
import dev.kugg.internal.decode.Decoder;
import dev.kugg.internal.validate.ValidModule;
import dev.kugg.internal.validate.Validator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
        ValidModule valid = Validator.validate(Decoder.decode(wasm.clone()));
        CompiledModule module = Compiler.compile(name, valid);
        Deque<String> pending = new ArrayDeque<>();
        pending.add(CompiledModule.INSTANCE_CLASS.replace('.', '/'));
        for (int funcidx = 0; funcidx < valid.def.funcCount(); funcidx++) {
            pending.add(module.method(funcidx).className());
        }
        return sizes(module, pending);
    }

    /** A class is written when code names it, as the JVM would ask for it. */
    private static List<MethodSize> sizes(CompiledModule module, Deque<String> pending) {
        List<MethodSize> methods = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        while (!pending.isEmpty()) {
            String name = pending.remove();
            String binaryName = name.replace('/', '.');
            if (seen.add(name) && module.hasClass(binaryName)) {
                byte[] classFile = module.writeClass(binaryName);
                methods.addAll(MethodSizes.of(classFile));
                pending.addAll(MethodSizes.classesIn(classFile));
            }
        }
        return methods;
    }
}
