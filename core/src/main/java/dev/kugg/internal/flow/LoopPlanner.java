package dev.kugg.internal.flow;

import dev.kugg.internal.decode.InstructionCursor;

import org.jspecify.annotations.Nullable;

/** Decides the form of each loop of a graph; see {@link LoopPlan}. */
final class LoopPlanner {
    private final FlowGraph graph;
    private final LoopForest forest;
    private final @Nullable LoopPlan[] plans;

    private LoopPlanner(FlowGraph graph, LoopForest forest) {
        this.graph = graph;
        this.forest = forest;
        plans = new LoopPlan[graph.count];
    }

    /**
     * {@return the loops' plans by header; null for other blocks}
     *
     * @param cursor any cursor over the module; it is moved
     * @param methodOf by block, the number of the method it goes to
     */
    static @Nullable LoopPlan[] plan(
            FlowGraph graph, LoopForest forest, InstructionCursor cursor, int[] methodOf) {
        LoopPlanner planner = new LoopPlanner(graph, forest);
        boolean[] scattered = planner.collect(methodOf);
        CountedLoops counted = new CountedLoops(graph, forest, cursor);
        for (LoopPlan plan : planner.plans) {
            if (plan == null) {
                continue;
            }
            if (plan.hasInner || plan.hasCall || scattered[plan.header]) {
                plan.counts = plan.hasCall || counted.mayBeCounted(plan);
            } else {
                plan.kind = LoopPlan.FUEL;
                counted.look(plan);
            }
        }
        return planner.plans;
    }

    /** Makes all plans; {@return by header, whether the loop's blocks go to several methods} */
    private boolean[] collect(int[] methodOf) {
        boolean[] scattered = new boolean[graph.count];
        int loops = 0;
        for (int block : forest.blockAt) {
            if (forest.isHeader[block]) {
                plans[block] = new LoopPlan(block);
                loops++;
            }
        }
        for (int i = forest.blockAt.length - 1; i >= 0; i--) {
            int block = forest.blockAt[i];
            LoopPlan own = plans[block];
            if (own != null) {
                own.loopsOfBody = loops;
                add(own, block);
                addInner(own, scattered, methodOf);
            } else if (forest.parent[block] >= 0) {
                LoopPlan around = around(block);
                add(around, block);
                scattered[around.header] |= methodOf[block] != methodOf[around.header];
            }
        }
        return scattered;
    }

    private LoopPlan around(int block) {
        return java.util.Objects.requireNonNull(plans[forest.parent[block]], "a header");
    }

    private void add(LoopPlan plan, int block) {
        plan.instructions += graph.instructions[block] + 1;
        for (int i = 0; i < graph.edgeCount[block]; i++) {
            plan.instructions += graph.arity[graph.firstEdge[block] + i];
        }
        plan.hasCall |= (graph.flags[block] & FlowGraph.CALLS) != 0;
    }

    private void addInner(LoopPlan inner, boolean[] scattered, int[] methodOf) {
        if (forest.parent[inner.header] < 0) {
            return;
        }
        LoopPlan around = around(inner.header);
        around.hasInner = true;
        around.hasCall |= inner.hasCall;
        around.level = Math.max(around.level, inner.level + 1);
        around.instructions += inner.instructions;
        scattered[around.header] |=
                scattered[inner.header] || methodOf[inner.header] != methodOf[around.header];
    }
}
