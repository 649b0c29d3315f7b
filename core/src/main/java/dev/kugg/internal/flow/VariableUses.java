package dev.kugg.internal.flow;

import dev.kugg.internal.decode.InstructionCursor;

import java.util.Arrays;

/** Which variables each block reads before it writes them, and which it writes. */
final class VariableUses {
    /** By block, where its part of {@link #reads} begins; one more for the end. */
    final int[] firstRead;

    /** The variables read before they are written. */
    int[] reads = new int[64];

    /** By block, where its part of {@link #writes} begins; one more for the end. */
    final int[] firstWrite;

    /** The variables written: first those written on every way out, then the others. */
    int[] writes = new int[64];

    /** By block, where those begin that are not written on every way out. */
    final int[] firstMaybe;

    private final FlowGraph graph;
    private final InstructionCursor cursor;
    private int readCount;
    private int writeCount;

    // By variable, the last block (plus 1) that reads it first, or writes it.
    private int[] readIn = new int[16];
    private int[] writtenIn = new int[16];

    VariableUses(FlowGraph graph, InstructionCursor cursor) {
        this.graph = graph;
        this.cursor = cursor;
        firstRead = new int[graph.count + 1];
        firstWrite = new int[graph.count + 1];
        firstMaybe = new int[graph.count];
        readIn = new int[graph.locals + 16];
        writtenIn = new int[graph.locals + 16];
        boolean[] laidOut = new boolean[graph.count];
        for (int i = 0; i < graph.orderCount; i++) {
            laidOut[graph.order[i]] = true;
        }
        for (int block = 0; block < graph.count; block++) {
            firstRead[block] = readCount;
            firstWrite[block] = writeCount;
            if (laidOut[block]) {
                collect(block);
            }
        }
        firstRead[graph.count] = readCount;
        firstWrite[graph.count] = writeCount;
    }

    private void collect(int block) {
        Operand operand = graph.entry[block];
        while (operand != null && operand.height > graph.floor[block]) {
            read(graph.operandVariable(operand), block);
            operand = operand.below;
        }
        cursor.reset(graph.codeStart[block], graph.codeEnd[block]);
        while (cursor.hasNext()) {
            cursor.next();
            switch (cursor.opcode) {
                case LOCAL_GET -> read(cursor.index, block);
                case LOCAL_SET, LOCAL_TEE -> write(cursor.index, block);
                default -> {}
            }
        }
        boolean sameOnAllEdges = true;
        for (int i = 0; i < graph.edgeCount[block]; i++) {
            sameOnAllEdges &= graph.keepsOperands(block, graph.firstEdge[block] + i);
        }
        if (sameOnAllEdges && graph.edgeCount[block] > 0) {
            writeEdge(block, graph.firstEdge[block]);
            firstMaybe[block] = writeCount;
        } else {
            firstMaybe[block] = writeCount;
            for (int i = 0; i < graph.edgeCount[block]; i++) {
                writeEdge(block, graph.firstEdge[block] + i);
            }
        }
    }

    private void writeEdge(int block, int edge) {
        EdgeStores stores = new EdgeStores(graph, block, edge);
        while (stores.next()) {
            if (stores.variable >= 0) {
                write(stores.variable, block);
            }
        }
    }

    private void read(int variable, int block) {
        growTo(variable);
        if (readIn[variable] != block + 1 && writtenIn[variable] != block + 1) {
            readIn[variable] = block + 1;
            if (readCount == reads.length) {
                reads = Arrays.copyOf(reads, readCount * 2);
            }
            reads[readCount++] = variable;
        }
    }

    private void write(int variable, int block) {
        growTo(variable);
        if (writtenIn[variable] != block + 1) {
            writtenIn[variable] = block + 1;
            if (writeCount == writes.length) {
                writes = Arrays.copyOf(writes, writeCount * 2);
            }
            writes[writeCount++] = variable;
        }
    }

    private void growTo(int variable) {
        if (variable >= readIn.length) {
            readIn = Arrays.copyOf(readIn, variable * 2);
            writtenIn = Arrays.copyOf(writtenIn, variable * 2);
        }
    }

    /** {@return the most variables a block may touch} */
    int touchedBy(int block) {
        return firstRead[block + 1] - firstRead[block] + firstWrite[block + 1] - firstWrite[block];
    }
}
