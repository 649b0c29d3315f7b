package dev.kugg.spectest;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes modules whose every value counts: unlike smith's, nearly all of their code runs, little of
 * it traps, and what it computes ends up in results, memory or globals. A wrong bit anywhere is
 * seen.
 *
 * <p>Loops are bounded. Calls use up fuel, of which each call from outside brings new one: so the
 * functions are exported through wrappers.
 */
final class Weaver {
    /** The sizes of modules. */
    enum Size {
        SMALL(60, 4, 400),
        MEDIUM(600, 10, 1_000),
        /** More than HotSpot compiles, and sometimes more than a JVM method can be. */
        LARGE(8_000, 60, 10_000),
        /** Loops that HotSpot compiles while they run. */
        HOT(120, 6, 200_000);

        /** About the most nodes of a function. */
        final int nodes;

        /** The most locals besides those that loops need. */
        final int locals;

        /** About the most nodes that run in one call of a function, others not counted. */
        final int cost;

        Size(int nodes, int locals, int cost) {
            this.nodes = nodes;
            this.locals = locals;
            this.cost = cost;
        }

        /** {@return its name in reports and file names} */
        String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** The type of a function or block, one letter a value: i, l, f, d. */
    record Sig(String params, String results) {}

    static final int FUEL_GLOBAL = 0;
    static final int TABLE_SIZE = 16;
    static final int DATA_SIZE = 256;

    /** By globalidx: fuel, a sum of everything, and two of each type. */
    static final String GLOBALS = "iliillffdd";

    private static final String LETTERS = "ilfd";
    private static final int FUEL = 60;

    final SplittableRandom random;
    final Size size;

    /** The types of the functions; a wrapper's index is so much higher. */
    final List<Sig> funcs = new ArrayList<>();

    private final List<Sig> types = new ArrayList<>();

    Weaver(SplittableRandom random, Size size) {
        this.random = random;
        this.size = size;
    }

    /** {@return the module} */
    byte[] module() {
        int count = size == Size.LARGE ? 2 : random.nextInt(2, 7);
        for (int i = 0; i < count; i++) {
            funcs.add(new Sig(letters(0, size == Size.SMALL ? 12 : 5), letters(0, 4)));
        }
        TestModule functions = new TestModule().u32(2 * count);
        TestModule code = new TestModule().u32(2 * count);
        for (int i = 0; i < 2 * count; i++) {
            functions.u32(type(funcs.get(i % count)));
            code.sized(i < count ? new WeaverBody(this, i).write() : wrapper(i - count));
        }
        return TestModule.header()
                .section(1, typeSection())
                .section(3, functions)
                .section(4, new TestModule().raw(1, 0x70, 1).u32(TABLE_SIZE).u32(TABLE_SIZE))
                .section(5, new TestModule().raw(1, 1, 1, 3))
                .section(6, globals())
                .section(7, exports(count))
                .section(9, elements(count))
                .section(12, new TestModule().raw(1))
                .section(10, code)
                .section(11, new TestModule().raw(1, 1).sized(data()))
                .toBytes();
    }

    /** {@return the typeidx of a type} */
    int type(Sig sig) {
        if (!types.contains(sig)) {
            types.add(sig);
        }
        return types.indexOf(sig);
    }

    /** {@return random types, from so many to below so many} */
    private String letters(int min, int end) {
        StringBuilder letters = new StringBuilder();
        for (int count = random.nextInt(min, end); count > 0; count--) {
            letters.append(letter());
        }
        return letters.toString();
    }

    /** {@return a random type} */
    char letter() {
        return LETTERS.charAt(random.nextInt(4));
    }

    /** {@return the byte of a type} */
    static int valType(char letter) {
        return 0x7f - LETTERS.indexOf(letter);
    }

    private TestModule wrapper(int callee) {
        TestModule body = new TestModule().u32(0).raw(0x41).s32(FUEL).raw(0x24, FUEL_GLOBAL);
        for (int i = 0; i < funcs.get(callee).params().length(); i++) {
            body.raw(0x20).u32(i);
        }
        return body.raw(0x10).u32(callee).raw(0x0b);
    }

    private TestModule typeSection() {
        TestModule section = new TestModule().u32(types.size());
        for (Sig sig : types) {
            section.raw(0x60);
            for (String list : List.of(sig.params, sig.results)) {
                section.u32(list.length());
                list.chars().forEach(letter -> section.raw(valType((char) letter)));
            }
        }
        return section;
    }

    private TestModule globals() {
        TestModule section = new TestModule().u32(GLOBALS.length());
        for (int i = 0; i < GLOBALS.length(); i++) {
            char letter = GLOBALS.charAt(i);
            section.raw(valType(letter), 1, 0x41 + LETTERS.indexOf(letter));
            section.raw(letter == 'f' ? 4 : letter == 'd' ? 8 : 1, new int[] {0}).raw(0x0b);
        }
        return section;
    }

    private static TestModule exports(int count) {
        TestModule section = new TestModule().u32(count + GLOBALS.length() + 2);
        for (int i = 0; i < count; i++) {
            section.name("f" + i).raw(0).u32(count + i);
        }
        for (int i = 0; i < GLOBALS.length(); i++) {
            section.name("g" + i).raw(3).u32(i);
        }
        return section.name("memory").raw(2, 0).name("table").raw(1, 0);
    }

    private static TestModule elements(int count) {
        TestModule section = new TestModule().raw(1, 0, 0x41, 0, 0x0b).u32(count);
        for (int i = 0; i < count; i++) {
            section.u32(i);
        }
        return section;
    }

    private TestModule data() {
        TestModule data = new TestModule();
        for (int i = 0; i < DATA_SIZE; i++) {
            data.raw(random.nextInt(256));
        }
        return data;
    }
}
