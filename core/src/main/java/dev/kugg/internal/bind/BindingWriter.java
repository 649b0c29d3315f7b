package dev.kugg.internal.bind;

import static dev.kugg.internal.classfile.Jvm.*;

import dev.kugg.internal.classfile.CodeWriter;

import java.lang.reflect.Method;

/** What both ways of implementing an interface write alike. */
final class BindingWriter {
    static final String OBJECT = "java/lang/Object";
    static final String INSTANCE = "dev/kugg/Instance";

    private BindingWriter() {}

    static int slots(Class<?> type) {
        return type == void.class ? 0 : type == long.class || type == double.class ? 2 : 1;
    }

    static int paramSlots(Method method) {
        int slots = 0;
        for (Class<?> param : method.getParameterTypes()) {
            slots += slots(param);
        }
        return slots;
    }

    static int loadOpcode(Class<?> type) {
        return type == int.class
                ? ILOAD
                : type == long.class
                        ? LLOAD
                        : type == float.class ? FLOAD : type == double.class ? DLOAD : ALOAD;
    }

    static int returnOpcode(Class<?> type) {
        return type == void.class ? RETURN : IRETURN + (loadOpcode(type) - ILOAD);
    }

    static int verificationType(CodeWriter code, Class<?> type) {
        return type == int.class
                ? CodeWriter.INT
                : type == long.class
                        ? CodeWriter.LONG
                        : type == float.class
                                ? CodeWriter.FLOAT
                                : type == double.class
                                        ? CodeWriter.DOUBLE
                                        : code.objectType(internalName(type));
    }

    static String internalName(Class<?> type) {
        String descriptor = type.descriptorString();
        return type.isArray() ? descriptor : descriptor.substring(1, descriptor.length() - 1);
    }
}
