package dev.kugg.spectest;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random code of the kinds that compilers emit (arithmetic, loads and stores, conditions, short
 * loops, switches, calls, ways out), and what it computes: each statement can be written as
 * WebAssembly and be run here in Java. It works on twenty locals, the memory and a global. The same
 * seed makes the same code.
 */
final class MixedCode {
    /** The locals it declares, in the order in which the fields of {@link State} have them. */
    static final int[] LOCALS = {8, Body.I32, 3, Body.I32, 4, Body.I64, 3, Body.F64};

    private static final int INTS = 8;
    private static final int COUNTERS = 3;
    private static final int LONGS = 4;
    private static final int DOUBLES = 3;
    private static final int MEMORY_MASK = 0xfff8;
    private static final int HELPERS = 4;
    private static final int[] OPERATIONS = {
        0x6a, 0x6b, 0x6c, 0x6e, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78
    };

    /** The values of the locals, the memory and the global. */
    static final class State {
        final int[] ints = new int[INTS];
        final long[] longs = new long[LONGS];
        final double[] doubles = new double[DOUBLES];
        final ByteBuffer memory = ByteBuffer.allocate(0x20000).order(ByteOrder.LITTLE_ENDIAN);
        int global;
    }

    /** Code that leaves the operand stack as it found it. */
    private interface Statement {
        void write(Body body);

        /** {@return how many of the labels around it are left; 0 goes on behind it} */
        int run(State state);
    }

    private final Random random;
    private final int firstLocal;
    private final List<Statement> statements = new ArrayList<>();

    /**
     * Begins without code.
     *
     * @param seed chooses the code
     * @param firstLocal the index of the first of the locals, as many as there are parameters
     */
    MixedCode(long seed, int firstLocal) {
        random = new Random(seed);
        this.firstLocal = firstLocal;
    }

    /** Adds functions that the code calls; they have to be the module's first. */
    static void addHelpers(GuestBuilder guest) {
        for (int helper = 0; helper < HELPERS; helper++) {
            Body body = new Body().get(0).i32(helper + 3).op(0x6c).get(1).op(0x73);
            int func = guest.func(GuestBuilder.BINARY, body);
            guest.element(func);
        }
    }

    private static int helper(int number, int a, int b) {
        return a * (number + 3) ^ b;
    }

    /** Appends so many bytes of code, and a few more. */
    void append(Body body, int sizeBytes) {
        int end = body.sizeBytes() + sizeBytes;
        while (body.sizeBytes() < end) {
            Statement statement = statement(0, 0);
            statement.write(body);
            statements.add(statement);
        }
    }

    /** Appends code that sets all locals from the parameter. */
    void appendStart(Body body) {
        for (int i = 0; i < INTS; i++) {
            body.get(0).i32(i * 77 + 1).op(0x6c).set(intLocal(i));
        }
        for (int i = 0; i < LONGS; i++) {
            body.get(0).op(0xac).i64(i).op(0x7c).set(longLocal(i));
        }
        for (int i = 0; i < DOUBLES; i++) {
            body.get(0).op(0xb7).set(doubleLocal(i));
        }
    }

    /** Appends code that leaves one i64 made of all locals. */
    void appendResult(Body body) {
        body.i64(0);
        for (int i = 0; i < INTS; i++) {
            body.i64(31).op(0x7e).get(intLocal(i)).op(0xac, 0x7c);
        }
        for (int i = 0; i < LONGS; i++) {
            body.i64(31).op(0x7e).get(longLocal(i)).op(0x7c);
        }
        body.op(0x23, 0, 0xac, 0x7c);
    }

    /** {@return what start, code and result together give} */
    long run(int parameter, State state) {
        for (int i = 0; i < INTS; i++) {
            state.ints[i] = parameter * (i * 77 + 1);
        }
        for (int i = 0; i < LONGS; i++) {
            state.longs[i] = (long) parameter + i;
        }
        for (int i = 0; i < DOUBLES; i++) {
            state.doubles[i] = parameter;
        }
        runAll(statements, state);
        long result = 0;
        for (int value : state.ints) {
            result = result * 31 + value;
        }
        for (long value : state.longs) {
            result = result * 31 + value;
        }
        return result + state.global;
    }

    private static int runAll(List<Statement> statements, State state) {
        for (Statement statement : statements) {
            int left = statement.run(state);
            if (left > 0) {
                return left;
            }
        }
        return 0;
    }

    private int intLocal(int i) {
        return firstLocal + i;
    }

    private int longLocal(int i) {
        return firstLocal + INTS + COUNTERS + i;
    }

    private int doubleLocal(int i) {
        return firstLocal + INTS + COUNTERS + LONGS + i;
    }

    /** Chooses a statement inside so many labels of our own, and inside so many loops. */
    private Statement statement(int labels, int loops) {
        int kind = random.nextInt(100);
        if (kind < 30) {
            return new Arithmetic();
        } else if (kind < 40) {
            return new LongArithmetic();
        } else if (kind < 45) {
            return new DoubleArithmetic();
        } else if (kind < 60) {
            return new Load();
        } else if (kind < 73) {
            return new Store();
        } else if (kind < 77) {
            return new Call();
        } else if (kind < 80) {
            return new GlobalStep();
        } else if (kind < 86 && labels > 0) {
            return new Leave(labels);
        } else if (labels > 6) {
            return new Arithmetic();
        } else if (kind < 93) {
            return new Condition(labels, loops);
        } else if (kind < 96) {
            return new Switch();
        } else if (kind < 98 && loops < COUNTERS) {
            return new Loop(labels, loops);
        }
        return new Block(labels, loops);
    }

    private List<Statement> group(int max, int labels, int loops) {
        List<Statement> group = new ArrayList<>();
        for (int count = 1 + random.nextInt(max); count > 0; count--) {
            group.add(statement(labels, loops));
        }
        return group;
    }

    private static void writeAll(List<Statement> group, Body body) {
        group.forEach(statement -> statement.write(body));
    }

    private static int compute(int operation, int a, int b) {
        return switch (operation) {
            case 0x6a -> a + b;
            case 0x6b -> a - b;
            case 0x6c -> a * b;
            case 0x6e -> Integer.divideUnsigned(a, b);
            case 0x71 -> a & b;
            case 0x72 -> a | b;
            case 0x73 -> a ^ b;
            case 0x74 -> a << b;
            case 0x75 -> a >> b;
            case 0x76 -> a >>> b;
            case 0x77 -> Integer.rotateLeft(a, b);
            case 0x78 -> Integer.rotateRight(a, b);
            default -> throw new IllegalArgumentException("operation " + operation);
        };
    }

    private final class Arithmetic implements Statement {
        private final int to = random.nextInt(INTS);
        private final int left = random.nextInt(INTS);
        private final int right = random.nextInt(INTS);
        private final int operation = OPERATIONS[random.nextInt(OPERATIONS.length)];
        private final int constant = random.nextInt(1 << random.nextInt(31));

        @Override
        public void write(Body body) {
            body.get(intLocal(left)).get(intLocal(right)).i32(1).op(0x72, operation);
            body.i32(constant).op(0x6a).set(intLocal(to));
        }

        @Override
        public int run(State state) {
            int value = compute(operation, state.ints[left], state.ints[right] | 1);
            state.ints[to] = value + constant;
            return 0;
        }
    }

    private final class LongArithmetic implements Statement {
        private final int to = random.nextInt(LONGS);
        private final int left = random.nextInt(LONGS);
        private final int right = random.nextInt(INTS);
        private final boolean product = random.nextBoolean();

        @Override
        public void write(Body body) {
            body.get(longLocal(left)).get(intLocal(right)).op(0xad, product ? 0x7e : 0x7c);
            body.set(longLocal(to));
        }

        @Override
        public int run(State state) {
            long operand = Integer.toUnsignedLong(state.ints[right]);
            long value = state.longs[left];
            state.longs[to] = product ? value * operand : value + operand;
            return 0;
        }
    }

    /** Stays finite, so that no NaN's bits matter; and goes over to an i32. */
    private final class DoubleArithmetic implements Statement {
        private final int to = random.nextInt(DOUBLES);
        private final int left = random.nextInt(DOUBLES);
        private final int right = random.nextInt(INTS);
        private final boolean read = random.nextBoolean();

        @Override
        public void write(Body body) {
            body.get(doubleLocal(left)).f64(0.375).op(0xa2).get(intLocal(right)).op(0xb7, 0xa0);
            body.set(doubleLocal(to));
            if (read) {
                body.get(doubleLocal(to)).op(0xfc, 2).set(intLocal(right));
            }
        }

        @Override
        public int run(State state) {
            state.doubles[to] = state.doubles[left] * 0.375 + state.ints[right];
            if (read) {
                state.ints[right] = (int) state.doubles[to];
            }
            return 0;
        }
    }

    private final class Load implements Statement {
        private final int to = random.nextInt(INTS);
        private final int address = random.nextInt(INTS);
        private final int offset = random.nextInt(1 << random.nextInt(16));
        private final int width = random.nextInt(4);

        @Override
        public void write(Body body) {
            body.get(intLocal(address)).i32(MEMORY_MASK).op(0x71);
            switch (width) {
                case 0 -> body.memory(0x2d, offset).set(intLocal(to));
                case 1 -> body.memory(0x2e, offset).set(intLocal(to));
                case 2 -> body.memory(0x28, offset).set(intLocal(to));
                default -> body.memory(0x29, offset).set(longLocal(to % LONGS));
            }
        }

        @Override
        public int run(State state) {
            int at = (state.ints[address] & MEMORY_MASK) + offset;
            switch (width) {
                case 0 -> state.ints[to] = state.memory.get(at) & 0xff;
                case 1 -> state.ints[to] = state.memory.getShort(at);
                case 2 -> state.ints[to] = state.memory.getInt(at);
                default -> state.longs[to % LONGS] = state.memory.getLong(at);
            }
            return 0;
        }
    }

    private final class Store implements Statement {
        private final int from = random.nextInt(INTS);
        private final int address = random.nextInt(INTS);
        private final int offset = random.nextInt(1 << random.nextInt(16));
        private final int width = random.nextInt(3);

        @Override
        public void write(Body body) {
            body.get(intLocal(address)).i32(MEMORY_MASK).op(0x71);
            switch (width) {
                case 0 -> body.get(intLocal(from)).memory(0x3a, offset);
                case 1 -> body.get(intLocal(from)).memory(0x36, offset);
                default -> body.get(longLocal(from % LONGS)).memory(0x37, offset);
            }
        }

        @Override
        public int run(State state) {
            int at = (state.ints[address] & MEMORY_MASK) + offset;
            switch (width) {
                case 0 -> state.memory.put(at, (byte) state.ints[from]);
                case 1 -> state.memory.putInt(at, state.ints[from]);
                default -> state.memory.putLong(at, state.longs[from % LONGS]);
            }
            return 0;
        }
    }

    /** Calls a helper, directly or through the table. */
    private final class Call implements Statement {
        private final int to = random.nextInt(INTS);
        private final int left = random.nextInt(INTS);
        private final int right = random.nextInt(INTS);
        private final int helper = random.nextInt(HELPERS);
        private final boolean indirect = random.nextInt(3) == 0;

        @Override
        public void write(Body body) {
            body.get(intLocal(left)).get(intLocal(right));
            if (indirect) {
                body.get(intLocal(right)).i32(HELPERS - 1).op(0x71);
                body.callIndirect(GuestBuilder.BINARY);
            } else {
                body.call(helper);
            }
            body.set(intLocal(to));
        }

        @Override
        public int run(State state) {
            int number = indirect ? state.ints[right] & HELPERS - 1 : helper;
            state.ints[to] = helper(number, state.ints[left], state.ints[right]);
            return 0;
        }
    }

    private final class GlobalStep implements Statement {
        private final int from = random.nextInt(INTS);

        @Override
        public void write(Body body) {
            body.op(0x23, 0).get(intLocal(from)).op(0x73).op(0x24, 0);
        }

        @Override
        public int run(State state) {
            state.global ^= state.ints[from];
            return 0;
        }
    }

    /** A {@code br_if} out of one or more of the labels around it. */
    private final class Leave implements Statement {
        private final int label;
        private final int condition = random.nextInt(INTS);
        private final int mask = (1 << 1 + random.nextInt(4)) - 1;

        Leave(int labels) {
            label = random.nextInt(labels);
        }

        @Override
        public void write(Body body) {
            body.get(intLocal(condition)).i32(mask).op(0x71, 0x45).brIf(label);
        }

        @Override
        public int run(State state) {
            return (state.ints[condition] & mask) == 0 ? label + 1 : 0;
        }
    }

    private final class Condition implements Statement {
        private final int left = random.nextInt(INTS);
        private final int right = random.nextInt(INTS);
        private final List<Statement> then;
        private final List<Statement> otherwise;

        Condition(int labels, int loops) {
            then = group(6, labels + 1, loops);
            otherwise = random.nextBoolean() ? group(4, labels + 1, loops) : List.of();
        }

        @Override
        public void write(Body body) {
            body.get(intLocal(left)).get(intLocal(right)).op(0x48).when();
            writeAll(then, body);
            if (!otherwise.isEmpty()) {
                writeAll(otherwise, body.otherwise());
            }
            body.end();
        }

        @Override
        public int run(State state) {
            boolean holds = state.ints[left] < state.ints[right];
            return leave(runAll(holds ? then : otherwise, state));
        }
    }

    /** {@return how many labels are left beyond the one that ends here} */
    private static int leave(int labels) {
        return Math.max(labels - 1, 0);
    }

    private final class Block implements Statement {
        private final List<Statement> inside;

        Block(int labels, int loops) {
            inside = group(8, labels + 1, loops);
        }

        @Override
        public void write(Body body) {
            writeAll(inside, body.block());
            body.end();
        }

        @Override
        public int run(State state) {
            return leave(runAll(inside, state));
        }
    }

    /** Two or three trips; a block around each, so that a way out of it goes on with the next. */
    private final class Loop implements Statement {
        private final int trips = 2 + random.nextInt(2);
        private final int counter;
        private final List<Statement> inside;

        Loop(int labels, int loops) {
            counter = firstLocal + INTS + loops;
            inside = group(6, labels + 2, loops + 1);
        }

        @Override
        public void write(Body body) {
            body.i32(trips).set(counter).loop();
            // Where code leaves to the loop's label it begins a trip that the counter does not see.
            body.get(counter).when().get(counter).i32(1).op(0x6b).set(counter);
            writeAll(inside, body);
            body.br(1).end().end();
        }

        @Override
        public int run(State state) {
            for (int trip = 0; trip < trips; trip++) {
                int left = runAll(inside, state);
                if (left == 1) {
                    return 0;
                } else if (left > 2) {
                    return left - 2;
                }
            }
            return 0;
        }
    }

    /** A {@code br_table} over one case each; some fall through to the next. */
    private final class Switch implements Statement {
        private final int selector = random.nextInt(INTS);
        private final List<List<Statement>> cases = new ArrayList<>();
        private final boolean[] fallsThrough;

        Switch() {
            int count = 2 + random.nextInt(1 << random.nextInt(6));
            fallsThrough = new boolean[count];
            for (int i = 0; i < count; i++) {
                cases.add(straight(3));
                fallsThrough[i] = random.nextInt(4) == 0;
            }
        }

        /** Cases as in an interpreter: short, and without ways out of their own. */
        private List<Statement> straight(int max) {
            List<Statement> group = new ArrayList<>();
            for (int count = 1 + random.nextInt(max); count > 0; count--) {
                group.add(random.nextBoolean() ? new Arithmetic() : new Load());
            }
            return group;
        }

        @Override
        public void write(Body body) {
            int count = cases.size();
            body.blocks(count + 1).get(intLocal(selector)).i32(count + 1).op(0x70);
            body.brTable(count + 1);
            for (int i = 0; i < count; i++) {
                writeAll(cases.get(i), body.end());
                if (!fallsThrough[i]) {
                    body.br(count - 1 - i);
                }
            }
            body.end();
        }

        @Override
        public int run(State state) {
            int first = Integer.remainderUnsigned(state.ints[selector], cases.size() + 1);
            for (int i = first; i < cases.size(); i++) {
                runAll(cases.get(i), state);
                if (!fallsThrough[i]) {
                    return 0;
                }
            }
            return 0;
        }
    }
}
