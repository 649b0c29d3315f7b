package dev.kugg.internal.compile;

import static dev.kugg.internal.compile.RuntimeNames.*;

import dev.kugg.internal.classfile.ClassWriter;
import dev.kugg.internal.classfile.CodeWriter;
import dev.kugg.internal.flow.BodyPlan;
import dev.kugg.internal.flow.Part;

import java.util.Arrays;

/**
 * The methods of one function; immutable. Most have one. A large body has several, called parts:
 * the first is the function's own, the others are named after it.
 *
 * <p>A part takes the place to begin at (as an {@code int}, where there are several), the variables
 * it needs, the instance and what is left of the stack budget. It leaves what it has changed in
 * fields of the instance, which its caller reads at once, and returns the number of the way it was
 * left by. Where the variables are in arrays it takes those instead, and returns the next place to
 * go on at, or -1 behind the function's end.
 */
final class FunctionCode {
    /** framed: a place is a part's number times this, plus the index among its entries. */
    static final int PLACES = 1 << 12;

    /** About how many bytes of parts go to one class. */
    private static final int CHUNK_BYTES = 24_000;

    final ModulePlan plan;
    final int funcidx;
    final BodyPlan body;

    /** By part, the number of the class that holds it among the function's. */
    private final int[] chunkOf;

    FunctionCode(ModulePlan plan, int funcidx, BodyPlan body) {
        this.plan = plan;
        this.funcidx = funcidx;
        this.body = body;
        chunkOf = new int[body.parts.length];
        assignChunks();
    }

    private void assignChunks() {
        int chunk = 0;
        int bytes = 0;
        for (Part part : body.parts) {
            if (bytes > 0 && bytes + part.codeBytes > CHUNK_BYTES) {
                chunk++;
                bytes = 0;
            }
            chunkOf[part.number] = chunk;
            bytes += part.codeBytes;
        }
    }

    /** {@return whether it is that of the function's copy} */
    boolean isCopy() {
        return body.graph.lastParam != null;
    }

    /** {@return how many classes the function's methods go to} */
    int chunks() {
        return chunkOf[chunkOf.length - 1] + 1;
    }

    /** Writes the methods that belong to one of the function's classes. */
    void write(int chunk, ClassWriter owner) {
        for (Part part : body.parts) {
            boolean empty = part.number > 0 && part.items.length == 0;
            if (chunkOf[part.number] == chunk && !empty) {
                write(part, owner);
            }
        }
        if (body.framed) {
            new PlaceSwitch(this).write(chunk, owner);
        }
    }

    private void write(Part part, ClassWriter owner) {
        CodeWriter code =
                owner.method(ClassWriter.PUBLIC | ClassWriter.STATIC, name(part), descriptor(part));
        BodyWriter method = new BodyWriter(this, part, code);
        new PartWriter(this, method).write();
    }

    // ---- names ----

    int chunkOf(int part) {
        return chunkOf[part];
    }

    String className(int chunk) {
        return plan.functions.className(funcidx, chunk, isCopy());
    }

    String className(Part part) {
        return className(chunkOf[part.number]);
    }

    /** {@return the name of a part's method} */
    String name(Part part) {
        String own = plan.functions.methodName(funcidx, isCopy());
        return part.number == 0 ? own : own + "$" + part.number;
    }

    /** {@return whether a name looks like that of a part or a copy of some function} */
    static boolean isOfPart(String method) {
        int dollar = method.lastIndexOf('$');
        return dollar >= 0
                && (ModulePlan.number(method, dollar + 1, method.length()) >= 0
                        || method.endsWith(FunctionPlans.PLAIN_SUFFIX));
    }

    /** A part that a table leads to takes the table's index plus this as the place to begin at. */
    static final int TABLE_PLACES = 1 << 14;

    /** {@return whether a part takes the place to begin at} */
    static boolean takesEntry(BodyPlan body, Part part) {
        return part.number > 0 && (body.framed || part.entries.length > 1);
    }

    String descriptor(Part part) {
        if (part.number == 0) {
            return plan.functions.descriptor(funcidx, isCopy());
        }
        if (body.framed) {
            return "(I[J[" + OBJECT_TYPE + INSTANCE_TYPE + "I)I";
        }
        StringBuilder text = new StringBuilder("(");
        if (takesEntry(body, part)) {
            text.append('I');
        }
        for (int variable : part.params) {
            text.append(Signature.descriptor(body.graph.variableKinds[variable]));
        }
        text.append(INSTANCE_TYPE).append("I)").append(part.exitCount() > 1 ? 'I' : 'V');
        return text.toString();
    }

    /** framed: {@return the number of the place where a block begins} */
    int place(int block) {
        Part part = body.parts[body.partOf[block]];
        return part.number * PLACES + Arrays.binarySearch(part.entries, block);
    }

    // ---- the stack budget ----

    /**
     * An upper estimate of what one activation takes of the stack, with the parts it is in: of
     * interpreted frames, in bytes.
     */
    int frameBytes() {
        int[] below = new int[body.parts.length];
        for (int i = body.parts.length - 1; i > 0; i--) {
            Part part = body.parts[i];
            int bytes = frameBytes(part) + below[i];
            below[part.parent] = Math.max(below[part.parent], bytes);
        }
        int switches = body.framed ? PlaceSwitch.FRAME_BYTES : 0;
        return frameBytes(body.parts[0]) + below[0] + switches;
    }

    private int frameBytes(Part part) {
        int own = 0;
        for (int item : part.items) {
            if (item >= 0) {
                own = Math.max(own, body.graph.depth[item]);
            }
        }
        int count = 14 + own;
        for (int variable : part.params) {
            count += Signature.slots(body.graph.variableKinds[variable]);
        }
        for (int variable : part.variables) {
            count += Signature.slots(body.graph.variableKinds[variable]);
        }
        return 128 + 8 * count;
    }
}
