package dev.kugg.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.InvalidException;
import dev.kugg.MalformedException;
import dev.kugg.UnsupportedException;
import dev.kugg.internal.CutSamples;
import dev.kugg.internal.WasmFiles;
import dev.kugg.internal.decode.Decoder;
import dev.kugg.internal.decode.InstructionCursor;
import dev.kugg.internal.decode.ModuleDef;
import dev.kugg.internal.opcode.Opcode;
import dev.kugg.internal.validate.ValidModule;
import dev.kugg.internal.validate.Validator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the tests that run with functions cut into small parts do cut: counts the constructs that
 * lie across parts in the modules those tests run, and fails when there is a kind of them that none
 * of the modules has. Nothing is run here.
 */
@DisabledIfSystemProperty(
        named = "kugg.test.splitBytes",
        matches = ".+",
        disabledReason = "it plans with its own limits")
class SplitCoverageTest {
    /** As small as in the profile split. */
    private static final SplitLimits LIMITS = SplitLimits.tiny(60);

    /** A construct that is to be cut somewhere. */
    private enum Cut {
        FUNCTION("a function in several parts"),
        NESTED_CALL("a part called from a part other than the first"),
        LOOP("a loop with its header in another part than one of its blocks"),
        BACK_EDGE("a back edge from another part"),
        SEVERAL_WAYS_IN("a loop with several ways in, in several parts"),
        TABLE_CASE("a br_table with a case in another part"),
        TABLE_ENTRIES("a part entered by a br_table's index"),
        OPERAND_I("an operand i carried into or out of a part"),
        OPERAND_L("an operand l carried into or out of a part"),
        OPERAND_F("an operand f carried into or out of a part"),
        OPERAND_D("an operand d carried into or out of a part"),
        OPERAND_R("an operand r carried into or out of a part"),
        ENTRIES("a part with several entries"),
        EXITS("a part with several exits"),
        MAIN_EXIT("a part with a main exit"),
        SHARED_EXITS("parts that number their exits alike"),
        RESULT_NONE("a part that returns from a function without results"),
        RESULT_I("a function's result i left by a part"),
        RESULT_L("a function's result l left by a part"),
        RESULT_F("a function's result f left by a part"),
        RESULT_D("a function's result d left by a part"),
        RESULT_R("a function's result r left by a part"),
        RESULTS("several results left by a part"),
        CALL("a call in a part"),
        GROW("a memory.grow in a part"),
        REREAD("memory's array read again behind a part"),
        REREAD_IN_PART("memory's array read again in a part"),
        FLAT("a flat body"),
        PARAM_COPY("a copy for a parameter's value"),
        END_COPY("a copy of an end"),
        DISPATCH_COPY("a copy of a dispatch");

        final String text;

        Cut(String text) {
            this.text = text;
        }
    }

    private static final class Counts {
        private final Map<Cut, Integer> counts = new EnumMap<>(Cut.class);
        private int modules;
        private int functions;

        int of(Cut cut) {
            return counts.getOrDefault(cut, 0);
        }

        private void count(Cut cut, boolean found) {
            if (found) {
                counts.merge(cut, 1, Integer::sum);
            }
        }

        // ---- modules, functions ----

        void addFolder(Path folder) throws IOException {
            for (Path file : WasmFiles.in(folder)) {
                try {
                    add(Files.readAllBytes(file));
                } catch (MalformedException | InvalidException | UnsupportedException e) {
                    continue; // The official suite has many such modules.
                }
            }
        }

        void add(byte[] wasm) {
            ValidModule module = Validator.validate(Decoder.decode(wasm));
            modules++;
            ModuleDef def = module.def;
            Kinds kinds = new Kinds(def);
            for (int i = def.importedFuncs; i < def.funcCount(); i++) {
                add(def, BodyPlanner.plan(kinds, LIMITS, i, null));
                if (module.bodies[i - def.importedFuncs].hasTable
                        && kinds.params[def.funcTypes[i]].endsWith("i")
                        && BodyPlanner.isBetterWith(kinds, LIMITS, i, 0)) {
                    count(Cut.PARAM_COPY, true);
                    add(def, BodyPlanner.plan(kinds, LIMITS, i, 0));
                }
            }
        }

        private void add(ModuleDef def, BodyPlan plan) {
            functions++;
            count(Cut.FUNCTION, plan.parts.length > 1);
            count(Cut.FLAT, plan.framed);
            LoopForest forest = new LoopForest(plan.graph);
            InstructionCursor cursor = new InstructionCursor(def.bytes, 0, 0);
            for (Part part : plan.parts) {
                if (part.number > 0) {
                    addPart(plan, part);
                }
                for (int item : part.items) {
                    if (item >= 0) {
                        addBlock(plan, forest, item, cursor);
                    }
                }
            }
        }

        // ---- parts ----

        private void addPart(BodyPlan plan, Part part) {
            Part caller = plan.parts[part.parent];
            count(Cut.NESTED_CALL, part.parent > 0);
            count(Cut.TABLE_ENTRIES, part.table >= 0);
            count(Cut.ENTRIES, part.entries.length > 1);
            count(Cut.EXITS, part.exits.length > 1);
            count(Cut.MAIN_EXIT, part.mainExit >= 0);
            count(Cut.SHARED_EXITS, part.sharedExits != null);
            count(Cut.REREAD, part.calls && caller.usesMemory);
            for (int variable : part.params) {
                addCarried(plan.graph, variable);
            }
            for (int variable : part.results) {
                addCarried(plan.graph, variable);
            }
        }

        private void addCarried(FlowGraph graph, int variable) {
            if (variable >= graph.locals) {
                count(ofKind(Cut.OPERAND_I, graph.variableKinds[variable]), true);
            }
        }

        private static Cut ofKind(Cut first, char kind) {
            return Cut.values()[first.ordinal() + "ilfdr".indexOf(kind)];
        }

        // ---- blocks ----

        private void addBlock(
                BodyPlan plan, LoopForest forest, int block, InstructionCursor cursor) {
            FlowGraph graph = plan.graph;
            Part part = plan.parts[plan.partOf[block]];
            int header = forest.parent[block];
            boolean away = header >= 0 && plan.partOf[header] != part.number;
            count(Cut.LOOP, away);
            count(Cut.SEVERAL_WAYS_IN, away && forest.severalWaysIn[header]);
            boolean copy = graph.original[block] != block;
            count(Cut.END_COPY, copy && graph.edgeCount[block] == 0);
            count(Cut.DISPATCH_COPY, copy && graph.edgeCount[block] > 0);
            for (int e = 0; e < graph.edgeCount[block]; e++) {
                int to = graph.target[graph.firstEdge[block] + e];
                if (plan.partOf[to] != part.number) {
                    count(Cut.BACK_EDGE, plan.isBackEdge(block, to));
                    count(Cut.TABLE_CASE, graph.end[block] == FlowGraph.TABLE);
                }
            }
            if (part.number > 0) {
                addReturn(graph, block);
                addCalls(graph, part, block, cursor);
            }
        }

        private void addReturn(FlowGraph graph, int block) {
            if (graph.end[block] != FlowGraph.RETURN) {
                return;
            }
            switch (graph.results.length()) {
                case 0 -> count(Cut.RESULT_NONE, true);
                case 1 -> count(ofKind(Cut.RESULT_I, graph.results.charAt(0)), true);
                default -> count(Cut.RESULTS, true);
            }
        }

        private void addCalls(FlowGraph graph, Part part, int block, InstructionCursor cursor) {
            if ((graph.flags[block] & FlowGraph.CALLS) == 0) {
                return;
            }
            count(Cut.REREAD_IN_PART, part.usesMemory);
            cursor.reset(graph.codeStart[block], graph.codeEnd[block]);
            while (cursor.hasNext()) {
                cursor.next();
                count(Cut.GROW, cursor.opcode == Opcode.MEMORY_GROW);
                count(
                        Cut.CALL,
                        cursor.opcode == Opcode.CALL || cursor.opcode == Opcode.CALL_INDIRECT);
            }
        }
    }

    @Test
    void eachConstructIsCutSomewhere() throws IOException {
        Path suite = WasmFiles.shared("conformance/spec");
        Path corpus = WasmFiles.shared("bench/corpus");
        if (!Files.isDirectory(suite) || !Files.isDirectory(corpus)) {
            WasmFiles.leftOut("what is cut into parts", "no " + suite + " or no " + corpus);
            return;
        }
        Counts ofSuite = new Counts();
        ofSuite.addFolder(suite.resolve("core"));
        ofSuite.addFolder(suite.resolve("bulk-memory"));
        Counts ofCorpus = new Counts();
        ofCorpus.addFolder(corpus);
        Counts ofSamples = new Counts();
        ofSamples.add(CutSamples.references().toBytes());
        ofSamples.add(CutSamples.interpreter().toBytes());
        System.out.printf(
                "cut into parts, in the suite's, the corpus's and the samples' modules (functions):"
                        + " %d (%d), %d (%d), %d (%d)%n",
                ofSuite.modules,
                ofSuite.functions,
                ofCorpus.modules,
                ofCorpus.functions,
                ofSamples.modules,
                ofSamples.functions);
        for (Cut cut : Cut.values()) {
            System.out.printf(
                    "%8d %8d %8d  %s%n",
                    ofSuite.of(cut), ofCorpus.of(cut), ofSamples.of(cut), cut.text);
        }
        for (Cut cut : Cut.values()) {
            assertThat(ofSuite.of(cut) + ofCorpus.of(cut) + ofSamples.of(cut))
                    .as(cut.text)
                    .isPositive();
        }
    }
}
