package dev.kugg.internal.bind;

import dev.kugg.Func;
import dev.kugg.internal.compile.CompiledModule;
import dev.kugg.types.FuncType;
import dev.kugg.types.NumType;
import dev.kugg.types.ValType;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Method;
import java.util.List;

/**
 * A method of an interface and the export it stands for.
 *
 * @param method the method
 * @param export the export's name; null for {@code close()}
 * @param type the export's type
 * @param target the generated method to call directly; null if the function is not of this module
 */
record BoundMethod(
        Method method,
        @Nullable String export,
        FuncType type,
        CompiledModule.@Nullable Method target) {
    static BoundMethod close(Method method) {
        return new BoundMethod(method, null, FuncType.of(), null);
    }

    /** {@return the Java type of a parameter or single result} */
    static Class<?> javaType(ValType type) {
        if (type instanceof NumType number) {
            return switch (number) {
                case I32 -> int.class;
                case I64 -> long.class;
                case F32 -> float.class;
                case F64 -> double.class;
            };
        }
        return type.equals(ValType.FUNCREF) ? Func.class : Object.class;
    }

    static Class<?> resultType(FuncType type) {
        List<ValType> results = type.results();
        return results.isEmpty()
                ? void.class
                : results.size() == 1 ? javaType(results.get(0)) : long[].class;
    }

    static boolean fits(FuncType type, Method method) {
        Class<?>[] params = method.getParameterTypes();
        boolean fits =
                params.length == type.params().size()
                        && method.getReturnType() == resultType(type)
                        && (type.results().size() < 2 || onlyNumbers(type.results()));
        for (int i = 0; fits && i < params.length; i++) {
            fits = params[i] == javaType(type.params().get(i));
        }
        return fits;
    }

    private static boolean onlyNumbers(List<ValType> types) {
        for (ValType type : types) {
            if (!(type instanceof NumType)) {
                return false;
            }
        }
        return true;
    }

    static String descriptor(Method method) {
        StringBuilder text = new StringBuilder("(");
        for (Class<?> param : method.getParameterTypes()) {
            text.append(param.descriptorString());
        }
        return text.append(')').append(method.getReturnType().descriptorString()).toString();
    }
}
