package dev.kugg.internal.opcode;

/** What follows an opcode in the binary format; read by {@code decode.InstructionCursor} alone. */
public enum Immediate {
    NONE,
    /** A block type: nothing, one value type or a typeidx. */
    BLOCK_TYPE,
    LABEL,
    /** Many labels and a default one. */
    LABELS,
    FUNC,
    TYPE,
    TYPE_TABLE,
    LOCAL,
    GLOBAL,
    TABLE,
    TABLE_TABLE,
    /** Alignment, memidx and offset. */
    MEMARG,
    MEMARG_LANE,
    MEMORY,
    MEMORY_MEMORY,
    DATA,
    DATA_MEMORY,
    ELEM,
    ELEM_TABLE,
    TAG,
    I32,
    I64,
    F32,
    F64,
    V128,
    LANE,
    /** Sixteen lanes. */
    SHUFFLE,
    HEAP_TYPE,
    SELECT_TYPES,
    /** A block type and the catch clauses of {@code try_table}. */
    CATCHES,
    TYPE_FIELD,
    TYPE_COUNT,
    TYPE_TYPE,
    TYPE_DATA,
    TYPE_ELEM,
    /** Flags, a label and two heap types. */
    CAST,
    /** A byte that must be 0. */
    ZERO
}
