package dev.kugg.spectest;

import dev.kugg.internal.opcode.Immediate;
import dev.kugg.internal.opcode.Opcode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * One function of a {@link Weaver}: random statements over locals, globals and memory, each with
 * random expressions, then a sum of all locals.
 *
 * <p>NaNs may have any sign and payload. So wherever a floating-point value is seen as bits, it is
 * made canonical first.
 */
final class WeaverBody {
    private static final int LOOPS_MAX = 3;
    private static final int DEPTH = 5;
    private static final int SUM_GLOBAL = 1;

    /** Addresses are cut to so many; offsets add to them within the first page. */
    private static final int ADDRESSES = 0x3fff;

    /** By result type, the instructions without immediates that compute it from operands. */
    private static final Map<Character, List<Opcode>> OPERATORS =
            Arrays.stream(Opcode.values())
                    .filter(each -> isOperator(each, "[ilfd]+:[ilfd]", Immediate.NONE))
                    .collect(Collectors.groupingBy(each -> last(each.stack)));

    private static final List<Opcode> LOADS =
            Arrays.stream(Opcode.values())
                    .filter(each -> isOperator(each, "a:[ilfd]", Immediate.MEMARG))
                    .toList();
    private static final List<Opcode> STORES =
            Arrays.stream(Opcode.values())
                    .filter(each -> isOperator(each, "a[ilfd]:", Immediate.MEMARG))
                    .toList();

    private final Weaver module;
    private final SplittableRandom random;
    private final int funcidx;
    private final Weaver.Sig sig;
    private final TestModule out = new TestModule();

    /** By localidx; those of loops and for making NaNs canonical are not among the first ones. */
    private final StringBuilder locals = new StringBuilder();

    private final int free;
    private final int counters;
    private final int canonical;

    /** By label, the outermost first: whether a branch to it takes no values and goes forward. */
    private final List<Boolean> labels = new ArrayList<>();

    private int nodes;
    private int loops;
    private long trips = 1;
    private long cost;

    WeaverBody(Weaver module, int funcidx) {
        this.module = module;
        this.random = module.random;
        this.funcidx = funcidx;
        sig = module.funcs.get(funcidx);
        nodes = random.nextInt(module.size.nodes / 4, module.size.nodes);
        locals.append(sig.params()).append("ilfd");
        for (int n = random.nextInt(module.size.locals); n > 0; n--) {
            locals.append(module.letter());
        }
        free = locals.length();
        counters = free;
        locals.append("i".repeat(LOOPS_MAX));
        canonical = locals.length();
        locals.append("fd");
    }

    private static boolean isOperator(Opcode opcode, String stack, Immediate immediate) {
        return opcode.compiled()
                && opcode.immediate == immediate
                && opcode.stack != null
                && opcode.stack.matches(stack);
    }

    private static char last(String text) {
        return text.charAt(text.length() - 1);
    }

    /** {@return the function's body, with its locals in front} */
    TestModule write() {
        int params = sig.params().length();
        out.u32(locals.length() - params);
        for (int i = params; i < locals.length(); i++) {
            out.u32(1).raw(Weaver.valType(locals.charAt(i)));
        }
        payFuel();
        while (nodes > 0) {
            statement();
        }
        for (int i = 0; i < free; i++) {
            sum(i);
        }
        for (char letter : sig.results().toCharArray()) {
            observed(letter, 1);
        }
        return out.raw(0x0b);
    }

    /** Without fuel a function answers zeros. */
    private void payFuel() {
        global(0x23, Weaver.FUEL_GLOBAL);
        op(Opcode.I32_EQZ).raw(0x04, 0x40);
        for (char letter : sig.results().toCharArray()) {
            constant(letter, 0);
        }
        out.raw(0x0f, 0x0b);
        global(0x23, Weaver.FUEL_GLOBAL);
        i32(1);
        op(Opcode.I32_SUB);
        global(0x24, Weaver.FUEL_GLOBAL);
    }

    private void sum(int local) {
        char letter = locals.charAt(local);
        get(local);
        observe(letter);
        switch (letter) {
            case 'i' -> op(Opcode.I64_EXTEND_I32_U);
            case 'f' -> {
                op(Opcode.I32_REINTERPRET_F32);
                op(Opcode.I64_EXTEND_I32_U);
            }
            case 'd' -> op(Opcode.I64_REINTERPRET_F64);
            default -> {}
        }
        global(0x23, SUM_GLOBAL);
        constant('l', 7);
        op(Opcode.I64_ROTL);
        op(Opcode.I64_ADD);
        global(0x24, SUM_GLOBAL);
    }

    // Statements: nothing on the stack before and after

    private void statement() {
        nodes--;
        cost += trips;
        switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> set();
            case 4 -> setGlobal();
            case 5, 6 -> store();
            case 7 -> choice();
            case 8 -> block();
            case 9, 10 -> loop();
            case 11 -> table();
            case 12 -> bulk();
            case 13 -> branch();
            case 14 -> leave();
            default -> callStatement();
        }
    }

    private void statements(int end) {
        for (int n = random.nextInt(1, end); n > 0 && nodes > 0; n--) {
            statement();
        }
    }

    private void set() {
        int local = random.nextInt(free);
        expression(locals.charAt(local), DEPTH);
        out.raw(0x21).u32(local);
    }

    private void setGlobal() {
        int global = random.nextInt(SUM_GLOBAL + 1, Weaver.GLOBALS.length());
        observed(Weaver.GLOBALS.charAt(global), DEPTH);
        global(0x24, global);
    }

    private void store() {
        Opcode opcode = STORES.get(random.nextInt(STORES.size()));
        address();
        observed(opcode.stack.charAt(1), 3);
        memarg(opcode);
    }

    private void choice() {
        expression('i', 3);
        open(0x04, true).raw(0x40);
        statements(4);
        if (random.nextBoolean()) {
            out.raw(0x05);
            statements(4);
        }
        close();
    }

    private void block() {
        open(0x02, true).raw(0x40);
        statements(5);
        close();
    }

    /**
     * A branch forward, sometimes one that is always taken, with code behind it that never runs.
     */
    private void branch() {
        List<Integer> targets = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            if (labels.get(i)) {
                targets.add(labels.size() - 1 - i);
            }
        }
        if (targets.isEmpty()) {
            set();
            return;
        }
        int target = targets.get(random.nextInt(targets.size()));
        expression('i', 3);
        if (random.nextInt(4) > 0) {
            out.raw(0x0d).u32(target);
            return;
        }
        open(0x04, false).raw(0x40);
        out.raw(0x0c).u32(target + 1);
        deadCode();
        close();
    }

    private void deadCode() {
        switch (random.nextInt(4)) {
            case 0 -> op(Opcode.I32_ADD).raw(0x1a);
            case 1 -> out.raw(0x00);
            case 2 -> set();
            default -> {}
        }
    }

    /** Returns early, now and then. */
    private void leave() {
        if (random.nextInt(6) > 0) {
            set();
            return;
        }
        expression('i', 3);
        i32(31);
        op(Opcode.I32_AND);
        op(Opcode.I32_EQZ);
        open(0x04, false).raw(0x40);
        for (char letter : sig.results().toCharArray()) {
            observed(letter, 2);
        }
        out.raw(0x0f);
        close();
    }

    /** A {@code br_table} over nested blocks, each case falling through or leaving. */
    private void table() {
        int cases = random.nextInt(1, 6);
        for (int i = 0; i <= cases; i++) {
            open(0x02, true).raw(0x40);
        }
        expression('i', 3);
        if (random.nextInt(3) > 0) {
            i32(7);
            op(Opcode.I32_AND);
        }
        out.raw(0x0e).u32(cases);
        for (int i = 0; i <= cases; i++) {
            out.u32(random.nextInt(cases + 1));
        }
        for (int i = 0; i <= cases; i++) {
            close();
            statements(3);
            if (i < cases && random.nextBoolean()) {
                out.raw(0x0c).u32(random.nextInt(cases - i));
            }
        }
    }

    private void bulk() {
        address();
        switch (random.nextInt(3)) {
            case 0 -> {
                expression('i', 2);
                length(0xff);
                out.raw(0xfc, 0x0b, 0);
            }
            case 1 -> {
                address();
                length(0x3ff);
                out.raw(0xfc, 0x0a, 0, 0);
            }
            default -> {
                i32(random.nextInt(Weaver.DATA_SIZE / 2));
                length(Weaver.DATA_SIZE / 2 - 1);
                out.raw(0xfc, 0x08, 0, 0);
            }
        }
    }

    private void length(int mask) {
        expression('i', 2);
        i32(mask);
        op(Opcode.I32_AND);
    }

    private void callStatement() {
        if (funcidx == 0 || trips > 8) {
            set();
            return;
        }
        int callee = random.nextInt(funcidx);
        call(callee);
        String results = module.funcs.get(callee).results();
        for (int i = results.length() - 1; i >= 0; i--) {
            out.raw(0x21).u32(local(results.charAt(i)));
        }
    }

    // Loops

    private void loop() {
        long most = Math.min(50_000, (module.size.cost - cost) / trips / 20);
        if (loops == LOOPS_MAX || most < 2) {
            set();
            return;
        }
        int count = (int) random.nextLong(1, most);
        int counter = counters + loops++;
        long outside = trips;
        trips *= count;
        switch (random.nextInt(4)) {
            case 0 -> loopDown(counter, count);
            case 1 -> loopUp(counter, count);
            case 2 -> loopWhile(counter, count);
            default -> loopWithContinue(counter, count);
        }
        trips = outside;
        loops--;
    }

    private void loopDown(int counter, int count) {
        begin(counter, count);
        open(0x03, false).raw(0x40);
        statements(4);
        count(counter, -1, 0x22);
        out.raw(0x0d, 0);
        close();
    }

    private void loopUp(int counter, int count) {
        begin(counter, -count);
        open(0x03, false).raw(0x40);
        statements(4);
        count(counter, 1, 0x21);
        get(counter);
        i32(0);
        op(random.nextBoolean() ? Opcode.I32_NE : Opcode.I32_LT_S).raw(0x0d, 0);
        close();
    }

    private void loopWhile(int counter, int count) {
        begin(counter, count);
        open(0x02, true).raw(0x40);
        open(0x03, false).raw(0x40);
        get(counter);
        op(Opcode.I32_EQZ).raw(0x0d, 1);
        count(counter, -1, 0x21);
        statements(4);
        out.raw(0x0c, 0);
        close();
        close();
    }

    /** With a second branch back, and operands on the stack that both leave behind. */
    private void loopWithContinue(int counter, int count) {
        begin(counter, count);
        open(0x03, false).raw(0x40);
        statements(3);
        expression('l', 2);
        expression('i', 2);
        open(0x04, false).raw(0x40);
        count(counter, -1, 0x22);
        i32(0);
        op(Opcode.I32_GT_S).raw(0x0d, 1);
        close();
        out.raw(0x21).u32(local('l'));
        statements(3);
        count(counter, -1, 0x22);
        i32(0);
        op(Opcode.I32_GT_S).raw(0x0d, 0);
        close();
    }

    private void begin(int counter, int value) {
        i32(value);
        out.raw(0x21).u32(counter);
    }

    private void count(int counter, int step, int set) {
        get(counter);
        i32(step);
        op(Opcode.I32_ADD).raw(set).u32(counter);
    }

    // Expressions: one value on the stack afterwards

    private void expression(char letter, int depth) {
        nodes--;
        cost += trips;
        if (depth == 0 || nodes <= 0) {
            leaf(letter);
            return;
        }
        switch (random.nextInt(20)) {
            case 0, 1, 2 -> leaf(letter);
            case 3, 4 -> loaded(letter);
            case 5 -> select(letter, depth);
            case 6 -> tee(letter, depth);
            case 7 -> ifElse(letter, depth);
            case 8 -> blockWithValue(letter, depth);
            case 9 -> blockWithParams(letter, depth);
            case 10 -> called(letter, depth);
            case 11 -> sizeOrGrow(letter, depth);
            default -> operator(letter, depth);
        }
    }

    private void leaf(char letter) {
        int choice = random.nextInt(8);
        if (choice < 5) {
            get(local(letter));
        } else if (choice == 5) {
            global(0x23, 2 + "iillffdd".indexOf(letter) + random.nextInt(2));
        } else {
            constant(letter, random.nextInt(3) > 0 ? random.nextInt(-9, 99) : random.nextLong());
        }
    }

    private void operator(char letter, int depth) {
        List<Opcode> operators = OPERATORS.get(letter);
        Opcode opcode = operators.get(random.nextInt(operators.size()));
        String name = opcode.mnemonic;
        String operands = opcode.stack.substring(0, opcode.stack.indexOf(':'));
        for (int i = 0; i < operands.length(); i++) {
            operand(name, operands.charAt(i), i, depth - 1);
        }
        op(opcode);
    }

    private void operand(String name, char letter, int index, int depth) {
        if (name.contains(".trunc_f")) {
            convertible(letter, depth);
        } else if (name.contains(".reinterpret") || name.endsWith("copysign") && index == 1) {
            observed(letter, depth);
        } else {
            expression(letter, depth);
        }
        if (index == 1 && (name.contains(".div_") || name.contains(".rem_"))) {
            constant(letter, 1);
            op(letter == 'i' ? Opcode.I32_OR : Opcode.I64_OR);
        }
    }

    /** A number that converting to an integer does not trap on. */
    private void convertible(char letter, int depth) {
        expression('i', depth);
        i32(0xffff);
        op(Opcode.I32_AND);
        op(letter == 'f' ? Opcode.F32_CONVERT_I32_U : Opcode.F64_CONVERT_I32_U);
        if (letter == 'd') {
            constant('d', random.nextInt());
            op(Opcode.F64_MAX);
            constant('d', 0x7fff_ffff);
            op(Opcode.F64_MIN);
            op(Opcode.F64_ABS);
        }
    }

    private void loaded(char letter) {
        List<Opcode> loads = LOADS.stream().filter(each -> last(each.stack) == letter).toList();
        address();
        memarg(loads.get(random.nextInt(loads.size())));
    }

    private void select(char letter, int depth) {
        expression(letter, depth - 1);
        expression(letter, depth - 1);
        expression('i', depth - 1);
        if (random.nextBoolean()) {
            out.raw(0x1b);
        } else {
            out.raw(0x1c, 1, Weaver.valType(letter));
        }
    }

    private void tee(char letter, int depth) {
        expression(letter, depth - 1);
        out.raw(0x22).u32(local(letter));
    }

    private void ifElse(char letter, int depth) {
        expression('i', depth - 1);
        open(0x04, false).raw(Weaver.valType(letter));
        expression(letter, depth - 1);
        out.raw(0x05);
        expression(letter, depth - 1);
        close();
    }

    /** A block whose value comes from its end or with a branch. */
    private void blockWithValue(char letter, int depth) {
        open(0x02, false).raw(Weaver.valType(letter));
        if (random.nextInt(3) == 0) {
            statements(3);
        }
        expression(letter, depth - 1);
        expression('i', depth - 1);
        out.raw(0x0d, 0);
        if (random.nextBoolean()) {
            out.raw(0x21).u32(local(letter));
            expression(letter, depth - 1);
        }
        close();
    }

    private void blockWithParams(char letter, int depth) {
        char first = module.letter();
        char second = module.letter();
        expression(first, depth - 1);
        expression(second, depth - 1);
        int type = module.type(new Weaver.Sig("" + first + second, "" + letter + first));
        open(random.nextInt(4) == 0 ? 0x03 : 0x02, false).s32(type);
        out.raw(0x21).u32(local(second));
        int kept = local(first);
        out.raw(0x21).u32(kept);
        expression(letter, depth - 1);
        get(kept);
        close();
        out.raw(0x21).u32(local(first));
    }

    /** A call of a function whose first result is of the type, directly or through the table. */
    private void called(char letter, int depth) {
        List<Integer> callees = new ArrayList<>();
        for (int i = 0; i < funcidx; i++) {
            if (module.funcs.get(i).results().startsWith("" + letter)) {
                callees.add(i);
            }
        }
        if (callees.isEmpty() || trips > 8) {
            operator(letter, depth);
            return;
        }
        int callee = callees.get(random.nextInt(callees.size()));
        call(callee);
        String results = module.funcs.get(callee).results();
        for (int i = results.length() - 1; i > 0; i--) {
            out.raw(0x21).u32(local(results.charAt(i)));
        }
    }

    private void call(int callee) {
        Weaver.Sig type = module.funcs.get(callee);
        for (char param : type.params().toCharArray()) {
            expression(param, 2);
        }
        if (random.nextBoolean()) {
            out.raw(0x10).u32(callee);
        } else {
            i32(random.nextInt(50) > 0 ? callee : random.nextInt(Weaver.TABLE_SIZE + 1));
            out.raw(0x11).u32(module.type(type)).raw(0);
        }
    }

    private void sizeOrGrow(char letter, int depth) {
        if (letter != 'i') {
            operator(letter, depth);
        } else if (random.nextInt(4) > 0) {
            out.raw(0x3f, 0);
        } else {
            i32(random.nextInt(3));
            out.raw(0x40, 0);
        }
    }

    // Parts

    private void address() {
        expression('i', 2);
        if (random.nextInt(200) > 0) {
            i32(ADDRESSES);
            op(Opcode.I32_AND);
        }
    }

    private void memarg(Opcode opcode) {
        int offset = random.nextBoolean() ? random.nextInt(16) : random.nextInt(0xbff0);
        op(opcode).raw(0).u32(offset);
    }

    /** An expression whose bits are going to be seen. */
    private void observed(char letter, int depth) {
        expression(letter, depth);
        observe(letter);
    }

    private void observe(char letter) {
        if (letter == 'f' || letter == 'd') {
            int local = canonical + (letter == 'f' ? 0 : 1);
            out.raw(0x22).u32(local);
            constantBits(letter, letter == 'f' ? 0x7fc00000L : 0x7ff8L << 48);
            get(local);
            get(local);
            op(letter == 'f' ? Opcode.F32_EQ : Opcode.F64_EQ).raw(0x1b);
        }
    }

    private TestModule open(int opcode, boolean target) {
        labels.add(target);
        return out.raw(opcode);
    }

    private void close() {
        labels.removeLast();
        out.raw(0x0b);
    }

    private TestModule op(Opcode opcode) {
        if (opcode.prefix != 0) {
            out.raw(opcode.prefix);
        }
        return opcode.prefix != 0 ? out.u32(opcode.code) : out.raw(opcode.code);
    }

    private void get(int local) {
        out.raw(0x20).u32(local);
    }

    private void global(int opcode, int global) {
        out.raw(opcode).u32(global);
    }

    /** {@return a local of a type, one of those that are free to change} */
    private int local(char letter) {
        int local = random.nextInt(free);
        while (locals.charAt(local) != letter) {
            local = (local + 1) % free;
        }
        return local;
    }

    private void i32(int value) {
        out.raw(0x41).s32(value);
    }

    /** A constant, by its value; some floating-point ones by any bits. */
    private void constant(char letter, long value) {
        switch (letter) {
            case 'i' -> i32((int) value);
            case 'l' -> out.raw(0x42).s64(value);
            case 'f' -> constantBits('f', bits32(value));
            default -> constantBits('d', bits64(value));
        }
    }

    private static long bits32(long value) {
        return Math.abs(value) < 1L << 31 ? Float.floatToRawIntBits(value / 4f) : value;
    }

    private static long bits64(long value) {
        return Math.abs(value) < 1L << 31 ? Double.doubleToRawLongBits(value / 4.0) : value;
    }

    private void constantBits(char letter, long bits) {
        out.raw(letter == 'f' ? 0x43 : 0x44);
        for (int i = 0; i < (letter == 'f' ? 4 : 8); i++) {
            out.raw((int) (bits >> 8 * i));
        }
    }
}
