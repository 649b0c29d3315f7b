package dev.kugg.internal.compile;

import static dev.kugg.internal.classfile.Jvm.*;
import static dev.kugg.internal.compile.RuntimeNames.*;

import dev.kugg.internal.classfile.CodeWriter;
import dev.kugg.internal.classfile.Label;
import dev.kugg.internal.flow.BodyPlan;
import dev.kugg.internal.flow.EdgeStores;
import dev.kugg.internal.flow.FlowGraph;
import dev.kugg.internal.flow.LoopPlan;
import dev.kugg.internal.flow.Operand;
import dev.kugg.internal.flow.Part;

import org.jspecify.annotations.Nullable;

/** Writes one part: its blocks as they are laid out, and the jumps between them. */
final class PartWriter {
    /** From so many parts on, each of them looks whether the call is to be stopped. */
    private static final int MANY_PARTS = 64;

    private final BodyPlan plan;
    private final FlowGraph graph;
    private final Part part;
    private final FunctionCode function;
    private final BodyWriter body;
    private final CodeWriter code;
    private final CallWriter calls;
    private final InstructionWriter instructions;
    private final LoopWriter loops;
    private final PartCalls crossings;

    /** By item, for a block: where it begins. */
    private final @Nullable Label[] begins;

    /** By item, for a loop's header: where its back edges lead. */
    private final @Nullable Label[] tops;

    /** The block written last. */
    private int lastBlock = -1;

    /** What stands behind the current item: a block, or -1. */
    private int nextBlock;

    PartWriter(FunctionCode function, BodyWriter body) {
        this.function = function;
        this.plan = function.body;
        this.graph = plan.graph;
        this.part = body.part;
        this.body = body;
        this.code = body.code;
        begins = new Label[part.items.length];
        tops = new Label[part.items.length];
        calls = new CallWriter(body);
        instructions = new InstructionWriter(body, calls);
        loops = new LoopWriter(body);
        crossings = new PartCalls(function, body, calls, this);
    }

    void write() {
        if (part.number == 0) {
            enterFunction();
        } else if (plan.parts.length >= MANY_PARTS) {
            enterPart();
        }
        if (plan.framed && part.number == 0) {
            new PlaceSwitch(function).drive(body, calls);
            return;
        }
        body.initialise();
        crossings.enter();
        int start = code.size();
        for (int i = 0; i < part.items.length; i++) {
            int item = part.items[i];
            nextBlock = i + 1 < part.items.length ? Math.max(-1, part.items[i + 1]) : -1;
            if (item >= 0) {
                block(item);
            } else {
                lastBlock = -1;
                crossings.call(~item);
            }
        }
        crossings.stubs();
        int end = code.size();
        handlers(start, end);
        code.end(crossings.maxStack(), body.maxLocals());
    }

    /**
     * Takes this activation's share of the stack budget, and looks whether the call is to be
     * stopped, in one comparison.
     */
    private void enterFunction() {
        int frameBytes = function.frameBytes();
        if (!body.plan.functions.mustLook(body.funcidx, frameBytes)) {
            return;
        }
        Label enough = new Label();
        body.loadRemaining();
        code.pushInt(frameBytes);
        code.op(ISUB);
        code.op(DUP);
        code.local(ISTORE, body.remainingSlot);
        body.loadInstance();
        code.getField(INSTANCE, "limit", "I");
        code.jumpIf(IF_ICMPGE, enough);
        body.loadInstance();
        body.loadRemaining();
        code.invokeVirtual(STATE, "enterFunction", "(I)V");
        code.place(enough);
        code.frameOfParameters();
    }

    /**
     * Looks whether the call is to be stopped. The first way through very large straight code takes
     * seconds, since a class is written for every few parts, and no loop looks there.
     */
    private void enterPart() {
        body.loadInstance();
        code.invokeVirtual(STATE, "checkInterrupted", "()V");
    }

    private void handlers(int start, int end) {
        if (body.accessesMemory) {
            trapHandler(
                    start,
                    end,
                    "java/lang/IndexOutOfBoundsException",
                    "out of bounds memory access");
        }
        if (body.divides) {
            trapHandler(start, end, "java/lang/ArithmeticException", "integer divide by zero");
        }
    }

    /**
     * Turns what the JVM's own check throws into a trap, made here so that its stack trace begins
     * in this function.
     */
    private void trapHandler(int start, int end, String exception, String message) {
        code.handler(start, end, exception);
        code.op(POP);
        throwTrap(message);
    }

    private void throwTrap(String message) {
        code.newObject(TRAP);
        code.op(DUP);
        code.pushString(message);
        code.invokeSpecial(TRAP, "<init>", "(Ljava/lang/String;)V");
        code.op(ATHROW);
    }

    // ---- blocks ----

    private void block(int block) {
        body.depth = 0;
        if (lastBlock < 0 || plan.onlyPredecessor(block) != lastBlock) {
            body.forgetAddresses();
        }
        lastBlock = block;
        LoopPlan loop = plan.loops[block];
        if (loop != null) {
            loops.begin(loop, begin(block), top(block));
        } else {
            body.placeWithFrame(begin(block));
        }
        loadOperands(block);
        switch (graph.end[block]) {
            case FlowGraph.BRANCH -> branch(block);
            case FlowGraph.TABLE -> table(block);
            case FlowGraph.TABLE_OF_TABLES -> tableOfTables(block);
            case FlowGraph.RETURN -> {
                straight(block);
                returnFunction();
            }
            case FlowGraph.TRAP -> {
                straight(block);
                throwTrap("unreachable");
            }
            default -> {
                straight(block);
                follow(block, graph.firstEdge[block]);
            }
        }
    }

    private void straight(int block) {
        instructions.write(graph.codeStart[block], graph.codeEnd[block]);
    }

    /** Loads what the block uses of the operands, the lowest first. */
    private void loadOperands(int block) {
        int floor = graph.floor[block];
        int count = Operand.height(graph.entry[block]) - floor;
        if (count <= 0) {
            return;
        }
        int[] variables = new int[count];
        Operand operand = graph.entry[block];
        for (int i = count - 1; i >= 0 && operand != null; i--) {
            variables[i] = graph.operandVariable(operand);
            operand = operand.below;
        }
        for (int variable : variables) {
            body.loadLocal(variable);
            body.push(body.localKind(variable));
        }
    }

    private Label label(@Nullable Label[] labels, int block) {
        int index = plan.indexOf[block];
        Label label = labels[index];
        if (label == null) {
            label = new Label();
            labels[index] = label;
        }
        return label;
    }

    private Label begin(int block) {
        return label(begins, block);
    }

    private Label top(int block) {
        return label(tops, block);
    }

    // ---- jumps ----

    /** Where this method goes to begin at one of its blocks. */
    Label wayIn(int block) {
        return begin(block);
    }

    /** Where a jump from a block of this part to any block leads in this method. */
    private Label way(int from, int to) {
        if (plan.partOf[to] != part.number) {
            return crossings.way(to);
        }
        boolean back = plan.loops[to] != null && plan.isBackEdge(from, to);
        return back ? top(to) : begin(to);
    }

    /** Where a part called from here leaves to, when it goes on at a block. */
    Label wayFromPart(int to) {
        if (plan.partOf[to] != part.number) {
            return crossings.way(to);
        }
        LoopPlan loop = plan.loops[to];
        return loop != null && loop.kind == LoopPlan.OUTER ? top(to) : begin(to);
    }

    /** Whether what is written next begins at a label. */
    boolean fallsInto(Label label) {
        return nextBlock >= 0 && label == begins[plan.indexOf[nextBlock]];
    }

    private void goTo(Label label) {
        if (!fallsInto(label)) {
            code.goTo(label);
        }
    }

    /** Takes an edge whose operands are on the stack. */
    private void follow(int block, int edge) {
        store(block, edge);
        goTo(way(block, graph.target[edge]));
    }

    private void store(int block, int edge) {
        EdgeStores stores = new EdgeStores(graph, block, edge);
        while (stores.next()) {
            if (stores.variable >= 0) {
                body.storeLocal(stores.variable);
            } else {
                body.drop(stores.kind);
            }
            body.pop();
        }
    }

    private void branch(int block) {
        int start = graph.codeStart[block];
        int end = graph.codeEnd[block];
        int first = graph.firstEdge[block];
        for (int e = first; e < first + 2; e++) {
            LoopPlan loop = plan.loops[graph.target[e]];
            if (loop != null && loop.kind == LoopPlan.STRIP && loop.latch == block) {
                instructions.writeBeforeComparison(start, end);
                loops.closeStrip(loop, begin(loop.header), top(loop.header));
                goTo(way(block, graph.target[first + first + 1 - e]));
                return;
            }
        }
        int taken = instructions.writeBeforeBranch(start, end);
        if (EdgeStores.none(graph, block)) {
            jump(block, taken);
        } else {
            jumpWithOperands(block, taken);
        }
    }

    private void jump(int block, int taken) {
        int edge = graph.firstEdge[block];
        Label yes = way(block, graph.target[edge]);
        Label no = way(block, graph.target[edge + 1]);
        if (fallsInto(yes)) {
            conditionally(CodeWriter.negate(taken), no);
        } else {
            conditionally(taken, yes);
            goTo(no);
        }
    }

    private void conditionally(int taken, Label label) {
        if (taken == IF_ICMPNE && label.isPlaced()) {
            loops.whileNotEqual(label);
        } else {
            body.jumpIf(taken, label);
        }
    }

    private void jumpWithOperands(int block, int taken) {
        int edge = graph.firstEdge[block];
        Label yes = new Label();
        body.jumpIf(taken, yes);
        int depth = body.depth;
        store(block, edge + 1);
        code.goTo(way(block, graph.target[edge + 1]));
        body.depth = depth;
        body.placeWithFrame(yes);
        follow(block, edge);
    }

    // ---- tables ----

    private void table(int block) {
        straight(block);
        body.pop();
        if (graph.tableBase[block] != 0) {
            code.pushInt(graph.tableBase[block]);
            code.op(ISUB);
        }
        switchOver(block, EdgeStores.none(graph, block));
    }

    /** The index stays an operand: whatever it selects looks at it again. */
    private void tableOfTables(int block) {
        straight(block);
        store(block, graph.firstEdge[block]);
        Operand index = java.util.Objects.requireNonNull(graph.exit[block], "the index");
        body.loadLocal(graph.operandVariable(index));
        if (graph.tableBase[block] != 0) {
            code.pushInt(graph.tableBase[block]);
            code.op(ISUB);
        }
        code.pushInt(graph.tableShift[block]);
        code.op(IUSHR);
        switchOver(block, true);
    }

    /** Switches over the int on the stack, which is no operand any more. */
    private void switchOver(int block, boolean nothingToStore) {
        int first = graph.firstEdge[block];
        int last = graph.edgeCount[block] - 1;
        if (nothingToStore && crossings.isEnteredBy(block)) {
            code.op(DUP);
            code.pushInt(FunctionCode.TABLE_PLACES);
            code.op(IADD);
            code.local(ISTORE, body.placeSlot());
        }
        TableWays ways = new TableWays(last + 1);
        for (int i = 0; i <= last; i++) {
            int to = graph.target[first + i];
            Label byIndex = i < last ? crossings.wayByIndex(block, to) : null;
            Label way = byIndex != null ? byIndex : way(block, to);
            // A loop that only a tableswitch closed would never be compiled while it runs: it needs
            // a goto of its own.
            if (nothingToStore && !way.isPlaced()) {
                ways.lead(i, way);
            } else if (byIndex != null) {
                ways.leadByIndex(i, byIndex);
            } else {
                ways.leadBy(i, to, graph.arity[first + i]);
            }
        }
        if (last == 0) {
            code.op(POP);
            code.goTo(ways.targets[0]);
        } else {
            code.tableSwitch(ways.targets, last, ways.targets[last]);
        }
        int depth = body.depth;
        for (int i = 0; i < ways.stubs; i++) {
            body.depth = depth;
            body.placeWithFrame(ways.stubLabels[i]);
            Label known = ways.stubTargets[i];
            int edge = first + ways.stubIndexes[i];
            if (known == null && !nothingToStore) {
                store(block, edge);
            }
            code.goTo(known != null ? known : way(block, graph.target[edge]));
        }
    }

    // ---- returning ----

    private void returnFunction() {
        if (part.number == 0) {
            calls.returnResults();
            return;
        }
        calls.leaveResults();
        while (body.depth > 0) {
            body.drop(body.pop());
        }
        goTo(crossings.wayOut());
    }
}
