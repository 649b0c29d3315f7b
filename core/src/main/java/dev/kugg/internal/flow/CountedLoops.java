package dev.kugg.internal.flow;

import dev.kugg.internal.decode.InstructionCursor;
import dev.kugg.internal.opcode.Lowering;
import dev.kugg.internal.opcode.Opcode;

import java.util.Arrays;

/**
 * Finds the counted ones among innermost loops: those whose one way back is a branch on a
 * comparison of a local that each trip changes exactly once, by a constant, with a constant or a
 * local that no trip changes.
 */
final class CountedLoops {
    /** The comparison may lie six instructions before its branch. */
    private static final int HISTORY = 8;

    private final FlowGraph graph;
    private final LoopForest forest;
    private final InstructionCursor cursor;

    // The blocks of each innermost loop, by header: a list through all blocks.
    private final int[] firstMember;
    private final int[] nextMember;

    // By block, the last loop each trip of which runs it, by header.
    private final int[] always;

    // By local: the loop that writes it, how often, and its step if that write was a step.
    private final int[] writer;
    private final int[] writes;
    private final int[] steps;

    // By local, the loop that some trip of which changes it by a constant, by header.
    private final int[] stepper;

    private final Opcode[] pastOpcodes = new Opcode[HISTORY];
    private final long[] pastOperands = new long[HISTORY];
    private int past;

    CountedLoops(FlowGraph graph, LoopForest forest, InstructionCursor cursor) {
        this.graph = graph;
        this.forest = forest;
        this.cursor = cursor;
        firstMember = new int[graph.count];
        nextMember = new int[graph.count];
        always = new int[graph.count];
        writer = new int[graph.locals];
        writes = new int[graph.locals];
        steps = new int[graph.locals];
        stepper = new int[graph.locals];
        Arrays.fill(stepper, -1);
        Arrays.fill(firstMember, -1);
        Arrays.fill(always, -1);
        Arrays.fill(writer, -1);
        for (int block : forest.blockAt) {
            int header = forest.loopOf(block);
            if (header >= 0) {
                nextMember[block] = firstMember[header];
                firstMember[header] = block;
            }
        }
    }

    /** Makes an innermost loop's plan a STRIP if it is counted. */
    void look(LoopPlan plan) {
        int latch = onlyLatch(plan.header);
        if (latch < 0 || forest.severalWaysIn[plan.header] || !endsPlainly(latch)) {
            return;
        }
        markAlways(plan.header, latch);
        for (int block = firstMember[plan.header]; block >= 0; block = nextMember[block]) {
            if (block != latch) {
                scan(block, plan.header);
            }
        }
        scan(latch, plan.header);
        boolean continuesWhenTrue = graph.target[graph.firstEdge[latch]] == plan.header;
        findCounter(plan, !continuesWhenTrue);
        if (plan.latch >= 0) {
            plan.latch = latch;
            plan.kind = LoopPlan.STRIP;
        }
    }

    /**
     * {@return whether HotSpot may count a loop that contains others} It does if a trip changes a
     * variable by a constant and goes on or not by how that compares. What it has pruned or copied
     * before is not foreseen here: this looks for the two in the loop's own blocks, in any order.
     */
    boolean mayBeCounted(LoopPlan plan) {
        for (int block = firstMember[plan.header]; block >= 0; block = nextMember[block]) {
            scan(block, plan.header);
        }
        for (int block = firstMember[plan.header]; block >= 0; block = nextMember[block]) {
            if (graph.end[block] == FlowGraph.BRANCH) {
                scan(block, plan.header);
                if (comparesStepped(plan.header)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean comparesStepped(int header) {
        int lowering = opcode(1).lowering;
        if (Lowering.kind(lowering) == Lowering.COMPARE && Lowering.unsigned(lowering)) {
            return false;
        }
        for (int back = 1; back <= Math.min(past, HISTORY); back++) {
            if (isLocal(opcode(back)) && stepper[(int) operand(back)] == header) {
                return true;
            }
        }
        return false;
    }

    private int onlyLatch(int header) {
        int latch = -1;
        for (int i = 0; i < forest.predecessorCount(header); i++) {
            int from = forest.predecessor(header, i);
            if (forest.isBackEdge(from, header)) {
                if (latch >= 0) {
                    return -1;
                }
                latch = from;
            }
        }
        return latch;
    }

    /** Whether a block ends in a branch that leaves no operands behind. */
    private boolean endsPlainly(int block) {
        int edge = graph.firstEdge[block];
        return graph.end[block] == FlowGraph.BRANCH
                && graph.target[edge] != graph.target[edge + 1]
                && graph.floor[block] == Operand.height(graph.exit[block])
                && graph.keepsOperands(block, edge)
                && graph.keepsOperands(block, edge + 1);
    }

    private void markAlways(int header, int latch) {
        int block = latch;
        always[header] = header;
        always[latch] = header;
        while (block != header && forest.predecessorCount(block) == 1) {
            block = forest.predecessor(block, 0);
            always[block] = header;
        }
        block = header;
        while (graph.edgeCount[block] == 1 && block != latch) {
            block = graph.target[graph.firstEdge[block]];
            always[block] = header;
        }
    }

    // ---- a block's instructions ----

    private void scan(int block, int header) {
        past = 0;
        cursor.reset(graph.codeStart[block], graph.codeEnd[block]);
        while (cursor.hasNext()) {
            cursor.next();
            switch (cursor.opcode) {
                case NOP, BLOCK, LOOP, END -> {
                    continue;
                }
                case LOCAL_SET, LOCAL_TEE -> write(cursor.index, header, always[block] == header);
                default -> {}
            }
            remember(cursor.opcode);
        }
    }

    private void remember(Opcode opcode) {
        int at = past++ & HISTORY - 1;
        pastOpcodes[at] = opcode;
        pastOperands[at] =
                switch (opcode) {
                    case LOCAL_GET, LOCAL_SET, LOCAL_TEE -> cursor.index;
                    case I32_CONST -> cursor.constant;
                    default -> 0;
                };
    }

    /** The opcode so many instructions back: 1 is the last one. */
    private Opcode opcode(int back) {
        return back > past ? Opcode.NOP : pastOpcodes[past - back & HISTORY - 1];
    }

    private long operand(int back) {
        return pastOperands[past - back & HISTORY - 1];
    }

    private void write(int local, int header, boolean inEachTrip) {
        if (writer[local] != header) {
            writer[local] = header;
            writes[local] = 0;
        }
        writes[local]++;
        int step = step(local);
        steps[local] = inEachTrip && writes[local] == 1 ? step : 0;
        if (step != 0) {
            stepper[local] = header;
        }
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

    // ---- the comparison ----

    private void findCounter(LoopPlan plan, boolean negated) {
        Opcode last = opcode(1);
        if (isLocal(last)) {
            tryCounter(plan, 1, -1, negated ? Lowering.EQ : Lowering.NE, false);
            return;
        }
        if (Lowering.kind(last.lowering) != Lowering.COMPARE
                || Lowering.type(last.lowering) != 'i') {
            return;
        }
        int condition = Lowering.condition(last.lowering) ^ (negated ? 1 : 0);
        boolean unsigned = Lowering.unsigned(last.lowering);
        if (isLocal(opcode(3)) && tryCounter(plan, 3, 2, condition, unsigned)) {
            return;
        }
        if (isLocal(opcode(2))) {
            int bound = opcode(2) == Opcode.LOCAL_TEE ? 6 : 3;
            tryCounter(plan, 2, bound, mirrored(condition), unsigned);
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
            LoopPlan plan, int counterBack, int boundBack, int condition, boolean unsigned) {
        int counter = (int) operand(counterBack);
        if (writer[counter] != plan.header
                || writes[counter] != 1
                || !stepFits(steps[counter], condition)) {
            return false;
        }
        if (boundBack > 0 && !boundFits(plan, boundBack)) {
            return false;
        }
        plan.counter = counter;
        plan.step = steps[counter];
        plan.condition = condition;
        plan.unsigned = unsigned;
        plan.operands = boundBack > 0 ? 2 : 1;
        plan.latch = plan.header;
        return true;
    }

    private boolean boundFits(LoopPlan plan, int back) {
        if (opcode(back) == Opcode.I32_CONST) {
            plan.boundConstant = (int) operand(back);
            return true;
        }
        int local = (int) operand(back);
        if (opcode(back) != Opcode.LOCAL_GET || writer[local] == plan.header) {
            return false;
        }
        plan.boundVariable = local;
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
