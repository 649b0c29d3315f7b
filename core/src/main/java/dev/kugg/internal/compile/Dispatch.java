package dev.kugg.internal.compile;

import static dev.kugg.internal.classfile.Jvm.*;
import static dev.kugg.internal.compile.RuntimeNames.*;

import dev.kugg.internal.classfile.ClassWriter;
import dev.kugg.internal.classfile.CodeWriter;
import dev.kugg.internal.classfile.Label;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes the methods behind calls that do not name a function of this module: through a table, from
 * outside, and to imports.
 *
 * <p>For each type there is {@code dispatchT}, which switches over the functions of the type that
 * references can lead to; {@code call_indirectT}, which looks a function up in a table and, if it
 * belongs to this instance and has the type, goes to {@code dispatchT}; and {@code adaptT}, which
 * does so with arguments from arrays.
 */
final class Dispatch {
    static final String INDIRECT = "call_indirect";
    private static final String DISPATCH = "dispatch";
    private static final String ADAPT = "adapt";
    private static final String INVOKE = "invoke";
    private static final String INVOKE_CLASS = "kugg/Invoke";

    /** (type, slot, numbers, references, instance, remaining). */
    private static final String INVOKE_KINDS = "iisoni";

    /** (slot, numbers, references, instance, remaining). */
    private static final String ADAPT_KINDS = "isoni";

    private static final String ADAPT_DESCRIPTOR = "(" + Signature.descriptors(ADAPT_KINDS) + ")V";
    private static final String FOREIGN =
            "([J[" + OBJECT_TYPE + STATE_TYPE + "I" + FUNC_TYPE + "I)V";
    private static final String IMPORTED = "([J[" + OBJECT_TYPE + STATE_TYPE + "II)V";

    private static final int TYPES_PER_CLASS = 64;
    private static final int STUBS_PER_CLASS = 2000;
    private static final int[] EMPTY_STACK = {};

    private final ModulePlan plan;
    private final boolean[] indirect;
    private final OverflowClasses overflow;
    private final List<ClassWriter> classes = new ArrayList<>();

    Dispatch(ModulePlan plan) {
        this.plan = plan;
        indirect = new boolean[plan.signatures.length];
        overflow = new OverflowClasses();
    }

    /** {@return the class of a type's {@code call_indirect} method, which will be written} */
    String indirectClass(int type) {
        if (!indirect[type]) {
            indirect[type] = true;
            FunctionWriter.checkParams(plan.signatures[type], "type " + type);
        }
        return typeClass(type);
    }

    private static String typeClass(int type) {
        return "kugg/Types" + type / TYPES_PER_CLASS;
    }

    static String stubClass(int funcidx) {
        return "kugg/Imports" + funcidx / STUBS_PER_CLASS;
    }

    static String indirectDescriptor(Signature type) {
        return "("
                + type.paramDescriptor
                + "I"
                + TABLE_TYPE
                + INSTANCE_TYPE
                + "I)"
                + type.returnDescriptor;
    }

    private static String dispatchDescriptor(Signature type) {
        return "(" + type.paramDescriptor + "I" + INSTANCE_TYPE + "I)" + type.returnDescriptor;
    }

    /**
     * What the methods here and in the runtime between two functions take of the stack at most, in
     * bytes.
     */
    private static int frameBytes(Signature type) {
        return 3 * (128 + 8 * (2 * type.paramSlots + 12));
    }

    // ---- all classes ----

    /** {@return all classes; to be asked behind the writing of all functions} */
    List<ClassWriter> write() {
        for (int first = 0; first < plan.signatures.length; first += TYPES_PER_CLASS) {
            writeTypes(first, Math.min(first + TYPES_PER_CLASS, plan.signatures.length));
        }
        for (int first = 0; first < plan.def.importedFuncs; first += STUBS_PER_CLASS) {
            ClassWriter stubs = newClass(stubClass(first));
            int end = Math.min(first + STUBS_PER_CLASS, plan.def.importedFuncs);
            for (int i = first; i < end; i++) {
                writeStub(stubs, i);
            }
        }
        if (plan.signatures.length > 0) {
            writeInvoke();
        }
        classes.addAll(overflow.classes);
        return classes;
    }

    private ClassWriter newClass(String name) {
        ClassWriter made = new ClassWriter(name, OBJECT);
        classes.add(made);
        return made;
    }

    private void writeTypes(int from, int to) {
        ClassWriter types = newClass(typeClass(from));
        for (int type = from; type < to; type++) {
            Signature signature = plan.signatures[type];
            if (signature != null && plan.funcsBySlot[type].length > 0) {
                new FunctionSwitch(type, signature)
                        .write(types, DISPATCH + type, plan.funcsBySlot[type].length);
                writeAdapter(types, type, signature);
            }
            if (indirect[type]) {
                writeIndirect(types, type, signature);
            }
        }
    }

    private static CodeWriter method(
            ClassWriter owner, String name, String descriptor, String kinds) {
        CodeWriter code = owner.method(ClassWriter.PUBLIC | ClassWriter.STATIC, name, descriptor);
        Signature.declareParams(code, kinds);
        return code;
    }

    /** Pushes what is left of the stack budget behind the frames of this class. */
    private static void loadRemaining(CodeWriter code, Signature signature, int slot) {
        code.local(ILOAD, slot);
        code.pushInt(frameBytes(signature));
        code.op(ISUB);
    }

    // ---- calls through tables ----

    /** {@code dispatchT(parameters, slot, instance, remaining)}: a case for each function. */
    private final class FunctionSwitch extends SwitchWriter {
        private final int[] funcs;
        private final Signature signature;

        FunctionSwitch(int type, Signature signature) {
            super(
                    overflow,
                    signature.params + "ini",
                    signature.returnDescriptor,
                    signature.paramSlots,
                    signature.returnOpcode());
            this.funcs = plan.funcsBySlot[type];
            this.signature = signature;
        }

        @Override
        void writeCase(CodeWriter code, int k) {
            Signature.loadFirst(code, signature.params);
            code.local(ALOAD, signature.paramSlots + 1);
            code.local(ILOAD, signature.paramSlots + 2);
            code.invokeStatic(
                    plan.functionClass(funcs[k]), plan.methodName(funcs[k]), signature.descriptor);
            code.op(signature.returnOpcode());
        }
    }

    /** {@code call_indirectT(parameters, index, table, instance, remaining)}. */
    private void writeIndirect(ClassWriter owner, int type, Signature signature) {
        int index = signature.paramSlots;
        int table = index + 1;
        int instance = table + 1;
        int remaining = instance + 1;
        int function = remaining + 1;
        CodeWriter code =
                method(
                        owner,
                        INDIRECT + type,
                        indirectDescriptor(signature),
                        signature.params + "itni");
        code.frameLocal(code.objectType(FUNC));
        code.local(ALOAD, table);
        code.local(ILOAD, index);
        code.invokeVirtual(TABLE, "callee", "(I)" + FUNC_TYPE);
        code.local(ASTORE, function);
        if (plan.funcsBySlot[type].length > 0) {
            callOwn(code, type, signature, function);
        }
        ArrayCalls arrays = new ArrayCalls(code, signature, instance, function + 1, function + 2);
        arrays.packParams();
        code.local(ALOAD, function + 1);
        code.local(ALOAD, function + 2);
        code.local(ALOAD, instance);
        loadRemaining(code, signature, remaining);
        code.local(ALOAD, function);
        code.pushInt(type);
        code.invokeStatic(CALLS, "foreign", FOREIGN);
        arrays.returnResults();
        code.end(signature.paramSlots + 10, function + 3);
    }

    /** If the function belongs to this instance: calls it, or traps when it has another type. */
    private void callOwn(CodeWriter code, int type, Signature signature, int function) {
        int instance = signature.paramSlots + 2;
        Label foreign = new Label();
        Label matches = new Label();
        code.local(ALOAD, function);
        code.getField(FUNC, "owner", STATE_TYPE);
        code.local(ALOAD, instance);
        code.jumpIf(IF_ACMPNE, foreign, EMPTY_STACK, 0);
        code.local(ALOAD, function);
        code.getField(FUNC, "type", "I");
        code.pushInt(type);
        code.jumpIf(IF_ICMPEQ, matches, EMPTY_STACK, 0);
        code.invokeStatic(CALLS, "typeMismatch", "()L" + TRAP + ";");
        code.op(ATHROW);
        code.place(matches);
        code.frame(EMPTY_STACK, 0);
        Signature.loadFirst(code, signature.params);
        code.local(ALOAD, function);
        code.getField(FUNC, "slot", "I");
        code.local(ALOAD, instance);
        loadRemaining(code, signature, instance + 1);
        code.invokeStatic(typeClass(type), DISPATCH + type, dispatchDescriptor(signature));
        code.op(signature.returnOpcode());
        code.place(foreign);
        code.frame(EMPTY_STACK, 0);
    }

    // ---- imports ----

    /** The method of an imported function: its arguments go to the runtime in arrays. */
    private void writeStub(ClassWriter owner, int funcidx) {
        Signature signature = plan.signature(funcidx);
        FunctionWriter.checkParams(signature, "imported function " + funcidx);
        int instance = signature.paramSlots;
        CodeWriter code =
                method(
                        owner,
                        plan.methodName(funcidx),
                        signature.descriptor,
                        signature.params + "ni");
        ArrayCalls arrays = new ArrayCalls(code, signature, instance, instance + 2, instance + 3);
        arrays.packParams();
        code.local(ALOAD, instance + 2);
        code.local(ALOAD, instance + 3);
        code.local(ALOAD, instance);
        loadRemaining(code, signature, instance + 1);
        code.pushInt(funcidx);
        code.invokeStatic(CALLS, "imported", IMPORTED);
        arrays.returnResults();
        code.end(10, instance + 4);
    }

    // ---- calls from outside ----

    private void writeAdapter(ClassWriter owner, int type, Signature signature) {
        CodeWriter code = method(owner, ADAPT + type, ADAPT_DESCRIPTOR, ADAPT_KINDS);
        ArrayCalls arrays = new ArrayCalls(code, signature, 3, 1, 2);
        arrays.unpackParams();
        code.local(ILOAD, 0);
        code.local(ALOAD, 3);
        loadRemaining(code, signature, 4);
        code.invokeStatic(typeClass(type), DISPATCH + type, dispatchDescriptor(signature));
        arrays.packResults(5);
        code.op(RETURN);
        code.end(signature.paramSlots + 10, 7);
    }

    private void writeInvoke() {
        new TypeSwitch().write(newClass(INVOKE_CLASS), INVOKE, plan.signatures.length);
    }

    /**
     * {@code invoke(type, slot, numbers, references, instance, remaining)}: a case for each type.
     */
    private final class TypeSwitch extends SwitchWriter {
        TypeSwitch() {
            super(overflow, INVOKE_KINDS, "V", 0, RETURN);
        }

        @Override
        void writeCase(CodeWriter code, int type) {
            if (plan.signatures[type] != null && plan.funcsBySlot[type].length > 0) {
                code.local(ILOAD, 1);
                code.local(ALOAD, 2);
                code.local(ALOAD, 3);
                code.local(ALOAD, 4);
                code.local(ILOAD, 5);
                code.invokeStatic(typeClass(type), ADAPT + type, ADAPT_DESCRIPTOR);
            }
            code.op(RETURN);
        }
    }

    /** Calls {@code invoke} with what is on the stack. */
    static void invoke(CodeWriter code) {
        code.invokeStatic(INVOKE_CLASS, INVOKE, "(" + Signature.descriptors(INVOKE_KINDS) + ")V");
    }
}
