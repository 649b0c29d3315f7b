package dev.kugg.internal.bind;

import static dev.kugg.internal.bind.BindingWriter.*;
import static dev.kugg.internal.classfile.Jvm.*;

import dev.kugg.internal.classfile.ClassWriter;
import dev.kugg.internal.classfile.CodeWriter;
import dev.kugg.internal.runtime.InstanceState;
import dev.kugg.types.FuncType;
import dev.kugg.types.NumType;
import dev.kugg.types.ValType;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Method;
import java.util.List;

/**
 * Implements an interface by a class in a loader of its own, which sees the interface through the
 * interface's loader and the module's code through the module's. Its methods call the functions'
 * methods directly.
 */
final class DirectBinding {
    private static final String CLASS = "kugg/Binding";
    private static final String STATE = "dev/kugg/internal/runtime/InstanceState";
    private static final String FUNC = "dev/kugg/Func";
    private static final String GENERATED = "kugg/Instance";

    private final ClassWriter owner;

    private DirectBinding(ClassWriter owner) {
        this.owner = owner;
    }

    static Object make(
            InstanceState instance, ClassLoader code, Class<?> type, List<BoundMethod> methods)
            throws IllegalAccessException {
        DirectBinding binding =
                new DirectBinding(new ClassWriter(CLASS, OBJECT, internalName(type)));
        binding.fieldsAndConstructor();
        for (int i = 0; i < methods.size(); i++) {
            binding.method(methods.get(i), i);
        }
        try {
            return new Loader(type, code)
                    .define(binding.owner.toBytes())
                    .getConstructor(InstanceState.class, dev.kugg.Func[].class)
                    .newInstance(instance, funcs(methods));
        } catch (IllegalAccessException e) {
            throw e;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("generated class", e);
        }
    }

    private static dev.kugg.@Nullable Func[] funcs(List<BoundMethod> methods) {
        dev.kugg.Func[] funcs = new dev.kugg.Func[methods.size()];
        for (int i = 0; i < funcs.length; i++) {
            funcs[i] = methods.get(i).func();
        }
        return funcs;
    }

    private void fieldsAndConstructor() {
        owner.field(ClassWriter.PRIVATE | ClassWriter.FINAL, "instance", "L" + GENERATED + ";");
        owner.field(ClassWriter.PRIVATE | ClassWriter.FINAL, "funcs", "[L" + FUNC + ";");
        CodeWriter code =
                owner.method(ClassWriter.PUBLIC, "<init>", "(L" + STATE + ";[L" + FUNC + ";)V");
        code.local(ALOAD, 0);
        code.invokeSpecial(OBJECT, "<init>", "()V");
        code.local(ALOAD, 0);
        code.local(ALOAD, 1);
        code.checkCast(GENERATED);
        code.putField(CLASS, "instance", "L" + GENERATED + ";");
        code.local(ALOAD, 0);
        code.local(ALOAD, 2);
        code.putField(CLASS, "funcs", "[L" + FUNC + ";");
        code.op(RETURN);
        code.end(2, 3);
        CodeWriter text = owner.method(ClassWriter.PUBLIC, "toString", "()Ljava/lang/String;");
        text.local(ALOAD, 0);
        text.getField(CLASS, "instance", "L" + GENERATED + ";");
        text.invokeVirtual(OBJECT, "toString", "()Ljava/lang/String;");
        text.op(ARETURN);
        text.end(1, 1);
    }

    private void method(BoundMethod bound, int index) {
        Method method = bound.method();
        CodeWriter code =
                owner.method(ClassWriter.PUBLIC, method.getName(), BoundMethod.descriptor(method));
        if (bound.func() == null) {
            close(code);
        } else if (bound.target() == null) {
            PackageBinding.callFunc(code, CLASS, bound, index);
        } else {
            call(code, bound);
        }
    }

    private static void close(CodeWriter code) {
        code.local(ALOAD, 0);
        code.getField(CLASS, "instance", "L" + GENERATED + ";");
        code.invokeVirtual(STATE, "close", "()V");
        code.op(RETURN);
        code.end(1, 1);
    }

    /**
     * {@code int left = i.enter(); try { result = function(args, i, left); } catch (e) { i.exit();
     * throw outcome(e); } i.exit()}.
     */
    private static void call(CodeWriter code, BoundMethod bound) {
        Method method = bound.method();
        int instance = 1 + paramSlots(method);
        int remaining = instance + 1;
        declareLocals(code, method);
        code.local(ALOAD, 0);
        code.getField(CLASS, "instance", "L" + GENERATED + ";");
        code.op(DUP);
        code.local(ASTORE, instance);
        code.invokeVirtual(STATE, "enter", "()I");
        code.local(ISTORE, remaining);
        int start = code.size();
        int slot = 1;
        for (Class<?> param : method.getParameterTypes()) {
            code.local(loadOpcode(param), slot);
            slot += slots(param);
        }
        code.local(ALOAD, instance);
        code.local(ILOAD, remaining);
        var target = java.util.Objects.requireNonNull(bound.target());
        code.invokeStatic(target.className(), target.name(), target.descriptor());
        result(code, bound.type(), method, instance);
        int end = code.size();
        code.local(ALOAD, instance);
        code.invokeVirtual(STATE, "exit", "()V");
        code.op(returnOpcode(method.getReturnType()));
        code.handlerWithLocals(start, end, "java/lang/Throwable");
        code.local(ALOAD, instance);
        code.invokeVirtual(STATE, "exit", "()V");
        code.local(ALOAD, instance);
        code.op(SWAP);
        code.invokeVirtual(STATE, "outcome", "(Ljava/lang/Throwable;)Ljava/lang/RuntimeException;");
        code.op(ATHROW);
        code.end(paramSlots(method) + 8, remaining + 1);
    }

    private static void declareLocals(CodeWriter code, Method method) {
        code.frameLocal(code.objectType(CLASS));
        for (Class<?> param : method.getParameterTypes()) {
            code.frameLocal(verificationType(code, param));
        }
        code.endParameters();
        code.frameLocal(code.objectType(GENERATED));
        code.frameLocal(CodeWriter.INT);
    }

    private static void result(CodeWriter code, FuncType type, Method method, int instance) {
        if (type.results().size() > 1) {
            code.local(ALOAD, instance);
            code.getField(STATE, "results", "[J");
            code.pushInt(type.results().size());
            code.invokeStatic("java/util/Arrays", "copyOf", "([JI)[J");
        } else if (type.results().size() == 1 && !(type.results().get(0) instanceof NumType)) {
            castReference(code, type.results().get(0), method);
        }
    }

    private static void castReference(CodeWriter code, ValType type, Method method) {
        if (type.equals(ValType.FUNCREF)) {
            code.checkCast(internalName(method.getReturnType()));
        }
    }

    /** Sees the interface's classes, the module's code, and Kugg's. */
    private static final class Loader extends ClassLoader {
        private final ClassLoader code;

        Loader(Class<?> type, ClassLoader code) {
            super(
                    type.getClassLoader() == null
                            ? ClassLoader.getSystemClassLoader()
                            : type.getClassLoader());
            this.code = code;
            Module own = DirectBinding.class.getModule();
            if (own.isNamed()) {
                own.addExports("dev.kugg.internal.runtime", getUnnamedModule());
            }
        }

        Class<?> define(byte[] bytes) {
            return defineClass(CLASS.replace('/', '.'), bytes, 0, bytes.length);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("dev.kugg.")) {
                try {
                    return Class.forName(name, false, DirectBinding.class.getClassLoader());
                } catch (ClassNotFoundException e) {
                    return super.loadClass(name, resolve);
                }
            }
            try {
                return super.loadClass(name, resolve);
            } catch (ClassNotFoundException e) {
                return code.loadClass(name);
            }
        }
    }
}
