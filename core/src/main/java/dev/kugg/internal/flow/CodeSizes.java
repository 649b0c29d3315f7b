package dev.kugg.internal.flow;

import dev.kugg.internal.decode.InstructionCursor;
import dev.kugg.internal.opcode.Lowering;
import dev.kugg.internal.opcode.Opcode;

/**
 * Upper bounds of the bytes that instructions take in the JVM, known before they are written: what
 * fits by them fits. {@code CodeSizesTest} holds the writers to them.
 */
final class CodeSizes {
    /** The bytes of a load or store of a variable. */
    private final int variable;

    private final Kinds kinds;

    /**
     * Bounds for a body.
     *
     * @param slots about how many slots the variables take
     */
    CodeSizes(Kinds kinds, int slots) {
        this.kinds = kinds;
        variable = variable(slots);
    }

    /**
     * {@return the bytes of a load or store of a variable} The JVM takes longer for those from the
     * 256th slot on; there are helpers beside the variables.
     */
    static int variable(int slots) {
        return slots > 200 ? 4 : 2;
    }

    int variable() {
        return variable;
    }

    /** {@return the most bytes of the cursor's instruction} It is none that ends a block. */
    int of(InstructionCursor at) {
        int lowering = at.opcode.lowering;
        return switch (Lowering.kind(lowering)) {
            case Lowering.JVM, Lowering.HELPER -> 3;
            case Lowering.COMPARE -> compare(lowering);
            case Lowering.LOAD -> access(at) + extension(lowering);
            case Lowering.STORE -> access(at) + 2 * variable + 2;
            default -> special(at);
        };
    }

    /** A comparison and making a number of what it says. */
    private static int compare(int lowering) {
        boolean small = Lowering.type(lowering) == 'i' || Lowering.type(lowering) == 'z';
        return 8 + (Lowering.unsigned(lowering) ? 3 : small ? 0 : 2);
    }

    private int access(InstructionCursor at) {
        boolean view = Lowering.sizeBytes(at.opcode.lowering) > 1;
        int index = at.offset == 0 ? 0 : 8 + variable;
        return (view ? 8 : 2) + variable + index;
    }

    /** Making an i32 or i64 of less. */
    private static int extension(int lowering) {
        int narrow = Lowering.sizeBytes(lowering) < 4 ? 4 : 0;
        boolean widened = Lowering.type(lowering) == 'l' && Lowering.sizeBytes(lowering) < 8;
        return narrow + (widened ? 5 : 0);
    }

    private int special(InstructionCursor at) {
        return switch (at.opcode) {
            case NOP, BLOCK, LOOP, END -> 0;
            case LOCAL_GET, LOCAL_SET -> variable;
            case LOCAL_TEE -> variable + 1;
            case I32_CONST -> 3;
            case I64_CONST -> 4;
            case F32_CONST, F64_CONST -> 6;
            case I32_ROTL, I32_ROTR, I64_ROTL, I64_ROTR -> 6 + 6 * variable;
            case I64_EXTEND_I32_U -> 5;
            case SELECT, SELECT_T -> 12 + 2 * variable;
            case DROP -> 1;
            case GLOBAL_GET -> variable + 6;
            case GLOBAL_SET -> variable + 8;
            case REF_NULL -> 1;
            case REF_IS_NULL, MEMORY_SIZE -> 8 + variable;
            case CALL -> call(kinds.def.funcTypes[at.index]);
            case CALL_INDIRECT -> 12 + variable + call(at.index);
            case MEMORY_GROW -> 3 + variable + reload();
            default -> 12 + 3 * variable;
        };
    }

    /** Reading the memory's array again. */
    private int reload() {
        return 6 + 2 * variable;
    }

    private int call(int typeidx) {
        String params = kinds.params[typeidx];
        String results = kinds.results[typeidx];
        int many = results.length() > 1 ? results.length() * (13 + variable) : 0;
        int packed =
                Kinds.passInArrays(params)
                        ? 10 + 6 * variable + params.length() * (10 + variable)
                        : 0;
        return 3 + 2 * variable + reload() + many + packed;
    }

    /** {@return whether an instruction is an access that is not of a single byte} */
    static boolean isWideAccess(Opcode opcode) {
        int kind = Lowering.kind(opcode.lowering);
        return (kind == Lowering.LOAD || kind == Lowering.STORE)
                && Lowering.sizeBytes(opcode.lowering) > 1;
    }
}
