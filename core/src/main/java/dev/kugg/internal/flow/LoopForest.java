package dev.kugg.internal.flow;

import java.util.Arrays;

/**
 * The loops of a graph and how they nest, whether they have one way in or several: Havlak's
 * algorithm. Every circle of edges goes through a header.
 *
 * @see <a href="https://dl.acm.org/doi/10.1145/262004.262005">Nesting of reducible and irreducible
 *     loops</a>
 */
final class LoopForest {
    private final FlowGraph graph;

    /**
     * By block, the header of the innermost loop around it, for a header of the next one out; -1.
     */
    final int[] parent;

    /** By block, whether it is a loop's header. */
    final boolean[] isHeader;

    /** By block, whether it is the header of a loop that can be entered elsewhere too. */
    final boolean[] severalWaysIn;

    /** By block, its number in the order of a depth-first search, or -1. */
    final int[] number;

    /** By number. */
    final int[] blockAt;

    /** By number, the last number in its tree. */
    private final int[] last;

    private final int reached;

    // Edges by target: predecessors of each block.
    private final int[] firstPredecessor;
    private final int[] predecessors;

    // Union-find over numbers.
    private final int[] representative;

    // Further predecessors of headers, found on the way: lists by number.
    private final int[] moreFirst;
    private int[] moreNext = new int[16];
    private int[] moreValue = new int[16];
    private int moreCount;

    LoopForest(FlowGraph graph) {
        this.graph = graph;
        int count = graph.count;
        parent = new int[count];
        Arrays.fill(parent, -1);
        isHeader = new boolean[count];
        severalWaysIn = new boolean[count];
        number = new int[count];
        Arrays.fill(number, -1);
        blockAt = new int[graph.orderCount];
        last = new int[graph.orderCount];
        reached = search();
        firstPredecessor = new int[count + 1];
        predecessors = collectPredecessors();
        representative = new int[reached];
        moreFirst = new int[reached];
        Arrays.fill(moreFirst, -1);
        for (int i = 0; i < reached; i++) {
            representative[i] = i;
        }
        findLoops();
    }

    private int search() {
        int[] path = new int[graph.orderCount];
        int[] nextEdge = new int[graph.orderCount];
        int depth = 0;
        int next = 0;
        number[0] = next;
        blockAt[next++] = 0;
        path[depth++] = 0;
        while (depth > 0) {
            int block = path[depth - 1];
            int edge = nextEdge[depth - 1]++;
            if (edge == graph.edgeCount[block]) {
                last[number[block]] = next - 1;
                depth--;
                continue;
            }
            int to = graph.target[graph.firstEdge[block] + edge];
            if (number[to] < 0) {
                number[to] = next;
                blockAt[next++] = to;
                nextEdge[depth] = 0;
                path[depth++] = to;
            }
        }
        return next;
    }

    private int[] collectPredecessors() {
        for (int i = 0; i < reached; i++) {
            int block = blockAt[i];
            for (int e = 0; e < graph.edgeCount[block]; e++) {
                firstPredecessor[graph.target[graph.firstEdge[block] + e] + 1]++;
            }
        }
        for (int i = 0; i < graph.count; i++) {
            firstPredecessor[i + 1] += firstPredecessor[i];
        }
        int[] fill = Arrays.copyOf(firstPredecessor, graph.count);
        int[] found = new int[firstPredecessor[graph.count]];
        for (int i = 0; i < reached; i++) {
            int block = blockAt[i];
            for (int e = 0; e < graph.edgeCount[block]; e++) {
                found[fill[graph.target[graph.firstEdge[block] + e]]++] = block;
            }
        }
        return found;
    }

    int predecessorCount(int block) {
        return firstPredecessor[block + 1] - firstPredecessor[block];
    }

    int predecessor(int block, int index) {
        return predecessors[firstPredecessor[block] + index];
    }

    private boolean isAncestor(int above, int below) {
        return above <= below && below <= last[above];
    }

    private int find(int start) {
        int top = start;
        while (representative[top] != top) {
            top = representative[top];
        }
        int at = start;
        while (representative[at] != top) {
            int next = representative[at];
            representative[at] = top;
            at = next;
        }
        return top;
    }

    private void findLoops() {
        int[] body = new int[reached];
        int[] seen = new int[reached];
        Arrays.fill(seen, -1);
        for (int header = reached - 1; header >= 0; header--) {
            int count = backEdges(header, body, seen);
            if (!isHeader[blockAt[header]]) {
                continue;
            }
            for (int i = 0; i < count; i++) {
                count = extend(header, body[i], body, count, seen);
            }
            for (int i = 0; i < count; i++) {
                parent[blockAt[body[i]]] = blockAt[header];
                representative[body[i]] = header;
            }
        }
    }

    private int backEdges(int header, int[] body, int[] seen) {
        int count = 0;
        int block = blockAt[header];
        for (int i = 0; i < predecessorCount(block); i++) {
            int from = number[predecessor(block, i)];
            if (!isAncestor(header, from)) {
                continue;
            }
            isHeader[block] = true;
            int inner = find(from);
            if (inner != header && seen[inner] != header) {
                seen[inner] = header;
                body[count++] = inner;
            }
        }
        return count;
    }

    /** Adds what leads to a member of the loop. */
    private int extend(int header, int member, int[] body, int before, int[] seen) {
        int count = before;
        int block = blockAt[member];
        for (int i = 0; i < predecessorCount(block); i++) {
            int from = number[predecessor(block, i)];
            if (!isAncestor(member, from)) {
                count = extendBy(header, from, body, count, seen);
            }
        }
        for (int at = moreFirst[member]; at >= 0; at = moreNext[at]) {
            count = extendBy(header, moreValue[at], body, count, seen);
        }
        return count;
    }

    private int extendBy(int header, int from, int[] body, int count, int[] seen) {
        int inner = find(from);
        if (!isAncestor(header, inner)) {
            severalWaysIn[blockAt[header]] = true;
            addPredecessor(header, inner);
            return count;
        }
        if (inner == header || seen[inner] == header) {
            return count;
        }
        seen[inner] = header;
        body[count] = inner;
        return count + 1;
    }

    private void addPredecessor(int of, int value) {
        if (moreCount == moreNext.length) {
            moreNext = Arrays.copyOf(moreNext, moreCount * 2);
            moreValue = Arrays.copyOf(moreValue, moreCount * 2);
        }
        moreNext[moreCount] = moreFirst[of];
        moreValue[moreCount] = value;
        moreFirst[of] = moreCount++;
    }

    /** {@return whether an edge from a block to a header closes the header's loop} */
    boolean isBackEdge(int from, int header) {
        return isAncestor(number[header], number[from]);
    }

    /** {@return how deep loops nest} */
    int depth() {
        int[] depths = new int[graph.count];
        int most = 0;
        for (int block : blockAt) {
            int around = parent[block] < 0 ? 0 : depths[parent[block]];
            depths[block] = around + (isHeader[block] ? 1 : 0);
            most = Math.max(most, depths[block]);
        }
        return most;
    }

    /** {@return the header of the innermost loop a block is in, itself for a header; or -1} */
    int loopOf(int block) {
        return isHeader[block] ? block : parent[block];
    }
}
