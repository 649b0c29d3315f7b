package dev.kugg.internal.compile;

import static dev.kugg.internal.classfile.Jvm.*;
import static dev.kugg.internal.compile.RuntimeNames.*;

import dev.kugg.internal.classfile.ClassWriter;
import dev.kugg.internal.classfile.CodeWriter;
import dev.kugg.internal.classfile.Label;
import dev.kugg.internal.flow.BodyPlan;
import dev.kugg.internal.flow.Part;

/**
 * Writes how a function whose variables are in arrays goes from part to part: its own method calls
 * {@code go(place, numbers, references, instance, remaining)} until that answers -1. {@code go}
 * switches over the parts; with many of them it is a tree of methods.
 */
final class PlaceSwitch {
    /** What the methods between the function's own and a part take of the stack, in bytes. */
    static final int FRAME_BYTES = 3 * (128 + 8 * 16);

    private static final String DESCRIPTOR = "(I[J[" + OBJECT_TYPE + INSTANCE_TYPE + "I)I";

    /** The parts of one method, as a power of two. */
    private static final int CASE_BITS = 7;

    private static final int[] EMPTY = {};

    private final FunctionCode function;
    private final BodyPlan plan;

    PlaceSwitch(FunctionCode function) {
        this.function = function;
        this.plan = function.body;
    }

    /** The parts' numbers shifted so tell the cases of the topmost method apart. */
    private int topShift() {
        int shift = 0;
        while (plan.parts.length >>> shift > 1 << CASE_BITS) {
            shift += CASE_BITS;
        }
        return shift;
    }

    private String name(int shift, int first) {
        return function.name(plan.parts[0]) + "$go" + shift + "_" + first;
    }

    // ---- the function's own method ----

    /** Writes the function's own method, behind its entry. */
    void drive(BodyWriter body, CallWriter calls) {
        CodeWriter code = body.code;
        int numbers = body.scratch(0);
        body.scratch(1); // As many slots as two scratch ones have.
        int references = numbers + 1;
        int place = references + 1;
        code.pushInt(plan.frame.length);
        code.newLongArray();
        code.local(ASTORE, numbers);
        code.pushInt(plan.frame.length);
        code.newObjectArray(OBJECT);
        code.local(ASTORE, references);
        if (plan.graph.paramsInArrays) {
            copyParams(code, body.signature, numbers, references);
        } else {
            storeParams(body, numbers, references);
        }
        code.frameLocal(code.objectType("[J"));
        code.frameLocal(code.objectType("[" + OBJECT_TYPE));
        code.frameLocal(CodeWriter.INT);
        Label top = new Label();
        code.pushInt(function.place(0));
        code.local(ISTORE, place);
        code.place(top);
        code.frame(EMPTY, 0);
        code.local(ILOAD, place);
        code.local(ALOAD, numbers);
        code.local(ALOAD, references);
        body.loadInstance();
        body.loadRemaining();
        int shift = topShift();
        code.invokeStatic(function.className(chunkOf(0)), name(shift, 0), DESCRIPTOR);
        code.op(DUP);
        code.local(ISTORE, place);
        code.jumpIf(IFGE, top);
        calls.returnLeft();
        code.end(10, body.maxLocals());
    }

    /** The parameters have the first places, at the same indices as in their own arrays. */
    private static void copyParams(
            CodeWriter code, Signature signature, int numbers, int references) {
        copyArray(code, signature, 0, numbers);
        if (signature.params.indexOf('r') >= 0) {
            copyArray(code, signature, 1, references);
        }
    }

    private static void copyArray(CodeWriter code, Signature signature, int from, int to) {
        code.local(ALOAD, from);
        code.op(ICONST_0);
        code.local(ALOAD, to);
        code.op(ICONST_0);
        code.pushInt(signature.params.length());
        code.invokeStatic("java/lang/System", "arraycopy", ArrayCalls.COPY);
    }

    private void storeParams(BodyWriter body, int numbers, int references) {
        for (int place = 0; place < plan.frame.length; place++) {
            int variable = plan.frame[place];
            if (variable >= plan.graph.params) {
                return;
            }
            char kind = body.localKind(variable);
            body.code.local(ALOAD, kind == 'r' ? references : numbers);
            body.code.pushInt(place);
            Integer known = plan.graph.lastParam;
            if (known != null && variable == plan.graph.params - 1) {
                body.code.pushInt(known);
            } else {
                body.loadLocal(variable);
            }
            if (kind == 'r') {
                body.code.op(AASTORE);
            } else {
                Signature.toBits(body.code, kind);
                body.code.op(LASTORE);
            }
        }
    }

    // ---- the switches ----

    private int chunkOf(int part) {
        return function.chunkOf(part);
    }

    /** Writes those methods whose first part is in a class of the function. */
    void write(int chunk, ClassWriter owner) {
        for (int shift = 0; shift <= topShift(); shift += CASE_BITS) {
            int size = 1 << shift + CASE_BITS;
            for (int first = 0; first < plan.parts.length; first += size) {
                if (chunkOf(first) == chunk) {
                    write(owner, shift, first);
                }
            }
        }
    }

    private void write(ClassWriter owner, int shift, int first) {
        CodeWriter code =
                owner.method(
                        ClassWriter.PUBLIC | ClassWriter.STATIC, name(shift, first), DESCRIPTOR);
        Signature.declareParams(code, "isoni");
        int size = 1 << shift;
        int cases = Math.min(1 << CASE_BITS, (plan.parts.length - first + size - 1) >>> shift);
        code.local(ILOAD, 0);
        code.pushInt(Integer.numberOfTrailingZeros(FunctionCode.PLACES) + shift);
        code.op(IUSHR);
        code.pushInt(first >>> shift);
        code.op(ISUB);
        Label[] labels = new Label[cases];
        for (int i = 0; i < cases; i++) {
            labels[i] = new Label();
        }
        code.tableSwitch(labels, cases, labels[cases - 1]);
        for (int i = 0; i < cases; i++) {
            code.place(labels[i]);
            code.frame(EMPTY, 0);
            Signature.loadFirst(code, "isoni");
            int target = first + (i << shift);
            if (shift > 0) {
                code.invokeStatic(
                        function.className(chunkOf(target)),
                        name(shift - CASE_BITS, target),
                        DESCRIPTOR);
            } else {
                callPart(code, plan.parts[target]);
            }
            code.op(IRETURN);
        }
        code.end(8, 6);
    }

    /** Part 0 is the function's own method, and no place is in it. */
    private void callPart(CodeWriter code, Part part) {
        if (part.number == 0) {
            code.op(POP);
            code.op(POP);
            code.op(POP);
            code.op(POP);
        } else {
            code.invokeStatic(function.className(part), function.name(part), DESCRIPTOR);
        }
    }
}
