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
 * does so with arguments from arrays. A switch over many cases is split into methods small enough
 * for the JIT.
 */
final class Dispatch {
    static final String INDIRECT = "call_indirect";
    private static final String DISPATCH = "dispatch";
    private static final String ADAPT = "adapt";
    private static final String INVOKE = "invoke";

    /**
     * The most cases of one switch: keeps its method well below the size HotSpot refuses to
     * compile.
     */
    private static final int CASES = 128;

    private static final int TYPES_PER_CLASS = 64;
    private static final int STUBS_PER_CLASS = 2000;
    private static final String INVOKE_CLASS = "kugg/Invoke";

    /** When a class has so many constants the next method goes to another. */
    private static final int FULL_CONSTANTS = 20_000;

    /** Writes one case of a switch; ends in a return. */
    private interface Case {
        void write(CodeWriter code, int k);
    }

    private final ModulePlan plan;
    private final boolean[] indirect;
    private final List<ClassWriter> classes = new ArrayList<>();
    private ClassWriter overflow;

    Dispatch(ModulePlan plan) {
        this.plan = plan;
        indirect = new boolean[plan.signatures.length];
        overflow = newClass("kugg/Cases0");
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
     * What a method here takes of the stack at most, its callees of this class included, in bytes.
     */
    private static int frameBytes(Signature type) {
        return 3 * (128 + 8 * (2 * type.paramSlots + 12));
    }

    private ClassWriter newClass(String name) {
        ClassWriter made = new ClassWriter(name, OBJECT);
        made.sourceFile(plan.name);
        return made;
    }

    // ---- all classes ----

    /** {@return all classes; to be asked behind the writing of all functions} */
    List<ClassWriter> write() {
        for (int first = 0; first < plan.signatures.length; first += TYPES_PER_CLASS) {
            writeTypes(first, Math.min(first + TYPES_PER_CLASS, plan.signatures.length));
        }
        for (int first = 0; first < plan.def.importedFuncs; first += STUBS_PER_CLASS) {
            ClassWriter stubs = newClass(stubClass(first));
            for (int i = first;
                    i < Math.min(first + STUBS_PER_CLASS, plan.def.importedFuncs);
                    i++) {
                writeStub(stubs, i);
            }
            classes.add(stubs);
        }
        writeInvoke();
        classes.add(overflow);
        return classes;
    }

    private void writeTypes(int from, int to) {
        ClassWriter types = newClass(typeClass(from));
        for (int type = from; type < to; type++) {
            Signature signature = plan.signatures[type];
            if (signature == null) {
                continue;
            }
            if (plan.funcsBySlot[type].length > 0) {
                writeDispatch(types, type, signature);
                writeAdapter(types, type, signature);
            }
            if (indirect[type]) {
                writeIndirect(types, type, signature);
            }
        }
        classes.add(types);
    }

    // ---- calls through tables ----

    private void writeIndirect(ClassWriter owner, int type, Signature signature) {
        String kinds = signature.params + "itni";
        int index = signature.paramSlots;
        int table = index + 1;
        int instance = table + 1;
        int remaining = instance + 1;
        int function = remaining + 1;
        CodeWriter code = method(owner, INDIRECT + type, indirectDescriptor(signature), kinds);
        code.frameLocal(code.objectType(FUNC));
        code.local(ALOAD, table);
        code.local(ILOAD, index);
        code.invokeVirtual(TABLE, "callee", "(I)" + FUNC_TYPE);
        code.local(ASTORE, function);
        if (plan.funcsBySlot[type].length > 0) {
            callOwn(code, type, signature, instance, remaining, function);
        }
        Signature.loadFirst(code, signature.params);
        packAndCall(
                code,
                signature,
                instance,
                remaining,
                () -> {
                    code.local(ALOAD, function);
                    code.pushInt(type);
                    code.invokeStatic(
                            CALLS,
                            "foreign",
                            "([J[" + OBJECT_TYPE + STATE_TYPE + "I" + FUNC_TYPE + "I)V");
                });
        code.end(signature.paramSlots + 10, function + 6);
    }

    private void callOwn(
            CodeWriter code,
            int type,
            Signature signature,
            int instance,
            int remaining,
            int function) {
        Label foreign = new Label();
        Label matches = new Label();
        code.local(ALOAD, function);
        code.getField(FUNC, "owner", STATE_TYPE);
        code.local(ALOAD, instance);
        code.jumpIf(IF_ACMPNE, foreign, new int[0], 0);
        code.local(ALOAD, function);
        code.getField(FUNC, "type", "I");
        code.pushInt(type);
        code.jumpIf(IF_ICMPEQ, matches, new int[0], 0);
        code.invokeStatic(CALLS, "typeMismatch", "()L" + TRAP + ";");
        code.op(ATHROW);
        code.place(matches);
        code.frame(new int[0], 0);
        Signature.loadFirst(code, signature.params);
        code.local(ALOAD, function);
        code.getField(FUNC, "slot", "I");
        code.local(ALOAD, instance);
        code.local(ILOAD, remaining);
        code.pushInt(frameBytes(signature));
        code.op(ISUB);
        code.invokeStatic(typeClass(type), DISPATCH + type, dispatchDescriptor(signature));
        code.op(signature.returnOpcode());
        code.place(foreign);
        code.frame(new int[0], 0);
    }

    private void writeDispatch(ClassWriter owner, int type, Signature signature) {
        String kinds = signature.params + "ini";
        int[] funcs = plan.funcsBySlot[type];
        writeSwitch(
                owner,
                DISPATCH + type,
                kinds,
                signature.returnDescriptor,
                signature.paramSlots,
                0,
                funcs.length,
                signature.returnOpcode(),
                (code, k) -> {
                    Signature.loadFirst(code, signature.params);
                    code.local(ALOAD, signature.paramSlots + 1);
                    code.local(ILOAD, signature.paramSlots + 2);
                    code.invokeStatic(
                            plan.functionClass(funcs[k]),
                            plan.methodName(funcs[k]),
                            signature.descriptor);
                    code.op(signature.returnOpcode());
                });
    }

    // ---- calls with arguments in arrays ----

    /** {@code adaptT(slot, numbers, references, instance, remaining)}. */
    private void writeAdapter(ClassWriter owner, int type, Signature signature) {
        CodeWriter code =
                method(owner, ADAPT + type, "(" + Signature.descriptors("isoni") + ")V", "isoni");
        for (int i = 0; i < signature.params.length(); i++) {
            unpack(code, signature.params.charAt(i), i, 1, 2);
        }
        code.local(ILOAD, 0);
        code.local(ALOAD, 3);
        code.local(ILOAD, 4);
        code.pushInt(frameBytes(signature));
        code.op(ISUB);
        code.invokeStatic(typeClass(type), DISPATCH + type, dispatchDescriptor(signature));
        packResult(code, signature, 3, 1, 2, 5);
        code.op(RETURN);
        code.end(signature.paramSlots + 10, 10);
    }

    private static void unpack(CodeWriter code, char kind, int index, int numbers, int references) {
        code.local(ALOAD, kind == 'r' ? references : numbers);
        code.pushInt(index);
        if (kind == 'r') {
            code.op(AALOAD);
        } else {
            code.op(LALOAD);
            Signature.fromBits(code, kind);
        }
    }

    /**
     * Puts what a function returned into the arrays in two slots; it may use four slots from {@code
     * scratch} on.
     */
    private static void packResult(
            CodeWriter code,
            Signature signature,
            int instance,
            int numbers,
            int references,
            int scratch) {
        int count = signature.results.length();
        if (count == 1) {
            pack(code, signature.results.charAt(0), 0, numbers, references, scratch);
        } else if (count > 1) {
            copyArray(code, instance, "results", "[J", numbers, count);
            if (signature.results.indexOf('r') >= 0) {
                copyArray(code, instance, "refResults", "[" + OBJECT_TYPE, references, count);
            }
        }
    }

    private static void copyArray(
            CodeWriter code, int instance, String field, String descriptor, int target, int count) {
        code.local(ALOAD, instance);
        code.getField(INSTANCE, field, descriptor);
        code.op(ICONST_0);
        code.local(ALOAD, target);
        code.op(ICONST_0);
        code.pushInt(count);
        code.invokeStatic(
                "java/lang/System", "arraycopy", "(" + OBJECT_TYPE + "I" + OBJECT_TYPE + "II)V");
    }

    /** Stores the value on the stack into an array. */
    private static void pack(
            CodeWriter code, char kind, int index, int numbers, int references, int scratch) {
        if (kind == 'r') {
            code.local(ASTORE, scratch);
            code.local(ALOAD, references);
            code.pushInt(index);
            code.local(ALOAD, scratch);
            code.op(AASTORE);
        } else {
            Signature.toBits(code, kind);
            code.local(LSTORE, scratch);
            code.local(ALOAD, numbers);
            code.pushInt(index);
            code.local(LLOAD, scratch);
            code.op(LASTORE);
        }
    }

    /**
     * With the arguments on the stack: packs them into new arrays, lets {@code call} call a method
     * of the runtime with (numbers, references, instance, remaining, ...), and returns what it left
     * in the arrays.
     */
    private static void packAndCall(
            CodeWriter code, Signature signature, int instance, int remaining, Runnable call) {
        int numbers = remaining + 2;
        int references = numbers + 1;
        int scratch = references + 1;
        int size = Math.max(signature.params.length(), signature.results.length());
        boolean refs = signature.params.indexOf('r') >= 0 || signature.results.indexOf('r') >= 0;
        code.pushInt(size);
        code.newLongArray();
        code.local(ASTORE, numbers);
        code.pushInt(refs ? size : 0);
        code.newObjectArray(OBJECT);
        code.local(ASTORE, references);
        for (int i = signature.params.length() - 1; i >= 0; i--) {
            pack(code, signature.params.charAt(i), i, numbers, references, scratch);
        }
        code.local(ALOAD, numbers);
        code.local(ALOAD, references);
        code.local(ALOAD, instance);
        code.local(ILOAD, remaining);
        code.pushInt(frameBytes(signature));
        code.op(ISUB);
        call.run();
        returnFromArrays(code, signature, instance, numbers, references);
    }

    private static void returnFromArrays(
            CodeWriter code, Signature signature, int instance, int numbers, int references) {
        int count = signature.results.length();
        if (count == 1) {
            unpack(code, signature.results.charAt(0), 0, numbers, references);
        } else if (count > 1) {
            fillArray(code, instance, "results", "[J", numbers, count);
            if (signature.results.indexOf('r') >= 0) {
                fillArray(code, instance, "refResults", "[" + OBJECT_TYPE, references, count);
            }
        }
        code.op(signature.returnOpcode());
    }

    private static void fillArray(
            CodeWriter code, int instance, String field, String descriptor, int source, int count) {
        code.local(ALOAD, source);
        code.op(ICONST_0);
        code.local(ALOAD, instance);
        code.getField(INSTANCE, field, descriptor);
        code.op(ICONST_0);
        code.pushInt(count);
        code.invokeStatic(
                "java/lang/System", "arraycopy", "(" + OBJECT_TYPE + "I" + OBJECT_TYPE + "II)V");
    }

    // ---- imports ----

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
        Signature.loadFirst(code, signature.params);
        packAndCall(
                code,
                signature,
                instance,
                instance + 1,
                () -> {
                    code.pushInt(funcidx);
                    code.invokeStatic(
                            CALLS, "imported", "([J[" + OBJECT_TYPE + STATE_TYPE + "II)V");
                });
        code.end(signature.paramSlots + 10, instance + 8);
    }

    // ---- calls from outside ----

    /** The descriptor of {@code invoke(type, slot, numbers, references, instance, remaining)}. */
    private static final String INVOKE_KINDS = "iisoni";

    private void writeInvoke() {
        ClassWriter owner = newClass(INVOKE_CLASS);
        writeSwitch(
                owner,
                INVOKE,
                INVOKE_KINDS,
                "V",
                0,
                0,
                plan.signatures.length,
                RETURN,
                (code, type) -> {
                    if (plan.signatures[type] != null && plan.funcsBySlot[type].length > 0) {
                        code.local(ILOAD, 1);
                        code.local(ALOAD, 2);
                        code.local(ALOAD, 3);
                        code.local(ALOAD, 4);
                        code.local(ILOAD, 5);
                        code.invokeStatic(
                                typeClass(type),
                                ADAPT + type,
                                "(" + Signature.descriptors("isoni") + ")V");
                    }
                    code.op(RETURN);
                });
        classes.add(owner);
    }

    /** Calls {@link #writeInvoke}'s method with what is on the stack. */
    static void invoke(CodeWriter code) {
        code.invokeStatic(INVOKE_CLASS, INVOKE, "(" + Signature.descriptors(INVOKE_KINDS) + ")V");
    }

    // ---- switches ----

    private static CodeWriter method(
            ClassWriter owner, String name, String descriptor, String kinds) {
        CodeWriter code = owner.method(ClassWriter.PUBLIC | ClassWriter.STATIC, name, descriptor);
        Signature.declareParams(code, kinds);
        return code;
    }

    /**
     * Writes a method with parameters of {@code kinds} that switches over the {@code int} parameter
     * in the slot {@code selector}, which is from {@code from} to below {@code to}.
     */
    private void writeSwitch(
            ClassWriter owner,
            String name,
            String kinds,
            String returnDescriptor,
            int selector,
            int from,
            int to,
            int returnOpcode,
            Case each) {
        String descriptor = "(" + Signature.descriptors(kinds) + ")" + returnDescriptor;
        int group = 1;
        while ((to - from + group - 1) / group > CASES) {
            group *= CASES;
        }
        Case written = each;
        if (group > 1) {
            String[] groupClass = new String[(to - from + group - 1) / group];
            for (int g = 0; g < groupClass.length; g++) {
                int first = from + g * group;
                int last = Math.min(first + group, to);
                ClassWriter holder = overflow();
                groupClass[g] = holder.name();
                writeSwitch(
                        holder,
                        name + "_" + first,
                        kinds,
                        returnDescriptor,
                        selector,
                        first,
                        last,
                        returnOpcode,
                        each);
            }
            int size = group;
            written =
                    (code, g) -> {
                        Signature.loadFirst(code, kinds);
                        code.invokeStatic(
                                groupClass[g], name + "_" + (from + g * size), descriptor);
                        code.op(returnOpcode);
                    };
        }
        CodeWriter code = method(owner, name, descriptor, kinds);
        int cases = (to - from + group - 1) / group;
        code.local(ILOAD, selector);
        if (from != 0) {
            code.pushInt(from);
            code.op(ISUB);
        }
        if (group > 1) {
            code.pushInt(Integer.numberOfTrailingZeros(group));
            code.op(IUSHR);
        }
        Label[] labels = new Label[cases];
        for (int k = 0; k < cases; k++) {
            labels[k] = new Label();
        }
        int base = group > 1 ? 0 : from;
        if (cases > 0) {
            code.tableSwitch(labels, cases, labels[0]);
        } else {
            code.op(POP);
            code.op(RETURN);
        }
        for (int k = 0; k < cases; k++) {
            code.place(labels[k]);
            code.frame(new int[0], 0);
            written.write(code, base + k);
        }
        int slots = Signature.slots(kinds);
        code.end(slots + 6, slots);
    }

    /** {@return a class with room for another method} */
    private ClassWriter overflow() {
        if (overflow.constantCount() > FULL_CONSTANTS) {
            classes.add(overflow);
            overflow = newClass("kugg/Cases" + classes.size());
        }
        return overflow;
    }
}
