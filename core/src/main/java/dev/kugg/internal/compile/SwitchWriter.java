package dev.kugg.internal.compile;

import static dev.kugg.internal.classfile.Jvm.*;

import dev.kugg.internal.classfile.ClassWriter;
import dev.kugg.internal.classfile.CodeWriter;
import dev.kugg.internal.classfile.Label;

/**
 * Writes a static method that switches over one of its parameters. With many cases it becomes a
 * tree of methods, each small enough for the JIT, in as many classes as their constants need.
 */
abstract class SwitchWriter {
    /** About the most bytes of one method: HotSpot does not compile one of 8,000. */
    private static final int METHOD_BYTES = 7000;

    private static final int[] EMPTY_STACK = {};

    private final OverflowClasses overflow;
    private final String kinds;
    private final String descriptor;
    private final int selector;
    private final int returnOpcode;

    /** The most cases of one method, as a power of two. */
    private final int caseBits;

    /**
     * Prepares a method.
     *
     * @param overflow gives classes for the parts of a large switch
     * @param kinds the kinds of the method's parameters
     * @param returnDescriptor the descriptor of what it returns
     * @param selector the slot of the parameter to switch over, an {@code int} from 0 to below the
     *     number of cases
     * @param returnOpcode the instruction that returns from it
     */
    SwitchWriter(
            OverflowClasses overflow,
            String kinds,
            String returnDescriptor,
            int selector,
            int returnOpcode) {
        this.overflow = overflow;
        this.kinds = kinds;
        this.descriptor = "(" + Signature.descriptors(kinds) + ")" + returnDescriptor;
        this.selector = selector;
        this.returnOpcode = returnOpcode;
        int caseBytes = 2 * Signature.slots(kinds) + 16;
        int cases = Math.max(2, Math.min(128, METHOD_BYTES / caseBytes));
        caseBits = 31 - Integer.numberOfLeadingZeros(cases);
    }

    /** Writes one case; the code ends in a return. */
    abstract void writeCase(CodeWriter code, int k);

    /** Writes the method {@code name} of {@code owner} with {@code count} cases. */
    final void write(ClassWriter owner, String name, int count) {
        write(owner, name, 0, count);
    }

    private void write(ClassWriter owner, String name, int from, int to) {
        int shift = 0;
        while (to - from > 1 << caseBits + shift) {
            shift += caseBits;
        }
        if (shift > 0) {
            writeGroups(owner, name, from, to, shift);
            return;
        }
        CodeWriter code = begin(owner, name);
        Label[] labels = writeJumps(code, from, to - from, 0);
        for (int k = 0; k < labels.length; k++) {
            code.place(labels[k]);
            code.frame(EMPTY_STACK, 0);
            writeCase(code, from + k);
        }
        end(code);
    }

    private void writeGroups(ClassWriter owner, String name, int from, int to, int shift) {
        int size = 1 << shift;
        String[] holders = new String[(to - from + size - 1) / size];
        for (int g = 0; g < holders.length; g++) {
            ClassWriter holder = overflow.next();
            int first = from + g * size;
            holders[g] = holder.name();
            write(holder, name + "_" + first, first, Math.min(first + size, to));
        }
        CodeWriter code = begin(owner, name);
        Label[] labels = writeJumps(code, from, holders.length, shift);
        for (int g = 0; g < holders.length; g++) {
            code.place(labels[g]);
            code.frame(EMPTY_STACK, 0);
            Signature.loadFirst(code, kinds);
            code.invokeStatic(holders[g], name + "_" + (from + g * size), descriptor);
            code.op(returnOpcode);
        }
        end(code);
    }

    private CodeWriter begin(ClassWriter owner, String name) {
        CodeWriter code = owner.method(ClassWriter.PUBLIC | ClassWriter.STATIC, name, descriptor);
        Signature.declareParams(code, kinds);
        return code;
    }

    private Label[] writeJumps(CodeWriter code, int from, int count, int shift) {
        code.local(ILOAD, selector);
        if (from != 0) {
            code.pushInt(from);
            code.op(ISUB);
        }
        if (shift != 0) {
            code.pushInt(shift);
            code.op(IUSHR);
        }
        Label[] labels = new Label[count];
        for (int k = 0; k < count; k++) {
            labels[k] = new Label();
        }
        code.tableSwitch(labels, count, labels[0]);
        return labels;
    }

    private void end(CodeWriter code) {
        int slots = Signature.slots(kinds);
        code.end(slots + 6, slots);
    }
}
