package dev.kugg.internal.bind;

import dev.kugg.UnlinkableException;
import dev.kugg.internal.runtime.InstanceState;
import dev.kugg.types.ExternType;
import dev.kugg.types.FuncType;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.ref.SoftReference;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Finds the way to implement an interface. One that generated code can see is implemented by a
 * class beside the module's own, whose methods call the functions' methods directly. One that it
 * cannot see is implemented by a class in the interface's own package, which calls through {@link
 * Func}.
 */
public final class Bindings {
    /** The use of an interface for all its methods. */
    private static final String ALL = "*";

    private final ExportedCode code;

    // Softly held: the class of a binding keeps its interface's loader alive, and the module may
    // outlive that.
    private final Map<Class<?>, SoftReference<Map<String, DirectBinding>>> known =
            new WeakHashMap<>();
    private final ReentrantLock knownLock = new ReentrantLock();

    /**
     * Prepares the bindings of one module.
     *
     * @param code the module's code
     */
    public Bindings(ExportedCode code) {
        this.code = code;
    }

    /**
     * {@return the exports of an instance as an interface}
     *
     * @param instance the instance
     * @param lookup sees the interface; null for Kugg's own eyes
     * @param type the interface
     */
    public <T> T exports(InstanceState instance, @Nullable Lookup lookup, Class<T> type) {
        DirectBinding before = known(type, ALL);
        if (before != null && lookup == null) {
            return type.cast(before.bind(instance));
        }
        List<BoundMethod> bound = match(type);
        if (lookup == null && isVisible(type)) {
            DirectBinding made = DirectBinding.make(code, type, bound);
            remember(type, ALL, made);
            return type.cast(made.bind(instance));
        }
        return inItsPackage(instance, lookup, type, bound);
    }

    /**
     * Checks an interface against the exports.
     *
     * @param type the interface
     * @throws UnlinkableException if an export is missing or has another type than its method
     * @throws IllegalArgumentException if Kugg cannot implement the interface
     */
    public void check(Class<?> type) {
        if (known(type, ALL) == null) {
            match(type);
        }
    }

    private List<BoundMethod> match(Class<?> type) {
        checkInterface(type);
        Map<String, ExternType> exports = code.exportTypes();
        List<BoundMethod> bound = new ArrayList<>();
        for (Method method : abstractMethods(type)) {
            if (isClose(type, method)) {
                bound.add(BoundMethod.close(method));
            } else {
                bound.add(bind(exports, type, method, method.getName()));
            }
        }
        return bound;
    }

    /**
     * {@return one exported function as an interface with one abstract method}
     *
     * @param instance the instance
     * @param export the function's name
     * @param type the interface
     */
    public <T> T func(InstanceState instance, String export, Class<T> type) {
        checkInterface(type);
        String use = "=" + export;
        DirectBinding before = known(type, use);
        if (before != null) {
            return type.cast(before.bind(instance));
        }
        List<Method> candidates = abstractMethods(type);
        if (candidates.size() != 1) {
            throw new IllegalArgumentException(
                    type.getName()
                            + " has "
                            + candidates.size()
                            + " abstract methods; one is needed");
        }
        List<BoundMethod> bound =
                List.of(bind(code.exportTypes(), type, candidates.get(0), export));
        if (isVisible(type)) {
            DirectBinding made = DirectBinding.make(code, type, bound);
            remember(type, use, made);
            return type.cast(made.bind(instance));
        }
        return inItsPackage(instance, null, type, bound);
    }

    /**
     * {@return the binding made before for a use of the interface: {@link #ALL} or "=" and an
     * export}
     */
    private @Nullable DirectBinding known(Class<?> type, String use) {
        knownLock.lock();
        try {
            SoftReference<Map<String, DirectBinding>> found = known.get(type);
            Map<String, DirectBinding> uses = found == null ? null : found.get();
            return uses == null ? null : uses.get(use);
        } finally {
            knownLock.unlock();
        }
    }

    private void remember(Class<?> type, String use, DirectBinding made) {
        knownLock.lock();
        try {
            SoftReference<Map<String, DirectBinding>> found = known.get(type);
            Map<String, DirectBinding> uses = found == null ? null : found.get();
            if (uses == null) {
                uses = new HashMap<>();
                known.put(type, new SoftReference<>(uses));
            }
            uses.put(use, made);
        } finally {
            knownLock.unlock();
        }
    }

    private static void checkInterface(Class<?> type) {
        Objects.requireNonNull(type, "interface");
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
    private static List<Method> abstractMethods(Class<?> type) {
        Method[] all = type.getMethods();
        List<Method> found = new ArrayList<>();
        for (Method method : all) {
            if (Modifier.isAbstract(method.getModifiers())
                    && !isObjectMethod(method)
                    && !isRepeated(found, method)) {
                found.add(place(found, method), method);
            }
        }
        return found;
    }

    /** Where a method goes in the order of what methods look like: reflection promises none. */
    private static int place(List<Method> sorted, Method method) {
        int at = 0;
        while (at < sorted.size() && sorted.get(at).toString().compareTo(method.toString()) < 0) {
            at++;
        }
        return at;
    }

    private static boolean isRepeated(List<Method> found, Method method) {
        for (Method other : found) {
            if (BoundMethod.descriptor(other).equals(BoundMethod.descriptor(method))
                    && other.getName().equals(method.getName())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isObjectMethod(Method method) {
        return switch (method.getName()) {
            case "toString", "hashCode" -> method.getParameterCount() == 0;
            case "equals" ->
                    method.getParameterCount() == 1
                            && method.getParameterTypes()[0] == Object.class;
            default -> false;
        };
    }

    private static boolean isClose(Class<?> type, Method method) {
        return AutoCloseable.class.isAssignableFrom(type)
                && method.getName().equals("close")
                && method.getParameterCount() == 0;
    }

    private BoundMethod bind(
            Map<String, ExternType> exports, Class<?> type, Method method, String export) {
        String where = type.getSimpleName() + "." + method.getName();
        ExternType found = exports.get(export);
        if (found == null) {
            throw new UnlinkableException(
                    where
                            + " needs an export \""
                            + export
                            + "\"; "
                            + code.name()
                            + " exports "
                            + exportNames(exports)
                            + hint(method));
        }
        if (!(found instanceof FuncType functype)) {
            throw new UnlinkableException(
                    where
                            + " needs a function; "
                            + code.name()
                            + " exports \""
                            + export
                            + "\" as "
                            + found);
        }
        if (!BoundMethod.fits(functype, method)) {
            throw new UnlinkableException(
                    where
                            + " does not fit "
                            + code.name()
                            + "!"
                            + export
                            + " "
                            + functype
                            + ": the method is to be \""
                            + javaSignature(functype, method.getName())
                            + "\" and is \""
                            + javaSignature(method)
                            + "\"");
        }
        return new BoundMethod(method, export, functype, code.method(export));
    }

    private static String hint(Method method) {
        return method.getName().equals("close") && method.getParameterCount() == 0
                ? " (an interface that extends AutoCloseable closes the instance)"
                : "";
    }

    private static String exportNames(Map<String, ExternType> exports) {
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

    private static String javaSignature(Method method) {
        StringBuilder text = new StringBuilder(method.getReturnType().getSimpleName());
        text.append(' ').append(method.getName()).append('(');
        for (int i = 0; i < method.getParameterCount(); i++) {
            text.append(i == 0 ? "" : ", ").append(method.getParameterTypes()[i].getSimpleName());
        }
        return text.append(')').toString();
    }

    // ---- the class ----

    private static <T> T inItsPackage(
            InstanceState instance,
            @Nullable Lookup lookup,
            Class<T> type,
            List<BoundMethod> methods) {
        try {
            Lookup beside = lookup != null ? lookup : ownLookup(type);
            return type.cast(PackageBinding.make(instance, beside, type, methods));
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(
                    "Kugg cannot see "
                            + type.getName()
                            + (lookup != null
                                    ? ": the lookup " + lookup + " has no full access beside it"
                                    : ": make it public in a package that its module exports, open"
                                            + " the package to kugg, or, for exports, pass"
                                            + " MethodHandles.lookup() of a class beside it"),
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
