package dev.kugg.internal.bind;

import static dev.kugg.internal.bind.BindingWriter.*;
import static dev.kugg.internal.classfile.Jvm.*;

import dev.kugg.Func;
import dev.kugg.Instance;
import dev.kugg.internal.classfile.ClassWriter;
import dev.kugg.internal.classfile.CodeWriter;
import dev.kugg.internal.runtime.InstanceState;
import dev.kugg.types.FuncType;
import dev.kugg.types.NumType;
import dev.kugg.types.ValType;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.List;

/**
 * Implements an interface by a class in the interface's own package, with no more than the public
 * API: its methods call through {@link Func}.
 */
final class PackageBinding {
    private static final String FUNC = "dev/kugg/Func";
    private static final String FUNCS = "[L" + FUNC + ";";

    private PackageBinding() {}

    static Object make(
            InstanceState instance,
            MethodHandles.Lookup lookup,
            Class<?> type,
            List<BoundMethod> methods)
            throws IllegalAccessException {
        MethodHandles.Lookup beside =
                lookup.lookupClass() == type ? lookup : MethodHandles.privateLookupIn(type, lookup);
        Func[] funcs = new Func[methods.size()];
        for (int i = 0; i < funcs.length; i++) {
            String export = methods.get(i).export();
            if (export != null) {
                funcs[i] = instance.func(export);
            }
        }
        try {
            return beside.findConstructor(
                            implementation(beside, type, methods),
                            MethodType.methodType(void.class, Instance.class, Func[].class))
                    .invoke(instance, funcs);
        } catch (IllegalAccessException e) {
            throw e;
        } catch (Throwable e) {
            throw new LinkageError("generated class", e);
        }
    }

    /**
     * {@return the class that implements an interface} It depends on the interface alone, so there
     * is one for all modules, which lives as long as the interface.
     */
    private static Class<?> implementation(
            MethodHandles.Lookup beside, Class<?> type, List<BoundMethod> methods)
            throws IllegalAccessException, ClassNotFoundException {
        boolean closes = false;
        for (BoundMethod method : methods) {
            closes |= method.export() == null;
        }
        String name = type.getName() + (closes ? "$KuggClosing" : "$KuggBinding");
        try {
            return Class.forName(name, true, type.getClassLoader());
        } catch (ClassNotFoundException notYet) {
            try {
                return beside.defineClass(write(name.replace('.', '/'), type, methods));
            } catch (LinkageError e) {
                // Another thread has just made it.
                return Class.forName(name, true, type.getClassLoader());
            }
        }
    }

    private static byte[] write(String name, Class<?> type, List<BoundMethod> methods) {
        ClassWriter owner = new ClassWriter(name, OBJECT, internalName(type));
        fieldsAndConstructor(owner, name);
        for (int i = 0; i < methods.size(); i++) {
            Method method = methods.get(i).method();
            CodeWriter code =
                    owner.method(
                            ClassWriter.PUBLIC, method.getName(), BoundMethod.descriptor(method));
            if (methods.get(i).export() == null) {
                close(code, name);
            } else {
                callFunc(code, name, methods.get(i), i);
            }
        }
        return owner.toBytes();
    }

    private static void fieldsAndConstructor(ClassWriter owner, String name) {
        owner.field(ClassWriter.PRIVATE | ClassWriter.FINAL, "instance", "L" + INSTANCE + ";");
        owner.field(ClassWriter.PRIVATE | ClassWriter.FINAL, "funcs", FUNCS);
        CodeWriter code =
                owner.method(ClassWriter.PUBLIC, "<init>", "(L" + INSTANCE + ";" + FUNCS + ")V");
        code.local(ALOAD, 0);
        code.invokeSpecial(OBJECT, "<init>", "()V");
        code.local(ALOAD, 0);
        code.local(ALOAD, 1);
        code.putField(name, "instance", "L" + INSTANCE + ";");
        code.local(ALOAD, 0);
        code.local(ALOAD, 2);
        code.putField(name, "funcs", FUNCS);
        code.op(RETURN);
        code.end(2, 3);
    }

    private static void close(CodeWriter code, String name) {
        code.local(ALOAD, 0);
        code.getField(name, "instance", "L" + INSTANCE + ";");
        code.invokeInterface(INSTANCE, "close", "()V", 1);
        code.op(RETURN);
        code.end(1, 1);
    }

    /**
     * The method as a call of the {@link Func} at an index of the field {@code funcs} of the class
     * {@code owner}.
     */
    static void callFunc(CodeWriter code, String owner, BoundMethod bound, int index) {
        code.local(ALOAD, 0);
        code.getField(owner, "funcs", FUNCS);
        code.pushInt(index);
        code.op(AALOAD);
        if (onlyNumbers(bound.type())) {
            callWithNumbers(code, bound);
        } else {
            callWithObjects(code, bound);
        }
        code.op(returnOpcode(bound.method().getReturnType()));
        code.end(10, 2 + paramSlots(bound.method()));
    }

    private static boolean onlyNumbers(FuncType type) {
        for (ValType each : type.params()) {
            if (!(each instanceof NumType)) {
                return false;
            }
        }
        for (ValType each : type.results()) {
            if (!(each instanceof NumType)) {
                return false;
            }
        }
        return true;
    }

    private static void callWithNumbers(CodeWriter code, BoundMethod bound) {
        List<ValType> params = bound.type().params();
        code.pushInt(params.size());
        code.newLongArray();
        int slot = 1;
        for (int i = 0; i < params.size(); i++) {
            Class<?> type = BoundMethod.javaType(params.get(i));
            code.op(DUP);
            code.pushInt(i);
            code.local(loadOpcode(type), slot);
            toBits(code, type);
            code.op(LASTORE);
            slot += slots(type);
        }
        code.invokeInterface(FUNC, "call", "([J)[J", 2);
        if (bound.type().results().isEmpty()) {
            code.op(POP);
        } else if (bound.type().results().size() == 1) {
            code.pushInt(0);
            code.op(LALOAD);
            fromBits(code, bound.method().getReturnType());
        }
    }

    private static void toBits(CodeWriter code, Class<?> type) {
        if (type == int.class) {
            code.op(I2L);
        } else if (type == float.class) {
            code.invokeStatic("java/lang/Float", "floatToRawIntBits", "(F)I");
            code.op(I2L);
        } else if (type == double.class) {
            code.invokeStatic("java/lang/Double", "doubleToRawLongBits", "(D)J");
        }
    }

    private static void fromBits(CodeWriter code, Class<?> type) {
        if (type == int.class) {
            code.op(L2I);
        } else if (type == float.class) {
            code.op(L2I);
            code.invokeStatic("java/lang/Float", "intBitsToFloat", "(I)F");
        } else if (type == double.class) {
            code.invokeStatic("java/lang/Double", "longBitsToDouble", "(J)D");
        }
    }

    private static void callWithObjects(CodeWriter code, BoundMethod bound) {
        List<ValType> params = bound.type().params();
        code.pushInt(params.size());
        code.newObjectArray(OBJECT);
        int slot = 1;
        for (int i = 0; i < params.size(); i++) {
            Class<?> type = BoundMethod.javaType(params.get(i));
            code.op(DUP);
            code.pushInt(i);
            code.local(loadOpcode(type), slot);
            box(code, type);
            code.op(AASTORE);
            slot += slots(type);
        }
        code.invokeInterface(FUNC, "invoke", "([Ljava/lang/Object;)[Ljava/lang/Object;", 2);
        if (bound.type().results().isEmpty()) {
            code.op(POP);
        } else if (bound.type().results().size() == 1) {
            code.pushInt(0);
            code.op(AALOAD);
            unbox(code, bound.method().getReturnType());
        } else {
            unboxAll(code, bound.type().results(), slot);
        }
    }

    /** Turns the array of boxed numbers on the stack into one of their bits. */
    private static void unboxAll(CodeWriter code, List<ValType> results, int scratch) {
        code.local(ASTORE, scratch);
        code.pushInt(results.size());
        code.newLongArray();
        for (int i = 0; i < results.size(); i++) {
            Class<?> type = BoundMethod.javaType(results.get(i));
            code.op(DUP);
            code.pushInt(i);
            code.local(ALOAD, scratch);
            code.pushInt(i);
            code.op(AALOAD);
            unbox(code, type);
            toBits(code, type);
            code.op(LASTORE);
        }
    }

    private static void box(CodeWriter code, Class<?> type) {
        if (type.isPrimitive()) {
            String boxed = boxedName(type);
            code.invokeStatic(boxed, "valueOf", "(" + type.descriptorString() + ")L" + boxed + ";");
        }
    }

    private static void unbox(CodeWriter code, Class<?> type) {
        if (type.isPrimitive()) {
            String boxed = boxedName(type);
            code.checkCast(boxed);
            code.invokeVirtual(boxed, type.getName() + "Value", "()" + type.descriptorString());
        } else {
            code.checkCast(internalName(type));
        }
    }

    private static String boxedName(Class<?> type) {
        return type == int.class
                ? "java/lang/Integer"
                : type == long.class
                        ? "java/lang/Long"
                        : type == float.class ? "java/lang/Float" : "java/lang/Double";
    }
}
