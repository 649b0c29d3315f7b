package dev.kugg.internal.bind;

import dev.kugg.Extern;
import dev.kugg.Func;
import dev.kugg.UnlinkableException;
import dev.kugg.internal.compile.CompiledModule.Method;
import dev.kugg.internal.runtime.InstanceState;
import dev.kugg.types.FuncType;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Finds the way to implement an interface. One that generated code can see is implemented by a
 * class beside the module's own, whose methods call the functions' methods directly. One that it
 * cannot see is implemented by a class in the interface's own package, which calls through {@link
 * Func}.
 */
public final class Bindings {
    private Bindings() {}

    /**
     * {@return the exports of an instance as an interface}
     *
     * @param instance the instance
     * @param code the class loader of its module's code
     * @param methods the method of each export that is a function of that module, else null
     * @param lookup sees the interface; null for Kugg's own eyes
     * @param type the interface
     */
    public static <T> T exports(
            InstanceState instance,
            ClassLoader code,
            Function<String, @Nullable Method> methods,
            @Nullable Lookup lookup,
            Class<T> type) {
        checkInterface(type);
        List<BoundMethod> bound = new ArrayList<>();
        for (java.lang.reflect.Method method : abstractMethods(type)) {
            if (isClose(type, method)) {
                bound.add(BoundMethod.close(method));
            } else {
                bound.add(bind(instance, methods, type, method, method.getName()));
            }
        }
        return implement(instance, code, lookup, type, bound);
    }

    /**
     * {@return one exported function as an interface with one abstract method; parameters as in
     * {@link #exports}}
     */
    public static <T> T func(
            InstanceState instance,
            ClassLoader code,
            Function<String, @Nullable Method> methods,
            String export,
            Class<T> type) {
        checkInterface(type);
        List<java.lang.reflect.Method> candidates = abstractMethods(type);
        if (candidates.size() != 1) {
            throw new IllegalArgumentException(
                    type.getName()
                            + " has "
                            + candidates.size()
                            + " abstract methods; one is needed");
        }
        List<BoundMethod> bound = List.of(bind(instance, methods, type, candidates.get(0), export));
        return implement(instance, code, null, type, bound);
    }

    private static void checkInterface(Class<?> type) {
        String problem =
                !type.isInterface()
                        ? "is not an interface"
                        : type.isAnnotation()
                                ? "is an annotation"
                                : type.isSealed()
                                        ? "is sealed"
                                        : type.isHidden() ? "is a hidden class" : null;
        if (problem != null) {
            throw new IllegalArgumentException(
                    type.getName() + " " + problem + "; Kugg cannot implement it");
        }
    }

    /** The methods to implement, one of each name and parameter list, in a stable order. */
    private static List<java.lang.reflect.Method> abstractMethods(Class<?> type) {
        java.lang.reflect.Method[] all = type.getMethods();
        List<java.lang.reflect.Method> found = new ArrayList<>();
        for (java.lang.reflect.Method method : all) {
            if (Modifier.isAbstract(method.getModifiers())
                    && !isObjectMethod(method)
                    && !isRepeated(found, method)) {
                found.add(method);
            }
        }
        return found;
    }

    private static boolean isRepeated(
            List<java.lang.reflect.Method> found, java.lang.reflect.Method method) {
        for (java.lang.reflect.Method other : found) {
            if (BoundMethod.descriptor(other).equals(BoundMethod.descriptor(method))
                    && other.getName().equals(method.getName())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isObjectMethod(java.lang.reflect.Method method) {
        return switch (method.getName()) {
            case "toString", "hashCode" -> method.getParameterCount() == 0;
            case "equals" ->
                    method.getParameterCount() == 1
                            && method.getParameterTypes()[0] == Object.class;
            default -> false;
        };
    }

    private static boolean isClose(Class<?> type, java.lang.reflect.Method method) {
        return AutoCloseable.class.isAssignableFrom(type)
                && method.getName().equals("close")
                && method.getParameterCount() == 0;
    }

    private static BoundMethod bind(
            InstanceState instance,
            Function<String, @Nullable Method> methods,
            Class<?> type,
            java.lang.reflect.Method method,
            String export) {
        String where = type.getSimpleName() + "." + method.getName();
        Extern found = instance.exports().get(export);
        if (found == null) {
            throw new UnlinkableException(
                    where
                            + " needs an export \""
                            + export
                            + "\"; "
                            + instance.module().name()
                            + " exports "
                            + exportNames(instance));
        }
        if (!(found instanceof Func func)) {
            throw new UnlinkableException(
                    where
                            + " needs a function; "
                            + instance.module().name()
                            + " exports \""
                            + export
                            + "\" as "
                            + found.type());
        }
        if (!BoundMethod.fits(func.type(), method)) {
            throw new UnlinkableException(
                    where
                            + " does not fit "
                            + func
                            + ": the method is to be \""
                            + javaSignature(func.type(), method.getName())
                            + "\" and is \""
                            + javaSignature(method)
                            + "\"");
        }
        return new BoundMethod(method, func, func.type(), methods.apply(export));
    }

    private static String exportNames(InstanceState instance) {
        Map<String, Extern> exports = instance.exports();
        if (exports.isEmpty()) {
            return "nothing";
        }
        StringBuilder names = new StringBuilder();
        for (String name : exports.keySet()) {
            names.append(names.isEmpty() ? "" : ", ").append(name);
            if (names.length() > 500) {
                return names.append(", ...").toString();
            }
        }
        return names.toString();
    }

    private static String javaSignature(FuncType type, String name) {
        StringBuilder text = new StringBuilder(BoundMethod.resultType(type).getSimpleName());
        text.append(' ').append(name).append('(');
        for (int i = 0; i < type.params().size(); i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(BoundMethod.javaType(type.params().get(i)).getSimpleName());
        }
        return text.append(')').toString();
    }

    private static String javaSignature(java.lang.reflect.Method method) {
        StringBuilder text = new StringBuilder(method.getReturnType().getSimpleName());
        text.append(' ').append(method.getName()).append('(');
        for (int i = 0; i < method.getParameterCount(); i++) {
            text.append(i == 0 ? "" : ", ").append(method.getParameterTypes()[i].getSimpleName());
        }
        return text.append(')').toString();
    }

    // ---- the class ----

    private static <T> T implement(
            InstanceState instance,
            ClassLoader code,
            @Nullable Lookup lookup,
            Class<T> type,
            List<BoundMethod> methods) {
        try {
            if (lookup == null && isVisible(type)) {
                return type.cast(DirectBinding.make(instance, code, type, methods));
            }
            return type.cast(
                    PackageBinding.make(
                            instance, lookup != null ? lookup : ownLookup(type), type, methods));
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(
                    "Kugg cannot see "
                            + type.getName()
                            + ": make it public in a package that its module exports, or"
                            + " pass MethodHandles.lookup() of a class beside it",
                    e);
        }
    }

    /** Whether a class of another loader and module may implement the interface. */
    private static boolean isVisible(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && type.getModule().isExported(type.getPackageName())
                && namesVisible(type);
    }

    /**
     * Interfaces it extends are named by nobody, but classes it is nested in do not matter to the
     * JVM either.
     */
    private static boolean namesVisible(Class<?> type) {
        for (Class<?> parent : type.getInterfaces()) {
            if (!isVisible(parent)) {
                return false;
            }
        }
        return true;
    }

    private static Lookup ownLookup(Class<?> type) throws IllegalAccessException {
        Module own = Bindings.class.getModule();
        own.addReads(type.getModule());
        return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
    }
}
