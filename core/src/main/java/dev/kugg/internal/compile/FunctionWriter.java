package dev.kugg.internal.compile;

import static dev.kugg.internal.classfile.Jvm.*;

import dev.kugg.internal.classfile.ClassWriter;
import dev.kugg.internal.classfile.CodeWriter;
import dev.kugg.internal.classfile.Label;

/**
 * Writes functions: their code, and where there is a copy for one parameter's value, the choice.
 */
final class FunctionWriter {
    private static final int[] EMPTY = {};

    private FunctionWriter() {}

    /**
     * The method that others call of a function with a copy: goes to the copy if the last parameter
     * has the value it was made for.
     */
    static void writeChoice(ModulePlan plan, int funcidx, ClassWriter owner) {
        Signature signature = plan.signature(funcidx);
        CodeWriter code =
                owner.method(
                        ClassWriter.PUBLIC | ClassWriter.STATIC,
                        plan.methodName(funcidx),
                        signature.descriptor);
        Signature.declareParams(code, signature.params + "ni");
        Label plain = new Label();
        code.local(ILOAD, signature.paramSlots - 1);
        code.pushInt(FunctionPlans.COPY_FOR);
        code.jumpIf(IF_ICMPNE, plain);
        loadAll(code, signature.params.substring(0, signature.params.length() - 1), signature);
        code.invokeStatic(
                plan.functions.className(funcidx, 0, true),
                plan.functions.methodName(funcidx, true),
                plan.functions.descriptor(funcidx, true));
        code.op(signature.returnOpcode());
        code.place(plain);
        code.frame(EMPTY, 0);
        loadAll(code, signature.params, signature);
        code.invokeStatic(
                plan.functions.className(funcidx, 0, false),
                plan.functions.methodName(funcidx, false),
                plan.functions.descriptor(funcidx, false));
        code.op(signature.returnOpcode());
        code.end(signature.paramSlots + 4, signature.paramSlots + 2);
    }

    private static void loadAll(CodeWriter code, String params, Signature signature) {
        Signature.loadFirst(code, params);
        code.local(ALOAD, signature.paramSlots);
        code.local(ILOAD, signature.paramSlots + 1);
    }
}
