package dev.kugg.internal.compile;

import static dev.kugg.internal.classfile.Jvm.*;
import static dev.kugg.internal.compile.RuntimeNames.*;

import dev.kugg.internal.classfile.CodeWriter;
import dev.kugg.internal.classfile.Label;
import dev.kugg.internal.flow.BodyPlan;
import dev.kugg.internal.flow.Part;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the ways between the parts of a function, as seen from one of them. */
final class PartCalls {
    private static final int[] INT_ON_STACK = {CodeWriter.INT};

    private final FunctionCode function;
    private final BodyPlan plan;
    private final Part part;
    private final BodyWriter body;
    private final CodeWriter code;
    private final CallWriter calls;
    private final PartWriter blocks;

    /** By block in a part called from here: where that part is called for it. */
    private final Map<Integer, Label> entries = new LinkedHashMap<>();

    /** By block outside: where this part is left for it. */
    private final Map<Integer, Label> exits = new LinkedHashMap<>();

    private final Label wayOut = new Label();
    private boolean goesOut;

    /** By part called from here: where it is called. */
    private final Map<Integer, Label> sites = new LinkedHashMap<>();

    /** Where the parts called from here can leave to, when they number that alike. */
    private int @Nullable [] sharedExits;

    private boolean sharedReturn;
    private final Label sharedSwitch = new Label();

    private int deepest;

    PartCalls(FunctionCode function, BodyWriter body, CallWriter calls, PartWriter blocks) {
        this.function = function;
        this.plan = function.body;
        this.part = body.part;
        this.body = body;
        this.code = body.code;
        this.calls = calls;
        this.blocks = blocks;
        for (int item : part.items) {
            if (item >= 0) {
                deepest = Math.max(deepest, plan.graph.depth[item]);
            }
        }
    }

    int maxStack() {
        return deepest + 14;
    }

    // ---- coming in ----

    /** Writes what stands before the first block. */
    void enter() {
        if (plan.framed) {
            loadFrame();
        }
        if (!FunctionCode.takesEntry(plan, part)) {
            if (part.items[0] != part.entries[0]) {
                code.goTo(to(part.entries[0]));
            }
            return;
        }
        int count = part.entries.length;
        if (body.placeSlot() >= 0) {
            code.local(ILOAD, 0);
            code.local(ISTORE, body.placeSlot());
        }
        if (part.table >= 0) {
            enterByIndex();
        }
        if (count == 1) {
            code.goTo(to(part.entries[0]));
            return;
        }
        code.local(ILOAD, 0);
        if (plan.framed) {
            code.pushInt(FunctionCode.PLACES - 1);
            code.op(IAND);
        }
        Label[] targets = new Label[count];
        for (int i = 0; i < count; i++) {
            targets[i] = to(part.entries[i]);
        }
        code.tableSwitch(targets, count - 1, targets[count - 1]);
    }

    /** Goes where the index of the table leads, and on from here when the place is none. */
    private void enterByIndex() {
        int first = plan.graph.firstEdge[part.table];
        int count = part.greatestIndex - part.leastIndex + 1;
        Label none = new Label();
        Label[] targets = new Label[count];
        for (int i = 0; i < count; i++) {
            int block = plan.graph.target[first + part.leastIndex + i];
            Label byIndex = wayByIndex(part.table, block);
            boolean here = Arrays.binarySearch(part.entries, block) >= 0;
            targets[i] = byIndex != null ? byIndex : here ? to(block) : none;
        }
        code.local(ILOAD, 0);
        code.pushInt(FunctionCode.TABLE_PLACES + part.leastIndex);
        code.op(ISUB);
        code.tableSwitch(targets, count, none);
        code.place(none);
        code.frame(INT_ON_STACK, 0);
    }

    /** {@return whether a block's table leads to a part called from here by its index} */
    boolean isEnteredBy(int block) {
        for (int item : part.items) {
            if (item < 0 && plan.parts[~item].table == plan.graph.original[block]) {
                return true;
            }
        }
        return false;
    }

    /** Where a case of a table leads if the part it is in takes the table's index; else null. */
    @Nullable Label wayByIndex(int table, int block) {
        if (plan.partOf[block] == part.number) {
            return null;
        }
        int callee = plan.callee(part.number, block);
        return callee >= 0 && plan.parts[callee].table == plan.graph.original[table]
                ? site(callee)
                : null;
    }

    /** Where this method goes to begin at one of its entries, which may be another part's. */
    private Label to(int block) {
        return plan.partOf[block] == part.number ? blocks.wayIn(block) : way(block);
    }

    private void loadFrame() {
        for (int variable : part.params) {
            body.loadFromArrays(1, framePlace(variable), body.localKind(variable));
            body.storeLocal(variable);
        }
    }

    private int framePlace(int variable) {
        return Arrays.binarySearch(plan.frame, variable);
    }

    // ---- going elsewhere ----

    /** Where a jump to a block of another part leads. */
    Label way(int block) {
        int callee = plan.callee(part.number, block);
        if (callee < 0) {
            return label(exits, block);
        }
        if (plan.parts[callee].entries.length == 1) {
            return site(callee);
        }
        return label(entries, block);
    }

    private static Label label(Map<Integer, Label> labels, int key) {
        Label label = labels.get(key);
        if (label == null) {
            label = new Label();
            labels.put(key, label);
        }
        return label;
    }

    /** Where this part is left to return from the function. */
    Label wayOut() {
        goesOut = true;
        return wayOut;
    }

    private Label site(int callee) {
        return label(sites, callee);
    }

    // ---- calling a part ----

    /** Calls a part here. */
    void call(int number) {
        Part callee = plan.parts[number];
        boolean takesEntry = FunctionCode.takesEntry(plan, callee);
        code.place(site(number));
        code.frame(INT_ON_STACK, 0);
        int slots = 3;
        if (takesEntry) {
            code.local(ILOAD, body.placeSlot());
        }
        for (int variable : callee.params) {
            body.loadLocal(variable);
            slots += Signature.slots(body.localKind(variable));
        }
        deepest = Math.max(deepest, slots);
        body.loadInstance();
        body.loadRemaining();
        code.invokeStatic(
                function.className(callee), function.name(callee), function.descriptor(callee));
        if (callee.mainExit >= 0) {
            goOnAtMain(callee);
        }
        takeResults(callee, callee.results);
        goOn(callee);
    }

    /** Reads what a part has left of its results. */
    private void takeResults(Part callee, int[] wanted) {
        FieldNames fields = new FieldNames(plan);
        for (int variable : callee.results) {
            String field = fields.next(variable);
            if (Arrays.binarySearch(wanted, variable) < 0) {
                continue;
            }
            body.loadInstance();
            code.getField(INSTANCE, field, fields.descriptor());
            body.storeLocal(variable);
            if (body.localKind(variable) == 'r') {
                calls.forget(field);
            }
        }
        if (callee.calls) {
            body.loadMemoryArray();
        }
    }

    /** Goes on at once where most parts leave to; the number is on the stack, and stays there. */
    private void goOnAtMain(Part callee) {
        Label other = new Label();
        code.local(ISTORE, body.placeSlot());
        code.local(ILOAD, body.placeSlot());
        code.pushInt(Arrays.binarySearch(callee.numberedExits(), callee.mainExit));
        code.jumpIf(IF_ICMPNE, other);
        takeResults(callee, callee.mainResults);
        code.goTo(blocks.wayFromPart(callee.mainExit));
        begin(other);
        code.local(ILOAD, body.placeSlot());
    }

    /** Goes where the part has been left for: its number is on the stack if there are several. */
    private void goOn(Part callee) {
        int count = callee.exitCount();
        if (count == 0) {
            code.op(ACONST_NULL);
            code.op(ATHROW);
            return;
        }
        if (callee.sharedExits != null) {
            leaveToShared(callee, callee.sharedExits);
            return;
        }
        Label[] ways = new Label[count];
        for (int i = 0; i < callee.exits.length; i++) {
            ways[i] = blocks.wayFromPart(callee.exits[i]);
        }
        if (callee.returns) {
            ways[count - 1] = wayOut();
        }
        if (count == 1) {
            code.goTo(ways[0]);
        } else if (count == 2) {
            code.jumpIf(IFNE, ways[1]);
            code.goTo(ways[0]);
        } else {
            switchOver(ways);
        }
    }

    /** Leaves it to one switch for all parts. */
    private void leaveToShared(Part callee, int[] shared) {
        sharedExits = shared;
        sharedReturn |= callee.returns;
        code.local(ISTORE, body.placeSlot());
        code.goTo(sharedSwitch);
    }

    private void writeSharedSwitch(int[] shared) {
        begin(sharedSwitch);
        code.local(ILOAD, body.placeSlot());
        int count = shared.length + (sharedReturn ? 1 : 0);
        Label[] ways = new Label[count];
        for (int i = 0; i < shared.length; i++) {
            ways[i] = blocks.wayFromPart(shared[i]);
        }
        if (sharedReturn) {
            ways[count - 1] = wayOut();
        }
        switchOver(ways);
    }

    private void switchOver(Label[] ways) {
        int last = ways.length - 1;
        TableWays targets = new TableWays(ways.length);
        for (int i = 0; i <= last; i++) {
            if (ways[i].isPlaced()) {
                targets.leadBy(i, i, 0);
            } else {
                targets.lead(i, ways[i]);
            }
        }
        code.tableSwitch(targets.targets, last, targets.targets[last]);
        for (int i = 0; i < targets.stubs; i++) {
            code.place(targets.stubLabels[i]);
            code.frame(INT_ON_STACK, 0);
            code.goTo(ways[targets.stubIndexes[i]]);
        }
    }

    // ---- behind the last block ----

    /** Writes what jumps to other parts lead to. */
    void stubs() {
        int[] shared = sharedExits;
        if (shared != null) {
            writeSharedSwitch(shared);
        }
        for (Map.Entry<Integer, Label> entry : entries.entrySet()) {
            int callee = plan.callee(part.number, entry.getKey());
            begin(entry.getValue());
            code.pushInt(Arrays.binarySearch(plan.parts[callee].entries, entry.getKey()));
            code.local(ISTORE, body.placeSlot());
            code.goTo(site(callee));
        }
        if (part.number == 0) {
            if (goesOut) {
                begin(wayOut);
                calls.returnLeft();
            }
            return;
        }
        leave();
    }

    private void begin(Label label) {
        code.place(label);
        code.frame(INT_ON_STACK, 0);
    }

    private void leave() {
        boolean numbered = plan.framed || part.exitCount() > 1;
        Label epilogue = new Label();
        boolean used = false;
        for (Map.Entry<Integer, Label> exit : exits.entrySet()) {
            begin(exit.getValue());
            if (numbered) {
                code.pushInt(
                        plan.framed
                                ? function.place(exit.getKey())
                                : Arrays.binarySearch(part.numberedExits(), exit.getKey()));
            }
            if (exit.getKey() == part.mainExit) {
                leaveResults(part.mainResults);
                code.op(IRETURN);
            } else {
                code.goTo(epilogue);
                used = true;
            }
        }
        if (goesOut) {
            begin(wayOut);
            if (numbered) {
                code.pushInt(plan.framed ? -1 : part.numberedExits().length);
            }
            code.goTo(epilogue);
            used = true;
        }
        if (!used) {
            return;
        }
        code.place(epilogue);
        code.frame(INT_ON_STACK, numbered ? 1 : 0);
        if (plan.framed) {
            storeFrame();
        } else {
            leaveResults(part.results);
        }
        code.op(numbered ? IRETURN : RETURN);
    }

    private void leaveResults(int[] wanted) {
        FieldNames fields = new FieldNames(plan);
        for (int variable : part.results) {
            String field = fields.next(variable);
            if (Arrays.binarySearch(wanted, variable) >= 0) {
                body.loadInstance();
                body.loadLocal(variable);
                code.putField(INSTANCE, field, fields.descriptor());
            }
        }
    }

    private void storeFrame() {
        for (int variable : part.results) {
            char kind = body.localKind(variable);
            code.local(ALOAD, kind == 'r' ? 2 : 1);
            code.pushInt(framePlace(variable));
            body.loadLocal(variable);
            if (kind == 'r') {
                code.op(AASTORE);
            } else {
                Signature.toBits(code, kind);
                code.op(LASTORE);
            }
        }
    }
}
