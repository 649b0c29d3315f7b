package dev.kugg.internal.compile;

import dev.kugg.internal.decode.FuncBody;
import dev.kugg.internal.decode.InstructionCursor;
import dev.kugg.internal.flow.BodyPlan;
import dev.kugg.internal.flow.BodyPlanner;
import dev.kugg.internal.flow.Kinds;
import dev.kugg.internal.flow.SplitLimits;
import dev.kugg.internal.validate.BodyFacts;

import org.jspecify.annotations.Nullable;

import java.lang.ref.SoftReference;

/**
 * How the code of each function is to be written, found out when it is asked for: nothing here can
 * fail. For use by any thread.
 *
 * <p><b>Copies.</b> Some functions begin by switching over their last parameter, which nearly all
 * calls pass as {@link #COPY_FOR}: those that a compiler has made resumable, say. They have a copy
 * without the switch, which such calls go to; the plain code serves the others.
 *
 * <p><b>Classes.</b> Beside the classes of whole functions there are those of their plain code
 * where there is a copy (so that it is written only when somebody resumes), and those that hold
 * further parts of a large body.
 */
final class FunctionPlans {
    /** What the last parameter is where a copy is made for it. */
    static final int COPY_FOR = 0;

    /**
     * A function without loops and calls that is shorter neither runs long nor nests: it need not
     * look at anything.
     */
    private static final int SHORT_LEAF_INSTRUCTIONS = 200;

    private static final int SHORT_LEAF_BYTES = 2000;

    /** The most bytes of JVM code that a byte of a body becomes: those of a loop's beginning. */
    private static final int MOST_BYTES_PER_BYTE = 40;

    /** From how many bytes on a body is planned while the module is loaded. */
    private static final int LARGE_BYTES = 32 << 10;

    /** And from how many passed values on. */
    private static final int LARGE_VALUES = 100_000;

    private static final byte UNKNOWN = 0;
    private static final byte COPIED = 1;
    private static final byte PLAIN = 2;

    private final ModulePlan plan;
    private final Kinds kinds;
    private final SplitLimits limits;

    /** By body. Two threads that find out at once write the same. */
    private final byte[] copies;

    /**
     * By body, the plan of one whose classes are asked for one after the other. It may be made anew
     * at any time, and comes out the same.
     */
    private final @Nullable SoftReference<FunctionCode>[] kept;

    FunctionPlans(ModulePlan plan, SplitLimits limits) {
        this.plan = plan;
        this.kinds = new Kinds(plan.def);
        this.limits = limits;
        copies = new byte[plan.def.bodies.length];
        kept = references(2 * copies.length);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static @Nullable SoftReference<FunctionCode>[] references(int count) {
        return new SoftReference[count];
    }

    /**
     * Plans the large bodies, which takes long for very large ones: while a module is loaded nobody
     * waits for a call to be stopped.
     */
    void planLargeBodies() {
        for (int i = 0; i < copies.length; i++) {
            FuncBody body = plan.def.bodies[i];
            if (body.end - body.start >= LARGE_BYTES
                    || plan.module.bodies[i].passedValues >= LARGE_VALUES) {
                int funcidx = plan.def.importedFuncs + i;
                code(funcidx, hasCopy(funcidx));
            }
        }
    }

    private int body(int funcidx) {
        return funcidx - plan.def.importedFuncs;
    }

    /** {@return whether a function has a copy} */
    boolean hasCopy(int funcidx) {
        int body = body(funcidx);
        if (body < 0) {
            return false;
        }
        if (copies[body] == UNKNOWN) {
            boolean copied =
                    plan.module.bodies[body].hasTable
                            && plan.signature(funcidx).passed.endsWith("i")
                            && BodyPlanner.isBetterWith(kinds, limits, funcidx, COPY_FOR);
            copies[body] = copied ? COPIED : PLAIN;
        }
        return copies[body] == COPIED;
    }

    /** {@return whether a body may be so large that it is cut into parts} */
    boolean maySplit() {
        for (FuncBody body : plan.def.bodies) {
            if ((long) (body.end - body.start) * MOST_BYTES_PER_BYTE > limits.part()) {
                return true;
            }
        }
        return false;
    }

    /** {@return how a function's plain code, or that of its copy, is to be written} */
    FunctionCode code(int funcidx, boolean copy) {
        int index = 2 * body(funcidx) + (copy ? 1 : 0);
        SoftReference<FunctionCode> reference = kept[index];
        FunctionCode known = reference == null ? null : reference.get();
        if (known != null) {
            return known;
        }
        Integer lastParam = copy ? COPY_FOR : null;
        BodyPlan body = BodyPlanner.plan(kinds, limits, funcidx, lastParam);
        FunctionCode code = new FunctionCode(plan, funcidx, body);
        if (code.chunks() > 1) {
            kept[index] = new SoftReference<>(code);
        }
        return code;
    }

    /** {@return the name of the method of a function's plain code, or of its copy's} */
    String methodName(int funcidx, boolean copy) {
        String method = plan.methodName(funcidx);
        return hasCopy(funcidx) && !copy ? method + "$resume" : method;
    }

    /** {@return the descriptor of that method} */
    String descriptor(int funcidx, boolean copy) {
        Signature signature = plan.signature(funcidx);
        return copy ? signature.descriptorWithoutLast() : signature.descriptor;
    }

    /** {@return the class that holds a chunk of that method and its parts} */
    String className(int funcidx, int chunk, boolean copy) {
        if (chunk > 0) {
            return plan.inDirectory((copy ? "y" : "x") + funcidx + "_" + chunk);
        }
        return hasCopy(funcidx) && !copy
                ? plan.inDirectory("r" + funcidx)
                : plan.functionClass(funcidx);
    }

    /** {@return what an internal name names among the classes here, or null} */
    @Nullable Chunk chunk(String internalName) {
        String directory = plan.directory(internalName);
        if (directory == null || directory.length() < 2) {
            return null;
        }
        char sort = directory.charAt(0);
        int dash = directory.indexOf('_');
        int funcidx = ModulePlan.number(directory, 1, dash < 0 ? directory.length() : dash);
        if (funcidx < plan.def.importedFuncs || funcidx >= plan.def.funcCount()) {
            return null;
        }
        if (sort == 'r' && dash < 0) {
            return hasCopy(funcidx) ? new Chunk(funcidx, 0, false) : null;
        }
        int chunk = dash < 0 ? -1 : ModulePlan.number(directory, dash + 1, directory.length());
        return chunk > 0 && (sort == 'x' || sort == 'y')
                ? new Chunk(funcidx, chunk, sort == 'y')
                : null;
    }

    /**
     * A class of a single function.
     *
     * @param funcidx the function
     * @param number 0 for the class with the function's own method
     * @param copy whether of its copy
     */
    record Chunk(int funcidx, int number, boolean copy) {}

    /** {@return whether a function must look at its entry whether the stack is used up} */
    boolean mustLook(int funcidx, int frameBytes) {
        BodyFacts facts = plan.module.bodies[body(funcidx)];
        return facts.hasCall
                || facts.hasLoop
                || facts.instructionCount > SHORT_LEAF_INSTRUCTIONS
                || frameBytes > SHORT_LEAF_BYTES;
    }

    /** {@return a cursor over the module} */
    InstructionCursor cursor() {
        return new InstructionCursor(plan.def.bytes, 0, 0);
    }
}
