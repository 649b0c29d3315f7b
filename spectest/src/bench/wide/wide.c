// A wide interpreter: a register machine of some 430 opcodes in one function, as real interpreters are built, together
// with programs it runs. What it is for: one switch with that many targets is the hardest shape for a compiler to
// methods of limited size. It measures and tests; it is no product.
//
// Values are slots of 8 bytes: i32 (I_), i64 (L_), f64 (F_), or numbers of dynamic type (D_), boxed in NaNs. Instructions
// are four halfwords: opcode, a, b, c. r[a] is usually the destination; a jump's distance is c, counted from the next
// instruction. Each loop costs fuel; when it is used up the machine gives up its host's stack and is entered again.
//
// Built by build-wasm beside this file. With -DWIDE_COUNT it is a native program that says which opcodes ran how often.
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef union {
  int32_t i;
  uint32_t u;
  int64_t l;
  uint64_t w;
  double d;
} Slot;

typedef struct {
  uint16_t op, a, b, c;
} Insn;

// ---------------------------------------------------------------------------------------------------- the opcodes
// Families: each row is a name and what it does, and the rows make the enumeration, the cases and the lists of the tour.

#define I_BINARY(X)                                                                                                     \
  X(ADD, x + y) X(SUB, x - y) X(MUL, x *y) X(AND, x &y) X(OR, x | y) X(XOR, x ^ y) X(ANDN, x & ~y) X(SHL, x << (y & 31)) \
  X(SHR, (uint32_t)((int32_t)x >> (y & 31))) X(SHRU, x >> (y & 31)) X(ROTL, rotl32(x, y))                               \
  X(MIN, (int32_t)x < (int32_t)y ? x : y) X(MAX, (int32_t)x > (int32_t)y ? x : y)
#define I_DIVIDING(X)                                                                                                   \
  X(DIV, (uint32_t)divide32(x, y)) X(DIVU, x / y) X(REM, (uint32_t)remainder32(x, y)) X(REMU, x % y)
#define I_UNARY(X)                                                                                                      \
  X(NEG, -x) X(NOT, ~x) X(ABS, (int32_t)x < 0 ? -x : x) X(EQZ, x == 0) X(CLZ, x ? (uint32_t)__builtin_clz(x) : 32)      \
  X(CTZ, x ? (uint32_t)__builtin_ctz(x) : 32) X(POPCNT, (uint32_t)__builtin_popcount(x))                                \
  X(EXT8, (uint32_t)(int8_t)x) X(EXT16, (uint32_t)(int16_t)x) X(SWAP, __builtin_bswap32(x))
#define I_COMPARE(X)                                                                                                    \
  X(EQ, x == y) X(NE, x != y) X(LT, (int32_t)x < (int32_t)y) X(LE, (int32_t)x <= (int32_t)y)                            \
  X(GT, (int32_t)x > (int32_t)y) X(GE, (int32_t)x >= (int32_t)y) X(LTU, x < y) X(GEU, x >= y)

#define L_BINARY(X)                                                                                                     \
  X(ADD, x + y) X(SUB, x - y) X(MUL, x *y) X(AND, x &y) X(OR, x | y) X(XOR, x ^ y) X(ANDN, x & ~y) X(SHL, x << (y & 63)) \
  X(SHR, (uint64_t)((int64_t)x >> (y & 63))) X(SHRU, x >> (y & 63)) X(ROTL, rotl64(x, y))                               \
  X(MIN, (int64_t)x < (int64_t)y ? x : y) X(MAX, (int64_t)x > (int64_t)y ? x : y)
#define L_DIVIDING(X)                                                                                                   \
  X(DIV, (uint64_t)divide64(x, y)) X(DIVU, x / y) X(REM, (uint64_t)remainder64(x, y)) X(REMU, x % y)
#define L_UNARY(X)                                                                                                      \
  X(NEG, -x) X(NOT, ~x) X(EQZ, x == 0) X(CLZ, x ? (uint64_t)__builtin_clzll(x) : 64)                                    \
  X(CTZ, x ? (uint64_t)__builtin_ctzll(x) : 64) X(POPCNT, (uint64_t)__builtin_popcountll(x))                            \
  X(EXT32, (uint64_t)(int32_t)x) X(MIX, (x ^ x >> 29) * 0xbf58476d1ce4e5b9u)
#define L_COMPARE(X)                                                                                                    \
  X(EQ, x == y) X(NE, x != y) X(LT, (int64_t)x < (int64_t)y) X(LE, (int64_t)x <= (int64_t)y)                            \
  X(GT, (int64_t)x > (int64_t)y) X(GE, (int64_t)x >= (int64_t)y) X(LTU, x < y) X(GEU, x >= y)

#define F_BINARY(X)                                                                                                     \
  X(ADD, x + y) X(SUB, x - y) X(MUL, x *y) X(DIV, x / y) X(MIN, x < y ? x : y) X(MAX, x > y ? x : y)
#define F_UNARY(X)                                                                                                      \
  X(NEG, -x) X(ABS, fabs(x)) X(SQRT, sqrt(fabs(x))) X(FLOOR, floor(x)) X(CEIL, ceil(x)) X(TRUNC, trunc(x))             \
  X(NEAREST, rint(x)) X(RECIP, 1 / x)
#define F_COMPARE(X) X(EQ, x == y) X(NE, x != y) X(LT, x < y) X(LE, x <= y) X(GT, x > y) X(GE, x >= y)

// Name, type in memory, field of the slot.
#define LOADS(X)                                                                                                        \
  X(U8, uint8_t, u) X(S8, int8_t, i) X(U16, uint16_t, u) X(S16, int16_t, i) X(I32, int32_t, i) X(L32, int32_t, l)       \
  X(LU32, uint32_t, w) X(I64, int64_t, l) X(F64, double, d)
#define STORES(X) X(I8, uint8_t, u) X(I16, uint16_t, u) X(I32, uint32_t, u) X(I64, uint64_t, w) X(F64, double, d)

// A register and a place in memory: operation, type in memory, field.
#define WITH_MEMORY(X)                                                                                                  \
  X(I_ADD, +, uint32_t, u) X(I_SUB, -, uint32_t, u) X(I_MUL, *, uint32_t, u) X(I_AND, &, uint32_t, u)                   \
  X(I_OR, |, uint32_t, u) X(I_XOR, ^, uint32_t, u) X(L_ADD, +, uint64_t, w) X(L_SUB, -, uint64_t, w)                    \
  X(L_MUL, *, uint64_t, w) X(L_XOR, ^, uint64_t, w)
#define F_WITH_MEMORY(X) X(F_ADD, +, double, d) X(F_SUB, -, double, d) X(F_MUL, *, double, d)

#define D_ARITHMETIC(X) X(ADD, __builtin_add_overflow, +) X(SUB, __builtin_sub_overflow, -) X(MUL, __builtin_mul_overflow, *)
#define D_COMPARE(X) X(EQ, ==) X(NE, !=) X(LT, <) X(LE, <=) X(GT, >) X(GE, >=)
#define D_BITS(X)                                                                                                       \
  X(AND, x &y) X(OR, x | y) X(XOR, x ^ y) X(SHL, (int32_t)((uint32_t)x << (y & 31))) X(SHR, x >> (y & 31))

#define ACC_BINARY(X) X(ADD, +) X(SUB, -) X(MUL, *) X(AND, &) X(OR, |) X(XOR, ^)
#define FACC_BINARY(X) X(ADD, +) X(SUB, -) X(MUL, *) X(DIV, /)

#define SINGLE(X)                                                                                                       \
  X(HALT) X(JMP) X(MOV) X(MOV2) X(MOVN) X(LDI) X(LDIL) X(LDK) X(LDZ) X(LDF) X(SELECT) X(SELECTL) X(JZ) X(JNZ) X(JZL)    \
  X(JNZL) X(I_MADD) X(I_MSUB) X(L_MADD) X(F_MADD) X(F_MSUB) X(F_MADDK) X(I_INC) X(I_DEC) X(L_INC) X(L_DEC)              \
  X(I2L) X(U2L) X(L2I) X(I2F) X(U2F) X(L2F) X(F2I) X(F2L) X(F2BITS) X(BITS2F)                                           \
  X(LOOP_I) X(LOOP_K) X(LOOP_S) X(LOOP_L) X(DOWN_I) X(DOWN_L) X(SWITCH) X(CALL) X(CALLR) X(TAIL) X(RET) X(RETR) X(RETK) \
  X(NATIVE) X(GETG) X(SETG) X(ADDG) X(ACC_LD) X(ACC_ST) X(ACC_LDI) X(ACC_HASH) X(ACC_MADD) X(FACC_LD) X(FACC_ST)        \
  X(FACC_MADD) X(FACC_SQRT) X(PUSH) X(POP) X(PUSHI) X(DUP) X(EXCH) X(S_ADD) X(S_SUB) X(S_MUL) X(S_XOR) X(S_LT) X(S_JZ)  \
  X(S_FADD) X(S_FMUL) X(LD8_JZ) X(LD8P_JZ) X(LD8P) X(LD32P) X(LD64P) X(ST8P) X(ST32P) X(ST64P) X(FNV) X(DOT) X(AXPY)    \
  X(SWAP32) X(COPY) X(FILL) X(D_BOXI) X(D_BOXF) X(D_TOI) X(D_TOF) X(D_DIV) X(D_MOD) X(D_NEG) X(D_INC) X(D_DEC) X(D_ADDI) \
  X(D_SUBI) X(D_MULI) X(D_JTRUE) X(D_JFALSE) X(D_GET) X(D_SET) X(D_LEN) X(D_PUSH)

#define ROW_I(n, ...) I_##n,
#define ROW_IC(n, ...) I_##n##C,
#define ROW_IK(n, ...) I_##n##K,
#define ROW_ISET(n, ...) I_SET_##n, I_SETC_##n,
#define ROW_IJ(n, ...) I_J##n,
#define ROW_IJC(n, ...) I_J##n##C,
#define ROW_L(n, ...) L_##n,
#define ROW_LC(n, ...) L_##n##C,
#define ROW_LSET(n, ...) L_SET_##n,
#define ROW_LSETC(n, ...) L_SETC_##n,
#define ROW_LJ(n, ...) L_J##n,
#define ROW_LJC(n, ...) L_J##n##C,
#define ROW_F(n, ...) F_##n,
#define ROW_FK(n, ...) F_##n##K,
#define ROW_FSET(n, ...) F_SET_##n,
#define ROW_FSETK(n, ...) F_SETK_##n,
#define ROW_FJK(n, ...) F_J##n##K,
#define ROW_FJ(n, ...) F_J##n,
#define ROW_LDO(n, ...) LD_##n##_O,
#define ROW_LDX(n, ...) LD_##n##_X,
#define ROW_LDS(n, ...) LD_##n##_S,
#define ROW_STO(n, ...) ST_##n##_O,
#define ROW_STX(n, ...) ST_##n##_X,
#define ROW_STS(n, ...) ST_##n##_S,
#define ROW_RMS(n, ...) RMS_##n,
#define ROW_MRS(n, ...) MRS_##n,
#define ROW_RM(n, ...) RM_##n,
#define ROW_MR(n, ...) MR_##n,
#define ROW_D(n, ...) D_##n,
#define ROW_DSET(n, ...) D_SET_##n,
#define ROW_DC(n, ...) D_##n##C,
#define ROW_DSETC(n, ...) D_SETC_##n,
#define ROW_DJC(n, ...) D_J##n##C,
#define ROW_DJ(n, ...) D_J##n,
#define ROW_ACC(n, ...) ACC_##n,
#define ROW_FACC(n, ...) FACC_##n,
#define ROW_SINGLE(n) n,

enum {
  SINGLE(ROW_SINGLE) I_BINARY(ROW_I) I_BINARY(ROW_IC) I_DIVIDING(ROW_I) I_DIVIDING(ROW_IC) I_UNARY(ROW_I)
  I_COMPARE(ROW_ISET) I_COMPARE(ROW_IJ) I_COMPARE(ROW_IJC) L_BINARY(ROW_L) L_BINARY(ROW_LC) L_DIVIDING(ROW_L)
  L_DIVIDING(ROW_LC) L_COMPARE(ROW_LSETC) F_COMPARE(ROW_FSETK) F_COMPARE(ROW_FJK) D_BITS(ROW_DC)
  D_COMPARE(ROW_DSETC) D_COMPARE(ROW_DJC) WITH_MEMORY(ROW_RMS) F_WITH_MEMORY(ROW_RMS) WITH_MEMORY(ROW_MRS)
  L_UNARY(ROW_L) L_COMPARE(ROW_LSET) L_COMPARE(ROW_LJ) L_COMPARE(ROW_LJC) F_BINARY(ROW_F) F_BINARY(ROW_FK)
  F_UNARY(ROW_F) F_COMPARE(ROW_FSET) F_COMPARE(ROW_FJ) LOADS(ROW_LDO) LOADS(ROW_LDX) LOADS(ROW_LDS)
  STORES(ROW_STO) STORES(ROW_STX) STORES(ROW_STS) WITH_MEMORY(ROW_RM) F_WITH_MEMORY(ROW_RM) WITH_MEMORY(ROW_MR)
  F_WITH_MEMORY(ROW_MR) D_ARITHMETIC(ROW_D)
  D_BITS(ROW_D) D_COMPARE(ROW_DSET) D_COMPARE(ROW_DJ) ACC_BINARY(ROW_ACC) FACC_BINARY(ROW_FACC) OPCODE_COUNT
};

// ---------------------------------------------------------------------------------------------------- the machine

enum { MEMORY = 1 << 16, SLOTS = 4096, STACK = 256, CALLS = 512, CONSTANTS = 64, GLOBALS = 16, CODE = 4096, FUNCTIONS = 32 };
enum { DONE, OUT_OF_FUEL, FAULT };

typedef struct {
  const Insn *pc;
  Slot *fp;
} Frame;

typedef struct Vm Vm;
typedef int64_t (*Native)(Vm *vm, int64_t x);

struct Vm {
  const Insn *pc;
  Slot *fp, *sp;
  Frame *frame;
  int64_t acc;
  double facc;
  uint64_t jumps;
  uint32_t limit;
  const Native *natives;
  const Insn *functions[FUNCTIONS];
  Slot constants[CONSTANTS];
  Slot globals[GLOBALS];
  Slot slots[SLOTS];
  Slot stack[STACK];
  Frame frames[CALLS];
  uint8_t memory[MEMORY];
};

static inline uint32_t rotl32(uint32_t x, uint32_t n) { return x << (n & 31) | x >> (-n & 31); }
static inline uint64_t rotl64(uint64_t x, uint64_t n) { return x << (n & 63) | x >> (-n & 63); }
static inline int32_t divide32(uint32_t x, uint32_t y) { return y == ~0u ? (int32_t)-x : (int32_t)x / (int32_t)y; }
static inline int32_t remainder32(uint32_t x, uint32_t y) { return y == ~0u ? 0 : (int32_t)x % (int32_t)y; }
static inline int64_t divide64(uint64_t x, uint64_t y) { return y == ~0ull ? (int64_t)-x : (int64_t)x / (int64_t)y; }
static inline int64_t remainder64(uint64_t x, uint64_t y) { return y == ~0ull ? 0 : (int64_t)x % (int64_t)y; }
static inline int32_t to_i32(double x) { return x > -2147483648.0 && x < 2147483647.0 ? (int32_t)x : 0; }
static inline int64_t to_i64(double x) { return x > -9e18 && x < 9e18 ? (int64_t)x : 0; }

// Numbers of dynamic type: an int in the low half of a NaN that no operation gives, or else a double.
#define BOX 0xfff9000000000000u
static inline int is_int(Slot v) { return v.w >> 48 == BOX >> 48; }
static inline Slot box_int(int32_t i) { return (Slot){.w = BOX | (uint32_t)i}; }
static inline Slot box_double(double d) { return (Slot){.d = d}; }
static inline double number(Slot v) { return is_int(v) ? (double)v.i : v.d; }
static inline int32_t integer(Slot v) { return is_int(v) ? v.i : to_i32(v.d); }

__attribute__((noinline)) static Slot slow_mod(Slot x, Slot y) { return box_double(fmod(number(x), number(y))); }

#ifdef WIDE_COUNT
static uint64_t counts[OPCODE_COUNT];
#define COUNT(op) counts[op]++
#else
#define COUNT(op) (void)0
#endif

#define A fp[in->a]
#define B fp[in->b]
#define C fp[in->c]
#define IMM_B ((int16_t)in->b)
#define IMM_C ((int16_t)in->c)
#define AT(type, address) (*(type *)(memory + (address)))
#define CHECK(address, bytes) do { if ((uint64_t)(address) + (bytes) > limit) goto fault; } while (0)
// Jumps backward cost fuel: a machine that serves others must be able to stop a program.
#define JUMP(distance) do { int32_t d_ = (distance); pc += d_; jumps++; if (d_ < 0 && --fuel <= 0) goto out_of_fuel; } while (0)

__attribute__((noinline)) static int execute(Vm *vm, int64_t fuel) {
  const Insn *pc = vm->pc;
  Slot *fp = vm->fp, *sp = vm->sp;
  Frame *frame = vm->frame;
  Frame *const last_frame = vm->frames + CALLS - 1;
  Slot *const last_slot = vm->slots + SLOTS - 64;
  Slot *const last_stack = vm->stack + STACK - 2;
  uint8_t *const memory = vm->memory;
  const uint32_t limit = vm->limit;
  const Slot *const constants = vm->constants;
  Slot *const globals = vm->globals;
  int64_t acc = vm->acc;
  double facc = vm->facc;
  uint64_t jumps = vm->jumps;
  int status;

  for (;;) {
    const Insn *in = pc++;
    COUNT(in->op);
    switch (in->op) {
      case HALT: status = DONE; goto leave;
      case JMP: JUMP(IMM_C); break;
      case MOV: A = B; break;
      case MOV2: A = B; fp[in->a + 1] = C; break;
      case MOVN: for (uint32_t j = 0; j < in->c; j++) fp[in->a + j] = fp[in->b + j]; break;
      case LDI: A.i = IMM_B; break;
      case LDIL: A.l = IMM_B; break;
      case LDK: A = constants[in->b]; break;
      case LDZ: A.w = 0; break;
      case LDF: A.d = IMM_B; break;
      case SELECT: A = A.i ? B : C; break;
      case SELECTL: A = A.l ? B : C; break;
      case JZ: if (A.i == 0) JUMP(IMM_C); break;
      case JNZ: if (A.i != 0) JUMP(IMM_C); break;
      case JZL: if (A.l == 0) JUMP(IMM_C); break;
      case JNZL: if (A.l != 0) JUMP(IMM_C); break;
      case I_MADD: A.u += B.u * C.u; break;
      case I_MSUB: A.u -= B.u * C.u; break;
      case L_MADD: A.w += B.w * C.w; break;
      case F_MADD: A.d += B.d * C.d; break;
      case F_MSUB: A.d -= B.d * C.d; break;
      case F_MADDK: A.d = A.d * B.d + constants[in->c].d; break;
      case I_INC: A.u++; break;
      case I_DEC: A.u--; break;
      case L_INC: A.w++; break;
      case L_DEC: A.w--; break;
      case I2L: A.l = B.i; break;
      case U2L: A.l = B.u; break;
      case L2I: A.i = (int32_t)B.l; break;
      case I2F: A.d = B.i; break;
      case U2F: A.d = B.u; break;
      case L2F: A.d = (double)B.l; break;
      case F2I: A.i = to_i32(B.d); break;
      case F2L: A.l = to_i64(B.d); break;
      case F2BITS: A.w = B.w ^ 0x8000000000000000u; break;
      case BITS2F: A.w = (B.w & 0x800fffffffffffffu) | 0x3ff0000000000000u; break;

      case LOOP_I: if (++A.i < B.i) JUMP(IMM_C); break;
      case LOOP_K: if (++A.i < IMM_B) JUMP(IMM_C); break;
      case LOOP_S: A.i += fp[in->b + 1].i; if (A.i < B.i) JUMP(IMM_C); break;
      case LOOP_L: if (++A.l < B.l) JUMP(IMM_C); break;
      case DOWN_I: if (--A.i != 0) JUMP(IMM_C); break;
      case DOWN_L: if (--A.l != 0) JUMP(IMM_C); break;
      case SWITCH: pc += A.u < in->b ? A.u : in->b; break;

      case CALL:
      case CALLR: {
        uint32_t function = in->op == CALL ? in->b : B.u;
        if (function >= FUNCTIONS || !vm->functions[function] || frame == last_frame || fp + in->a > last_slot) goto fault;
        *++frame = (Frame){pc, fp};
        fp += in->a;
        pc = vm->functions[function];
        if (--fuel <= 0) goto out_of_fuel;
        break;
      }
      case TAIL:
        for (uint32_t j = 0; j < in->c; j++) fp[j] = fp[in->a + j];
        pc = vm->functions[in->b];
        if (--fuel <= 0) goto out_of_fuel;
        break;
      case RETR: fp[0] = A; pc = frame->pc; fp = frame->fp; frame--; break;
      case RETK: fp[0].l = IMM_B; pc = frame->pc; fp = frame->fp; frame--; break;
      case RET: pc = frame->pc; fp = frame->fp; frame--; break;
      case NATIVE: A.l = vm->natives[in->b](vm, C.l); break;

      case GETG: A = globals[in->b]; break;
      case SETG: globals[in->b] = A; break;
      case ADDG: globals[in->b].l += A.l; break;

      case ACC_LD: acc = A.l; break;
      case ACC_ST: A.l = acc; break;
      case ACC_LDI: acc = IMM_B; break;
      case ACC_HASH: acc = (int64_t)(rotl64((uint64_t)acc, 5) ^ A.w * 0x9e3779b97f4a7c15u); break;
      case ACC_MADD: acc += (int64_t)(B.w * C.w); break;
#define CASE(n, o) case ACC_##n: acc = (int64_t)((uint64_t)acc o A.w); break;
      ACC_BINARY(CASE)
#undef CASE
      case FACC_LD: facc = A.d; break;
      case FACC_ST: A.d = facc; break;
      case FACC_MADD: facc += B.d * C.d; break;
      case FACC_SQRT: facc = sqrt(fabs(facc)); break;
#define CASE(n, o) case FACC_##n: facc = facc o A.d; break;
      FACC_BINARY(CASE)
#undef CASE

      case PUSH: if (sp >= last_stack) goto fault; *++sp = A; break;
      case PUSHI: if (sp >= last_stack) goto fault; (++sp)->l = IMM_B; break;
      case POP: if (sp <= vm->stack) goto fault; A = *sp--; break;
      case DUP: if (sp >= last_stack) goto fault; sp[1] = sp[0]; sp++; break;
      case EXCH: { Slot top = sp[0]; sp[0] = sp[-1]; sp[-1] = top; break; }
      case S_ADD: if (sp <= vm->stack + 1) goto fault; sp--; sp->l += sp[1].l; break;
      case S_SUB: if (sp <= vm->stack + 1) goto fault; sp--; sp->l -= sp[1].l; break;
      case S_MUL: if (sp <= vm->stack + 1) goto fault; sp--; sp->w *= sp[1].w; break;
      case S_XOR: if (sp <= vm->stack + 1) goto fault; sp--; sp->w ^= sp[1].w; break;
      case S_LT: if (sp <= vm->stack + 1) goto fault; sp--; sp->l = sp->l < sp[1].l; break;
      case S_FADD: if (sp <= vm->stack + 1) goto fault; sp--; sp->d += sp[1].d; break;
      case S_FMUL: if (sp <= vm->stack + 1) goto fault; sp--; sp->d *= sp[1].d; break;
      case S_JZ: if (sp <= vm->stack) goto fault; if ((sp--)->l == 0) JUMP(IMM_C); break;

      case LD8_JZ: CHECK(B.u, 1); A.u = memory[B.u]; if (A.u == 0) JUMP(IMM_C); break;
      case LD8P_JZ: CHECK(B.u, 1); A.u = memory[B.u++]; if (A.u == 0) JUMP(IMM_C); break;
      case LD8P: CHECK(B.u, 1); A.u = memory[B.u++]; break;
      case LD32P: CHECK(B.u, 4); A.i = AT(int32_t, B.u); B.u += 4; break;
      case LD64P: CHECK(B.u, 8); A.l = AT(int64_t, B.u); B.u += 8; break;
      case ST8P: CHECK(B.u, 1); memory[B.u++] = (uint8_t)A.u; break;
      case ST32P: CHECK(B.u, 4); AT(uint32_t, B.u) = A.u; B.u += 4; break;
      case ST64P: CHECK(B.u, 8); AT(uint64_t, B.u) = A.w; B.u += 8; break;
      case FNV: CHECK(B.u, 1); A.u = (A.u ^ memory[B.u++]) * 16777619u; break;
      case DOT: {  // r[a] += f64[b + 8 * r[c]] * f64[next.a + 8 * r[next.b]]; then r[c]++, r[next.b] += next.c
        const Insn *next = pc++;
        uint32_t x = B.u + C.u * 8, y = fp[next->a].u + fp[next->b].u * 8;
        CHECK(x, 8);
        CHECK(y, 8);
        A.d += AT(double, x) * AT(double, y);
        C.u++;
        fp[next->b].u += next->c;
        break;
      }
      case AXPY: {  // f64[c + 8 * r[next.a]] += r[a] * f64[b + 8 * r[next.a]]
        uint32_t at = fp[(pc++)->a].u * 8, x = B.u + at, y = C.u + at;
        CHECK(x, 8);
        CHECK(y, 8);
        AT(double, y) += A.d * AT(double, x);
        break;
      }
      case SWAP32: {  // i32[r[a] + 4 * r[b]] and i32[r[a] + 4 * r[c]]
        uint32_t x = A.u + B.u * 4, y = A.u + C.u * 4;
        CHECK(x, 4);
        CHECK(y, 4);
        uint32_t held = AT(uint32_t, x);
        AT(uint32_t, x) = AT(uint32_t, y);
        AT(uint32_t, y) = held;
        break;
      }
      case COPY: CHECK(A.u, C.u); CHECK(B.u, C.u); memmove(memory + A.u, memory + B.u, C.u); break;
      case FILL: CHECK(A.u, C.u); memset(memory + A.u, B.i, C.u); break;

#define CASE(n, e) case I_##n: { uint32_t x = B.u, y = C.u; A.u = e; break; }
      I_BINARY(CASE)
#undef CASE
#define CASE(n, e) case I_##n##C: { uint32_t x = B.u, y = (uint32_t)IMM_C; A.u = e; break; }
      I_BINARY(CASE)
#undef CASE
#define CASE(n, e) case I_##n: { uint32_t x = B.u, y = C.u; if (y == 0) goto fault; A.u = e; break; }
      I_DIVIDING(CASE)
#undef CASE
#define CASE(n, e) case I_##n##C: { uint32_t x = B.u, y = (uint32_t)IMM_C; if (y == 0) goto fault; A.u = e; break; }
      I_DIVIDING(CASE)
#undef CASE
#define CASE(n, e) case I_##n: { uint32_t x = B.u; A.u = e; break; }
      I_UNARY(CASE)
#undef CASE
#define CASE(n, e)                                                                                                      \
  case I_SET_##n: { uint32_t x = B.u, y = C.u; A.u = e; break; }                                                        \
  case I_SETC_##n: { uint32_t x = B.u, y = (uint32_t)IMM_C; A.u = e; break; }
      I_COMPARE(CASE)
#undef CASE
#define CASE(n, e) case I_J##n: { uint32_t x = A.u, y = B.u; if (e) JUMP(IMM_C); break; }
      I_COMPARE(CASE)
#undef CASE
#define CASE(n, e) case I_J##n##C: { uint32_t x = A.u, y = (uint32_t)IMM_B; if (e) JUMP(IMM_C); break; }
      I_COMPARE(CASE)
#undef CASE

#define CASE(n, e) case L_##n: { uint64_t x = B.w, y = C.w; A.w = e; break; }
      L_BINARY(CASE)
#undef CASE
#define CASE(n, e) case L_##n##C: { uint64_t x = B.w, y = (uint64_t)(int64_t)IMM_C; A.w = e; break; }
      L_BINARY(CASE)
#undef CASE
#define CASE(n, e) case L_##n: { uint64_t x = B.w, y = C.w; if (y == 0) goto fault; A.w = e; break; }
      L_DIVIDING(CASE)
#undef CASE
#define CASE(n, e)                                                                                                      \
  case L_##n##C: { uint64_t x = B.w, y = (uint64_t)(int64_t)IMM_C; if (y == 0) goto fault; A.w = e; break; }
      L_DIVIDING(CASE)
#undef CASE
#define CASE(n, e) case L_##n: { uint64_t x = B.w; A.w = e; break; }
      L_UNARY(CASE)
#undef CASE
#define CASE(n, e) case L_SET_##n: { uint64_t x = B.w, y = C.w; A.w = e; break; }
      L_COMPARE(CASE)
#undef CASE
#define CASE(n, e) case L_SETC_##n: { uint64_t x = B.w, y = (uint64_t)(int64_t)IMM_C; A.w = e; break; }
      L_COMPARE(CASE)
#undef CASE
#define CASE(n, e) case L_J##n: { uint64_t x = A.w, y = B.w; if (e) JUMP(IMM_C); break; }
      L_COMPARE(CASE)
#undef CASE
#define CASE(n, e) case L_J##n##C: { uint64_t x = A.w, y = (uint64_t)(int64_t)IMM_B; if (e) JUMP(IMM_C); break; }
      L_COMPARE(CASE)
#undef CASE

#define CASE(n, e) case F_##n: { double x = B.d, y = C.d; A.d = e; break; }
      F_BINARY(CASE)
#undef CASE
#define CASE(n, e) case F_##n##K: { double x = B.d, y = constants[in->c].d; A.d = e; break; }
      F_BINARY(CASE)
#undef CASE
#define CASE(n, e) case F_##n: { double x = B.d; A.d = e; break; }
      F_UNARY(CASE)
#undef CASE
#define CASE(n, e) case F_SET_##n: { double x = B.d, y = C.d; A.l = e; break; }
      F_COMPARE(CASE)
#undef CASE
#define CASE(n, e) case F_SETK_##n: { double x = B.d, y = constants[in->c].d; A.l = e; break; }
      F_COMPARE(CASE)
#undef CASE
#define CASE(n, e) case F_J##n##K: { double x = A.d, y = constants[in->b].d; if (e) JUMP(IMM_C); break; }
      F_COMPARE(CASE)
#undef CASE
#define CASE(n, e) case F_J##n: { double x = A.d, y = B.d; if (e) JUMP(IMM_C); break; }
      F_COMPARE(CASE)
#undef CASE

#define CASE(n, type, f) case LD_##n##_O: { uint32_t p = B.u + (uint32_t)IMM_C; CHECK(p, sizeof(type)); A.f = AT(type, p); break; }
      LOADS(CASE)
#undef CASE
#define CASE(n, type, f) case LD_##n##_X: { uint32_t p = B.u + C.u; CHECK(p, sizeof(type)); A.f = AT(type, p); break; }
      LOADS(CASE)
#undef CASE
#define CASE(n, type, f)                                                                                                \
  case LD_##n##_S: { uint32_t p = B.u + C.u * (uint32_t)sizeof(type); CHECK(p, sizeof(type)); A.f = AT(type, p); break; }
      LOADS(CASE)
#undef CASE
#define CASE(n, type, f)                                                                                                \
  case ST_##n##_O: { uint32_t p = B.u + (uint32_t)IMM_C; CHECK(p, sizeof(type)); AT(type, p) = (type)A.f; break; }
      STORES(CASE)
#undef CASE
#define CASE(n, type, f) case ST_##n##_X: { uint32_t p = B.u + C.u; CHECK(p, sizeof(type)); AT(type, p) = (type)A.f; break; }
      STORES(CASE)
#undef CASE
#define CASE(n, type, f)                                                                                                \
  case ST_##n##_S: { uint32_t p = B.u + C.u * (uint32_t)sizeof(type); CHECK(p, sizeof(type)); AT(type, p) = (type)A.f; break; }
      STORES(CASE)
#undef CASE
#define CASE(n, o, type, f)                                                                                             \
  case RM_##n: { uint32_t p = B.u + (uint32_t)IMM_C; CHECK(p, sizeof(type)); A.f = A.f o AT(type, p); break; }
      WITH_MEMORY(CASE)
      F_WITH_MEMORY(CASE)
#undef CASE
#define CASE(n, o, type, f)                                                                                             \
  case MR_##n: { uint32_t p = B.u + (uint32_t)IMM_C; CHECK(p, sizeof(type)); AT(type, p) = AT(type, p) o A.f; break; }
      WITH_MEMORY(CASE)
      F_WITH_MEMORY(CASE)
#undef CASE

#define CASE(n, o, type, f)                                                                                             \
  case RMS_##n: { uint32_t p = B.u + C.u * (uint32_t)sizeof(type); CHECK(p, sizeof(type)); A.f = A.f o AT(type, p); break; }
      WITH_MEMORY(CASE)
      F_WITH_MEMORY(CASE)
#undef CASE
#define CASE(n, o, type, f)                                                                                             \
  case MRS_##n: {                                                                                                       \
    uint32_t p = B.u + C.u * (uint32_t)sizeof(type);                                                                    \
    CHECK(p, sizeof(type));                                                                                             \
    AT(type, p) = AT(type, p) o A.f;                                                                                    \
    break;                                                                                                              \
  }
      WITH_MEMORY(CASE)
#undef CASE

#define CASE(n, overflows, o)                                                                                           \
  case D_##n: {                                                                                                         \
    Slot x = B, y = C;                                                                                                  \
    int32_t both;                                                                                                       \
    if (is_int(x) && is_int(y) && !overflows(x.i, y.i, &both)) A = box_int(both);                                       \
    else A = box_double(number(x) o number(y));                                                                         \
    break;                                                                                                              \
  }
      D_ARITHMETIC(CASE)
#undef CASE
#define CASE(n, e) case D_##n: { int32_t x = integer(B), y = integer(C); A = box_int(e); break; }
      D_BITS(CASE)
#undef CASE
#define CASE(n, o)                                                                                                      \
  case D_SET_##n: { Slot x = B, y = C; A = box_int(is_int(x) && is_int(y) ? x.i o y.i : number(x) o number(y)); break; }
      D_COMPARE(CASE)
#undef CASE
#define CASE(n, o)                                                                                                      \
  case D_J##n: { Slot x = A, y = B; if (is_int(x) && is_int(y) ? x.i o y.i : number(x) o number(y)) JUMP(IMM_C); break; }
      D_COMPARE(CASE)
#undef CASE
#define CASE(n, e) case D_##n##C: { int32_t x = integer(B), y = IMM_C; A = box_int(e); break; }
      D_BITS(CASE)
#undef CASE
#define CASE(n, o) case D_SETC_##n: { Slot x = B; A = box_int(is_int(x) ? x.i o IMM_C : x.d o IMM_C); break; }
      D_COMPARE(CASE)
#undef CASE
#define CASE(n, o) case D_J##n##C: { Slot x = A; if (is_int(x) ? x.i o IMM_B : x.d o IMM_B) JUMP(IMM_C); break; }
      D_COMPARE(CASE)
#undef CASE
      case D_BOXI: A = box_int(B.i); break;
      case D_BOXF: A = box_double(B.d); break;
      case D_TOI: A.i = integer(B); break;
      case D_TOF: A.d = number(B); break;
      case D_DIV: {
        Slot x = B, y = C;
        if (is_int(x) && is_int(y) && y.i > 0 && x.i % y.i == 0) A = box_int(x.i / y.i);
        else A = box_double(number(x) / number(y));
        break;
      }
      case D_MOD: {
        Slot x = B, y = C;
        if (is_int(x) && is_int(y) && x.i >= 0 && y.i > 0) A = box_int(x.i % y.i);
        else A = slow_mod(x, y);
        break;
      }
      case D_NEG: if (is_int(B) && B.i != 0 && B.i != INT32_MIN) A = box_int(-B.i); else A = box_double(-number(B)); break;
      case D_INC: if (is_int(A) && A.i != INT32_MAX) A = box_int(A.i + 1); else A = box_double(number(A) + 1); break;
      case D_DEC: if (is_int(A) && A.i != INT32_MIN) A = box_int(A.i - 1); else A = box_double(number(A) - 1); break;
      case D_ADDI: {
        int32_t sum;
        if (is_int(B) && !__builtin_add_overflow(B.i, IMM_C, &sum)) A = box_int(sum);
        else A = box_double(number(B) + IMM_C);
        break;
      }
      case D_SUBI: {
        int32_t difference;
        if (is_int(B) && !__builtin_sub_overflow(B.i, IMM_C, &difference)) A = box_int(difference);
        else A = box_double(number(B) - IMM_C);
        break;
      }
      case D_MULI: {
        int32_t product;
        if (is_int(B) && !__builtin_mul_overflow(B.i, IMM_C, &product)) A = box_int(product);
        else A = box_double(number(B) * IMM_C);
        break;
      }
      case D_JTRUE: if (is_int(A) ? A.i != 0 : A.d != 0) JUMP(IMM_C); break;
      case D_JFALSE: if (is_int(A) ? A.i == 0 : !(A.d != 0)) JUMP(IMM_C); break;
      // An array: its length in 8 bytes, then its elements. Outside of it there are zeros, and nothing is kept.
      case D_GET: {
        CHECK(B.u, 8);
        uint32_t length = AT(uint32_t, B.u), at = (uint32_t)integer(C);
        if (at < length) { CHECK(B.u + 8 + at * 8, 8); A = AT(Slot, B.u + 8 + at * 8); }
        else A = box_int(0);
        break;
      }
      case D_SET: {
        CHECK(A.u, 8);
        uint32_t length = AT(uint32_t, A.u), at = (uint32_t)integer(B);
        if (at < length) { CHECK(A.u + 8 + at * 8, 8); AT(Slot, A.u + 8 + at * 8) = C; }
        break;
      }
      case D_LEN: CHECK(B.u, 8); A = box_int(AT(int32_t, B.u)); break;
      case D_PUSH: {
        CHECK(A.u, 8);
        uint32_t length = AT(uint32_t, A.u);
        CHECK(A.u + 8 + length * 8, 8);
        AT(Slot, A.u + 8 + length * 8) = B;
        AT(uint32_t, A.u) = length + 1;
        break;
      }
      default: goto fault;
    }
  }

fault:
  status = FAULT;
  goto leave;
out_of_fuel:
  status = OUT_OF_FUEL;
leave:
  vm->pc = pc;
  vm->fp = fp;
  vm->sp = sp;
  vm->frame = frame;
  vm->acc = acc;
  vm->facc = facc;
  vm->jumps = jumps;
  return status;
}

// ---------------------------------------------------------------------------------------------------- the assembler

static Insn code[CODE];
static int here;
static Vm machine;

static int emit(int op, int a, int b, int c) {
  code[here] = (Insn){(uint16_t)op, (uint16_t)a, (uint16_t)b, (uint16_t)c};
  return here++;
}

// A jump forward, which land() completes; and one back to a place already written.
static int forward(int op, int a, int b) { return emit(op, a, b, 0); }
static void land(int jump) { code[jump].c = (uint16_t)(here - jump - 1); }
static void back(int op, int a, int b, int target) { emit(op, a, b, target - here - 1); }
static void begin(int function) { machine.functions[function] = code + here; }

enum { FN_ARITHMETIC, FN_SIEVE, FN_TEXT, FN_FIB, FN_CALLS, FN_MATRIX, FN_SORT, FN_DYNAMIC, FN_BITS, FN_STACK, FN_MANDELBROT,
       FN_TOUR, PROGRAMS, FN_GCD = PROGRAMS, FN_EVEN, FN_ODD, FN_ACK, FN_POWER };

enum { K_HALF, K_THIRD, K_TWO, K_FOUR, K_PRIME, K_MASK, K_STEP, K_SEED };

static int64_t native_mix(Vm *vm, int64_t x) { return (x ^ (int64_t)((uint64_t)x >> 31)) * 0x5851f42d4c957f2d + (int64_t)vm->limit; }
static int64_t native_digits(Vm *vm, int64_t x) {
  int64_t sum = 0;
  for (uint64_t rest = (uint64_t)x; rest; rest /= 10) sum += (int64_t)(rest % 10);
  return sum + (vm->sp - vm->stack);
}
static const Native natives[] = {native_mix, native_digits};

// The argument of every program is in r0, a number that differs from call to call; so is its result.

static void arithmetic(void) {
  enum { N = 1, I, X, Y, Z, T, U, ONE };
  begin(FN_ARITHMETIC);
  emit(LDI, N, 3000, 0);
  emit(LDI, I, 0, 0);
  emit(I_ADDC, X, 0, 77);
  emit(LDI, Y, 9, 0);
  emit(LDIL, Z, 1, 0);
  int top = here;
  emit(I_MULC, X, X, 25173);
  emit(I_ADDC, X, X, 13849);
  emit(I_ROTL, T, X, Y);
  emit(I_XOR, Y, Y, T);
  emit(I_SHRUC, U, Y, 7);
  emit(I_ANDC, U, U, 1023);
  int small = forward(I_JLTC, U, 512);
  emit(I_SUB, Y, Y, U);
  emit(I_MADD, Y, U, X);
  int after = forward(JMP, 0, 0);
  land(small);
  emit(I_ADD, Y, Y, U);
  emit(I_ORC, U, U, 1);
  emit(I_REM, T, X, U);
  emit(I_MAX, Y, Y, T);
  land(after);
  emit(I2L, T, Y, 0);
  emit(L_MULC, Z, Z, 31);
  emit(L_XOR, Z, Z, T);
  back(LOOP_I, I, N, top);
  emit(RETR, Z, 0, 0);
}

static void sieve(void) {
  enum { AT = 1, SIZE, P, M, STEP, FLAG, COUNT_, ONE };
  begin(FN_SIEVE);
  emit(LDI, AT, 1024, 0);
  emit(LDI, SIZE, 8192, 0);
  emit(LDZ, COUNT_, 0, 0);
  emit(FILL, AT, COUNT_, SIZE);
  emit(LDI, ONE, 1, 0);
  emit(LDI, P, 2, 0);
  int next = here;
  emit(LD_U8_X, FLAG, AT, P);
  int composite = forward(JNZ, FLAG, 0);
  emit(I_INC, COUNT_, 0, 0);
  emit(I_MUL, M, P, P);
  int none = forward(I_JGE, M, SIZE);
  // LOOP_S adds what lies behind the limit: so the limit and the step are a pair.
  emit(MOV2, 20, SIZE, P);
  int strike = here;
  emit(ST_I8_X, ONE, AT, M);
  back(LOOP_S, M, 20, strike);
  land(none);
  land(composite);
  back(LOOP_I, P, SIZE, next);
  emit(I_SHLC, COUNT_, COUNT_, 3);
  emit(I_XOR, 0, 0, COUNT_);
  emit(I2L, 0, 0, 0);
  emit(RET, 0, 0, 0);
}

static void text(void) {
  enum { AT = 1, P, END, CH, H, WORDS, T, I, MARK };
  begin(FN_TEXT);
  // Words of letters, made from the argument.
  emit(LDI, AT, 16384, 0);
  emit(MOV, P, AT, 0);
  emit(LDI, I, 0, 0);
  int make = here;
  emit(I_MULC, 0, 0, 20077);
  emit(I_ADDC, 0, 0, 12345);
  emit(I_SHRUC, T, 0, 16);
  emit(I_REMUC, T, T, 30);
  int letter = forward(I_JLTC, T, 26);
  emit(LDI, CH, ' ', 0);
  int space = forward(JMP, 0, 0);
  land(letter);
  emit(I_ADDC, CH, T, 'a');
  land(space);
  emit(ST8P, CH, P, 0);
  back(LOOP_K, I, 1500, make);
  emit(LDZ, CH, 0, 0);
  emit(ST8P, CH, P, 0);
  // Its hash, and its number of words.
  emit(LDI, H, -5, 0);
  emit(LDI, I, 1500, 0);
  emit(MOV, P, AT, 0);
  int hash = here;
  emit(FNV, H, P, 0);
  back(DOWN_I, I, 0, hash);
  emit(LDZ, WORDS, 0, 0);
  emit(MOV, P, AT, 0);
  int skip = here;
  int over = forward(LD8P_JZ, CH, P);
  back(I_JEQC, CH, ' ', skip);
  emit(I_INC, WORDS, 0, 0);
  int word = here;
  int over2 = forward(LD8P_JZ, CH, P);
  back(I_JNEC, CH, ' ', word);
  back(JMP, 0, 0, skip);
  land(over);
  land(over2);
  // Reversed in place, in capitals, behind a copy.
  emit(I_ADDC, MARK, AT, 4096);
  emit(LDI, END, 1504, 0);
  emit(COPY, MARK, AT, END);
  emit(I_ADDC, END, AT, 1499);
  emit(MOV, P, AT, 0);
  int swap = here;
  emit(LD_U8_O, CH, P, 0);
  emit(LD_U8_O, T, END, 0);
  emit(I_ANDC, CH, CH, 0xdf);
  emit(I_ANDC, T, T, 0xdf);
  emit(ST_I8_O, T, P, 0);
  emit(ST_I8_O, CH, END, 0);
  emit(I_INC, P, 0, 0);
  emit(I_DEC, END, 0, 0);
  back(I_JLTU, P, END, swap);
  // How far the two agree.
  emit(MOV, P, AT, 0);
  emit(LDZ, I, 0, 0);
  int compare = here;
  int end = forward(LD8_JZ, CH, MARK);
  emit(LD8P, T, P, 0);
  emit(I_SET_EQ, T, T, CH);
  emit(I_SET_GEU, CH, CH, 0);
  emit(I_ADD, I, I, T);
  emit(I_INC, MARK, 0, 0);
  back(JMP, 0, 0, compare);
  land(end);
  emit(I_MULC, WORDS, WORDS, 1009);
  emit(I_XOR, H, H, WORDS);
  emit(I_ADD, H, H, I);
  emit(U2L, 0, H, 0);
  emit(RET, 0, 0, 0);
}

static void calls(void) {
  // fib(r0), i32.
  begin(FN_FIB);
  int more = forward(I_JGEC, 0, 2);
  emit(RET, 0, 0, 0);
  land(more);
  emit(I_SUBC, 2, 0, 1);
  emit(CALL, 2, FN_FIB, 0);
  emit(I_SUBC, 3, 0, 2);
  emit(CALL, 3, FN_FIB, 0);
  emit(I_ADD, 0, 2, 3);
  emit(RET, 0, 0, 0);
  // gcd(r0, r1), i64, by tail calls.
  begin(FN_GCD);
  int divide = forward(JNZL, 1, 0);
  emit(RET, 0, 0, 0);
  land(divide);
  emit(L_REM, 3, 0, 1);
  emit(MOV, 2, 1, 0);
  emit(TAIL, 2, FN_GCD, 2);
  // even(r0), odd(r0), by each other.
  begin(FN_EVEN);
  int not0 = forward(JNZ, 0, 0);
  emit(RETK, 0, 1, 0);
  land(not0);
  emit(I_SUBC, 0, 0, 1);
  emit(TAIL, 0, FN_ODD, 1);
  begin(FN_ODD);
  not0 = forward(JNZ, 0, 0);
  emit(RETK, 0, 0, 0);
  land(not0);
  emit(I_SUBC, 0, 0, 1);
  emit(TAIL, 0, FN_EVEN, 1);
  // ackermann(r0, r1), i64.
  begin(FN_ACK);
  int zero = forward(JZL, 0, 0);
  int rest = forward(JNZL, 1, 0);
  emit(L_SUBC, 2, 0, 1);
  emit(LDIL, 3, 1, 0);
  emit(TAIL, 2, FN_ACK, 2);
  land(rest);
  emit(MOV, 3, 0, 0);
  emit(L_SUBC, 4, 1, 1);
  emit(CALL, 3, FN_ACK, 0);
  emit(L_SUBC, 0, 0, 1);
  emit(MOV, 1, 3, 0);
  emit(TAIL, 0, FN_ACK, 2);
  land(zero);
  emit(L_ADDC, 0, 1, 1);
  emit(RET, 0, 0, 0);
  // power(r0, r1) modulo r2, i64.
  begin(FN_POWER);
  emit(LDIL, 3, 1, 0);
  int top = here;
  emit(L_ANDC, 4, 1, 1);
  int even = forward(JZL, 4, 0);
  emit(L_MUL, 3, 3, 0);
  emit(L_REM, 3, 3, 2);
  land(even);
  emit(L_MUL, 0, 0, 0);
  emit(L_REM, 0, 0, 2);
  emit(L_SHRUC, 1, 1, 1);
  back(L_JGTC, 1, 0, top);
  emit(RETR, 3, 0, 0);

  begin(FN_CALLS);
  emit(ACC_LDI, 0, 17, 0);
  emit(I_ANDC, 1, 0, 3);
  emit(I_ADDC, 4, 1, 15);
  emit(CALL, 4, FN_FIB, 0);
  emit(I2L, 4, 4, 0);
  emit(ACC_HASH, 4, 0, 0);
  emit(LDI, 2, 1, 0);
  top = here;
  emit(I2L, 4, 2, 0);
  emit(L_MULC, 4, 4, 1260);
  emit(LDIL, 5, 8190, 0);
  emit(LDI, 9, FN_GCD, 0);
  emit(CALLR, 4, 9, 0);
  emit(ACC_ADD, 4, 0, 0);
  back(LOOP_K, 2, 60, top);
  emit(LDI, 4, 301, 0);
  emit(CALL, 4, FN_EVEN, 0);
  emit(ACC_HASH, 4, 0, 0);
  emit(MOV2, 4, 20, 20);
  emit(LDIL, 4, 2, 0);
  emit(LDIL, 5, 9, 0);
  emit(CALL, 4, FN_ACK, 0);
  emit(ACC_HASH, 4, 0, 0);
  emit(LDIL, 4, 7, 0);
  emit(LDK, 5, K_SEED, 0);
  emit(LDK, 6, K_PRIME, 0);
  emit(CALL, 4, FN_POWER, 0);
  emit(ACC_XOR, 4, 0, 0);
  emit(ACC_ST, 0, 0, 0);
  emit(RET, 0, 0, 0);
}

static void matrix(void) {
  enum { MA = 1, MB, MC, N, I, J, K, SUM, X, ROW, COL, T };
  begin(FN_MATRIX);
  emit(LDI, MA, 24576, 0);
  emit(I_ADDC, MB, MA, 2048);
  emit(I_ADDC, MC, MB, 2048);
  emit(LDI, N, 16, 0);
  emit(LDZ, I, 0, 0);
  int fill = here;
  emit(I_XOR, T, I, 0);
  emit(I_ANDC, T, T, 63);
  emit(I2F, X, T, 0);
  emit(F_MULK, X, X, K_HALF);
  emit(ST_F64_S, X, MA, I);
  emit(F_SUBK, X, X, K_FOUR);
  emit(ST_F64_S, X, MB, I);
  back(LOOP_K, I, 256, fill);
  // Rows by columns, then a row added to another.
  emit(LDZ, I, 0, 0);
  int rows = here;
  emit(LDZ, J, 0, 0);
  int columns = here;
  emit(LDZ, SUM, 0, 0);
  emit(I_SHLC, ROW, I, 4);
  emit(MOV, COL, J, 0);
  emit(LDI, K, 16, 0);
  int inner = here;
  emit(DOT, SUM, MA, ROW);
  emit(0, MB, COL, 16);
  back(DOWN_I, K, 0, inner);
  emit(I_SHLC, T, I, 4);
  emit(I_ADD, T, T, J);
  emit(ST_F64_S, SUM, MC, T);
  back(LOOP_I, J, N, columns);
  back(LOOP_I, I, N, rows);
  emit(LDK, X, K_THIRD, 0);
  emit(LDZ, I, 0, 0);
  int axpy = here;
  emit(AXPY, X, MA, MC);
  emit(0, I, 0, 0);
  back(LOOP_K, I, 256, axpy);
  emit(FACC_LD, X, 0, 0);
  emit(LDI, I, 256, 0);
  emit(I_ADDC, T, MC, 0);
  int sum = here;
  emit(LD_F64_O, X, T, 0);
  emit(FACC_ADD, X, 0, 0);
  emit(F_SQRT, X, X, 0);
  emit(FACC_SUB, X, 0, 0);
  emit(I_ADDC, T, T, 8);
  back(DOWN_I, I, 0, sum);
  emit(FACC_ST, X, 0, 0);
  emit(F_MULK, X, X, K_FOUR);
  emit(F2L, 0, X, 0);
  emit(RET, 0, 0, 0);
}

static void sort(void) {
  enum { AT = 1, N, I, J, X, Y, T, GAP };
  begin(FN_SORT);
  emit(LDI, AT, 0x7800, 0);
  emit(LDI, N, 400, 0);
  emit(MOV, T, AT, 0);
  emit(LDZ, I, 0, 0);
  int fill = here;
  emit(I_MULC, 0, 0, 20077);
  emit(I_ADDC, 0, 0, 12345);
  emit(ST32P, 0, T, 0);
  back(LOOP_I, I, N, fill);
  // Shell's sort, then exchanges with the mirror image.
  emit(LDI, GAP, 121, 0);
  int gaps = here;
  emit(MOV, I, GAP, 0);
  int outer = here;
  emit(LD_I32_S, X, AT, I);
  emit(MOV, J, I, 0);
  int shift = here;
  int placed = forward(I_JLT, J, GAP);
  emit(I_SUB, T, J, GAP);
  emit(LD_I32_S, Y, AT, T);
  int ordered = forward(I_JLE, Y, X);
  emit(ST_I32_S, Y, AT, J);
  emit(MOV, J, T, 0);
  back(JMP, 0, 0, shift);
  land(placed);
  land(ordered);
  emit(ST_I32_S, X, AT, J);
  back(LOOP_I, I, N, outer);
  emit(I_DIVC, GAP, GAP, 3);
  back(I_JGTC, GAP, 0, gaps);
  emit(LDZ, I, 0, 0);
  emit(LDI, J, 399, 0);
  int mirror = here;
  emit(SWAP32, AT, I, J);
  emit(I_INC, I, 0, 0);
  emit(I_DEC, J, 0, 0);
  back(I_JLT, I, J, mirror);
  emit(ACC_LDI, 0, 1, 0);
  emit(LDI, I, 100, 0);
  emit(MOV, T, AT, 0);
  int check = here;
  emit(LD32P, X, T, 0);
  emit(LD64P, Y, T, 0);
  emit(I2L, X, X, 0);
  emit(ACC_ADD, X, 0, 0);
  emit(ACC_HASH, Y, 0, 0);
  emit(L_ROTLC, Y, Y, 9);
  emit(ACC_XOR, Y, 0, 0);
  emit(I_ADDC, T, T, 4);
  back(DOWN_I, I, 0, check);
  emit(ACC_ST, 0, 0, 0);
  emit(RET, 0, 0, 0);
}

static void dynamic(void) {
  enum { AT = 1, N, X, STEPS, MOST, ONE, HALF, LIST, T, SUM, I };
  begin(FN_DYNAMIC);
  // Collatz' steps of the numbers below 120, kept in a list.
  emit(LDI, LIST, 0x4000, 0);
  emit(LDIL, T, 0, 0);
  emit(ST_I64_O, T, LIST, 0);
  emit(LDI, T, 2, 0);
  emit(D_BOXI, N, T, 0);
  emit(LDI, T, 120, 0);
  emit(D_BOXI, MOST, T, 0);
  int numbers = here;
  emit(MOV, X, N, 0);
  emit(LDI, T, 0, 0);
  emit(D_BOXI, STEPS, T, 0);
  int step = here;
  emit(LDI, T, 1, 0);
  emit(D_BOXI, ONE, T, 0);
  emit(D_AND, T, X, ONE);
  int odd = forward(D_JTRUE, T, 0);
  emit(D_SHR, X, X, ONE);
  int stepped = forward(JMP, 0, 0);
  land(odd);
  emit(D_MULI, X, X, 3);
  emit(D_INC, X, 0, 0);
  land(stepped);
  emit(D_INC, STEPS, 0, 0);
  back(D_JNE, X, ONE, step);
  emit(D_PUSH, LIST, STEPS, 0);
  emit(D_INC, N, 0, 0);
  back(D_JLT, N, MOST, numbers);
  // Sums that leave the ints and come back, and a running mean.
  emit(D_LEN, N, LIST, 0);
  emit(LDI, T, 0, 0);
  emit(D_BOXI, I, T, 0);
  emit(D_BOXI, SUM, 0, 0);
  emit(LDF, T, 1, 0);
  emit(D_BOXF, HALF, T, 0);
  int sums = here;
  emit(D_GET, T, LIST, I);
  emit(D_MUL, X, T, T);
  emit(D_MULI, X, X, 9973);
  emit(D_ADD, SUM, SUM, X);
  emit(D_SUBI, T, T, 7);
  emit(D_SUB, HALF, HALF, T);
  emit(D_ADDI, X, I, 1);
  emit(D_DIV, HALF, HALF, X);
  emit(D_SET_LT, T, HALF, X);
  emit(D_ADD, SUM, SUM, T);
  emit(D_SET, LIST, I, T);
  emit(D_INC, I, 0, 0);
  back(D_JLT, I, N, sums);
  emit(LDI, T, 32749, 0);
  emit(D_BOXI, T, T, 0);
  emit(D_MOD, X, SUM, T);
  emit(D_TOF, X, X, 0);
  emit(D_TOF, HALF, HALF, 0);
  emit(F_MULK, HALF, HALF, K_FOUR);
  emit(F_ADD, X, X, HALF);
  emit(F2L, 0, X, 0);
  emit(RET, 0, 0, 0);
}

static void bits(void) {
  enum { X = 1, Y, Z, T, U, I, BOARD, FREE };
  begin(FN_BITS);
  // A generator of random numbers, and counts of their bits.
  emit(I2L, X, 0, 0);
  emit(LDK, T, K_SEED, 0);
  emit(L_XOR, X, X, T);
  emit(LDZ, Z, 0, 0);
  emit(LDIL, I, 700, 0);
  int top = here;
  emit(L_SHRUC, T, X, 12);
  emit(L_XOR, X, X, T);
  emit(L_SHLC, T, X, 25);
  emit(L_XOR, X, X, T);
  emit(L_SHRUC, T, X, 27);
  emit(L_XOR, X, X, T);
  emit(LDK, T, K_STEP, 0);
  emit(L_MUL, Y, X, T);
  emit(L_POPCNT, U, Y, 0);
  emit(L_CTZ, T, Y, 0);
  emit(L_MADD, Z, U, T);
  emit(L_MIX, T, Y, 0);
  emit(L_CLZ, U, T, 0);
  emit(L_ADD, Z, Z, U);
  int positive = forward(L_JGEC, T, 0);
  emit(L_NOT, T, T, 0);
  emit(L_SUB, Z, Z, U);
  land(positive);
  emit(L_MAX, Z, Z, U);
  emit(L_SHRC, T, T, 44);
  emit(L_ADD, Z, Z, T);
  back(DOWN_L, I, 0, top);
  // Words of 32 bits.
  emit(L2I, U, Z, 0);
  emit(LDI, I, 500, 0);
  top = here;
  emit(I_SHLC, T, U, 13);
  emit(I_XOR, U, U, T);
  emit(I_SHRUC, T, U, 17);
  emit(I_XOR, U, U, T);
  emit(I_SHLC, T, U, 5);
  emit(I_XOR, U, U, T);
  emit(I_POPCNT, T, U, 0);
  emit(I_CLZ, Y, U, 0);
  emit(I_ADD, T, T, Y);
  emit(I_CTZ, Y, U, 0);
  emit(I_MUL, T, T, Y);
  emit(I_SWAP, Y, U, 0);
  emit(I_EXT16, Y, Y, 0);
  emit(I_ABS, Y, Y, 0);
  emit(I_ANDN, Y, Y, T);
  emit(U2L, Y, Y, 0);
  emit(L_ADD, Z, Z, Y);
  back(DOWN_I, I, 0, top);
  emit(RETR, Z, 0, 0);
}

static void stack(void) {
  enum { I = 1, T, STATE, X };
  begin(FN_STACK);
  // A state machine over globals, and sums on the stack.
  emit(LDZ, I, 0, 0);
  emit(LDZ, STATE, 0, 0);
  emit(SETG, 0, 2, 0);
  emit(LDZ, X, 0, 0);
  emit(SETG, X, 3, 0);
  int top = here;
  emit(SWITCH, STATE, 5, 0);
  int cases[6];
  for (int j = 0; j < 6; j++) cases[j] = forward(JMP, 0, 0);
  int ends[6];
  for (int j = 0; j < 6; j++) {
    static const uint16_t on_stack[] = {S_ADD, S_SUB, S_MUL, S_XOR, S_LT, S_ADD};
    land(cases[j]);
    emit(GETG, X, 3, 0);
    emit(PUSH, X, 0, 0);
    emit(PUSHI, 0, j * 5 + 1, 0);
    if (j == 2) emit(EXCH, 0, 0, 0);
    if (j == 3) {
      emit(DUP, 0, 0, 0);
      emit(S_MUL, 0, 0, 0);
    }
    emit(on_stack[j], 0, 0, 0);
    emit(POP, X, 0, 0);
    emit(L_ANDC, X, X, 0x3fff);
    emit(ADDG, X, 3, 0);
    emit(I_ADDC, STATE, STATE, j + 1);
    ends[j] = forward(JMP, 0, 0);
  }
  for (int j = 0; j < 6; j++) land(ends[j]);
  emit(I_ADD, STATE, STATE, I);
  emit(I_REMUC, STATE, STATE, 6);
  emit(GETG, T, 3, 0);
  emit(PUSH, T, 0, 0);
  emit(PUSHI, 0, 12345, 0);
  emit(S_LT, 0, 0, 0);
  int large = forward(S_JZ, 0, 0);
  emit(GETG, T, 2, 0);
  emit(L_INC, T, 0, 0);
  emit(SETG, T, 2, 0);
  land(large);
  back(LOOP_K, I, 400, top);
  emit(GETG, 0, 3, 0);
  emit(NATIVE, X, 0, 0);
  emit(NATIVE, T, 1, X);
  emit(L_ADD, 0, X, T);
  emit(RET, 0, 0, 0);
}

static void mandelbrot(void) {
  enum { CX = 1, CY, X, Y, XX, YY, T, I, PX, PY, FOUR, IN, ROW };
  begin(FN_MANDELBROT);
  emit(LDK, FOUR, K_FOUR, 0);
  emit(LDZ, IN, 0, 0);
  emit(LDZ, PY, 0, 0);
  int rows = here;
  emit(LDZ, PX, 0, 0);
  int columns = here;
  emit(I2F, CX, PX, 0);
  emit(F_DIVK, CX, CX, K_FOUR);
  emit(F_MULK, CX, CX, K_THIRD);
  emit(F_SUBK, CX, CX, K_TWO);
  emit(I2F, CY, PY, 0);
  emit(F_MULK, CY, CY, K_THIRD);
  emit(F_SUBK, CY, CY, K_TWO);
  emit(LDZ, X, 0, 0);
  emit(LDZ, Y, 0, 0);
  emit(LDI, I, 24, 0);
  int iterate = here;
  emit(F_MUL, XX, X, X);
  emit(F_MUL, YY, Y, Y);
  emit(F_ADD, T, XX, YY);
  int out = forward(F_JGT, T, FOUR);
  emit(F_MUL, Y, X, Y);
  emit(F_ADD, Y, Y, Y);
  emit(F_ADD, Y, Y, CY);
  emit(F_SUB, X, XX, YY);
  emit(F_ADD, X, X, CX);
  back(DOWN_I, I, 0, iterate);
  emit(I_INC, IN, 0, 0);
  land(out);
  emit(I_ADD, IN, IN, I);
  back(LOOP_K, PX, 36, columns);
  back(LOOP_K, PY, 12, rows);
  emit(I_ADD, 0, 0, IN);
  emit(I2L, 0, 0, 0);
  emit(RET, 0, 0, 0);
}

// The tour: every opcode of the families once, and most of the rest; what it gives goes into the accumulator's hash.
enum { R_D = 8, R_X, R_Y, R_AT, R_INDEX, R_TARGET };

static void three(int op, int x, int y) {
  emit(op, R_D, x, y);
  emit(ACC_HASH, R_D, 0, 0);
}

// A jump over an instruction that marks what was not jumped over.
static void over(int op, int a, int b) {
  int jump = forward(op, a, b);
  emit(ACC_HASH, R_X, 0, 0);
  land(jump);
}

static void in_memory(int op, int c) {
  emit(op, R_X, R_AT, c);
  emit(LD_I64_O, R_D, R_AT, 8);
  emit(ACC_HASH, R_D, 0, 0);
}

#define REGISTERS(row) for (unsigned j = 0; j < sizeof row / sizeof *row; j++) three(row[j], R_X, R_Y)
#define IMMEDIATES(row, c) for (unsigned j = 0; j < sizeof row / sizeof *row; j++) three(row[j], R_X, c)
#define JUMPS(row, b) for (unsigned j = 0; j < sizeof row / sizeof *row; j++) over(row[j], R_X, b)

static void tour(void) {
  static const uint16_t i_registers[] = {I_BINARY(ROW_I) I_DIVIDING(ROW_I) I_UNARY(ROW_I)};
  static const uint16_t i_immediates[] = {I_BINARY(ROW_IC) I_DIVIDING(ROW_IC)};
  static const uint16_t i_sets[] = {I_COMPARE(ROW_ISET)};
  static const uint16_t i_jumps[] = {I_COMPARE(ROW_IJ)};
  static const uint16_t i_jumps_immediate[] = {I_COMPARE(ROW_IJC)};
  static const uint16_t l_registers[] = {L_BINARY(ROW_L) L_DIVIDING(ROW_L) L_UNARY(ROW_L) L_COMPARE(ROW_LSET)};
  static const uint16_t l_immediates[] = {L_BINARY(ROW_LC) L_DIVIDING(ROW_LC) L_COMPARE(ROW_LSETC)};
  static const uint16_t l_jumps[] = {L_COMPARE(ROW_LJ)};
  static const uint16_t l_jumps_immediate[] = {L_COMPARE(ROW_LJC)};
  static const uint16_t f_registers[] = {F_BINARY(ROW_F) F_UNARY(ROW_F) F_COMPARE(ROW_FSET)};
  static const uint16_t f_constants[] = {F_BINARY(ROW_FK) F_COMPARE(ROW_FSETK)};
  static const uint16_t f_jumps_constant[] = {F_COMPARE(ROW_FJK)};
  static const uint16_t f_jumps[] = {F_COMPARE(ROW_FJ)};
  static const uint16_t loads_offset[] = {LOADS(ROW_LDO)};
  static const uint16_t loads_indexed[] = {LOADS(ROW_LDX) LOADS(ROW_LDS)};
  static const uint16_t stores_offset[] = {STORES(ROW_STO)};
  static const uint16_t stores_indexed[] = {STORES(ROW_STX) STORES(ROW_STS)};
  static const uint16_t with_memory[] = {WITH_MEMORY(ROW_RM)};
  static const uint16_t with_scaled[] = {WITH_MEMORY(ROW_RMS)};
  static const uint16_t to_scaled[] = {WITH_MEMORY(ROW_MRS)};
  static const uint16_t to_memory[] = {WITH_MEMORY(ROW_MR)};
  static const uint16_t f_with_memory[] = {F_WITH_MEMORY(ROW_RM)};
  static const uint16_t f_with_scaled[] = {F_WITH_MEMORY(ROW_RMS)};
  static const uint16_t f_to_memory[] = {F_WITH_MEMORY(ROW_MR)};
  static const uint16_t d_registers[] = {D_ARITHMETIC(ROW_D) D_BITS(ROW_D) D_COMPARE(ROW_DSET) D_DIV, D_MOD, D_NEG, D_TOI, D_TOF};
  static const uint16_t d_immediates[] = {D_BITS(ROW_DC) D_COMPARE(ROW_DSETC) D_ADDI, D_SUBI, D_MULI};
  static const uint16_t d_jumps_immediate[] = {D_COMPARE(ROW_DJC)};
  static const uint16_t d_jumps[] = {D_COMPARE(ROW_DJ)};
  static const uint16_t conversions[] = {I2L, U2L, L2I, I2F, U2F, F2I, F2L, L2F, F2BITS, BITS2F};
  static const uint16_t accumulated[] = {ACC_BINARY(ROW_ACC)};
  static const uint16_t f_accumulated[] = {FACC_BINARY(ROW_FACC)};
  static const uint16_t sums[] = {I_MADD, I_MSUB, L_MADD};
  static const uint16_t f_sums[] = {F_MADD, F_MSUB};

  begin(FN_TOUR);
  emit(ACC_LD, 0, 0, 0);
  emit(LDI, R_AT, 0x6000, 0);
  emit(LDI, R_INDEX, 3, 0);
  emit(LDZ, R_D, 0, 0);
  // Pairs of i32 and i64: one from the argument, one fixed.
  for (int pair = 0; pair < 2; pair++) {
    emit(I_MULC, R_X, 0, pair ? -3 : 1021);
    emit(LDI, R_Y, pair ? -2 : 1000, 0);
    REGISTERS(i_registers);
    IMMEDIATES(i_immediates, 13);
    for (unsigned j = 0; j < sizeof i_sets / sizeof *i_sets; j++) three(i_sets[j], R_X, j % 2 ? 5 : R_Y);
    JUMPS(i_jumps, R_Y);
    JUMPS(i_jumps_immediate, 500);
    emit(I2L, R_X, R_X, 0);
    emit(L_MULC, R_X, R_X, 32003);
    emit(LDIL, R_Y, pair ? 77 : -77, 0);
    REGISTERS(l_registers);
    IMMEDIATES(l_immediates, 13);
    JUMPS(l_jumps, R_Y);
    JUMPS(l_jumps_immediate, -77);
    REGISTERS(sums);
    IMMEDIATES(conversions, 0);
    for (unsigned j = 0; j < sizeof accumulated / sizeof *accumulated; j++) emit(accumulated[j], R_Y, 0, 0);
    emit(ACC_MADD, 0, R_X, R_Y);
  }
  for (unsigned j = 0; j < sizeof stores_offset / sizeof *stores_offset; j++) in_memory(stores_offset[j], 8);
  for (unsigned j = 0; j < sizeof stores_indexed / sizeof *stores_indexed; j++) in_memory(stores_indexed[j], R_INDEX);
  for (unsigned j = 0; j < sizeof loads_offset / sizeof *loads_offset; j++) three(loads_offset[j], R_AT, 9);
  for (unsigned j = 0; j < sizeof loads_indexed / sizeof *loads_indexed; j++) three(loads_indexed[j], R_AT, R_INDEX);
  for (unsigned j = 0; j < sizeof with_memory / sizeof *with_memory; j++) three(with_memory[j], R_AT, 8);
  for (unsigned j = 0; j < sizeof to_memory / sizeof *to_memory; j++) in_memory(to_memory[j], 8);
  for (unsigned j = 0; j < sizeof with_scaled / sizeof *with_scaled; j++) three(with_scaled[j], R_AT, R_INDEX);
  for (unsigned j = 0; j < sizeof to_scaled / sizeof *to_scaled; j++) in_memory(to_scaled[j], R_INDEX);
  emit(MOV, R_TARGET, R_AT, 0);
  emit(ST64P, R_X, R_TARGET, 0);
  emit(LD64P, R_D, R_TARGET, 0);
  emit(ACC_HASH, R_D, 0, 0);
  // Numbers of type double. None of them may be a NaN, since the bits of those differ from engine to engine.
  emit(I2F, R_X, 0, 0);
  emit(LDK, R_Y, K_THIRD, 0);
  REGISTERS(f_registers);
  for (unsigned j = 0; j < sizeof f_constants / sizeof *f_constants; j++) three(f_constants[j], R_X, K_FOUR);
  JUMPS(f_jumps, R_Y);
  JUMPS(f_jumps_constant, K_FOUR);
  emit(LDF, R_D, 2, 0);
  REGISTERS(f_sums);
  emit(F_MADDK, R_D, R_Y, K_HALF);
  emit(ACC_HASH, R_D, 0, 0);
  emit(ST_F64_O, R_Y, R_AT, 8);
  for (unsigned j = 0; j < sizeof f_with_memory / sizeof *f_with_memory; j++) three(f_with_memory[j], R_AT, 8);
  emit(ST_F64_S, R_Y, R_AT, R_INDEX);
  for (unsigned j = 0; j < sizeof f_with_scaled / sizeof *f_with_scaled; j++) three(f_with_scaled[j], R_AT, R_INDEX);
  for (unsigned j = 0; j < sizeof f_to_memory / sizeof *f_to_memory; j++) in_memory(f_to_memory[j], 8);
  emit(FACC_LD, R_X, 0, 0);
  for (unsigned j = 0; j < sizeof f_accumulated / sizeof *f_accumulated; j++) emit(f_accumulated[j], R_Y, 0, 0);
  emit(FACC_MADD, 0, R_X, R_Y);
  emit(FACC_SQRT, 0, 0, 0);
  emit(FACC_ST, R_D, 0, 0);
  emit(ACC_HASH, R_D, 0, 0);
  emit(PUSH, R_X, 0, 0);
  emit(PUSH, R_Y, 0, 0);
  emit(PUSH, R_Y, 0, 0);
  emit(S_FADD, 0, 0, 0);
  emit(S_FMUL, 0, 0, 0);
  emit(POP, R_D, 0, 0);
  emit(ACC_HASH, R_D, 0, 0);
  // Numbers of dynamic type: two ints, then an int and a double.
  for (int pair = 0; pair < 2; pair++) {
    emit(LDI, R_D, 30000, 0);
    emit(D_BOXI, R_X, 0, 0);
    if (pair) emit(LDK, R_Y, K_THIRD, 0);
    else emit(D_BOXI, R_Y, R_D, 0);
    REGISTERS(d_registers);
    IMMEDIATES(d_immediates, 999);
    JUMPS(d_jumps, R_Y);
    over(D_JTRUE, R_Y, 0);
    over(D_JFALSE, R_Y, 0);
    JUMPS(d_jumps_immediate, 4);
    emit(D_DEC, R_Y, 0, 0);
    emit(ACC_HASH, R_Y, 0, 0);
  }
  // The rest.
  emit(MOV2, R_X, 0, R_AT);
  emit(SELECT, R_X, R_AT, R_INDEX);
  emit(SELECTL, R_X, R_INDEX, R_AT);
  emit(MOVN, R_TARGET + 1, R_D, 4);
  emit(ACC_HASH, R_TARGET + 1, 0, 0);
  emit(L_DEC, R_TARGET + 1, 0, 0);
  emit(LDIL, R_X, 0, 0);
  emit(LDIL, R_Y, 3, 0);
  int top = here;
  emit(ACC_HASH, R_X, 0, 0);
  back(LOOP_L, R_X, R_Y, top);
  over(JZ, R_X, 0);
  over(JNZL, R_X, 0);
  emit(ACC_ST, 0, 0, 0);
  emit(RET, 0, 0, 0);
}

// ---------------------------------------------------------------------------------------------------- running it all

static void assemble(void) {
  static const double numbers[] = {0.5, 1.0 / 3, 2, 4};
  for (int j = 0; j < 4; j++) machine.constants[j].d = numbers[j];
  machine.constants[K_PRIME].l = 1000000007;
  machine.constants[K_MASK].l = 0xffffffff;
  machine.constants[K_STEP].w = 2685821657736338717u;
  machine.constants[K_SEED].l = 0x123456789abcdef;
  emit(HALT, 0, 0, 0);
  static void (*const programs[])(void) = {arithmetic, sieve, text, calls, matrix, sort, dynamic, bits, stack, mandelbrot, tour};
  for (unsigned j = 0; j < sizeof programs / sizeof *programs; j++) programs[j]();
  machine.limit = MEMORY;
  machine.natives = natives;
}

static int64_t call(int function, int64_t argument) {
  machine.frame = machine.frames;
  machine.frame->pc = code; // returning from the outermost frame halts
  machine.frame->fp = machine.slots;
  machine.fp = machine.slots;
  machine.sp = machine.stack;
  machine.pc = machine.functions[function];
  machine.slots[0].l = argument;
  int status;
  do status = execute(&machine, 5000);
  while (status == OUT_OF_FUEL);
  return status == DONE ? machine.slots[0].l : -1 - function;
}

static int64_t argument_of(int function, int32_t round) {
  return function == FN_FIB ? 14 + (round & 1) : (int64_t)(round * 97 + function * 1013 + 5) & 0xffff;
}

#ifndef WIDE_COUNT
__attribute__((export_name("run")))
#endif
int64_t run(int32_t n) {
  if (here == 0) assemble();
  memset(machine.globals, 0, sizeof machine.globals);
  memset(machine.slots, 0, sizeof machine.slots);
  memset(machine.memory, 0, sizeof machine.memory);
  machine.acc = 0;
  machine.facc = 0;
  machine.jumps = 0;
  uint64_t check = 0;
  for (int32_t round = 0; round < n; round++)
    for (int function = 0; function < PROGRAMS; function++)
      check = rotl64(check, 7) ^ (uint64_t)call(function, argument_of(function, round)) * 0x9e3779b97f4a7c15u;
  return (int64_t)(check + machine.jumps);
}

#ifdef WIDE_COUNT
#include <stdio.h>
#include <stdlib.h>

#define ROW_NAME(n) #n,

static int more_first(const void *x, const void *y) {
  uint64_t a = counts[*(const int *)x], b = counts[*(const int *)y];
  return a < b ? 1 : a > b ? -1 : 0;
}

int main(int argc, char **argv) {
  int n = argc > 1 ? atoi(argv[1]) : 10;
  printf("run(%d) = %lld\n", n, (long long)run(n));
  for (int f = 0; f < PROGRAMS; f++) printf("program %d: %lld\n", f, (long long)call(f, argument_of(f, 1)));
  int order[OPCODE_COUNT], used = 0, hot = 0;
  uint64_t total = 0;
  for (int j = 0; j < OPCODE_COUNT; j++) {
    order[j] = j;
    used += counts[j] > 0;
    total += counts[j];
  }
  for (int j = 0; j < OPCODE_COUNT; j++) hot += counts[j] * 1000 > total;
  qsort(order, OPCODE_COUNT, sizeof *order, more_first);
  printf("%d opcodes, %d ran, %d of them more than once in a thousand instructions; %llu instructions\n", OPCODE_COUNT, used,
         hot, (unsigned long long)total);
  static const char *const names[] = {SINGLE(ROW_NAME)};
  for (int j = 0; j < OPCODE_COUNT; j++)
    if (!counts[order[j]]) printf("never: %d %s\n", order[j], order[j] < I_ADD ? names[order[j]] : "");
}
#endif
