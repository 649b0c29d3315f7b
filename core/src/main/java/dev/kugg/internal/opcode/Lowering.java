package dev.kugg.internal.opcode;

/**
 * How an instruction becomes JVM bytecode, packed into one {@code int} so that a table of hundreds
 * of rows costs nothing to initialise: the kind in the top byte, its arguments in the three below.
 */
public final class Lowering {
    /** The compiler does not know this instruction yet; its feature is refused at load. */
    public static final int NONE = 0;

    /** One to three JVM instructions of one byte each. */
    public static final int JVM = 1;

    /** A comparison, which the compiler fuses with a branch that follows. */
    public static final int COMPARE = 2;

    /** A static method of the runtime's {@code Numerics}, named like the instruction. */
    public static final int HELPER = 3;

    /** A read of memory. */
    public static final int LOAD = 4;

    /** A write of memory. */
    public static final int STORE = 5;

    /** A case of its own in the compiler. */
    public static final int SPECIAL = 6;

    // Conditions of a comparison, in the order of the JVM's ifeq..ifle and if_icmpeq..if_icmple.
    public static final int EQ = 0;
    public static final int NE = 1;
    public static final int LT = 2;
    public static final int GE = 3;
    public static final int GT = 4;
    public static final int LE = 5;

    private Lowering() {}

    public static int none() {
        return NONE;
    }

    public static int jvm(int opcode) {
        return JVM << 24 | opcode;
    }

    public static int jvm(int first, int second) {
        return JVM << 24 | second << 8 | first;
    }

    public static int jvm(int first, int second, int third) {
        return JVM << 24 | third << 16 | second << 8 | first;
    }

    /**
     * A comparison with {@code condition} of two operands of {@code type} (i, l, f, d), or of one
     * with zero ('z', 'y' = i32, i64).
     */
    public static int compare(char type, int condition) {
        return COMPARE << 24 | type << 8 | condition;
    }

    /** A comparison of unsigned integers. */
    public static int compareUnsigned(char type, int condition) {
        return COMPARE << 24 | 1 << 16 | type << 8 | condition;
    }

    public static int helper() {
        return HELPER << 24;
    }

    /**
     * A read of {@code sizeBytes} bytes, sign-extended unless {@code unsigned}, as a value of
     * {@code type} (i, l, f, d).
     */
    public static int load(char type, int sizeBytes, boolean unsigned) {
        return LOAD << 24 | (unsigned ? 1 : 0) << 16 | type << 8 | sizeBytes;
    }

    /** A write of the low {@code sizeBytes} bytes of a value of {@code type} (i, l, f, d). */
    public static int store(char type, int sizeBytes) {
        return STORE << 24 | type << 8 | sizeBytes;
    }

    public static int special() {
        return SPECIAL << 24;
    }

    public static int kind(int lowering) {
        return lowering >>> 24;
    }

    /** The JVM instruction at {@code index} 0..2, or 0 (nop) when there is none. */
    public static int jvmOpcode(int lowering, int index) {
        return lowering >>> (8 * index) & 0xff;
    }

    public static int condition(int lowering) {
        return lowering & 0xff;
    }

    public static int sizeBytes(int lowering) {
        return lowering & 0xff;
    }

    /** The operand or value type: i, l, f, d; z or y for a comparison with zero. */
    public static char type(int lowering) {
        return (char) (lowering >>> 8 & 0xff);
    }

    public static boolean unsigned(int lowering) {
        return (lowering >>> 16 & 1) != 0;
    }
}
