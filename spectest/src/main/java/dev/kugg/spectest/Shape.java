package dev.kugg.spectest;

import java.util.Arrays;
import java.util.List;

/**
 * A kind of large module, in any size: each exports {@code run(i32) -> i64} and comes with what
 * that gives. Where time or memory must not grow faster than the input, these are the inputs.
 */
enum Shape {
    /** On the operand stack alone. */
    ADDS(1_000_000) {
        @Override
        Guest guest(int size) {
            Body body = new Body().get(0);
            for (int i = 0; i < size; i++) {
                body.i32(1).op(0x6a);
            }
            return Guest.of(body.op(0xac), x -> x + size);
        }
    },

    /** All on one local. */
    ADDS_LOCAL(1_000_000) {
        @Override
        Guest guest(int size) {
            Body body = new Body();
            for (int i = 0; i < size; i++) {
                body.get(0).i32(i & 63).op(0x6a).set(0);
            }
            int sum = 0;
            for (int i = 0; i < size; i++) {
                sum += i & 63;
            }
            int added = sum;
            return Guest.of(body.get(0).op(0xac), x -> x + added);
        }
    },

    /** Between sixteen locals that all live on. */
    ADDS_LOCALS(500_000) {
        @Override
        Guest guest(int size) {
            Body body = new Body(16, Body.I32);
            for (int i = 1; i <= 16; i++) {
                body.get(0).i32(i).op(0x6a).set(i);
            }
            for (int i = 0; i < size; i++) {
                body.get(1 + i % 16).get(1 + i * 7 % 13).op(0x6a).set(1 + i * 3 % 16);
            }
            for (int i = 1; i <= 16; i++) {
                body.get(i);
            }
            for (int i = 1; i < 16; i++) {
                body.op(0x73);
            }
            return Guest.of(body.op(0xac), x -> addsLocals(size, x));
        }

        private int addsLocals(int size, int x) {
            int[] locals = new int[17];
            for (int i = 1; i <= 16; i++) {
                locals[i] = x + i;
            }
            for (int i = 0; i < size; i++) {
                locals[1 + i * 3 % 16] = locals[1 + i % 16] + locals[1 + i * 7 % 13];
            }
            return Arrays.stream(locals).reduce(0, (a, b) -> a ^ b);
        }
    },

    /** Blocks one behind the other, each left early on a condition. */
    BLOCKS(200_000) {
        @Override
        Guest guest(int size) {
            Body body = new Body(1, Body.I32);
            for (int i = 0; i < size; i++) {
                body.block().get(0).i32(i & 31).op(0x71).brIf(0);
                body.get(1).i32(i).op(0x6a).set(1).end();
            }
            return Guest.of(body.get(1).op(0xac), x -> blocks(size, x));
        }

        private int blocks(int size, int x) {
            int sum = 0;
            for (int i = 0; i < size; i++) {
                sum += (x & i & 31) == 0 ? i : 0;
            }
            return sum;
        }
    },

    /** Blocks in groups of fifty inside each other, with ways out to all of them. */
    BLOCK_GROUPS(200_000) {
        private static final int DEPTH = 50;

        @Override
        Guest guest(int size) {
            Body body = new Body(1, Body.I32);
            for (int group = 0; group < size / DEPTH; group++) {
                body.blocks(DEPTH);
                for (int label = 0; label < DEPTH; label++) {
                    body.get(0).i32(label).op(0x46).brIf(label % (DEPTH - label));
                    body.get(1).i32(3).op(0x6c).i32(1).op(0x6a).set(1).end();
                }
            }
            return Guest.of(body.get(1).op(0xac), x -> groups(size / DEPTH, x));
        }

        // Each step stands inside one block less than the one before.
        private int groups(int count, int x) {
            int value = 0;
            for (int group = 0; group < count; group++) {
                int open = DEPTH;
                while (open > 0) {
                    int label = DEPTH - open;
                    if (label == x) {
                        open -= label % open + 1;
                    } else {
                        value = value * 3 + 1;
                        open--;
                    }
                }
            }
            return value;
        }
    },

    /** Blocks inside each other and a way out to each from the innermost: a large switch. */
    BLOCKS_NESTED(100_000) {
        @Override
        Guest guest(int size) {
            Body body = new Body(1, Body.I32).blocks(size);
            for (int label = 0; label < size; label++) {
                body.get(0).i32(label).op(0x46).brIf(label);
            }
            for (int label = 0; label < size; label++) {
                body.end().get(1).i32(5).op(0x6c).i32(label).op(0x73).set(1);
            }
            return Guest.of(body.get(1).op(0xac), x -> nested(size, x));
        }

        private int nested(int size, int x) {
            int value = 0;
            for (int label = x >= 0 && x < size ? x : 0; label < size; label++) {
                value = value * 5 ^ label;
            }
            return value;
        }
    },

    /** Ways out of many blocks, of each of them many times. */
    WAYS_OUT(500_000) {
        private static final int LEVELS = 1_000;

        @Override
        Guest guest(int size) {
            Body body = new Body(1, Body.I32).blocks(LEVELS);
            for (int i = 0; i < size; i++) {
                body.get(0).i32(i).op(0x46).brIf(i % LEVELS);
            }
            for (int level = 0; level < LEVELS; level++) {
                body.end().get(1).i32(1).op(0x6a).set(1);
            }
            return Guest.of(body.get(1).op(0xac), x -> LEVELS - (inside(size, x) ? x % LEVELS : 0));
        }

        private boolean inside(int size, int x) {
            return x >= 0 && x < size;
        }
    },

    /** Conditions inside each other. */
    IFS_NESTED(100_000) {
        @Override
        Guest guest(int size) {
            Body body = new Body(1, Body.I32);
            for (int i = 0; i < size; i++) {
                body.get(0).i32(i + 1).op(0x47).when();
            }
            body.get(0).set(1);
            for (int i = size - 1; i >= 0; i--) {
                body.otherwise().i32(i).set(1).end();
            }
            return Guest.of(body.get(1).op(0xac), x -> x >= 1 && x <= size ? x - 1 : x);
        }
    },

    /** Loops inside each other, each of one trip. */
    LOOPS_NESTED(100_000) {
        @Override
        Guest guest(int size) {
            Body body = new Body(1, Body.I32);
            for (int i = 0; i < size; i++) {
                body.loop();
            }
            for (int i = 0; i < size; i++) {
                body.get(1).i32(1).op(0x6a).tee(1).i32(0).op(0x48).brIf(0).end();
            }
            return Guest.of(body.get(1).op(0xac), x -> size);
        }
    },

    /** Small functions; callers of a hundred of them each. */
    FUNCTIONS(100_000) {
        private static final int CALLED = 100;

        @Override
        Guest guest(int size) {
            GuestBuilder guest = new GuestBuilder(1);
            for (int i = 0; i < size; i++) {
                guest.func(GuestBuilder.BINARY, new Body().get(0).i32(i).op(0x73, 0x20, 1, 0x6a));
            }
            Body run = new Body().i32(0);
            for (int first = 0; first < size; first += CALLED) {
                Body caller = new Body().get(0);
                for (int i = first; i < Math.min(first + CALLED, size); i++) {
                    caller.get(1).call(i);
                }
                run.get(0).call(guest.func(GuestBuilder.BINARY, caller));
            }
            guest.export("run", guest.func(GuestBuilder.RUN, run.op(0xac)));
            return new Guest(guest.toBytes(), x -> functions(size, x));
        }

        private int functions(int size, int x) {
            int value = 0;
            for (int i = 0; i < size; i++) {
                value = (value ^ i) + x;
            }
            return value;
        }
    },

    /** One body of so many bytes of mixed code, nearly the most that is decoded. */
    MIXED(7_600_000) {
        @Override
        Guest guest(int size) {
            MixedCode code = new MixedCode(size, 1);
            Body body = new Body(MixedCode.LOCALS);
            code.appendStart(body);
            code.append(body, size - body.sizeBytes());
            code.appendResult(body);
            GuestBuilder guest = new GuestBuilder(2);
            MixedCode.addHelpers(guest);
            guest.export("run", guest.func(GuestBuilder.RUN, body));
            MixedCode.State state = new MixedCode.State();
            return new Guest(guest.toBytes(), x -> code.run(x, state));
        }
    },

    /** One body of so many bytes of mixed code, all of it inside one loop of two trips. */
    MIXED_LOOP(7_600_000) {
        @Override
        Guest guest(int size) {
            MixedCode code = new MixedCode(~size, 2);
            GuestBuilder guest = new GuestBuilder(2);
            MixedCode.addHelpers(guest);
            Body body = new Body(concat(new int[] {1, Body.I32}, MixedCode.LOCALS));
            body.loop();
            code.appendStart(body);
            code.append(body, size - body.sizeBytes());
            body.get(1).i32(1).op(0x6a).tee(1).i32(2).op(0x48).brIf(0).end();
            code.appendResult(body);
            guest.export("run", guest.func(GuestBuilder.RUN, body));
            MixedCode.State state = new MixedCode.State();
            return new Guest(
                    guest.toBytes(),
                    x -> {
                        code.run(x, state);
                        return code.run(x, state);
                    });
        }
    },

    /** One table with so many entries. */
    BR_TABLE(1_000_000) {
        private static final int CASES = 64;

        @Override
        Guest guest(int size) {
            Body body = new Body().blocks(CASES).get(0);
            body.op(0x0e).bytes().u32(size);
            for (int i = 0; i < size; i++) {
                body.bytes().u32(target(i, size));
            }
            body.bytes().u32(CASES - 1);
            for (int label = 0; label < CASES - 1; label++) {
                body.end().i64(label * 1_000).op(0x0f);
            }
            return Guest.of(body.end().i64(-1), x -> value(x, size));
        }

        private int target(int i, int size) {
            // The golden ratio scatters them, as the cases of a sparse switch are.
            return (int) ((i + size) * 0x9e3779b97f4a7c15L >>> 58);
        }

        private long value(int x, int size) {
            int label = x >= 0 && x < size ? target(x, size) : CASES - 1;
            return label == CASES - 1 ? -1 : label * 1_000;
        }
    },

    /** Tables of eight entries, one behind the other. */
    BR_TABLES(50_000) {
        private static final int CASES = 8;

        @Override
        Guest guest(int size) {
            Body body = new Body(1, Body.I32);
            for (int i = 0; i < size; i++) {
                body.blocks(CASES).get(0).i32(i).op(0x6a).i32(CASES - 1).op(0x71).brTable(CASES);
                for (int label = 0; label < CASES; label++) {
                    body.end().get(1).i32(label + 1).op(0x6a).set(1);
                }
            }
            return Guest.of(body.get(1).op(0xac), x -> tables(size, x));
        }

        private int tables(int size, int x) {
            int value = 0;
            for (int i = 0; i < size; i++) {
                for (int label = x + i & CASES - 1; label < CASES; label++) {
                    value += label + 1;
                }
            }
            return value;
        }
    },

    /** So many operands on the stack at once. */
    OPERANDS(70_000) {
        @Override
        Guest guest(int size) {
            Body body = new Body();
            for (int i = 0; i < size; i++) {
                body.get(0).i32(i).op(0x73);
            }
            for (int i = 1; i < size; i++) {
                body.op(0x6a);
            }
            return Guest.of(body.op(0xac), x -> operands(size, x));
        }

        private int operands(int size, int x) {
            int sum = 0;
            for (int i = 0; i < size; i++) {
                sum += x ^ i;
            }
            return sum;
        }
    },

    /** So many locals, all of them used. */
    LOCALS(50_000) {
        @Override
        Guest guest(int size) {
            Body body = new Body(size, Body.I32);
            for (int i = 1; i <= size; i++) {
                body.get(0).i32(i).op(0x6c).set(i);
            }
            body.i32(0);
            for (int i = 1; i <= size; i++) {
                body.get(i).op(0x6a).i32(1).op(0x77);
            }
            return Guest.of(body.op(0xac), x -> locals(size, x));
        }

        private int locals(int size, int x) {
            int value = 0;
            for (int i = 1; i <= size; i++) {
                value = Integer.rotateLeft(value + x * i, 1);
            }
            return value;
        }
    },

    /** A function of so many parameters, i32 and i64 in turn. */
    PARAMETERS(1_000) {
        @Override
        Guest guest(int size) {
            Body sum = new Body().i64(0);
            Body run = new Body();
            for (int i = 0; i < size; i++) {
                sum.i64(31).op(0x7e).get(i).op(isLong(i) ? new int[0] : TO_I64).op(0x7c);
                run.get(0).i32(i).op(0x73).op(isLong(i) ? TO_I64 : new int[0]);
            }
            TestModule type = new TestModule().raw(0x60).u32(size);
            for (int i = 0; i < size; i++) {
                type.raw(isLong(i) ? Body.I64 : Body.I32);
            }
            return twoFunctions(
                    type.raw(1, Body.I64), "sum", sum, run.call(0), x -> parameters(size, x));
        }

        private boolean isLong(int param) {
            return param % 2 == 1;
        }

        private long parameters(int size, int x) {
            long sum = 0;
            for (int i = 0; i < size; i++) {
                sum = sum * 31 + (x ^ i);
            }
            return sum;
        }
    },

    /** A function of so many results. */
    RESULTS(1_000) {
        @Override
        Guest guest(int size) {
            Body many = new Body();
            for (int i = 0; i < size; i++) {
                many.get(0).i32(i).op(0x73);
            }
            TestModule type = new TestModule().raw(0x60, 1, Body.I32).u32(size);
            type.raw(size, new int[] {Body.I32});
            Body run = new Body().get(0).call(0);
            for (int i = 1; i < size; i++) {
                run.op(0x6a);
            }
            return twoFunctions(type, "many", many, run.op(TO_I64), x -> results(size, x));
        }

        private long results(int size, int x) {
            int sum = 0;
            for (int i = 0; i < size; i++) {
                sum += x ^ i;
            }
            return sum;
        }
    },

    /** A name of so many bytes, of an export and in the name section, which no class file has. */
    NAMES(100_000) {
        private static final String ODD = ".;[/<>\0\u00e9\ud83d\ude00";
        private static final int ODD_BYTES = 13;

        @Override
        Guest guest(int size) {
            String name = ODD.repeat(size / ODD_BYTES) + "x".repeat(size % ODD_BYTES);
            TestModule type = new TestModule().raw(0x60, 1, Body.I32, 1, Body.I32);
            Body twice = new Body().get(0).get(0).op(0x6a);
            Body run = new Body().get(0).call(0).op(TO_I64);
            return twoFunctions(type, name, twice, run, x -> x + x);
        }
    };

    private static final int[] TO_I64 = {0xac};

    /**
     * {@return a module of a function that is exported and named, and {@code run}, which may call
     * it}
     */
    private static Guest twoFunctions(
            TestModule type, String name, Body first, Body run, Model model) {
        TestModule names = new TestModule().name("name");
        byte[] bytes =
                TestModule.header()
                        .section(
                                1,
                                new TestModule()
                                        .raw(2)
                                        .append(type)
                                        .raw(0x60, 1, Body.I32, 1, Body.I64))
                        .section(3, new TestModule().raw(2, 0, 1))
                        .section(
                                7,
                                new TestModule().raw(2).name(name).raw(0, 0).name("run").raw(0, 1))
                        .section(
                                10,
                                new TestModule()
                                        .raw(2)
                                        .sized(first.bytes().raw(0x0b))
                                        .sized(run.bytes().raw(0x0b)))
                        .section(0, names.raw(1).sized(new TestModule().raw(1, 0).name(name)))
                        .toBytes();
        return new Guest(bytes, model);
    }

    /** What {@code run} gives; to be asked in the order of the calls of one instance. */
    interface Model {
        long run(int x);
    }

    /**
     * A module and what its {@code run} gives.
     *
     * @param bytes the module
     * @param model its answers
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Guest(byte[] bytes, Model model) {
        /** {@return a module of this function alone} */
        static Guest of(Body run, Model model) {
            GuestBuilder guest = new GuestBuilder(1);
            guest.export("run", guest.func(GuestBuilder.RUN, run));
            return new Guest(guest.toBytes(), model);
        }
    }

    /** Parameters that take different ways through each shape. */
    static final List<Integer> ARGUMENTS = List.of(0, 1, 31, 7_777, -1, 99_999);

    /** The size at which it has to work, in what this shape counts. */
    final int largest;

    Shape(int largest) {
        this.largest = largest;
    }

    abstract Guest guest(int size);

    private static int[] concat(int[] first, int[] second) {
        int[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
