package dev.kugg.internal.classfile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads from class files how much code each method has, and which classes they name. */
public final class MethodSizes {
    /**
     * A method with code.
     *
     * @param className the internal name of its class
     * @param name its name
     * @param descriptor its descriptor
     * @param codeBytes the length of its code
     */
    public record MethodSize(String className, String name, String descriptor, int codeBytes) {}

    private static final int MAGIC = 0xcafebabe;
    private static final int CLASS = 7;

    private final ByteBuffer in;
    private final int[] constants;
    private final List<MethodSize> methods = new ArrayList<>();

    private MethodSizes(byte[] classFile) {
        in = ByteBuffer.wrap(classFile);
        if (in.getInt() != MAGIC) {
            throw new IllegalArgumentException("not a class file");
        }
        in.getInt(); // the version
        constants = new int[u2()];
    }

    /** {@return the methods of a class file that have code, in its order} */
    public static List<MethodSize> of(byte[] classFile) {
        MethodSizes reader = new MethodSizes(classFile);
        reader.read();
        return reader.methods;
    }

    /** {@return the internal names of all classes that a class file names, its own among them} */
    public static List<String> classesIn(byte[] classFile) {
        MethodSizes reader = new MethodSizes(classFile);
        reader.read();
        List<String> names = new ArrayList<>();
        for (int i = 1; i < reader.constants.length; i++) {
            int at = reader.constants[i];
            // The second index of a long or double has no constant.
            if (at > 0 && classFile[at] == CLASS) {
                names.add(reader.className(i));
            }
        }
        return names;
    }

    private void read() {
        for (int i = 1; i < constants.length; i++) {
            constants[i] = in.position();
            i += skipConstant() - 1;
        }
        u2(); // access
        String className = className(u2());
        u2(); // superclass
        skip(2 * u2()); // interfaces
        members(className); // fields
        members(className);
    }

    /** {@return how many indices the constant takes} */
    private int skipConstant() {
        int tag = in.get();
        switch (tag) {
            case 1 -> skip(u2());
            case CLASS, 8, 16, 19, 20 -> skip(2);
            case 15 -> skip(3);
            case 3, 4, 9, 10, 11, 12, 17, 18 -> skip(4);
            case 5, 6 -> skip(8);
            default -> throw new IllegalArgumentException("constant of kind " + tag);
        }
        return tag == 5 || tag == 6 ? 2 : 1;
    }

    private void members(String className) {
        for (int count = u2(); count > 0; count--) {
            u2(); // access
            String name = utf8(u2());
            String descriptor = utf8(u2());
            for (int attributes = u2(); attributes > 0; attributes--) {
                String attribute = utf8(u2());
                int end = in.getInt() + in.position();
                if (attribute.equals("Code")) {
                    skip(4); // the greatest stack, the number of locals
                    methods.add(new MethodSize(className, name, descriptor, in.getInt()));
                }
                in.position(end);
            }
        }
    }

    private String className(int index) {
        return utf8(in.getShort(constants[index] + 1) & 0xffff);
    }

    /** Names with characters beyond ASCII come out garbled, which does not matter for sizes. */
    private String utf8(int index) {
        int length = in.getShort(constants[index] + 1) & 0xffff;
        return new String(in.array(), constants[index] + 3, length, StandardCharsets.UTF_8);
    }

    private int u2() {
        return in.getShort() & 0xffff;
    }

    private void skip(int count) {
        in.position(in.position() + count);
    }
}
