package dev.kugg.internal.compile;

import static dev.kugg.internal.classfile.Jvm.*;
import static dev.kugg.internal.compile.RuntimeNames.*;

import dev.kugg.internal.classfile.ClassWriter;
import dev.kugg.internal.classfile.CodeWriter;
import dev.kugg.internal.flow.Kinds;

/**
 * Writes the module's subclass of {@code InstanceState}: a field for each global, and the way in
 * from outside.
 */
final class InstanceClass {
    /** How many globals one method sets: some 12 bytes each. */
    private static final int GLOBALS_PER_METHOD = 1000;

    /** The name of the method that looks whether the call is to be stopped. */
    static final String LOOK = "look";

    /** The name of the method that says whether the module's alarm rings. */
    static final String RINGS = "rings";

    private static final String ALARM_FIELD = "alarm";

    private static final String INIT_DESCRIPTOR = "([J[" + OBJECT_TYPE + ")V";

    private InstanceClass() {}

    static ClassWriter write(ModulePlan plan) {
        ClassWriter owner = new ClassWriter(INSTANCE, STATE);
        for (int i = 0; i < plan.def.globals.size(); i++) {
            owner.field(ClassWriter.PUBLIC, ModulePlan.globalField(i), plan.globalDescriptor(i));
        }
        partFields(owner, plan);
        constructor(owner);
        prototype(owner);
        alarm(owner);
        rings(owner);
        look(owner);
        invoke(owner);
        initGlobals(owner, plan);
        return owner;
    }

    /** The fields in which parts of functions hand variables and results over. */
    private static void partFields(ClassWriter owner, ModulePlan plan) {
        if (!plan.functions.maySplit()) {
            return;
        }
        for (int kind = 0; kind < FieldNames.KINDS.length(); kind++) {
            char letter = FieldNames.KINDS.charAt(kind);
            String descriptor = Signature.descriptor(letter);
            owner.field(ClassWriter.PUBLIC, FieldNames.result(letter), descriptor);
            for (int i = 0; i < Kinds.mostHandedBack(letter); i++) {
                owner.field(ClassWriter.PUBLIC, FieldNames.name(letter, i), descriptor);
            }
        }
    }

    private static void constructor(ClassWriter owner) {
        String descriptor = "(" + MODULE_CODE_TYPE + ")V";
        CodeWriter code = owner.method(ClassWriter.PUBLIC, "<init>", descriptor);
        code.local(ALOAD, 0);
        code.local(ALOAD, 1);
        code.invokeSpecial(STATE, "<init>", descriptor);
        code.op(RETURN);
        code.end(2, 2);
    }

    /**
     * The initialiser makes the prototype, and {@code create} the instances; see the runtime's
     * {@code Prototypes}.
     */
    private static void prototype(ClassWriter owner) {
        CodeWriter init = owner.method(ClassWriter.STATIC, "<clinit>", "()V");
        init.newObject(ALARM);
        init.op(DUP);
        init.invokeSpecial(ALARM, "<init>", "()V");
        init.putStatic(INSTANCE, ALARM_FIELD, ALARM_TYPE);
        init.newObject(INSTANCE);
        init.op(DUP);
        init.op(ACONST_NULL);
        init.invokeSpecial(INSTANCE, "<init>", "(" + MODULE_CODE_TYPE + ")V");
        init.invokeStatic(PROTOTYPES, "offer", "(" + OBJECT_TYPE + ")V");
        init.op(RETURN);
        init.end(3, 0);
        CodeWriter create =
                owner.method(
                        ClassWriter.PUBLIC, "create", "(" + MODULE_CODE_TYPE + ")" + STATE_TYPE);
        create.newObject(INSTANCE);
        create.op(DUP);
        create.local(ALOAD, 1);
        create.invokeSpecial(INSTANCE, "<init>", "(" + MODULE_CODE_TYPE + ")V");
        create.op(ARETURN);
        create.end(3, 2);
    }

    private static void alarm(ClassWriter owner) {
        owner.field(
                ClassWriter.PRIVATE | ClassWriter.STATIC | ClassWriter.FINAL,
                ALARM_FIELD,
                ALARM_TYPE);
        CodeWriter code = owner.method(ClassWriter.PUBLIC, "alarm", "()" + ALARM_TYPE);
        code.getStatic(INSTANCE, ALARM_FIELD, ALARM_TYPE);
        code.op(ARETURN);
        code.end(1, 1);
    }

    private static void rings(ClassWriter owner) {
        CodeWriter code = owner.method(ClassWriter.PUBLIC | ClassWriter.STATIC, RINGS, "()Z");
        code.getStatic(INSTANCE, ALARM_FIELD, ALARM_TYPE);
        code.invokeVirtual(ALARM, "rings", "()Z");
        code.op(IRETURN);
        code.end(1, 0);
    }

    /**
     * {@code look()}: where loops look whether they are to be stopped. The many {@code nop}s make
     * it more than HotSpot inlines (325 bytes): a loop it can count has no safepoint of its own,
     * and the return from a call is one.
     */
    private static void look(ClassWriter owner) {
        CodeWriter code = owner.method(ClassWriter.PUBLIC, LOOK, "()V");
        for (int i = 0; i < 330; i++) {
            code.op(NOP);
        }
        code.local(ALOAD, 0);
        code.invokeVirtual(STATE, "checkInterrupted", "()V");
        code.op(RETURN);
        code.end(1, 1);
    }

    private static void invoke(ClassWriter owner) {
        CodeWriter code =
                owner.method(ClassWriter.PUBLIC, "invoke", "(II[J[" + OBJECT_TYPE + "I)V");
        code.local(ILOAD, 1);
        code.local(ILOAD, 2);
        code.local(ALOAD, 3);
        code.local(ALOAD, 4);
        code.local(ALOAD, 0);
        code.local(ILOAD, 5);
        Dispatch.invoke(code);
        code.op(RETURN);
        code.end(6, 6);
    }

    private static void initGlobals(ClassWriter owner, ModulePlan plan) {
        int count = plan.def.globals.size();
        CodeWriter all = owner.method(ClassWriter.PUBLIC, "initGlobals", INIT_DESCRIPTOR);
        for (int from = 0; from < count; from += GLOBALS_PER_METHOD) {
            all.local(ALOAD, 0);
            all.local(ALOAD, 1);
            all.local(ALOAD, 2);
            all.invokeVirtual(INSTANCE, "initGlobals" + from, INIT_DESCRIPTOR);
        }
        all.op(RETURN);
        all.end(3, 3);
        for (int from = 0; from < count; from += GLOBALS_PER_METHOD) {
            CodeWriter code =
                    owner.method(ClassWriter.PUBLIC, "initGlobals" + from, INIT_DESCRIPTOR);
            for (int i = from; i < Math.min(from + GLOBALS_PER_METHOD, count); i++) {
                initGlobal(code, plan, i);
            }
            code.op(RETURN);
            code.end(4, 3);
        }
    }

    private static void initGlobal(CodeWriter code, ModulePlan plan, int global) {
        char kind = plan.globalKind(global);
        boolean shared = plan.sharedGlobals[global];
        code.local(ALOAD, 0);
        code.local(ALOAD, shared || kind == 'r' ? 2 : 1);
        code.pushInt(global);
        if (shared) {
            code.op(AALOAD);
            code.checkCast(GLOBAL);
        } else if (kind == 'r') {
            code.op(AALOAD);
        } else {
            code.op(LALOAD);
            Signature.fromBits(code, kind);
        }
        code.putField(INSTANCE, ModulePlan.globalField(global), plan.globalDescriptor(global));
    }
}
