package dev.kugg.internal.compile;

import dev.kugg.internal.decode.InstructionCursor;
import dev.kugg.internal.opcode.Lowering;
import dev.kugg.internal.opcode.Opcode;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Looks at all loops of a body, once and from front to back, and decides the form of each; see
 * {@link LoopPlan}.
 *
 * <p>A loop is counted when its one way back is a {@code br_if} at its very end, on a comparison of
 * a local that each trip changes exactly once, by a constant, with a constant or a local that no
 * trip changes.
 */
final class LoopPlanner {
    /** The comparison of a counted loop may lie six instructions before its branch. */
    private static final int HISTORY = 8;

    private final InstructionCursor cursor;
    private final List<LoopPlan> loops = new ArrayList<>();

    // The open constructs: the loop of each, or null; and the innermost open loop of each.
    private @Nullable LoopPlan[] labels = new LoopPlan[16];
    private int depth;
    private LoopPlan[] open = new LoopPlan[8];
    private int[] openDepth = new int[8];
    private int openCount;

    // By localidx: the loop (by number) that wrote it last, how often, and its step if that write
    // was a step.
    private final int[] writer;
    private final int[] writes;
    private final int[] steps;

    private final Opcode[] pastOpcodes = new Opcode[HISTORY];
    private final long[] pastOperands = new long[HISTORY];
    private int count;

    private LoopPlanner(InstructionCursor cursor, int localCount) {
        this.cursor = cursor;
        writer = new int[localCount];
        writes = new int[localCount];
        steps = new int[localCount];
        Arrays.fill(writer, -1);
    }

    /**
     * {@return the plans of the body's loops in their order}
     *
     * @param cursor stands before the body's first instruction; it is moved to the end
     * @param localCount the number of locals, parameters included
     */
    static List<LoopPlan> plan(InstructionCursor cursor, int localCount) {
        LoopPlanner planner = new LoopPlanner(cursor, localCount);
        planner.run();
        return planner.loops;
    }

    private void run() {
        push(null);
        while (cursor.hasNext()) {
            cursor.next();
            visit(cursor.opcode);
            remember(cursor.opcode);
        }
        for (int i = 0; i < loops.size(); i++) {
            loops.get(i).loopsOfBody = loops.size();
        }
    }

    private void visit(Opcode opcode) {
        switch (opcode) {
            case LOOP -> beginLoop();
            case BLOCK, IF -> push(null);
            case END -> end();
            case BR -> branch(cursor.index);
            case BR_IF -> branchIf(cursor.index);
            case BR_TABLE -> {
                for (int i = 0; i <= cursor.labelCount; i++) {
                    branch(cursor.labels[i]);
                }
            }
            case CALL, CALL_INDIRECT -> {
                if (openCount > 0) {
                    open[openCount - 1].hasCall = true;
                }
            }
            case LOCAL_SET, LOCAL_TEE -> write(cursor.index);
            default -> {}
        }
    }

    private void remember(Opcode opcode) {
        int at = count++ & HISTORY - 1;
        pastOpcodes[at] = opcode;
        pastOperands[at] =
                switch (opcode) {
                    case LOCAL_GET, LOCAL_SET, LOCAL_TEE -> cursor.index;
                    case I32_CONST -> cursor.constant;
                    default -> 0;
                };
    }

    /** The opcode so many instructions back: 1 is the one before the current. */
    private Opcode opcode(int back) {
        return back > count ? Opcode.NOP : pastOpcodes[count - back & HISTORY - 1];
    }

    private long operand(int back) {
        return pastOperands[count - back & HISTORY - 1];
    }

    private void push(@Nullable LoopPlan loop) {
        if (depth == labels.length) {
            labels = Arrays.copyOf(labels, depth * 2);
        }
        labels[depth++] = loop;
    }

    private void beginLoop() {
        LoopPlan loop =
                new LoopPlan(loops.size(), cursor.blockType == InstructionCursor.BLOCK_EMPTY);
        loop.instructions = -count;
        loops.add(loop);
        if (openCount > 0) {
            open[openCount - 1].hasInner = true;
        }
        push(loop);
        if (openCount == open.length) {
            open = Arrays.copyOf(open, openCount * 2);
            openDepth = Arrays.copyOf(openDepth, openCount * 2);
        }
        openDepth[openCount] = depth;
        open[openCount++] = loop;
    }

    private void end() {
        LoopPlan loop = labels[--depth];
        if (loop == null) {
            return;
        }
        openCount--;
        if (openCount > 0 && loop.hasCall) {
            open[openCount - 1].hasCall = true;
        }
        if (openCount > 0) {
            open[openCount - 1].level = Math.max(open[openCount - 1].level, loop.level + 1);
        }
        loop.instructions += count;
        decide(loop);
    }

    private static void decide(LoopPlan loop) {
        if (loop.backEdges == 0) {
            loop.kind = LoopPlan.NONE;
        } else if (loop.hasInner || loop.hasCall) {
            loop.kind = LoopPlan.OUTER;
        } else if (loop.branchAt >= 0 && loop.backEdges == 1) {
            loop.kind = LoopPlan.STRIP;
        } else {
            loop.kind = LoopPlan.FUEL;
        }
    }

    private void branch(int label) {
        LoopPlan loop = labels[depth - 1 - label];
        if (loop != null) {
            loop.backEdges++;
        }
    }

    private void branchIf(int label) {
        branch(label);
        LoopPlan loop = labels[depth - 1];
        boolean closesLoop = label == 0 && loop != null && cursor.peekCode() == Opcode.END.code;
        if (closesLoop && loop.empty) {
            findCounter(loop);
        }
    }

    private void write(int local) {
        if (openCount == 0) {
            return;
        }
        int loop = open[openCount - 1].number;
        if (writer[local] != loop) {
            writer[local] = loop;
            writes[local] = 0;
        }
        writes[local]++;
        boolean own = depth == openDepth[openCount - 1];
        steps[local] = own && writes[local] == 1 ? step(local) : 0;
    }

    /** The constant that the write behind the last three instructions adds to the local, or 0. */
    private int step(int local) {
        boolean ofItself =
                opcode(2) == Opcode.I32_CONST
                        && opcode(3) == Opcode.LOCAL_GET
                        && operand(3) == local;
        if (!ofItself) {
            return 0;
        }
        int constant = (int) operand(2);
        return switch (opcode(1)) {
            case I32_ADD -> constant;
            case I32_SUB -> -constant;
            default -> 0;
        };
    }

    private void findCounter(LoopPlan loop) {
        Opcode last = opcode(1);
        if (isLocal(last)) {
            tryCounter(loop, 1, -1, Lowering.NE, false);
            return;
        }
        if (Lowering.kind(last.lowering) != Lowering.COMPARE
                || Lowering.type(last.lowering) != 'i') {
            return;
        }
        int condition = Lowering.condition(last.lowering);
        boolean unsigned = Lowering.unsigned(last.lowering);
        if (isLocal(opcode(3)) && tryCounter(loop, 3, 2, condition, unsigned)) {
            return;
        }
        if (isLocal(opcode(2))) {
            int bound = opcode(2) == Opcode.LOCAL_TEE ? 6 : 3;
            tryCounter(loop, 2, bound, mirrored(condition), unsigned);
        }
    }

    private static boolean isLocal(Opcode opcode) {
        return opcode == Opcode.LOCAL_GET || opcode == Opcode.LOCAL_TEE;
    }

    /** The condition of "b ? a" that holds when that of "a ? b" does. */
    private static int mirrored(int condition) {
        return switch (condition) {
            case Lowering.LT -> Lowering.GT;
            case Lowering.GT -> Lowering.LT;
            case Lowering.GE -> Lowering.LE;
            case Lowering.LE -> Lowering.GE;
            default -> condition;
        };
    }

    /**
     * Fills in the plan if the operands so many instructions back are a counter and its bound (-1
     * for zero).
     */
    private boolean tryCounter(
            LoopPlan loop, int counterBack, int boundBack, int condition, boolean unsigned) {
        int number = loop.number;
        int counter = (int) operand(counterBack);
        if (writer[counter] != number
                || writes[counter] != 1
                || !stepFits(steps[counter], condition)) {
            return false;
        }
        if (boundBack > 0 && !boundFits(loop, number, boundBack)) {
            return false;
        }
        loop.counter = counter;
        loop.step = steps[counter];
        loop.condition = condition;
        loop.unsigned = unsigned;
        loop.operands = boundBack > 0 ? 2 : 1;
        loop.branchAt = cursor.start;
        return true;
    }

    private boolean boundFits(LoopPlan loop, int number, int back) {
        if (opcode(back) == Opcode.I32_CONST) {
            loop.boundConstant = (int) operand(back);
            return true;
        }
        int local = (int) operand(back);
        if (opcode(back) != Opcode.LOCAL_GET || writer[local] == number) {
            return false;
        }
        loop.boundLocal = local;
        return true;
    }

    private static boolean stepFits(int step, int condition) {
        if (step > LoopPlan.MOST_STEP || step < -LoopPlan.MOST_STEP) {
            return false;
        }
        return switch (condition) {
            case Lowering.NE -> Integer.bitCount(step) == 1 || Integer.bitCount(-step) == 1;
            case Lowering.LT, Lowering.LE -> step > 0;
            case Lowering.GT, Lowering.GE -> step < 0;
            default -> false;
        };
    }
}
