package dev.kugg.internal.bind;

import static dev.kugg.internal.bind.BindingWriter.*;
import static dev.kugg.internal.classfile.Jvm.*;

import dev.kugg.Func;
import dev.kugg.internal.classfile.ClassWriter;
import dev.kugg.internal.classfile.CodeWriter;
import dev.kugg.internal.runtime.Binding;
import dev.kugg.internal.runtime.InstanceState;
import dev.kugg.internal.runtime.Prototypes;
import dev.kugg.types.FuncType;
import dev.kugg.types.NumType;
import dev.kugg.types.ValType;

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
    private static final String FUNCS = "[Ldev/kugg/Func;";
    private static final String BINDING = "dev/kugg/internal/runtime/Binding";
    private static final String PROTOTYPES = "dev/kugg/internal/runtime/Prototypes";
    private static final String BIND_PARAMS = "L" + STATE + ";" + FUNCS;
    private static final String GENERATED = "kugg/Instance";

    private final Binding prototype;
    private final List<BoundMethod> methods;

    private DirectBinding(Binding prototype, List<BoundMethod> methods) {
        this.prototype = prototype;
        this.methods = methods;
    }

    /** {@return the implementation of an interface for all instances of a module} */
    static DirectBinding make(ExportedCode code, Class<?> type, List<BoundMethod> methods) {
        ClassWriter owner = new ClassWriter(CLASS, BINDING, internalName(type));
        owner.field(ClassWriter.PRIVATE | ClassWriter.FINAL, "instance", "L" + GENERATED + ";");
        owner.field(ClassWriter.PRIVATE | ClassWriter.FINAL, "funcs", FUNCS);
        constructors(owner);
        prototype(owner);
        for (int i = 0; i < methods.size(); i++) {
            method(owner, methods.get(i), i);
        }
        Loader loader = new Loader(type, code, owner.toBytes());
        return new DirectBinding((Binding) Prototypes.of(CLASS.replace('/', '.'), loader), methods);
    }

    /** {@return the implementation for one instance} */
    Object bind(InstanceState instance) {
        Func[] funcs = new Func[methods.size()];
        for (int i = 0; i < funcs.length; i++) {
            String export = methods.get(i).export();
            if (export != null && methods.get(i).target() == null) {
                funcs[i] = instance.func(export);
            }
        }
        return prototype.bind(instance, funcs);
    }

    /** One for the prototype, which has no instance, and one for what is handed out. */
    private static void constructors(ClassWriter owner) {
        CodeWriter empty = owner.method(ClassWriter.PRIVATE, "<init>", "()V");
        empty.local(ALOAD, 0);
        empty.invokeSpecial(BINDING, "<init>", "()V");
        empty.local(ALOAD, 0);
        empty.op(ACONST_NULL);
        empty.putField(CLASS, "instance", "L" + GENERATED + ";");
        empty.local(ALOAD, 0);
        empty.op(ACONST_NULL);
        empty.putField(CLASS, "funcs", FUNCS);
        empty.op(RETURN);
        empty.end(2, 1);
        CodeWriter code = owner.method(ClassWriter.PRIVATE, "<init>", "(" + BIND_PARAMS + ")V");
        code.local(ALOAD, 0);
        code.invokeSpecial(BINDING, "<init>", "()V");
        code.local(ALOAD, 0);
        code.local(ALOAD, 1);
        code.checkCast(GENERATED);
        code.putField(CLASS, "instance", "L" + GENERATED + ";");
        code.local(ALOAD, 0);
        code.local(ALOAD, 2);
        code.putField(CLASS, "funcs", FUNCS);
        code.op(RETURN);
        code.end(2, 3);
    }

    private static void prototype(ClassWriter owner) {
        CodeWriter init = owner.method(ClassWriter.STATIC, "<clinit>", "()V");
        init.newObject(CLASS);
        init.op(DUP);
        init.invokeSpecial(CLASS, "<init>", "()V");
        init.invokeStatic(PROTOTYPES, "offer", "(Ljava/lang/Object;)V");
        init.op(RETURN);
        init.end(2, 0);
        CodeWriter bind =
                owner.method(ClassWriter.PUBLIC, "bind", "(" + BIND_PARAMS + ")Ljava/lang/Object;");
        bind.newObject(CLASS);
        bind.op(DUP);
        bind.local(ALOAD, 1);
        bind.local(ALOAD, 2);
        bind.invokeSpecial(CLASS, "<init>", "(" + BIND_PARAMS + ")V");
        bind.op(ARETURN);
        bind.end(4, 3);
        CodeWriter text = owner.method(ClassWriter.PUBLIC, "toString", "()Ljava/lang/String;");
        text.local(ALOAD, 0);
        text.getField(CLASS, "instance", "L" + GENERATED + ";");
        text.invokeVirtual(OBJECT, "toString", "()Ljava/lang/String;");
        text.op(ARETURN);
        text.end(1, 1);
    }

    private static void method(ClassWriter owner, BoundMethod bound, int index) {
        Method method = bound.method();
        CodeWriter code =
                owner.method(ClassWriter.PUBLIC, method.getName(), BoundMethod.descriptor(method));
        if (bound.export() == null) {
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

    /** Sees the interface's classes, the module's code, and Kugg's; defines the one class. */
    private static final class Loader extends ClassLoader {
        private final ExportedCode code;
        private final byte[] image;

        Loader(Class<?> type, ExportedCode code, byte[] image) {
            super(
                    type.getClassLoader() == null
                            ? ClassLoader.getSystemClassLoader()
                            : type.getClassLoader());
            this.code = code;
            this.image = image;
            Module own = DirectBinding.class.getModule();
            if (own.isNamed()) {
                own.addExports("dev.kugg.internal.runtime", getUnnamedModule());
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals("kugg.Binding")) {
                return own(name);
            }
            if (code.defines(name)) {
                return code.loader().loadClass(name);
            }
            // The interface's loader may see another copy of Kugg, or none.
            if (name.startsWith("dev.kugg.internal.") || name.equals("dev.kugg.Func")) {
                return Class.forName(name, false, DirectBinding.class.getClassLoader());
            }
            return super.loadClass(name, resolve);
        }

        private Class<?> own(String name) {
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known != null ? known : defineClass(name, image, 0, image.length);
            }
        }
    }
}
