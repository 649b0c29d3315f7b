package dev.kugg.internal.opcode;

import static dev.kugg.internal.opcode.Feature.*;
import static dev.kugg.internal.opcode.Immediate.*;
import static dev.kugg.internal.opcode.Lowering.EQ;
import static dev.kugg.internal.opcode.Lowering.GE;
import static dev.kugg.internal.opcode.Lowering.GT;
import static dev.kugg.internal.opcode.Lowering.LE;
import static dev.kugg.internal.opcode.Lowering.LT;
import static dev.kugg.internal.opcode.Lowering.NE;
import static dev.kugg.internal.opcode.Lowering.compare;
import static dev.kugg.internal.opcode.Lowering.compareUnsigned;
import static dev.kugg.internal.opcode.Lowering.helper;
import static dev.kugg.internal.opcode.Lowering.jvm;
import static dev.kugg.internal.opcode.Lowering.load;
import static dev.kugg.internal.opcode.Lowering.none;
import static dev.kugg.internal.opcode.Lowering.special;
import static dev.kugg.internal.opcode.Lowering.store;

import org.jspecify.annotations.Nullable;

/**
 * Every instruction, described once: one row tells the decoder what follows the opcode, the validator what it pops and
 * pushes, and the compiler what to emit.
 *
 * <p>The columns are prefix (0 for none), code, mnemonic, immediates, stack signature, feature and {@link Lowering}. A
 * stack signature names what is popped, a colon and what is pushed, the top of the stack last: i l f d v = i32 i64 f32
 * f64 v128, a = address (i32 or i64, by the memory or table). {@code null} means typed by a rule of its own.
 *
 * <p>Rows are plain data, because the whole table is initialised whenever a module is loaded: no lambdas and no object
 * per row but the constant itself.
 *
 * @see <a href="https://webassembly.github.io/spec/core/binary/instructions.html">Instructions</a>
 */
public enum Opcode {
    // Name, prefix, code, mnemonic, immediates, stack, feature, lowering.

    // Control.
    UNREACHABLE          (0x00, 0x00, "unreachable",          NONE,       null, MVP,                 special()),
    NOP                  (0x00, 0x01, "nop",                  NONE,       ":",  MVP,                 special()),
    BLOCK                (0x00, 0x02, "block",                BLOCK_TYPE, null, MVP,                 special()),
    LOOP                 (0x00, 0x03, "loop",                 BLOCK_TYPE, null, MVP,                 special()),
    IF                   (0x00, 0x04, "if",                   BLOCK_TYPE, null, MVP,                 special()),
    ELSE                 (0x00, 0x05, "else",                 NONE,       null, MVP,                 special()),
    END                  (0x00, 0x0b, "end",                  NONE,       null, MVP,                 special()),
    BR                   (0x00, 0x0c, "br",                   LABEL,      null, MVP,                 special()),
    BR_IF                (0x00, 0x0d, "br_if",                LABEL,      null, MVP,                 special()),
    BR_TABLE             (0x00, 0x0e, "br_table",             LABELS,     null, MVP,                 special()),
    RETURN               (0x00, 0x0f, "return",               NONE,       null, MVP,                 special()),
    CALL                 (0x00, 0x10, "call",                 FUNC,       null, MVP,                 special()),
    CALL_INDIRECT        (0x00, 0x11, "call_indirect",        TYPE_TABLE, null, MVP,                 special()),
    RETURN_CALL          (0x00, 0x12, "return_call",          FUNC,       null, TAIL_CALL,           none()),
    RETURN_CALL_INDIRECT (0x00, 0x13, "return_call_indirect", TYPE_TABLE, null, TAIL_CALL,           none()),
    CALL_REF             (0x00, 0x14, "call_ref",             TYPE,       null, FUNCTION_REFERENCES, none()),
    RETURN_CALL_REF      (0x00, 0x15, "return_call_ref",      TYPE,       null, FUNCTION_REFERENCES, none()),

    // Exceptions.
    THROW     (0x00, 0x08, "throw",     TAG,     null, EXCEPTIONS, none()),
    THROW_REF (0x00, 0x0a, "throw_ref", NONE,    null, EXCEPTIONS, none()),
    TRY_TABLE (0x00, 0x1f, "try_table", CATCHES, null, EXCEPTIONS, none()),

    // Exceptions as they were before core 3.0.
    TRY       (0x00, 0x06, "try",       BLOCK_TYPE, null, LEGACY_EXCEPTIONS, none()),
    CATCH     (0x00, 0x07, "catch",     TAG,        null, LEGACY_EXCEPTIONS, none()),
    RETHROW   (0x00, 0x09, "rethrow",   LABEL,      null, LEGACY_EXCEPTIONS, none()),
    DELEGATE  (0x00, 0x18, "delegate",  LABEL,      null, LEGACY_EXCEPTIONS, none()),
    CATCH_ALL (0x00, 0x19, "catch_all", NONE,       null, LEGACY_EXCEPTIONS, none()),

    // Parametric.
    DROP     (0x00, 0x1a, "drop",   NONE,         null, MVP,             special()),
    SELECT   (0x00, 0x1b, "select", NONE,         null, MVP,             special()),
    SELECT_T (0x00, 0x1c, "select", SELECT_TYPES, null, REFERENCE_TYPES, special()),

    // Variables and tables.
    LOCAL_GET  (0x00, 0x20, "local.get",  LOCAL,       null, MVP,             special()),
    LOCAL_SET  (0x00, 0x21, "local.set",  LOCAL,       null, MVP,             special()),
    LOCAL_TEE  (0x00, 0x22, "local.tee",  LOCAL,       null, MVP,             special()),
    GLOBAL_GET (0x00, 0x23, "global.get", GLOBAL,      null, MVP,             special()),
    GLOBAL_SET (0x00, 0x24, "global.set", GLOBAL,      null, MVP,             special()),
    TABLE_GET  (0x00, 0x25, "table.get",  TABLE,       null, REFERENCE_TYPES, special()),
    TABLE_SET  (0x00, 0x26, "table.set",  TABLE,       null, REFERENCE_TYPES, special()),
    TABLE_INIT (0xfc, 0x0c, "table.init", ELEM_TABLE,  null, BULK_MEMORY,     special()),
    ELEM_DROP  (0xfc, 0x0d, "elem.drop",  ELEM,        ":",  BULK_MEMORY,     special()),
    TABLE_COPY (0xfc, 0x0e, "table.copy", TABLE_TABLE, null, BULK_MEMORY,     special()),
    TABLE_GROW (0xfc, 0x0f, "table.grow", TABLE,       null, REFERENCE_TYPES, special()),
    TABLE_SIZE (0xfc, 0x10, "table.size", TABLE,       ":a", REFERENCE_TYPES, special()),
    TABLE_FILL (0xfc, 0x11, "table.fill", TABLE,       null, REFERENCE_TYPES, special()),

    // Memory.
    I32_LOAD     (0x00, 0x28, "i32.load",     MEMARG,        "a:i",  MVP,         load('i', 4, false)),
    I64_LOAD     (0x00, 0x29, "i64.load",     MEMARG,        "a:l",  MVP,         load('l', 8, false)),
    F32_LOAD     (0x00, 0x2a, "f32.load",     MEMARG,        "a:f",  MVP,         load('f', 4, false)),
    F64_LOAD     (0x00, 0x2b, "f64.load",     MEMARG,        "a:d",  MVP,         load('d', 8, false)),
    I32_LOAD8_S  (0x00, 0x2c, "i32.load8_s",  MEMARG,        "a:i",  MVP,         load('i', 1, false)),
    I32_LOAD8_U  (0x00, 0x2d, "i32.load8_u",  MEMARG,        "a:i",  MVP,         load('i', 1, true)),
    I32_LOAD16_S (0x00, 0x2e, "i32.load16_s", MEMARG,        "a:i",  MVP,         load('i', 2, false)),
    I32_LOAD16_U (0x00, 0x2f, "i32.load16_u", MEMARG,        "a:i",  MVP,         load('i', 2, true)),
    I64_LOAD8_S  (0x00, 0x30, "i64.load8_s",  MEMARG,        "a:l",  MVP,         load('l', 1, false)),
    I64_LOAD8_U  (0x00, 0x31, "i64.load8_u",  MEMARG,        "a:l",  MVP,         load('l', 1, true)),
    I64_LOAD16_S (0x00, 0x32, "i64.load16_s", MEMARG,        "a:l",  MVP,         load('l', 2, false)),
    I64_LOAD16_U (0x00, 0x33, "i64.load16_u", MEMARG,        "a:l",  MVP,         load('l', 2, true)),
    I64_LOAD32_S (0x00, 0x34, "i64.load32_s", MEMARG,        "a:l",  MVP,         load('l', 4, false)),
    I64_LOAD32_U (0x00, 0x35, "i64.load32_u", MEMARG,        "a:l",  MVP,         load('l', 4, true)),
    I32_STORE    (0x00, 0x36, "i32.store",    MEMARG,        "ai:",  MVP,         store('i', 4)),
    I64_STORE    (0x00, 0x37, "i64.store",    MEMARG,        "al:",  MVP,         store('l', 8)),
    F32_STORE    (0x00, 0x38, "f32.store",    MEMARG,        "af:",  MVP,         store('f', 4)),
    F64_STORE    (0x00, 0x39, "f64.store",    MEMARG,        "ad:",  MVP,         store('d', 8)),
    I32_STORE8   (0x00, 0x3a, "i32.store8",   MEMARG,        "ai:",  MVP,         store('i', 1)),
    I32_STORE16  (0x00, 0x3b, "i32.store16",  MEMARG,        "ai:",  MVP,         store('i', 2)),
    I64_STORE8   (0x00, 0x3c, "i64.store8",   MEMARG,        "al:",  MVP,         store('l', 1)),
    I64_STORE16  (0x00, 0x3d, "i64.store16",  MEMARG,        "al:",  MVP,         store('l', 2)),
    I64_STORE32  (0x00, 0x3e, "i64.store32",  MEMARG,        "al:",  MVP,         store('l', 4)),
    MEMORY_SIZE  (0x00, 0x3f, "memory.size",  MEMORY,        ":a",   MVP,         special()),
    MEMORY_GROW  (0x00, 0x40, "memory.grow",  MEMORY,        "a:a",  MVP,         special()),
    MEMORY_INIT  (0xfc, 0x08, "memory.init",  DATA_MEMORY,   "aii:", BULK_MEMORY, special()),
    DATA_DROP    (0xfc, 0x09, "data.drop",    DATA,          ":",    BULK_MEMORY, special()),
    MEMORY_COPY  (0xfc, 0x0a, "memory.copy",  MEMORY_MEMORY, "aaa:", BULK_MEMORY, special()),
    MEMORY_FILL  (0xfc, 0x0b, "memory.fill",  MEMORY,        "aia:", BULK_MEMORY, special()),

    // Constants.
    I32_CONST (0x00, 0x41, "i32.const", I32, ":i", MVP, special()),
    I64_CONST (0x00, 0x42, "i64.const", I64, ":l", MVP, special()),
    F32_CONST (0x00, 0x43, "f32.const", F32, ":f", MVP, special()),
    F64_CONST (0x00, 0x44, "f64.const", F64, ":d", MVP, special()),

    // Comparisons.
    I32_EQZ  (0x00, 0x45, "i32.eqz",  NONE, "i:i",  MVP, compare('z', EQ)),
    I32_EQ   (0x00, 0x46, "i32.eq",   NONE, "ii:i", MVP, compare('i', EQ)),
    I32_NE   (0x00, 0x47, "i32.ne",   NONE, "ii:i", MVP, compare('i', NE)),
    I32_LT_S (0x00, 0x48, "i32.lt_s", NONE, "ii:i", MVP, compare('i', LT)),
    I32_LT_U (0x00, 0x49, "i32.lt_u", NONE, "ii:i", MVP, compareUnsigned('i', LT)),
    I32_GT_S (0x00, 0x4a, "i32.gt_s", NONE, "ii:i", MVP, compare('i', GT)),
    I32_GT_U (0x00, 0x4b, "i32.gt_u", NONE, "ii:i", MVP, compareUnsigned('i', GT)),
    I32_LE_S (0x00, 0x4c, "i32.le_s", NONE, "ii:i", MVP, compare('i', LE)),
    I32_LE_U (0x00, 0x4d, "i32.le_u", NONE, "ii:i", MVP, compareUnsigned('i', LE)),
    I32_GE_S (0x00, 0x4e, "i32.ge_s", NONE, "ii:i", MVP, compare('i', GE)),
    I32_GE_U (0x00, 0x4f, "i32.ge_u", NONE, "ii:i", MVP, compareUnsigned('i', GE)),
    I64_EQZ  (0x00, 0x50, "i64.eqz",  NONE, "l:i",  MVP, compare('y', EQ)),
    I64_EQ   (0x00, 0x51, "i64.eq",   NONE, "ll:i", MVP, compare('l', EQ)),
    I64_NE   (0x00, 0x52, "i64.ne",   NONE, "ll:i", MVP, compare('l', NE)),
    I64_LT_S (0x00, 0x53, "i64.lt_s", NONE, "ll:i", MVP, compare('l', LT)),
    I64_LT_U (0x00, 0x54, "i64.lt_u", NONE, "ll:i", MVP, compareUnsigned('l', LT)),
    I64_GT_S (0x00, 0x55, "i64.gt_s", NONE, "ll:i", MVP, compare('l', GT)),
    I64_GT_U (0x00, 0x56, "i64.gt_u", NONE, "ll:i", MVP, compareUnsigned('l', GT)),
    I64_LE_S (0x00, 0x57, "i64.le_s", NONE, "ll:i", MVP, compare('l', LE)),
    I64_LE_U (0x00, 0x58, "i64.le_u", NONE, "ll:i", MVP, compareUnsigned('l', LE)),
    I64_GE_S (0x00, 0x59, "i64.ge_s", NONE, "ll:i", MVP, compare('l', GE)),
    I64_GE_U (0x00, 0x5a, "i64.ge_u", NONE, "ll:i", MVP, compareUnsigned('l', GE)),
    F32_EQ   (0x00, 0x5b, "f32.eq",   NONE, "ff:i", MVP, compare('f', EQ)),
    F32_NE   (0x00, 0x5c, "f32.ne",   NONE, "ff:i", MVP, compare('f', NE)),
    F32_LT   (0x00, 0x5d, "f32.lt",   NONE, "ff:i", MVP, compare('f', LT)),
    F32_GT   (0x00, 0x5e, "f32.gt",   NONE, "ff:i", MVP, compare('f', GT)),
    F32_LE   (0x00, 0x5f, "f32.le",   NONE, "ff:i", MVP, compare('f', LE)),
    F32_GE   (0x00, 0x60, "f32.ge",   NONE, "ff:i", MVP, compare('f', GE)),
    F64_EQ   (0x00, 0x61, "f64.eq",   NONE, "dd:i", MVP, compare('d', EQ)),
    F64_NE   (0x00, 0x62, "f64.ne",   NONE, "dd:i", MVP, compare('d', NE)),
    F64_LT   (0x00, 0x63, "f64.lt",   NONE, "dd:i", MVP, compare('d', LT)),
    F64_GT   (0x00, 0x64, "f64.gt",   NONE, "dd:i", MVP, compare('d', GT)),
    F64_LE   (0x00, 0x65, "f64.le",   NONE, "dd:i", MVP, compare('d', LE)),
    F64_GE   (0x00, 0x66, "f64.ge",   NONE, "dd:i", MVP, compare('d', GE)),

    // Arithmetic.
    I32_CLZ      (0x00, 0x67, "i32.clz",      NONE, "i:i",  MVP, helper()),
    I32_CTZ      (0x00, 0x68, "i32.ctz",      NONE, "i:i",  MVP, helper()),
    I32_POPCNT   (0x00, 0x69, "i32.popcnt",   NONE, "i:i",  MVP, helper()),
    I32_ADD      (0x00, 0x6a, "i32.add",      NONE, "ii:i", MVP, jvm(0x60)),
    I32_SUB      (0x00, 0x6b, "i32.sub",      NONE, "ii:i", MVP, jvm(0x64)),
    I32_MUL      (0x00, 0x6c, "i32.mul",      NONE, "ii:i", MVP, jvm(0x68)),
    I32_DIV_S    (0x00, 0x6d, "i32.div_s",    NONE, "ii:i", MVP, helper()),
    I32_DIV_U    (0x00, 0x6e, "i32.div_u",    NONE, "ii:i", MVP, helper()),
    I32_REM_S    (0x00, 0x6f, "i32.rem_s",    NONE, "ii:i", MVP, jvm(0x70)),
    I32_REM_U    (0x00, 0x70, "i32.rem_u",    NONE, "ii:i", MVP, helper()),
    I32_AND      (0x00, 0x71, "i32.and",      NONE, "ii:i", MVP, jvm(0x7e)),
    I32_OR       (0x00, 0x72, "i32.or",       NONE, "ii:i", MVP, jvm(0x80)),
    I32_XOR      (0x00, 0x73, "i32.xor",      NONE, "ii:i", MVP, jvm(0x82)),
    I32_SHL      (0x00, 0x74, "i32.shl",      NONE, "ii:i", MVP, jvm(0x78)),
    I32_SHR_S    (0x00, 0x75, "i32.shr_s",    NONE, "ii:i", MVP, jvm(0x7a)),
    I32_SHR_U    (0x00, 0x76, "i32.shr_u",    NONE, "ii:i", MVP, jvm(0x7c)),
    I32_ROTL     (0x00, 0x77, "i32.rotl",     NONE, "ii:i", MVP, special()),
    I32_ROTR     (0x00, 0x78, "i32.rotr",     NONE, "ii:i", MVP, special()),
    I64_CLZ      (0x00, 0x79, "i64.clz",      NONE, "l:l",  MVP, helper()),
    I64_CTZ      (0x00, 0x7a, "i64.ctz",      NONE, "l:l",  MVP, helper()),
    I64_POPCNT   (0x00, 0x7b, "i64.popcnt",   NONE, "l:l",  MVP, helper()),
    I64_ADD      (0x00, 0x7c, "i64.add",      NONE, "ll:l", MVP, jvm(0x61)),
    I64_SUB      (0x00, 0x7d, "i64.sub",      NONE, "ll:l", MVP, jvm(0x65)),
    I64_MUL      (0x00, 0x7e, "i64.mul",      NONE, "ll:l", MVP, jvm(0x69)),
    I64_DIV_S    (0x00, 0x7f, "i64.div_s",    NONE, "ll:l", MVP, helper()),
    I64_DIV_U    (0x00, 0x80, "i64.div_u",    NONE, "ll:l", MVP, helper()),
    I64_REM_S    (0x00, 0x81, "i64.rem_s",    NONE, "ll:l", MVP, jvm(0x71)),
    I64_REM_U    (0x00, 0x82, "i64.rem_u",    NONE, "ll:l", MVP, helper()),
    I64_AND      (0x00, 0x83, "i64.and",      NONE, "ll:l", MVP, jvm(0x7f)),
    I64_OR       (0x00, 0x84, "i64.or",       NONE, "ll:l", MVP, jvm(0x81)),
    I64_XOR      (0x00, 0x85, "i64.xor",      NONE, "ll:l", MVP, jvm(0x83)),
    I64_SHL      (0x00, 0x86, "i64.shl",      NONE, "ll:l", MVP, jvm(0x88, 0x79)),
    I64_SHR_S    (0x00, 0x87, "i64.shr_s",    NONE, "ll:l", MVP, jvm(0x88, 0x7b)),
    I64_SHR_U    (0x00, 0x88, "i64.shr_u",    NONE, "ll:l", MVP, jvm(0x88, 0x7d)),
    I64_ROTL     (0x00, 0x89, "i64.rotl",     NONE, "ll:l", MVP, special()),
    I64_ROTR     (0x00, 0x8a, "i64.rotr",     NONE, "ll:l", MVP, special()),
    F32_ABS      (0x00, 0x8b, "f32.abs",      NONE, "f:f",  MVP, helper()),
    F32_NEG      (0x00, 0x8c, "f32.neg",      NONE, "f:f",  MVP, helper()),
    F32_CEIL     (0x00, 0x8d, "f32.ceil",     NONE, "f:f",  MVP, helper()),
    F32_FLOOR    (0x00, 0x8e, "f32.floor",    NONE, "f:f",  MVP, helper()),
    F32_TRUNC    (0x00, 0x8f, "f32.trunc",    NONE, "f:f",  MVP, helper()),
    F32_NEAREST  (0x00, 0x90, "f32.nearest",  NONE, "f:f",  MVP, helper()),
    F32_SQRT     (0x00, 0x91, "f32.sqrt",     NONE, "f:f",  MVP, helper()),
    F32_ADD      (0x00, 0x92, "f32.add",      NONE, "ff:f", MVP, jvm(0x62)),
    F32_SUB      (0x00, 0x93, "f32.sub",      NONE, "ff:f", MVP, jvm(0x66)),
    F32_MUL      (0x00, 0x94, "f32.mul",      NONE, "ff:f", MVP, jvm(0x6a)),
    F32_DIV      (0x00, 0x95, "f32.div",      NONE, "ff:f", MVP, jvm(0x6e)),
    F32_MIN      (0x00, 0x96, "f32.min",      NONE, "ff:f", MVP, helper()),
    F32_MAX      (0x00, 0x97, "f32.max",      NONE, "ff:f", MVP, helper()),
    F32_COPYSIGN (0x00, 0x98, "f32.copysign", NONE, "ff:f", MVP, helper()),
    F64_ABS      (0x00, 0x99, "f64.abs",      NONE, "d:d",  MVP, helper()),
    F64_NEG      (0x00, 0x9a, "f64.neg",      NONE, "d:d",  MVP, helper()),
    F64_CEIL     (0x00, 0x9b, "f64.ceil",     NONE, "d:d",  MVP, helper()),
    F64_FLOOR    (0x00, 0x9c, "f64.floor",    NONE, "d:d",  MVP, helper()),
    F64_TRUNC    (0x00, 0x9d, "f64.trunc",    NONE, "d:d",  MVP, helper()),
    F64_NEAREST  (0x00, 0x9e, "f64.nearest",  NONE, "d:d",  MVP, helper()),
    F64_SQRT     (0x00, 0x9f, "f64.sqrt",     NONE, "d:d",  MVP, helper()),
    F64_ADD      (0x00, 0xa0, "f64.add",      NONE, "dd:d", MVP, jvm(0x63)),
    F64_SUB      (0x00, 0xa1, "f64.sub",      NONE, "dd:d", MVP, jvm(0x67)),
    F64_MUL      (0x00, 0xa2, "f64.mul",      NONE, "dd:d", MVP, jvm(0x6b)),
    F64_DIV      (0x00, 0xa3, "f64.div",      NONE, "dd:d", MVP, jvm(0x6f)),
    F64_MIN      (0x00, 0xa4, "f64.min",      NONE, "dd:d", MVP, helper()),
    F64_MAX      (0x00, 0xa5, "f64.max",      NONE, "dd:d", MVP, helper()),
    F64_COPYSIGN (0x00, 0xa6, "f64.copysign", NONE, "dd:d", MVP, helper()),

    // Conversions.
    I32_WRAP_I64        (0x00, 0xa7, "i32.wrap_i64",        NONE, "l:i", MVP,              jvm(0x88)),
    I32_TRUNC_F32_S     (0x00, 0xa8, "i32.trunc_f32_s",     NONE, "f:i", MVP,              helper()),
    I32_TRUNC_F32_U     (0x00, 0xa9, "i32.trunc_f32_u",     NONE, "f:i", MVP,              helper()),
    I32_TRUNC_F64_S     (0x00, 0xaa, "i32.trunc_f64_s",     NONE, "d:i", MVP,              helper()),
    I32_TRUNC_F64_U     (0x00, 0xab, "i32.trunc_f64_u",     NONE, "d:i", MVP,              helper()),
    I64_EXTEND_I32_S    (0x00, 0xac, "i64.extend_i32_s",    NONE, "i:l", MVP,              jvm(0x85)),
    I64_EXTEND_I32_U    (0x00, 0xad, "i64.extend_i32_u",    NONE, "i:l", MVP,              special()),
    I64_TRUNC_F32_S     (0x00, 0xae, "i64.trunc_f32_s",     NONE, "f:l", MVP,              helper()),
    I64_TRUNC_F32_U     (0x00, 0xaf, "i64.trunc_f32_u",     NONE, "f:l", MVP,              helper()),
    I64_TRUNC_F64_S     (0x00, 0xb0, "i64.trunc_f64_s",     NONE, "d:l", MVP,              helper()),
    I64_TRUNC_F64_U     (0x00, 0xb1, "i64.trunc_f64_u",     NONE, "d:l", MVP,              helper()),
    F32_CONVERT_I32_S   (0x00, 0xb2, "f32.convert_i32_s",   NONE, "i:f", MVP,              jvm(0x86)),
    F32_CONVERT_I32_U   (0x00, 0xb3, "f32.convert_i32_u",   NONE, "i:f", MVP,              helper()),
    F32_CONVERT_I64_S   (0x00, 0xb4, "f32.convert_i64_s",   NONE, "l:f", MVP,              jvm(0x89)),
    F32_CONVERT_I64_U   (0x00, 0xb5, "f32.convert_i64_u",   NONE, "l:f", MVP,              helper()),
    F32_DEMOTE_F64      (0x00, 0xb6, "f32.demote_f64",      NONE, "d:f", MVP,              jvm(0x90)),
    F64_CONVERT_I32_S   (0x00, 0xb7, "f64.convert_i32_s",   NONE, "i:d", MVP,              jvm(0x87)),
    F64_CONVERT_I32_U   (0x00, 0xb8, "f64.convert_i32_u",   NONE, "i:d", MVP,              helper()),
    F64_CONVERT_I64_S   (0x00, 0xb9, "f64.convert_i64_s",   NONE, "l:d", MVP,              jvm(0x8a)),
    F64_CONVERT_I64_U   (0x00, 0xba, "f64.convert_i64_u",   NONE, "l:d", MVP,              helper()),
    F64_PROMOTE_F32     (0x00, 0xbb, "f64.promote_f32",     NONE, "f:d", MVP,              jvm(0x8d)),
    I32_REINTERPRET_F32 (0x00, 0xbc, "i32.reinterpret_f32", NONE, "f:i", MVP,              special()),
    I64_REINTERPRET_F64 (0x00, 0xbd, "i64.reinterpret_f64", NONE, "d:l", MVP,              special()),
    F32_REINTERPRET_I32 (0x00, 0xbe, "f32.reinterpret_i32", NONE, "i:f", MVP,              special()),
    F64_REINTERPRET_I64 (0x00, 0xbf, "f64.reinterpret_i64", NONE, "l:d", MVP,              special()),
    I32_EXTEND8_S       (0x00, 0xc0, "i32.extend8_s",       NONE, "i:i", SIGN_EXTENSION,   jvm(0x91)),
    I32_EXTEND16_S      (0x00, 0xc1, "i32.extend16_s",      NONE, "i:i", SIGN_EXTENSION,   jvm(0x93)),
    I64_EXTEND8_S       (0x00, 0xc2, "i64.extend8_s",       NONE, "l:l", SIGN_EXTENSION,   jvm(0x88, 0x91, 0x85)),
    I64_EXTEND16_S      (0x00, 0xc3, "i64.extend16_s",      NONE, "l:l", SIGN_EXTENSION,   jvm(0x88, 0x93, 0x85)),
    I64_EXTEND32_S      (0x00, 0xc4, "i64.extend32_s",      NONE, "l:l", SIGN_EXTENSION,   jvm(0x88, 0x85)),
    I32_TRUNC_SAT_F32_S (0xfc, 0x00, "i32.trunc_sat_f32_s", NONE, "f:i", SAT_FLOAT_TO_INT, helper()),
    I32_TRUNC_SAT_F32_U (0xfc, 0x01, "i32.trunc_sat_f32_u", NONE, "f:i", SAT_FLOAT_TO_INT, helper()),
    I32_TRUNC_SAT_F64_S (0xfc, 0x02, "i32.trunc_sat_f64_s", NONE, "d:i", SAT_FLOAT_TO_INT, helper()),
    I32_TRUNC_SAT_F64_U (0xfc, 0x03, "i32.trunc_sat_f64_u", NONE, "d:i", SAT_FLOAT_TO_INT, helper()),
    I64_TRUNC_SAT_F32_S (0xfc, 0x04, "i64.trunc_sat_f32_s", NONE, "f:l", SAT_FLOAT_TO_INT, helper()),
    I64_TRUNC_SAT_F32_U (0xfc, 0x05, "i64.trunc_sat_f32_u", NONE, "f:l", SAT_FLOAT_TO_INT, helper()),
    I64_TRUNC_SAT_F64_S (0xfc, 0x06, "i64.trunc_sat_f64_s", NONE, "d:l", SAT_FLOAT_TO_INT, helper()),
    I64_TRUNC_SAT_F64_U (0xfc, 0x07, "i64.trunc_sat_f64_u", NONE, "d:l", SAT_FLOAT_TO_INT, helper()),

    // Wide arithmetic.
    I64_ADD128     (0xfc, 0x13, "i64.add128",     NONE, "llll:ll", WIDE_ARITHMETIC, none()),
    I64_SUB128     (0xfc, 0x14, "i64.sub128",     NONE, "llll:ll", WIDE_ARITHMETIC, none()),
    I64_MUL_WIDE_S (0xfc, 0x15, "i64.mul_wide_s", NONE, "ll:ll",   WIDE_ARITHMETIC, none()),
    I64_MUL_WIDE_U (0xfc, 0x16, "i64.mul_wide_u", NONE, "ll:ll",   WIDE_ARITHMETIC, none()),

    // References.
    REF_NULL        (0x00, 0xd0, "ref.null",        HEAP_TYPE, null, REFERENCE_TYPES,     special()),
    REF_IS_NULL     (0x00, 0xd1, "ref.is_null",     NONE,      null, REFERENCE_TYPES,     special()),
    REF_FUNC        (0x00, 0xd2, "ref.func",        FUNC,      null, REFERENCE_TYPES,     special()),
    REF_EQ          (0x00, 0xd3, "ref.eq",          NONE,      null, GC,                  none()),
    REF_AS_NON_NULL (0x00, 0xd4, "ref.as_non_null", NONE,      null, FUNCTION_REFERENCES, none()),
    BR_ON_NULL      (0x00, 0xd5, "br_on_null",      LABEL,     null, FUNCTION_REFERENCES, none()),
    BR_ON_NON_NULL  (0x00, 0xd6, "br_on_non_null",  LABEL,     null, FUNCTION_REFERENCES, none()),

    // Structures, arrays and casts.
    STRUCT_NEW         (0xfb, 0x00, "struct.new",         TYPE,       null, GC, none()),
    STRUCT_NEW_DEFAULT (0xfb, 0x01, "struct.new_default", TYPE,       null, GC, none()),
    STRUCT_GET         (0xfb, 0x02, "struct.get",         TYPE_FIELD, null, GC, none()),
    STRUCT_GET_S       (0xfb, 0x03, "struct.get_s",       TYPE_FIELD, null, GC, none()),
    STRUCT_GET_U       (0xfb, 0x04, "struct.get_u",       TYPE_FIELD, null, GC, none()),
    STRUCT_SET         (0xfb, 0x05, "struct.set",         TYPE_FIELD, null, GC, none()),
    ARRAY_NEW          (0xfb, 0x06, "array.new",          TYPE,       null, GC, none()),
    ARRAY_NEW_DEFAULT  (0xfb, 0x07, "array.new_default",  TYPE,       null, GC, none()),
    ARRAY_NEW_FIXED    (0xfb, 0x08, "array.new_fixed",    TYPE_COUNT, null, GC, none()),
    ARRAY_NEW_DATA     (0xfb, 0x09, "array.new_data",     TYPE_DATA,  null, GC, none()),
    ARRAY_NEW_ELEM     (0xfb, 0x0a, "array.new_elem",     TYPE_ELEM,  null, GC, none()),
    ARRAY_GET          (0xfb, 0x0b, "array.get",          TYPE,       null, GC, none()),
    ARRAY_GET_S        (0xfb, 0x0c, "array.get_s",        TYPE,       null, GC, none()),
    ARRAY_GET_U        (0xfb, 0x0d, "array.get_u",        TYPE,       null, GC, none()),
    ARRAY_SET          (0xfb, 0x0e, "array.set",          TYPE,       null, GC, none()),
    ARRAY_LEN          (0xfb, 0x0f, "array.len",          NONE,       null, GC, none()),
    ARRAY_FILL         (0xfb, 0x10, "array.fill",         TYPE,       null, GC, none()),
    ARRAY_COPY         (0xfb, 0x11, "array.copy",         TYPE_TYPE,  null, GC, none()),
    ARRAY_INIT_DATA    (0xfb, 0x12, "array.init_data",    TYPE_DATA,  null, GC, none()),
    ARRAY_INIT_ELEM    (0xfb, 0x13, "array.init_elem",    TYPE_ELEM,  null, GC, none()),
    REF_TEST           (0xfb, 0x14, "ref.test",           HEAP_TYPE,  null, GC, none()),
    REF_TEST_NULL      (0xfb, 0x15, "ref.test",           HEAP_TYPE,  null, GC, none()),
    REF_CAST           (0xfb, 0x16, "ref.cast",           HEAP_TYPE,  null, GC, none()),
    REF_CAST_NULL      (0xfb, 0x17, "ref.cast",           HEAP_TYPE,  null, GC, none()),
    BR_ON_CAST         (0xfb, 0x18, "br_on_cast",         CAST,       null, GC, none()),
    BR_ON_CAST_FAIL    (0xfb, 0x19, "br_on_cast_fail",    CAST,       null, GC, none()),
    ANY_CONVERT_EXTERN (0xfb, 0x1a, "any.convert_extern", NONE,       null, GC, none()),
    EXTERN_CONVERT_ANY (0xfb, 0x1b, "extern.convert_any", NONE,       null, GC, none()),
    REF_I31            (0xfb, 0x1c, "ref.i31",            NONE,       null, GC, none()),
    I31_GET_S          (0xfb, 0x1d, "i31.get_s",          NONE,       null, GC, none()),
    I31_GET_U          (0xfb, 0x1e, "i31.get_u",          NONE,       null, GC, none()),

    // Vectors.
    V128_LOAD                     (0xfd, 0x00, "v128.load",                     MEMARG,      "a:v",   SIMD, none()),
    V128_LOAD8X8_S                (0xfd, 0x01, "v128.load8x8_s",                MEMARG,      "a:v",   SIMD, none()),
    V128_LOAD8X8_U                (0xfd, 0x02, "v128.load8x8_u",                MEMARG,      "a:v",   SIMD, none()),
    V128_LOAD16X4_S               (0xfd, 0x03, "v128.load16x4_s",               MEMARG,      "a:v",   SIMD, none()),
    V128_LOAD16X4_U               (0xfd, 0x04, "v128.load16x4_u",               MEMARG,      "a:v",   SIMD, none()),
    V128_LOAD32X2_S               (0xfd, 0x05, "v128.load32x2_s",               MEMARG,      "a:v",   SIMD, none()),
    V128_LOAD32X2_U               (0xfd, 0x06, "v128.load32x2_u",               MEMARG,      "a:v",   SIMD, none()),
    V128_LOAD8_SPLAT              (0xfd, 0x07, "v128.load8_splat",              MEMARG,      "a:v",   SIMD, none()),
    V128_LOAD16_SPLAT             (0xfd, 0x08, "v128.load16_splat",             MEMARG,      "a:v",   SIMD, none()),
    V128_LOAD32_SPLAT             (0xfd, 0x09, "v128.load32_splat",             MEMARG,      "a:v",   SIMD, none()),
    V128_LOAD64_SPLAT             (0xfd, 0x0a, "v128.load64_splat",             MEMARG,      "a:v",   SIMD, none()),
    V128_STORE                    (0xfd, 0x0b, "v128.store",                    MEMARG,      "av:",   SIMD, none()),
    V128_CONST                    (0xfd, 0x0c, "v128.const",                    V128,        ":v",    SIMD, none()),
    I8X16_SHUFFLE                 (0xfd, 0x0d, "i8x16.shuffle",                 SHUFFLE,     "vv:v",  SIMD, none()),
    I8X16_SWIZZLE                 (0xfd, 0x0e, "i8x16.swizzle",                 NONE,        "vv:v",  SIMD, none()),
    I8X16_SPLAT                   (0xfd, 0x0f, "i8x16.splat",                   NONE,        "i:v",   SIMD, none()),
    I16X8_SPLAT                   (0xfd, 0x10, "i16x8.splat",                   NONE,        "i:v",   SIMD, none()),
    I32X4_SPLAT                   (0xfd, 0x11, "i32x4.splat",                   NONE,        "i:v",   SIMD, none()),
    I64X2_SPLAT                   (0xfd, 0x12, "i64x2.splat",                   NONE,        "l:v",   SIMD, none()),
    F32X4_SPLAT                   (0xfd, 0x13, "f32x4.splat",                   NONE,        "f:v",   SIMD, none()),
    F64X2_SPLAT                   (0xfd, 0x14, "f64x2.splat",                   NONE,        "d:v",   SIMD, none()),
    I8X16_EXTRACT_LANE_S          (0xfd, 0x15, "i8x16.extract_lane_s",          LANE,        "v:i",   SIMD, none()),
    I8X16_EXTRACT_LANE_U          (0xfd, 0x16, "i8x16.extract_lane_u",          LANE,        "v:i",   SIMD, none()),
    I8X16_REPLACE_LANE            (0xfd, 0x17, "i8x16.replace_lane",            LANE,        "vi:v",  SIMD, none()),
    I16X8_EXTRACT_LANE_S          (0xfd, 0x18, "i16x8.extract_lane_s",          LANE,        "v:i",   SIMD, none()),
    I16X8_EXTRACT_LANE_U          (0xfd, 0x19, "i16x8.extract_lane_u",          LANE,        "v:i",   SIMD, none()),
    I16X8_REPLACE_LANE            (0xfd, 0x1a, "i16x8.replace_lane",            LANE,        "vi:v",  SIMD, none()),
    I32X4_EXTRACT_LANE            (0xfd, 0x1b, "i32x4.extract_lane",            LANE,        "v:i",   SIMD, none()),
    I32X4_REPLACE_LANE            (0xfd, 0x1c, "i32x4.replace_lane",            LANE,        "vi:v",  SIMD, none()),
    I64X2_EXTRACT_LANE            (0xfd, 0x1d, "i64x2.extract_lane",            LANE,        "v:l",   SIMD, none()),
    I64X2_REPLACE_LANE            (0xfd, 0x1e, "i64x2.replace_lane",            LANE,        "vl:v",  SIMD, none()),
    F32X4_EXTRACT_LANE            (0xfd, 0x1f, "f32x4.extract_lane",            LANE,        "v:f",   SIMD, none()),
    F32X4_REPLACE_LANE            (0xfd, 0x20, "f32x4.replace_lane",            LANE,        "vf:v",  SIMD, none()),
    F64X2_EXTRACT_LANE            (0xfd, 0x21, "f64x2.extract_lane",            LANE,        "v:d",   SIMD, none()),
    F64X2_REPLACE_LANE            (0xfd, 0x22, "f64x2.replace_lane",            LANE,        "vd:v",  SIMD, none()),
    I8X16_EQ                      (0xfd, 0x23, "i8x16.eq",                      NONE,        "vv:v",  SIMD, none()),
    I8X16_NE                      (0xfd, 0x24, "i8x16.ne",                      NONE,        "vv:v",  SIMD, none()),
    I8X16_LT_S                    (0xfd, 0x25, "i8x16.lt_s",                    NONE,        "vv:v",  SIMD, none()),
    I8X16_LT_U                    (0xfd, 0x26, "i8x16.lt_u",                    NONE,        "vv:v",  SIMD, none()),
    I8X16_GT_S                    (0xfd, 0x27, "i8x16.gt_s",                    NONE,        "vv:v",  SIMD, none()),
    I8X16_GT_U                    (0xfd, 0x28, "i8x16.gt_u",                    NONE,        "vv:v",  SIMD, none()),
    I8X16_LE_S                    (0xfd, 0x29, "i8x16.le_s",                    NONE,        "vv:v",  SIMD, none()),
    I8X16_LE_U                    (0xfd, 0x2a, "i8x16.le_u",                    NONE,        "vv:v",  SIMD, none()),
    I8X16_GE_S                    (0xfd, 0x2b, "i8x16.ge_s",                    NONE,        "vv:v",  SIMD, none()),
    I8X16_GE_U                    (0xfd, 0x2c, "i8x16.ge_u",                    NONE,        "vv:v",  SIMD, none()),
    I16X8_EQ                      (0xfd, 0x2d, "i16x8.eq",                      NONE,        "vv:v",  SIMD, none()),
    I16X8_NE                      (0xfd, 0x2e, "i16x8.ne",                      NONE,        "vv:v",  SIMD, none()),
    I16X8_LT_S                    (0xfd, 0x2f, "i16x8.lt_s",                    NONE,        "vv:v",  SIMD, none()),
    I16X8_LT_U                    (0xfd, 0x30, "i16x8.lt_u",                    NONE,        "vv:v",  SIMD, none()),
    I16X8_GT_S                    (0xfd, 0x31, "i16x8.gt_s",                    NONE,        "vv:v",  SIMD, none()),
    I16X8_GT_U                    (0xfd, 0x32, "i16x8.gt_u",                    NONE,        "vv:v",  SIMD, none()),
    I16X8_LE_S                    (0xfd, 0x33, "i16x8.le_s",                    NONE,        "vv:v",  SIMD, none()),
    I16X8_LE_U                    (0xfd, 0x34, "i16x8.le_u",                    NONE,        "vv:v",  SIMD, none()),
    I16X8_GE_S                    (0xfd, 0x35, "i16x8.ge_s",                    NONE,        "vv:v",  SIMD, none()),
    I16X8_GE_U                    (0xfd, 0x36, "i16x8.ge_u",                    NONE,        "vv:v",  SIMD, none()),
    I32X4_EQ                      (0xfd, 0x37, "i32x4.eq",                      NONE,        "vv:v",  SIMD, none()),
    I32X4_NE                      (0xfd, 0x38, "i32x4.ne",                      NONE,        "vv:v",  SIMD, none()),
    I32X4_LT_S                    (0xfd, 0x39, "i32x4.lt_s",                    NONE,        "vv:v",  SIMD, none()),
    I32X4_LT_U                    (0xfd, 0x3a, "i32x4.lt_u",                    NONE,        "vv:v",  SIMD, none()),
    I32X4_GT_S                    (0xfd, 0x3b, "i32x4.gt_s",                    NONE,        "vv:v",  SIMD, none()),
    I32X4_GT_U                    (0xfd, 0x3c, "i32x4.gt_u",                    NONE,        "vv:v",  SIMD, none()),
    I32X4_LE_S                    (0xfd, 0x3d, "i32x4.le_s",                    NONE,        "vv:v",  SIMD, none()),
    I32X4_LE_U                    (0xfd, 0x3e, "i32x4.le_u",                    NONE,        "vv:v",  SIMD, none()),
    I32X4_GE_S                    (0xfd, 0x3f, "i32x4.ge_s",                    NONE,        "vv:v",  SIMD, none()),
    I32X4_GE_U                    (0xfd, 0x40, "i32x4.ge_u",                    NONE,        "vv:v",  SIMD, none()),
    F32X4_EQ                      (0xfd, 0x41, "f32x4.eq",                      NONE,        "vv:v",  SIMD, none()),
    F32X4_NE                      (0xfd, 0x42, "f32x4.ne",                      NONE,        "vv:v",  SIMD, none()),
    F32X4_LT                      (0xfd, 0x43, "f32x4.lt",                      NONE,        "vv:v",  SIMD, none()),
    F32X4_GT                      (0xfd, 0x44, "f32x4.gt",                      NONE,        "vv:v",  SIMD, none()),
    F32X4_LE                      (0xfd, 0x45, "f32x4.le",                      NONE,        "vv:v",  SIMD, none()),
    F32X4_GE                      (0xfd, 0x46, "f32x4.ge",                      NONE,        "vv:v",  SIMD, none()),
    F64X2_EQ                      (0xfd, 0x47, "f64x2.eq",                      NONE,        "vv:v",  SIMD, none()),
    F64X2_NE                      (0xfd, 0x48, "f64x2.ne",                      NONE,        "vv:v",  SIMD, none()),
    F64X2_LT                      (0xfd, 0x49, "f64x2.lt",                      NONE,        "vv:v",  SIMD, none()),
    F64X2_GT                      (0xfd, 0x4a, "f64x2.gt",                      NONE,        "vv:v",  SIMD, none()),
    F64X2_LE                      (0xfd, 0x4b, "f64x2.le",                      NONE,        "vv:v",  SIMD, none()),
    F64X2_GE                      (0xfd, 0x4c, "f64x2.ge",                      NONE,        "vv:v",  SIMD, none()),
    V128_NOT                      (0xfd, 0x4d, "v128.not",                      NONE,        "v:v",   SIMD, none()),
    V128_AND                      (0xfd, 0x4e, "v128.and",                      NONE,        "vv:v",  SIMD, none()),
    V128_ANDNOT                   (0xfd, 0x4f, "v128.andnot",                   NONE,        "vv:v",  SIMD, none()),
    V128_OR                       (0xfd, 0x50, "v128.or",                       NONE,        "vv:v",  SIMD, none()),
    V128_XOR                      (0xfd, 0x51, "v128.xor",                      NONE,        "vv:v",  SIMD, none()),
    V128_BITSELECT                (0xfd, 0x52, "v128.bitselect",                NONE,        "vvv:v", SIMD, none()),
    V128_ANY_TRUE                 (0xfd, 0x53, "v128.any_true",                 NONE,        "v:i",   SIMD, none()),
    V128_LOAD8_LANE               (0xfd, 0x54, "v128.load8_lane",               MEMARG_LANE, "av:v",  SIMD, none()),
    V128_LOAD16_LANE              (0xfd, 0x55, "v128.load16_lane",              MEMARG_LANE, "av:v",  SIMD, none()),
    V128_LOAD32_LANE              (0xfd, 0x56, "v128.load32_lane",              MEMARG_LANE, "av:v",  SIMD, none()),
    V128_LOAD64_LANE              (0xfd, 0x57, "v128.load64_lane",              MEMARG_LANE, "av:v",  SIMD, none()),
    V128_STORE8_LANE              (0xfd, 0x58, "v128.store8_lane",              MEMARG_LANE, "av:",   SIMD, none()),
    V128_STORE16_LANE             (0xfd, 0x59, "v128.store16_lane",             MEMARG_LANE, "av:",   SIMD, none()),
    V128_STORE32_LANE             (0xfd, 0x5a, "v128.store32_lane",             MEMARG_LANE, "av:",   SIMD, none()),
    V128_STORE64_LANE             (0xfd, 0x5b, "v128.store64_lane",             MEMARG_LANE, "av:",   SIMD, none()),
    V128_LOAD32_ZERO              (0xfd, 0x5c, "v128.load32_zero",              MEMARG,      "a:v",   SIMD, none()),
    V128_LOAD64_ZERO              (0xfd, 0x5d, "v128.load64_zero",              MEMARG,      "a:v",   SIMD, none()),
    F32X4_DEMOTE_F64X2_ZERO       (0xfd, 0x5e, "f32x4.demote_f64x2_zero",       NONE,        "v:v",   SIMD, none()),
    F64X2_PROMOTE_LOW_F32X4       (0xfd, 0x5f, "f64x2.promote_low_f32x4",       NONE,        "v:v",   SIMD, none()),
    I8X16_ABS                     (0xfd, 0x60, "i8x16.abs",                     NONE,        "v:v",   SIMD, none()),
    I8X16_NEG                     (0xfd, 0x61, "i8x16.neg",                     NONE,        "v:v",   SIMD, none()),
    I8X16_POPCNT                  (0xfd, 0x62, "i8x16.popcnt",                  NONE,        "v:v",   SIMD, none()),
    I8X16_ALL_TRUE                (0xfd, 0x63, "i8x16.all_true",                NONE,        "v:i",   SIMD, none()),
    I8X16_BITMASK                 (0xfd, 0x64, "i8x16.bitmask",                 NONE,        "v:i",   SIMD, none()),
    I8X16_NARROW_I16X8_S          (0xfd, 0x65, "i8x16.narrow_i16x8_s",          NONE,        "vv:v",  SIMD, none()),
    I8X16_NARROW_I16X8_U          (0xfd, 0x66, "i8x16.narrow_i16x8_u",          NONE,        "vv:v",  SIMD, none()),
    F32X4_CEIL                    (0xfd, 0x67, "f32x4.ceil",                    NONE,        "v:v",   SIMD, none()),
    F32X4_FLOOR                   (0xfd, 0x68, "f32x4.floor",                   NONE,        "v:v",   SIMD, none()),
    F32X4_TRUNC                   (0xfd, 0x69, "f32x4.trunc",                   NONE,        "v:v",   SIMD, none()),
    F32X4_NEAREST                 (0xfd, 0x6a, "f32x4.nearest",                 NONE,        "v:v",   SIMD, none()),
    I8X16_SHL                     (0xfd, 0x6b, "i8x16.shl",                     NONE,        "vi:v",  SIMD, none()),
    I8X16_SHR_S                   (0xfd, 0x6c, "i8x16.shr_s",                   NONE,        "vi:v",  SIMD, none()),
    I8X16_SHR_U                   (0xfd, 0x6d, "i8x16.shr_u",                   NONE,        "vi:v",  SIMD, none()),
    I8X16_ADD                     (0xfd, 0x6e, "i8x16.add",                     NONE,        "vv:v",  SIMD, none()),
    I8X16_ADD_SAT_S               (0xfd, 0x6f, "i8x16.add_sat_s",               NONE,        "vv:v",  SIMD, none()),
    I8X16_ADD_SAT_U               (0xfd, 0x70, "i8x16.add_sat_u",               NONE,        "vv:v",  SIMD, none()),
    I8X16_SUB                     (0xfd, 0x71, "i8x16.sub",                     NONE,        "vv:v",  SIMD, none()),
    I8X16_SUB_SAT_S               (0xfd, 0x72, "i8x16.sub_sat_s",               NONE,        "vv:v",  SIMD, none()),
    I8X16_SUB_SAT_U               (0xfd, 0x73, "i8x16.sub_sat_u",               NONE,        "vv:v",  SIMD, none()),
    F64X2_CEIL                    (0xfd, 0x74, "f64x2.ceil",                    NONE,        "v:v",   SIMD, none()),
    F64X2_FLOOR                   (0xfd, 0x75, "f64x2.floor",                   NONE,        "v:v",   SIMD, none()),
    I8X16_MIN_S                   (0xfd, 0x76, "i8x16.min_s",                   NONE,        "vv:v",  SIMD, none()),
    I8X16_MIN_U                   (0xfd, 0x77, "i8x16.min_u",                   NONE,        "vv:v",  SIMD, none()),
    I8X16_MAX_S                   (0xfd, 0x78, "i8x16.max_s",                   NONE,        "vv:v",  SIMD, none()),
    I8X16_MAX_U                   (0xfd, 0x79, "i8x16.max_u",                   NONE,        "vv:v",  SIMD, none()),
    F64X2_TRUNC                   (0xfd, 0x7a, "f64x2.trunc",                   NONE,        "v:v",   SIMD, none()),
    I8X16_AVGR_U                  (0xfd, 0x7b, "i8x16.avgr_u",                  NONE,        "vv:v",  SIMD, none()),
    I16X8_EXTADD_PAIRWISE_I8X16_S (0xfd, 0x7c, "i16x8.extadd_pairwise_i8x16_s", NONE,        "v:v",   SIMD, none()),
    I16X8_EXTADD_PAIRWISE_I8X16_U (0xfd, 0x7d, "i16x8.extadd_pairwise_i8x16_u", NONE,        "v:v",   SIMD, none()),
    I32X4_EXTADD_PAIRWISE_I16X8_S (0xfd, 0x7e, "i32x4.extadd_pairwise_i16x8_s", NONE,        "v:v",   SIMD, none()),
    I32X4_EXTADD_PAIRWISE_I16X8_U (0xfd, 0x7f, "i32x4.extadd_pairwise_i16x8_u", NONE,        "v:v",   SIMD, none()),
    I16X8_ABS                     (0xfd, 0x80, "i16x8.abs",                     NONE,        "v:v",   SIMD, none()),
    I16X8_NEG                     (0xfd, 0x81, "i16x8.neg",                     NONE,        "v:v",   SIMD, none()),
    I16X8_Q15MULR_SAT_S           (0xfd, 0x82, "i16x8.q15mulr_sat_s",           NONE,        "vv:v",  SIMD, none()),
    I16X8_ALL_TRUE                (0xfd, 0x83, "i16x8.all_true",                NONE,        "v:i",   SIMD, none()),
    I16X8_BITMASK                 (0xfd, 0x84, "i16x8.bitmask",                 NONE,        "v:i",   SIMD, none()),
    I16X8_NARROW_I32X4_S          (0xfd, 0x85, "i16x8.narrow_i32x4_s",          NONE,        "vv:v",  SIMD, none()),
    I16X8_NARROW_I32X4_U          (0xfd, 0x86, "i16x8.narrow_i32x4_u",          NONE,        "vv:v",  SIMD, none()),
    I16X8_EXTEND_LOW_I8X16_S      (0xfd, 0x87, "i16x8.extend_low_i8x16_s",      NONE,        "v:v",   SIMD, none()),
    I16X8_EXTEND_HIGH_I8X16_S     (0xfd, 0x88, "i16x8.extend_high_i8x16_s",     NONE,        "v:v",   SIMD, none()),
    I16X8_EXTEND_LOW_I8X16_U      (0xfd, 0x89, "i16x8.extend_low_i8x16_u",      NONE,        "v:v",   SIMD, none()),
    I16X8_EXTEND_HIGH_I8X16_U     (0xfd, 0x8a, "i16x8.extend_high_i8x16_u",     NONE,        "v:v",   SIMD, none()),
    I16X8_SHL                     (0xfd, 0x8b, "i16x8.shl",                     NONE,        "vi:v",  SIMD, none()),
    I16X8_SHR_S                   (0xfd, 0x8c, "i16x8.shr_s",                   NONE,        "vi:v",  SIMD, none()),
    I16X8_SHR_U                   (0xfd, 0x8d, "i16x8.shr_u",                   NONE,        "vi:v",  SIMD, none()),
    I16X8_ADD                     (0xfd, 0x8e, "i16x8.add",                     NONE,        "vv:v",  SIMD, none()),
    I16X8_ADD_SAT_S               (0xfd, 0x8f, "i16x8.add_sat_s",               NONE,        "vv:v",  SIMD, none()),
    I16X8_ADD_SAT_U               (0xfd, 0x90, "i16x8.add_sat_u",               NONE,        "vv:v",  SIMD, none()),
    I16X8_SUB                     (0xfd, 0x91, "i16x8.sub",                     NONE,        "vv:v",  SIMD, none()),
    I16X8_SUB_SAT_S               (0xfd, 0x92, "i16x8.sub_sat_s",               NONE,        "vv:v",  SIMD, none()),
    I16X8_SUB_SAT_U               (0xfd, 0x93, "i16x8.sub_sat_u",               NONE,        "vv:v",  SIMD, none()),
    F64X2_NEAREST                 (0xfd, 0x94, "f64x2.nearest",                 NONE,        "v:v",   SIMD, none()),
    I16X8_MUL                     (0xfd, 0x95, "i16x8.mul",                     NONE,        "vv:v",  SIMD, none()),
    I16X8_MIN_S                   (0xfd, 0x96, "i16x8.min_s",                   NONE,        "vv:v",  SIMD, none()),
    I16X8_MIN_U                   (0xfd, 0x97, "i16x8.min_u",                   NONE,        "vv:v",  SIMD, none()),
    I16X8_MAX_S                   (0xfd, 0x98, "i16x8.max_s",                   NONE,        "vv:v",  SIMD, none()),
    I16X8_MAX_U                   (0xfd, 0x99, "i16x8.max_u",                   NONE,        "vv:v",  SIMD, none()),
    I16X8_AVGR_U                  (0xfd, 0x9b, "i16x8.avgr_u",                  NONE,        "vv:v",  SIMD, none()),
    I16X8_EXTMUL_LOW_I8X16_S      (0xfd, 0x9c, "i16x8.extmul_low_i8x16_s",      NONE,        "vv:v",  SIMD, none()),
    I16X8_EXTMUL_HIGH_I8X16_S     (0xfd, 0x9d, "i16x8.extmul_high_i8x16_s",     NONE,        "vv:v",  SIMD, none()),
    I16X8_EXTMUL_LOW_I8X16_U      (0xfd, 0x9e, "i16x8.extmul_low_i8x16_u",      NONE,        "vv:v",  SIMD, none()),
    I16X8_EXTMUL_HIGH_I8X16_U     (0xfd, 0x9f, "i16x8.extmul_high_i8x16_u",     NONE,        "vv:v",  SIMD, none()),
    I32X4_ABS                     (0xfd, 0xa0, "i32x4.abs",                     NONE,        "v:v",   SIMD, none()),
    I32X4_NEG                     (0xfd, 0xa1, "i32x4.neg",                     NONE,        "v:v",   SIMD, none()),
    I32X4_ALL_TRUE                (0xfd, 0xa3, "i32x4.all_true",                NONE,        "v:i",   SIMD, none()),
    I32X4_BITMASK                 (0xfd, 0xa4, "i32x4.bitmask",                 NONE,        "v:i",   SIMD, none()),
    I32X4_EXTEND_LOW_I16X8_S      (0xfd, 0xa7, "i32x4.extend_low_i16x8_s",      NONE,        "v:v",   SIMD, none()),
    I32X4_EXTEND_HIGH_I16X8_S     (0xfd, 0xa8, "i32x4.extend_high_i16x8_s",     NONE,        "v:v",   SIMD, none()),
    I32X4_EXTEND_LOW_I16X8_U      (0xfd, 0xa9, "i32x4.extend_low_i16x8_u",      NONE,        "v:v",   SIMD, none()),
    I32X4_EXTEND_HIGH_I16X8_U     (0xfd, 0xaa, "i32x4.extend_high_i16x8_u",     NONE,        "v:v",   SIMD, none()),
    I32X4_SHL                     (0xfd, 0xab, "i32x4.shl",                     NONE,        "vi:v",  SIMD, none()),
    I32X4_SHR_S                   (0xfd, 0xac, "i32x4.shr_s",                   NONE,        "vi:v",  SIMD, none()),
    I32X4_SHR_U                   (0xfd, 0xad, "i32x4.shr_u",                   NONE,        "vi:v",  SIMD, none()),
    I32X4_ADD                     (0xfd, 0xae, "i32x4.add",                     NONE,        "vv:v",  SIMD, none()),
    I32X4_SUB                     (0xfd, 0xb1, "i32x4.sub",                     NONE,        "vv:v",  SIMD, none()),
    I32X4_MUL                     (0xfd, 0xb5, "i32x4.mul",                     NONE,        "vv:v",  SIMD, none()),
    I32X4_MIN_S                   (0xfd, 0xb6, "i32x4.min_s",                   NONE,        "vv:v",  SIMD, none()),
    I32X4_MIN_U                   (0xfd, 0xb7, "i32x4.min_u",                   NONE,        "vv:v",  SIMD, none()),
    I32X4_MAX_S                   (0xfd, 0xb8, "i32x4.max_s",                   NONE,        "vv:v",  SIMD, none()),
    I32X4_MAX_U                   (0xfd, 0xb9, "i32x4.max_u",                   NONE,        "vv:v",  SIMD, none()),
    I32X4_DOT_I16X8_S             (0xfd, 0xba, "i32x4.dot_i16x8_s",             NONE,        "vv:v",  SIMD, none()),
    I32X4_EXTMUL_LOW_I16X8_S      (0xfd, 0xbc, "i32x4.extmul_low_i16x8_s",      NONE,        "vv:v",  SIMD, none()),
    I32X4_EXTMUL_HIGH_I16X8_S     (0xfd, 0xbd, "i32x4.extmul_high_i16x8_s",     NONE,        "vv:v",  SIMD, none()),
    I32X4_EXTMUL_LOW_I16X8_U      (0xfd, 0xbe, "i32x4.extmul_low_i16x8_u",      NONE,        "vv:v",  SIMD, none()),
    I32X4_EXTMUL_HIGH_I16X8_U     (0xfd, 0xbf, "i32x4.extmul_high_i16x8_u",     NONE,        "vv:v",  SIMD, none()),
    I64X2_ABS                     (0xfd, 0xc0, "i64x2.abs",                     NONE,        "v:v",   SIMD, none()),
    I64X2_NEG                     (0xfd, 0xc1, "i64x2.neg",                     NONE,        "v:v",   SIMD, none()),
    I64X2_ALL_TRUE                (0xfd, 0xc3, "i64x2.all_true",                NONE,        "v:i",   SIMD, none()),
    I64X2_BITMASK                 (0xfd, 0xc4, "i64x2.bitmask",                 NONE,        "v:i",   SIMD, none()),
    I64X2_EXTEND_LOW_I32X4_S      (0xfd, 0xc7, "i64x2.extend_low_i32x4_s",      NONE,        "v:v",   SIMD, none()),
    I64X2_EXTEND_HIGH_I32X4_S     (0xfd, 0xc8, "i64x2.extend_high_i32x4_s",     NONE,        "v:v",   SIMD, none()),
    I64X2_EXTEND_LOW_I32X4_U      (0xfd, 0xc9, "i64x2.extend_low_i32x4_u",      NONE,        "v:v",   SIMD, none()),
    I64X2_EXTEND_HIGH_I32X4_U     (0xfd, 0xca, "i64x2.extend_high_i32x4_u",     NONE,        "v:v",   SIMD, none()),
    I64X2_SHL                     (0xfd, 0xcb, "i64x2.shl",                     NONE,        "vi:v",  SIMD, none()),
    I64X2_SHR_S                   (0xfd, 0xcc, "i64x2.shr_s",                   NONE,        "vi:v",  SIMD, none()),
    I64X2_SHR_U                   (0xfd, 0xcd, "i64x2.shr_u",                   NONE,        "vi:v",  SIMD, none()),
    I64X2_ADD                     (0xfd, 0xce, "i64x2.add",                     NONE,        "vv:v",  SIMD, none()),
    I64X2_SUB                     (0xfd, 0xd1, "i64x2.sub",                     NONE,        "vv:v",  SIMD, none()),
    I64X2_MUL                     (0xfd, 0xd5, "i64x2.mul",                     NONE,        "vv:v",  SIMD, none()),
    I64X2_EQ                      (0xfd, 0xd6, "i64x2.eq",                      NONE,        "vv:v",  SIMD, none()),
    I64X2_NE                      (0xfd, 0xd7, "i64x2.ne",                      NONE,        "vv:v",  SIMD, none()),
    I64X2_LT_S                    (0xfd, 0xd8, "i64x2.lt_s",                    NONE,        "vv:v",  SIMD, none()),
    I64X2_GT_S                    (0xfd, 0xd9, "i64x2.gt_s",                    NONE,        "vv:v",  SIMD, none()),
    I64X2_LE_S                    (0xfd, 0xda, "i64x2.le_s",                    NONE,        "vv:v",  SIMD, none()),
    I64X2_GE_S                    (0xfd, 0xdb, "i64x2.ge_s",                    NONE,        "vv:v",  SIMD, none()),
    I64X2_EXTMUL_LOW_I32X4_S      (0xfd, 0xdc, "i64x2.extmul_low_i32x4_s",      NONE,        "vv:v",  SIMD, none()),
    I64X2_EXTMUL_HIGH_I32X4_S     (0xfd, 0xdd, "i64x2.extmul_high_i32x4_s",     NONE,        "vv:v",  SIMD, none()),
    I64X2_EXTMUL_LOW_I32X4_U      (0xfd, 0xde, "i64x2.extmul_low_i32x4_u",      NONE,        "vv:v",  SIMD, none()),
    I64X2_EXTMUL_HIGH_I32X4_U     (0xfd, 0xdf, "i64x2.extmul_high_i32x4_u",     NONE,        "vv:v",  SIMD, none()),
    F32X4_ABS                     (0xfd, 0xe0, "f32x4.abs",                     NONE,        "v:v",   SIMD, none()),
    F32X4_NEG                     (0xfd, 0xe1, "f32x4.neg",                     NONE,        "v:v",   SIMD, none()),
    F32X4_SQRT                    (0xfd, 0xe3, "f32x4.sqrt",                    NONE,        "v:v",   SIMD, none()),
    F32X4_ADD                     (0xfd, 0xe4, "f32x4.add",                     NONE,        "vv:v",  SIMD, none()),
    F32X4_SUB                     (0xfd, 0xe5, "f32x4.sub",                     NONE,        "vv:v",  SIMD, none()),
    F32X4_MUL                     (0xfd, 0xe6, "f32x4.mul",                     NONE,        "vv:v",  SIMD, none()),
    F32X4_DIV                     (0xfd, 0xe7, "f32x4.div",                     NONE,        "vv:v",  SIMD, none()),
    F32X4_MIN                     (0xfd, 0xe8, "f32x4.min",                     NONE,        "vv:v",  SIMD, none()),
    F32X4_MAX                     (0xfd, 0xe9, "f32x4.max",                     NONE,        "vv:v",  SIMD, none()),
    F32X4_PMIN                    (0xfd, 0xea, "f32x4.pmin",                    NONE,        "vv:v",  SIMD, none()),
    F32X4_PMAX                    (0xfd, 0xeb, "f32x4.pmax",                    NONE,        "vv:v",  SIMD, none()),
    F64X2_ABS                     (0xfd, 0xec, "f64x2.abs",                     NONE,        "v:v",   SIMD, none()),
    F64X2_NEG                     (0xfd, 0xed, "f64x2.neg",                     NONE,        "v:v",   SIMD, none()),
    F64X2_SQRT                    (0xfd, 0xef, "f64x2.sqrt",                    NONE,        "v:v",   SIMD, none()),
    F64X2_ADD                     (0xfd, 0xf0, "f64x2.add",                     NONE,        "vv:v",  SIMD, none()),
    F64X2_SUB                     (0xfd, 0xf1, "f64x2.sub",                     NONE,        "vv:v",  SIMD, none()),
    F64X2_MUL                     (0xfd, 0xf2, "f64x2.mul",                     NONE,        "vv:v",  SIMD, none()),
    F64X2_DIV                     (0xfd, 0xf3, "f64x2.div",                     NONE,        "vv:v",  SIMD, none()),
    F64X2_MIN                     (0xfd, 0xf4, "f64x2.min",                     NONE,        "vv:v",  SIMD, none()),
    F64X2_MAX                     (0xfd, 0xf5, "f64x2.max",                     NONE,        "vv:v",  SIMD, none()),
    F64X2_PMIN                    (0xfd, 0xf6, "f64x2.pmin",                    NONE,        "vv:v",  SIMD, none()),
    F64X2_PMAX                    (0xfd, 0xf7, "f64x2.pmax",                    NONE,        "vv:v",  SIMD, none()),
    I32X4_TRUNC_SAT_F32X4_S       (0xfd, 0xf8, "i32x4.trunc_sat_f32x4_s",       NONE,        "v:v",   SIMD, none()),
    I32X4_TRUNC_SAT_F32X4_U       (0xfd, 0xf9, "i32x4.trunc_sat_f32x4_u",       NONE,        "v:v",   SIMD, none()),
    F32X4_CONVERT_I32X4_S         (0xfd, 0xfa, "f32x4.convert_i32x4_s",         NONE,        "v:v",   SIMD, none()),
    F32X4_CONVERT_I32X4_U         (0xfd, 0xfb, "f32x4.convert_i32x4_u",         NONE,        "v:v",   SIMD, none()),
    I32X4_TRUNC_SAT_F64X2_S_ZERO  (0xfd, 0xfc, "i32x4.trunc_sat_f64x2_s_zero",  NONE,        "v:v",   SIMD, none()),
    I32X4_TRUNC_SAT_F64X2_U_ZERO  (0xfd, 0xfd, "i32x4.trunc_sat_f64x2_u_zero",  NONE,        "v:v",   SIMD, none()),
    F64X2_CONVERT_LOW_I32X4_S     (0xfd, 0xfe, "f64x2.convert_low_i32x4_s",     NONE,        "v:v",   SIMD, none()),
    F64X2_CONVERT_LOW_I32X4_U     (0xfd, 0xff, "f64x2.convert_low_i32x4_u",     NONE,        "v:v",   SIMD, none()),

    // Vectors, relaxed.
    I8X16_RELAXED_SWIZZLE               (0xfd, 0x100, "i8x16.relaxed_swizzle",               NONE, "vv:v",  RELAXED_SIMD, none()),
    I32X4_RELAXED_TRUNC_F32X4_S         (0xfd, 0x101, "i32x4.relaxed_trunc_f32x4_s",         NONE, "v:v",   RELAXED_SIMD, none()),
    I32X4_RELAXED_TRUNC_F32X4_U         (0xfd, 0x102, "i32x4.relaxed_trunc_f32x4_u",         NONE, "v:v",   RELAXED_SIMD, none()),
    I32X4_RELAXED_TRUNC_F64X2_S_ZERO    (0xfd, 0x103, "i32x4.relaxed_trunc_f64x2_s_zero",    NONE, "v:v",   RELAXED_SIMD, none()),
    I32X4_RELAXED_TRUNC_F64X2_U_ZERO    (0xfd, 0x104, "i32x4.relaxed_trunc_f64x2_u_zero",    NONE, "v:v",   RELAXED_SIMD, none()),
    F32X4_RELAXED_MADD                  (0xfd, 0x105, "f32x4.relaxed_madd",                  NONE, "vvv:v", RELAXED_SIMD, none()),
    F32X4_RELAXED_NMADD                 (0xfd, 0x106, "f32x4.relaxed_nmadd",                 NONE, "vvv:v", RELAXED_SIMD, none()),
    F64X2_RELAXED_MADD                  (0xfd, 0x107, "f64x2.relaxed_madd",                  NONE, "vvv:v", RELAXED_SIMD, none()),
    F64X2_RELAXED_NMADD                 (0xfd, 0x108, "f64x2.relaxed_nmadd",                 NONE, "vvv:v", RELAXED_SIMD, none()),
    I8X16_RELAXED_LANESELECT            (0xfd, 0x109, "i8x16.relaxed_laneselect",            NONE, "vvv:v", RELAXED_SIMD, none()),
    I16X8_RELAXED_LANESELECT            (0xfd, 0x10a, "i16x8.relaxed_laneselect",            NONE, "vvv:v", RELAXED_SIMD, none()),
    I32X4_RELAXED_LANESELECT            (0xfd, 0x10b, "i32x4.relaxed_laneselect",            NONE, "vvv:v", RELAXED_SIMD, none()),
    I64X2_RELAXED_LANESELECT            (0xfd, 0x10c, "i64x2.relaxed_laneselect",            NONE, "vvv:v", RELAXED_SIMD, none()),
    F32X4_RELAXED_MIN                   (0xfd, 0x10d, "f32x4.relaxed_min",                   NONE, "vv:v",  RELAXED_SIMD, none()),
    F32X4_RELAXED_MAX                   (0xfd, 0x10e, "f32x4.relaxed_max",                   NONE, "vv:v",  RELAXED_SIMD, none()),
    F64X2_RELAXED_MIN                   (0xfd, 0x10f, "f64x2.relaxed_min",                   NONE, "vv:v",  RELAXED_SIMD, none()),
    F64X2_RELAXED_MAX                   (0xfd, 0x110, "f64x2.relaxed_max",                   NONE, "vv:v",  RELAXED_SIMD, none()),
    I16X8_RELAXED_Q15MULR_S             (0xfd, 0x111, "i16x8.relaxed_q15mulr_s",             NONE, "vv:v",  RELAXED_SIMD, none()),
    I16X8_RELAXED_DOT_I8X16_I7X16_S     (0xfd, 0x112, "i16x8.relaxed_dot_i8x16_i7x16_s",     NONE, "vv:v",  RELAXED_SIMD, none()),
    I32X4_RELAXED_DOT_I8X16_I7X16_ADD_S (0xfd, 0x113, "i32x4.relaxed_dot_i8x16_i7x16_add_s", NONE, "vvv:v", RELAXED_SIMD, none()),

    // Atomics.
    MEMORY_ATOMIC_NOTIFY       (0xfe, 0x00, "memory.atomic.notify",       MEMARG, "ai:i",  THREADS, none()),
    MEMORY_ATOMIC_WAIT32       (0xfe, 0x01, "memory.atomic.wait32",       MEMARG, "ail:i", THREADS, none()),
    MEMORY_ATOMIC_WAIT64       (0xfe, 0x02, "memory.atomic.wait64",       MEMARG, "all:i", THREADS, none()),
    ATOMIC_FENCE               (0xfe, 0x03, "atomic.fence",               ZERO,   ":",     THREADS, none()),
    I32_ATOMIC_LOAD            (0xfe, 0x10, "i32.atomic.load",            MEMARG, "a:i",   THREADS, none()),
    I64_ATOMIC_LOAD            (0xfe, 0x11, "i64.atomic.load",            MEMARG, "a:l",   THREADS, none()),
    I32_ATOMIC_LOAD8_U         (0xfe, 0x12, "i32.atomic.load8_u",         MEMARG, "a:i",   THREADS, none()),
    I32_ATOMIC_LOAD16_U        (0xfe, 0x13, "i32.atomic.load16_u",        MEMARG, "a:i",   THREADS, none()),
    I64_ATOMIC_LOAD8_U         (0xfe, 0x14, "i64.atomic.load8_u",         MEMARG, "a:l",   THREADS, none()),
    I64_ATOMIC_LOAD16_U        (0xfe, 0x15, "i64.atomic.load16_u",        MEMARG, "a:l",   THREADS, none()),
    I64_ATOMIC_LOAD32_U        (0xfe, 0x16, "i64.atomic.load32_u",        MEMARG, "a:l",   THREADS, none()),
    I32_ATOMIC_STORE           (0xfe, 0x17, "i32.atomic.store",           MEMARG, "ai:",   THREADS, none()),
    I64_ATOMIC_STORE           (0xfe, 0x18, "i64.atomic.store",           MEMARG, "al:",   THREADS, none()),
    I32_ATOMIC_STORE8          (0xfe, 0x19, "i32.atomic.store8",          MEMARG, "ai:",   THREADS, none()),
    I32_ATOMIC_STORE16         (0xfe, 0x1a, "i32.atomic.store16",         MEMARG, "ai:",   THREADS, none()),
    I64_ATOMIC_STORE8          (0xfe, 0x1b, "i64.atomic.store8",          MEMARG, "al:",   THREADS, none()),
    I64_ATOMIC_STORE16         (0xfe, 0x1c, "i64.atomic.store16",         MEMARG, "al:",   THREADS, none()),
    I64_ATOMIC_STORE32         (0xfe, 0x1d, "i64.atomic.store32",         MEMARG, "al:",   THREADS, none()),
    I32_ATOMIC_RMW_ADD         (0xfe, 0x1e, "i32.atomic.rmw.add",         MEMARG, "ai:i",  THREADS, none()),
    I64_ATOMIC_RMW_ADD         (0xfe, 0x1f, "i64.atomic.rmw.add",         MEMARG, "al:l",  THREADS, none()),
    I32_ATOMIC_RMW8_ADD_U      (0xfe, 0x20, "i32.atomic.rmw8.add_u",      MEMARG, "ai:i",  THREADS, none()),
    I32_ATOMIC_RMW16_ADD_U     (0xfe, 0x21, "i32.atomic.rmw16.add_u",     MEMARG, "ai:i",  THREADS, none()),
    I64_ATOMIC_RMW8_ADD_U      (0xfe, 0x22, "i64.atomic.rmw8.add_u",      MEMARG, "al:l",  THREADS, none()),
    I64_ATOMIC_RMW16_ADD_U     (0xfe, 0x23, "i64.atomic.rmw16.add_u",     MEMARG, "al:l",  THREADS, none()),
    I64_ATOMIC_RMW32_ADD_U     (0xfe, 0x24, "i64.atomic.rmw32.add_u",     MEMARG, "al:l",  THREADS, none()),
    I32_ATOMIC_RMW_SUB         (0xfe, 0x25, "i32.atomic.rmw.sub",         MEMARG, "ai:i",  THREADS, none()),
    I64_ATOMIC_RMW_SUB         (0xfe, 0x26, "i64.atomic.rmw.sub",         MEMARG, "al:l",  THREADS, none()),
    I32_ATOMIC_RMW8_SUB_U      (0xfe, 0x27, "i32.atomic.rmw8.sub_u",      MEMARG, "ai:i",  THREADS, none()),
    I32_ATOMIC_RMW16_SUB_U     (0xfe, 0x28, "i32.atomic.rmw16.sub_u",     MEMARG, "ai:i",  THREADS, none()),
    I64_ATOMIC_RMW8_SUB_U      (0xfe, 0x29, "i64.atomic.rmw8.sub_u",      MEMARG, "al:l",  THREADS, none()),
    I64_ATOMIC_RMW16_SUB_U     (0xfe, 0x2a, "i64.atomic.rmw16.sub_u",     MEMARG, "al:l",  THREADS, none()),
    I64_ATOMIC_RMW32_SUB_U     (0xfe, 0x2b, "i64.atomic.rmw32.sub_u",     MEMARG, "al:l",  THREADS, none()),
    I32_ATOMIC_RMW_AND         (0xfe, 0x2c, "i32.atomic.rmw.and",         MEMARG, "ai:i",  THREADS, none()),
    I64_ATOMIC_RMW_AND         (0xfe, 0x2d, "i64.atomic.rmw.and",         MEMARG, "al:l",  THREADS, none()),
    I32_ATOMIC_RMW8_AND_U      (0xfe, 0x2e, "i32.atomic.rmw8.and_u",      MEMARG, "ai:i",  THREADS, none()),
    I32_ATOMIC_RMW16_AND_U     (0xfe, 0x2f, "i32.atomic.rmw16.and_u",     MEMARG, "ai:i",  THREADS, none()),
    I64_ATOMIC_RMW8_AND_U      (0xfe, 0x30, "i64.atomic.rmw8.and_u",      MEMARG, "al:l",  THREADS, none()),
    I64_ATOMIC_RMW16_AND_U     (0xfe, 0x31, "i64.atomic.rmw16.and_u",     MEMARG, "al:l",  THREADS, none()),
    I64_ATOMIC_RMW32_AND_U     (0xfe, 0x32, "i64.atomic.rmw32.and_u",     MEMARG, "al:l",  THREADS, none()),
    I32_ATOMIC_RMW_OR          (0xfe, 0x33, "i32.atomic.rmw.or",          MEMARG, "ai:i",  THREADS, none()),
    I64_ATOMIC_RMW_OR          (0xfe, 0x34, "i64.atomic.rmw.or",          MEMARG, "al:l",  THREADS, none()),
    I32_ATOMIC_RMW8_OR_U       (0xfe, 0x35, "i32.atomic.rmw8.or_u",       MEMARG, "ai:i",  THREADS, none()),
    I32_ATOMIC_RMW16_OR_U      (0xfe, 0x36, "i32.atomic.rmw16.or_u",      MEMARG, "ai:i",  THREADS, none()),
    I64_ATOMIC_RMW8_OR_U       (0xfe, 0x37, "i64.atomic.rmw8.or_u",       MEMARG, "al:l",  THREADS, none()),
    I64_ATOMIC_RMW16_OR_U      (0xfe, 0x38, "i64.atomic.rmw16.or_u",      MEMARG, "al:l",  THREADS, none()),
    I64_ATOMIC_RMW32_OR_U      (0xfe, 0x39, "i64.atomic.rmw32.or_u",      MEMARG, "al:l",  THREADS, none()),
    I32_ATOMIC_RMW_XOR         (0xfe, 0x3a, "i32.atomic.rmw.xor",         MEMARG, "ai:i",  THREADS, none()),
    I64_ATOMIC_RMW_XOR         (0xfe, 0x3b, "i64.atomic.rmw.xor",         MEMARG, "al:l",  THREADS, none()),
    I32_ATOMIC_RMW8_XOR_U      (0xfe, 0x3c, "i32.atomic.rmw8.xor_u",      MEMARG, "ai:i",  THREADS, none()),
    I32_ATOMIC_RMW16_XOR_U     (0xfe, 0x3d, "i32.atomic.rmw16.xor_u",     MEMARG, "ai:i",  THREADS, none()),
    I64_ATOMIC_RMW8_XOR_U      (0xfe, 0x3e, "i64.atomic.rmw8.xor_u",      MEMARG, "al:l",  THREADS, none()),
    I64_ATOMIC_RMW16_XOR_U     (0xfe, 0x3f, "i64.atomic.rmw16.xor_u",     MEMARG, "al:l",  THREADS, none()),
    I64_ATOMIC_RMW32_XOR_U     (0xfe, 0x40, "i64.atomic.rmw32.xor_u",     MEMARG, "al:l",  THREADS, none()),
    I32_ATOMIC_RMW_XCHG        (0xfe, 0x41, "i32.atomic.rmw.xchg",        MEMARG, "ai:i",  THREADS, none()),
    I64_ATOMIC_RMW_XCHG        (0xfe, 0x42, "i64.atomic.rmw.xchg",        MEMARG, "al:l",  THREADS, none()),
    I32_ATOMIC_RMW8_XCHG_U     (0xfe, 0x43, "i32.atomic.rmw8.xchg_u",     MEMARG, "ai:i",  THREADS, none()),
    I32_ATOMIC_RMW16_XCHG_U    (0xfe, 0x44, "i32.atomic.rmw16.xchg_u",    MEMARG, "ai:i",  THREADS, none()),
    I64_ATOMIC_RMW8_XCHG_U     (0xfe, 0x45, "i64.atomic.rmw8.xchg_u",     MEMARG, "al:l",  THREADS, none()),
    I64_ATOMIC_RMW16_XCHG_U    (0xfe, 0x46, "i64.atomic.rmw16.xchg_u",    MEMARG, "al:l",  THREADS, none()),
    I64_ATOMIC_RMW32_XCHG_U    (0xfe, 0x47, "i64.atomic.rmw32.xchg_u",    MEMARG, "al:l",  THREADS, none()),
    I32_ATOMIC_RMW_CMPXCHG     (0xfe, 0x48, "i32.atomic.rmw.cmpxchg",     MEMARG, "aii:i", THREADS, none()),
    I64_ATOMIC_RMW_CMPXCHG     (0xfe, 0x49, "i64.atomic.rmw.cmpxchg",     MEMARG, "all:l", THREADS, none()),
    I32_ATOMIC_RMW8_CMPXCHG_U  (0xfe, 0x4a, "i32.atomic.rmw8.cmpxchg_u",  MEMARG, "aii:i", THREADS, none()),
    I32_ATOMIC_RMW16_CMPXCHG_U (0xfe, 0x4b, "i32.atomic.rmw16.cmpxchg_u", MEMARG, "aii:i", THREADS, none()),
    I64_ATOMIC_RMW8_CMPXCHG_U  (0xfe, 0x4c, "i64.atomic.rmw8.cmpxchg_u",  MEMARG, "all:l", THREADS, none()),
    I64_ATOMIC_RMW16_CMPXCHG_U (0xfe, 0x4d, "i64.atomic.rmw16.cmpxchg_u", MEMARG, "all:l", THREADS, none()),
    I64_ATOMIC_RMW32_CMPXCHG_U (0xfe, 0x4e, "i64.atomic.rmw32.cmpxchg_u", MEMARG, "all:l", THREADS, none());

    /** The first byte of instructions on structures and arrays. */
    public static final int GC_PREFIX = 0xfb;

    /** The first byte of conversions that saturate, of bulk memory and of wide arithmetic. */
    public static final int MISC_PREFIX = 0xfc;

    /** The first byte of vector instructions. */
    public static final int VECTOR_PREFIX = 0xfd;

    /** The first byte of atomic instructions. */
    public static final int ATOMIC_PREFIX = 0xfe;

    /** The byte before the code, or 0 when the code is the only byte. */
    public final int prefix;

    /** The byte, or behind a prefix the LEB128 number, that tells the instruction. */
    public final int code;

    /** The name in the text format; three instructions share theirs with a variant. */
    public final String mnemonic;

    /** What follows the opcode. */
    public final Immediate immediate;

    /** What is popped and pushed, or null when a rule of its own says that. */
    public final @Nullable String stack;

    /** What brought it into WebAssembly. */
    public final Feature feature;

    /** How it is compiled; see {@link Lowering}. */
    public final int lowering;

    /** {@link #stack} in four bits a type; 0 when that is null. See {@link #popCount} and the methods behind it. */
    private final int signature;

    Opcode(
            int prefix,
            int code,
            String mnemonic,
            Immediate immediate,
            @Nullable String stack,
            Feature feature,
            int lowering) {
        this.prefix = prefix;
        this.code = code;
        this.mnemonic = mnemonic;
        this.immediate = immediate;
        this.stack = stack;
        this.feature = feature;
        this.lowering = lowering;
        this.signature = stack == null ? 0 : pack(stack);
    }

    /** {@return the instruction, or null when there is none} {@code prefix} is 0 or one of the prefixes. */
    public static @Nullable Opcode of(int prefix, int code) {
        @Nullable Opcode[] codes = Lookup.codes(prefix);
        return codes != null && code >= 0 && code < codes.length ? codes[code] : null;
    }

    /** {@return the instruction of one byte without prefix, or null when there is none} */
    public static @Nullable Opcode of(int code) {
        return Lookup.PLAIN[code];
    }

    /** {@return whether the module may use it} */
    public boolean compiled() {
        return lowering != Lowering.NONE;
    }

    /** {@return whether {@link #stack} says all about what is popped and pushed} */
    public boolean hasSignature() {
        return stack != null;
    }

    /** {@return the number of operands popped, 0 when there is no signature} */
    public int popCount() {
        return signature & 0xf;
    }

    /** {@return the number of results pushed, 0 when there is no signature} */
    public int pushCount() {
        return signature >>> 4 & 0xf;
    }

    /** {@return the type of an operand as 1..6 = i l f d v a; the last is the top of the stack} */
    public int pop(int index) {
        return signature >>> (8 + 3 * index) & 7;
    }

    /** {@return the type of a result as {@link #pop} does} */
    public int push(int index) {
        return pop(popCount() + index);
    }

    private static int pack(String stack) {
        int packed = 0;
        int pops = 0;
        int count = 0;
        for (int i = 0; i < stack.length(); i++) {
            char letter = stack.charAt(i);
            if (letter == ':') {
                pops = count;
            } else {
                packed |= ("ilfdva".indexOf(letter) + 1) << (8 + 3 * count);
                count++;
            }
        }
        return packed | (count - pops) << 4 | pops;
    }

    /** The table by code; a class of its own because an enum's constants are made before its static fields. */
    private static final class Lookup {
        static final @Nullable Opcode[] PLAIN = new Opcode[0x100];
        static final @Nullable Opcode[] GC_CODES = new Opcode[0x20];
        static final @Nullable Opcode[] MISC = new Opcode[0x20];
        static final @Nullable Opcode[] VECTOR = new Opcode[0x120];
        static final @Nullable Opcode[] ATOMIC = new Opcode[0x50];

        static {
            for (Opcode opcode : values()) {
                @Nullable Opcode[] codes = codes(opcode.prefix);
                if (codes != null) {
                    codes[opcode.code] = opcode;
                }
            }
        }

        static @Nullable Opcode @Nullable [] codes(int prefix) {
            return switch (prefix) {
                case 0 -> PLAIN;
                case GC_PREFIX -> GC_CODES;
                case MISC_PREFIX -> MISC;
                case VECTOR_PREFIX -> VECTOR;
                case ATOMIC_PREFIX -> ATOMIC;
                default -> null;
            };
        }
    }
}
