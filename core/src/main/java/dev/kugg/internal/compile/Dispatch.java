package dev.kugg.internal.compile;

import static dev.kugg.internal.classfile.Jvm.*;
import static dev.kugg.internal.compile.RuntimeNames.*;

import dev.kugg.internal.classfile.ClassWriter;
import dev.kugg.internal.classfile.CodeWriter;
import dev.kugg.internal.classfile.Label;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

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
    private static final String TYPES_CLASS = "kugg/Types";
    private static final String STUBS_CLASS = "kugg/Imports";

    /** The classes of the groups of a large switch; the rest of the name says which. */
    private static final String CASES_CLASS = "kugg/Cases";

    /** In place of a type: the cases of {@code invoke}. */
    private static final String INVOKE_CASES = "kugg/CasesOfInvoke";

    /** (type, slot, numbers, references, instance, remaining). */
    private static final String INVOKE_KINDS = "iisoni";

    /** (slot, numbers, references, instance, remaining). */
    private static final String ADAPT_KINDS = "isoni";

    private static final String ADAPT_DESCRIPTOR = "(" + Signature.descriptors(ADAPT_KINDS) + ")V";
    private static final String FOREIGN =
            "([J[" + OBJECT_TYPE + STATE_TYPE + "I" + FUNC_TYPE + "I)V";
    private static final String IMPORTED = "([J[" + OBJECT_TYPE + STATE_TYPE + "II)V";

    private static final int TYPES_PER_CLASS = 8;
    private static final int STUBS_PER_CLASS = 64;
    private static final int[] EMPTY_STACK = {};

    private final ModulePlan plan;

    Dispatch(ModulePlan plan) {
        this.plan = plan;
    }

    /** {@return the class of a type's {@code dispatch} and {@code call_indirect} methods} */
    static String typeClass(int type) {
        return TYPES_CLASS + type / TYPES_PER_CLASS;
    }

    static String stubClass(int funcidx) {
        return STUBS_CLASS + funcidx / STUBS_PER_CLASS;
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

    // ---- classes ----

    /** {@return whether a class is one of those written here} */
    boolean has(String className) {
        return block(className, TYPES_CLASS, TYPES_PER_CLASS, plan.signatures.length) >= 0
                || block(className, STUBS_CLASS, STUBS_PER_CLASS, plan.def.importedFuncs) >= 0
                || className.equals(INVOKE_CLASS) && plan.signatures.length > 0
                || isGroup(className);
    }

    /** {@return a class that {@link #has} knows} */
    ClassWriter write(String className) {
        if (isGroup(className)) {
            return writeGroup(className);
        }
        ClassWriter owner = new ClassWriter(className, OBJECT);
        int types = block(className, TYPES_CLASS, TYPES_PER_CLASS, plan.signatures.length);
        int stubs = block(className, STUBS_CLASS, STUBS_PER_CLASS, plan.def.importedFuncs);
        if (types >= 0) {
            int first = types * TYPES_PER_CLASS;
            writeTypes(owner, first, Math.min(first + TYPES_PER_CLASS, plan.signatures.length));
        } else if (stubs >= 0) {
            int first = stubs * STUBS_PER_CLASS;
            writeStubs(owner, first, Math.min(first + STUBS_PER_CLASS, plan.def.importedFuncs));
        } else {
            new TypeSwitch().write(owner);
        }
        return owner;
    }

    /**
     * {@return the n of a class named {@code <prefix>n} that is one of those with {@code perClass}
     * of {@code count} things each; else -1}
     */
    private static int block(String className, String prefix, int perClass, int count) {
        if (!className.startsWith(prefix)) {
            return -1;
        }
        int number = ModulePlan.number(className, prefix.length(), className.length());
        return number >= 0 && (long) number * perClass < count ? number : -1;
    }

    // A group's class is named kugg/Cases<type>_<from>_<to>.

    private boolean isGroup(String className) {
        SwitchWriter whole = switchOf(className);
        return whole != null && whole.hasGroup(from(className), to(className));
    }

    private ClassWriter writeGroup(String className) {
        SwitchWriter whole = Objects.requireNonNull(switchOf(className));
        return whole.writeGroup(from(className), to(className));
    }

    private @Nullable SwitchWriter switchOf(String className) {
        int end = className.lastIndexOf('_', className.lastIndexOf('_') - 1);
        if (end < 0 || !className.startsWith(CASES_CLASS)) {
            return null;
        }
        if (className.startsWith(INVOKE_CASES) && end == INVOKE_CASES.length()) {
            return new TypeSwitch();
        }
        int type = ModulePlan.number(className, CASES_CLASS.length(), end);
        return type >= 0 && type < plan.signatures.length && isDispatched(type)
                ? new FunctionSwitch(type)
                : null;
    }

    private static int from(String className) {
        int to = className.lastIndexOf('_');
        return ModulePlan.number(className, className.lastIndexOf('_', to - 1) + 1, to);
    }

    private static int to(String className) {
        return ModulePlan.number(className, className.lastIndexOf('_') + 1, className.length());
    }

    /** {@return whether references lead to functions of a type} */
    private boolean isDispatched(int type) {
        return plan.signatures[type] != null && plan.funcsBySlot[type].length > 0;
    }

    private void writeTypes(ClassWriter types, int from, int to) {
        for (int type = from; type < to; type++) {
            Signature signature = plan.signatures[type];
            if (isDispatched(type)) {
                new FunctionSwitch(type).write(types);
                writeAdapter(types, type, signature);
            }
            if (plan.module.calledTypes[type]) {
                writeIndirect(types, type, signature);
            }
        }
    }

    private void writeStubs(ClassWriter stubs, int from, int to) {
        for (int i = from; i < to; i++) {
            writeStub(stubs, i);
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

        FunctionSwitch(int type) {
            this(type, plan.signatures[type], plan.funcsBySlot[type]);
        }

        private FunctionSwitch(int type, Signature signature, int[] funcs) {
            super(
                    DISPATCH + type,
                    CASES_CLASS + type + "_",
                    funcs.length,
                    signature.passed + "ini",
                    signature.returnDescriptor,
                    signature.paramSlots,
                    signature.returnOpcode());
            this.funcs = funcs;
            this.signature = signature;
        }

        @Override
        void writeCase(CodeWriter code, int k) {
            Signature.loadFirst(code, signature.passed);
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
                        signature.passed + "itni");
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
        code.jumpIf(IF_ACMPNE, foreign);
        code.local(ALOAD, function);
        code.getField(FUNC, "type", "I");
        code.pushInt(type);
        code.jumpIf(IF_ICMPEQ, matches);
        code.invokeStatic(CALLS, "typeMismatch", "()L" + TRAP + ";");
        code.op(ATHROW);
        code.place(matches);
        code.frame(EMPTY_STACK, 0);
        Signature.loadFirst(code, signature.passed);
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
        int instance = signature.paramSlots;
        CodeWriter code =
                method(
                        owner,
                        plan.methodName(funcidx),
                        signature.descriptor,
                        signature.passed + "ni");
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

    /**
     * {@code invoke(type, slot, numbers, references, instance, remaining)}: a case for each type.
     */
    private final class TypeSwitch extends SwitchWriter {
        TypeSwitch() {
            super(INVOKE, INVOKE_CASES + "_", plan.signatures.length, INVOKE_KINDS, "V", 0, RETURN);
        }

        @Override
        void writeCase(CodeWriter code, int type) {
            if (isDispatched(type)) {
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
