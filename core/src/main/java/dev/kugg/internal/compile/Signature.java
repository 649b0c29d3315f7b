package dev.kugg.internal.compile;

import static dev.kugg.internal.classfile.Jvm.*;
import static dev.kugg.internal.compile.RuntimeNames.*;

import dev.kugg.internal.classfile.CodeWriter;
import dev.kugg.internal.flow.Kinds;
import dev.kugg.types.FuncType;
import dev.kugg.types.ValType;

import java.util.List;

/**
 * How types of WebAssembly look to the JVM. A kind is one letter: {@code i l f d} for the numbers,
 * {@code r} for a reference; in methods of the dispatch also {@code n} for the instance, {@code t}
 * for a table, {@code c} for a function as a value, {@code s} and {@code o} for arrays of numbers
 * and references. A function's method takes its parameters, then the instance, then what is left of
 * the stack budget; it returns its result, or nothing when there are several, which it leaves in
 * the instance. Parameters of more slots than a method can have pass in two arrays, of numbers as
 * 64 bits and of references, each at its index; the arrays have room for the results too.
 */
final class Signature {
    /** The kinds of the parameters. */
    final String params;

    /** The kinds of the results. */
    final String results;

    /** Whether the parameters pass in arrays. */
    final boolean inArrays;

    /** The kinds of what methods take for the parameters: those, or two arrays. */
    final String passed;

    /** The descriptor of {@link #passed}, without parentheses. */
    final String paramDescriptor;

    /** The descriptor of what the method returns. */
    final String returnDescriptor;

    /** The descriptor of a function's method. */
    final String descriptor;

    /** The slots that {@link #passed} takes. */
    final int paramSlots;

    Signature(FuncType type) {
        params = kinds(type.params());
        results = kinds(type.results());
        inArrays = Kinds.passInArrays(params);
        passed = inArrays ? "so" : params;
        paramDescriptor = descriptors(passed);
        returnDescriptor = results.length() == 1 ? descriptor(results.charAt(0)) : "V";
        descriptor = "(" + paramDescriptor + INSTANCE_TYPE + "I)" + returnDescriptor;
        paramSlots = slots(passed);
    }

    /** {@return the descriptor of a function's method without the last parameter} */
    String descriptorWithoutLast() {
        String kinds = params.substring(0, params.length() - 1);
        return "(" + descriptors(kinds) + INSTANCE_TYPE + "I)" + returnDescriptor;
    }

    static char kind(ValType type) {
        return Kinds.of(type);
    }

    private static String kinds(List<ValType> types) {
        char[] kinds = new char[types.size()];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = kind(types.get(i));
        }
        return new String(kinds);
    }

    static int slots(char kind) {
        return Kinds.slots(kind);
    }

    static int slots(String kinds) {
        return Kinds.slots(kinds);
    }

    static String descriptor(char kind) {
        return switch (kind) {
            case 'i' -> "I";
            case 'l' -> "J";
            case 'f' -> "F";
            case 'd' -> "D";
            case 'n' -> INSTANCE_TYPE;
            case 't' -> TABLE_TYPE;
            case 'c' -> FUNC_TYPE;
            case 's' -> "[J";
            case 'o' -> "[" + OBJECT_TYPE;
            default -> OBJECT_TYPE;
        };
    }

    static String descriptors(String kinds) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < kinds.length(); i++) {
            text.append(descriptor(kinds.charAt(i)));
        }
        return text.toString();
    }

    /** The verification type of a kind's values in frames of {@code code}. */
    static int verificationType(char kind, CodeWriter code) {
        return switch (kind) {
            case 'i' -> CodeWriter.INT;
            case 'l' -> CodeWriter.LONG;
            case 'f' -> CodeWriter.FLOAT;
            case 'd' -> CodeWriter.DOUBLE;
            case 'n' -> code.objectType(INSTANCE);
            case 't' -> code.objectType(TABLE);
            case 'c' -> code.objectType(FUNC);
            case 's' -> code.objectType("[J");
            case 'o' -> code.objectType("[" + OBJECT_TYPE);
            default -> code.objectType(OBJECT);
        };
    }

    static int loadOpcode(char kind) {
        return switch (kind) {
            case 'i' -> ILOAD;
            case 'l' -> LLOAD;
            case 'f' -> FLOAD;
            case 'd' -> DLOAD;
            default -> ALOAD;
        };
    }

    static int storeOpcode(char kind) {
        return loadOpcode(kind) + (ISTORE - ILOAD);
    }

    /** The instruction that returns what a method of this signature returns. */
    int returnOpcode() {
        return results.length() != 1 ? RETURN : IRETURN + (loadOpcode(results.charAt(0)) - ILOAD);
    }

    /** Loads locals of these kinds from the first slots. */
    static void loadFirst(CodeWriter code, String kinds) {
        int slot = 0;
        for (int i = 0; i < kinds.length(); i++) {
            char kind = kinds.charAt(i);
            code.local(loadOpcode(kind), slot);
            slot += slots(kind);
        }
    }

    /** Declares the parameters of a method as locals of frames. */
    static void declareParams(CodeWriter code, String kinds) {
        for (int i = 0; i < kinds.length(); i++) {
            code.frameLocal(verificationType(kinds.charAt(i), code));
        }
        code.endParameters();
    }

    /** Turns the number of a kind on the stack into its 64 bits. */
    static void toBits(CodeWriter code, char kind) {
        switch (kind) {
            case 'i' -> code.op(I2L);
            case 'f' -> {
                code.invokeStatic("java/lang/Float", "floatToRawIntBits", "(F)I");
                code.op(I2L);
            }
            case 'd' -> code.invokeStatic("java/lang/Double", "doubleToRawLongBits", "(D)J");
            default -> {}
        }
    }

    /** Turns 64 bits on the stack into the number of a kind. */
    static void fromBits(CodeWriter code, char kind) {
        switch (kind) {
            case 'i' -> code.op(L2I);
            case 'f' -> {
                code.op(L2I);
                code.invokeStatic("java/lang/Float", "intBitsToFloat", "(I)F");
            }
            case 'd' -> code.invokeStatic("java/lang/Double", "longBitsToDouble", "(J)D");
            default -> {}
        }
    }
}
