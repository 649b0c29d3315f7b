package dev.kugg.internal.compile;

import static dev.kugg.internal.classfile.Jvm.*;

import dev.kugg.internal.classfile.ClassWriter;
import dev.kugg.internal.classfile.CodeWriter;
import dev.kugg.internal.classfile.Label;

/**
 * Writes a static method that switches over one of its parameters. With many cases it becomes a
 * tree of methods, each small enough for the JIT: the method goes to groups of cases, each in a
 * class of its own, which may be such a tree again. A group's class is named by its cases, so that
 * each class can be written without the others.
 */
abstract class SwitchWriter {
    /** About the most bytes of one method: HotSpot does not compile one of 8,000. */
    private static final int METHOD_BYTES = 7000;

    private static final int[] EMPTY_STACK = {};

    private final String name;
    private final String groupPrefix;
    private final int count;
    private final String kinds;
    private final String descriptor;
    private final int selector;
    private final int returnOpcode;

    /** The most cases of one method, as a power of two. */
    private final int caseBits;

    /**
     * Prepares a method.
     *
     * @param name the method's name, and that of the methods of its groups
     * @param groupPrefix what the names of the groups' classes begin with
     * @param count the number of cases
     * @param kinds the kinds of the method's parameters
     * @param returnDescriptor the descriptor of what it returns
     * @param selector the slot of the parameter to switch over, an {@code int} from 0 to below the
     *     number of cases
     * @param returnOpcode the instruction that returns from it
     */
    SwitchWriter(
            String name,
            String groupPrefix,
            int count,
            String kinds,
            String returnDescriptor,
            int selector,
            int returnOpcode) {
        this.name = name;
        this.groupPrefix = groupPrefix;
        this.count = count;
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

    /** Writes the method that has all cases. */
    final void write(ClassWriter owner) {
        write(owner, 0, count);
    }

    /** {@return whether there is a group of just these cases} */
    final boolean hasGroup(int from, int to) {
        for (int shift = caseBits; count - 1 >>> shift != 0; shift += caseBits) {
            int size = 1 << shift;
            if ((from & size - 1) == 0 && from < count && to == Math.min(from + size, count)) {
                return true;
            }
        }
        return false;
    }

    /** {@return the class of a group} */
    final ClassWriter writeGroup(int from, int to) {
        ClassWriter owner = new ClassWriter(groupClass(from, to), RuntimeNames.OBJECT);
        write(owner, from, to);
        return owner;
    }

    private String groupClass(int from, int to) {
        return groupPrefix + from + "_" + to;
    }

    private void write(ClassWriter owner, int from, int to) {
        int shift = 0;
        while (to - from - 1 >>> caseBits + shift != 0) {
            shift += caseBits;
        }
        if (shift > 0) {
            writeJumpsToGroups(owner, from, to, shift);
            return;
        }
        CodeWriter code = begin(owner);
        Label[] labels = writeJumps(code, from, to - from, 0);
        for (int k = 0; k < labels.length; k++) {
            code.place(labels[k]);
            code.frame(EMPTY_STACK, 0);
            writeCase(code, from + k);
        }
        end(code);
    }

    private void writeJumpsToGroups(ClassWriter owner, int from, int to, int shift) {
        int size = 1 << shift;
        CodeWriter code = begin(owner);
        Label[] labels = writeJumps(code, from, (to - from - 1 >>> shift) + 1, shift);
        for (int g = 0; g < labels.length; g++) {
            int first = from + g * size;
            code.place(labels[g]);
            code.frame(EMPTY_STACK, 0);
            Signature.loadFirst(code, kinds);
            code.invokeStatic(groupClass(first, Math.min(first + size, to)), name, descriptor);
            code.op(returnOpcode);
        }
        end(code);
    }

    private CodeWriter begin(ClassWriter owner) {
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
