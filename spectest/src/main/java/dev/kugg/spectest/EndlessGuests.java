package dev.kugg.spectest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Endless guests that are too large to write down: what they loop in does not fit one method of the
 * JVM, or is above the 8000 bytes up to which HotSpot compiles one, so it is cut into parts. Each
 * is a module of its own, whose export of its name never returns; "add" shows that the instance
 * works.
 */
final class EndlessGuests {
    /** Its JVM code is above 8000 bytes, and fits one method. */
    private static final int LARGE = 8_000;

    /** Its JVM code is far above 65535 bytes. */
    private static final int HUGE = 200_000;

    private EndlessGuests() {}

    /** {@return all there are, by name} */
    static Map<String, byte[]> all() {
        Map<String, byte[]> guests = new LinkedHashMap<>();
        add(guests, "large_spanning", spanning(LARGE));
        add(guests, "huge_spanning", spanning(HUGE));
        add(guests, "large_nested", nested(LARGE));
        add(guests, "huge_nested", nested(HUGE));
        add(guests, "large_inner_empty", innerEmpty(LARGE));
        add(guests, "huge_inner_empty", innerEmpty(HUGE));
        add(guests, "large_inner_count", innerCount(LARGE));
        add(guests, "huge_inner_count", innerCount(HUGE));
        add(guests, "go_dispatch", goDispatch(8, 0));
        add(guests, "large_go_dispatch", goDispatch(150, 60));
        add(guests, "huge_go_dispatch", goDispatch(1_000, 150));
        add(guests, "wide_interpreter", interpreter(300, 0));
        add(guests, "huge_interpreter", interpreter(300, 400));
        add(guests, "irreducible", irreducible(0));
        add(guests, "large_irreducible", irreducible(LARGE / 4));
        add(guests, "huge_irreducible", irreducible(HUGE / 4));
        return guests;
    }

    private static void add(Map<String, byte[]> guests, String name, Body endless) {
        GuestBuilder guest = new GuestBuilder(257);
        MixedCode.addHelpers(guest);
        guest.export(name, guest.func(GuestBuilder.VOID, endless));
        guest.export("add", guest.func(GuestBuilder.BINARY, new Body().get(0).get(1).op(0x6a)));
        guests.put(name, guest.toBytes());
    }

    private static Body withMixedLocals() {
        return new Body(MixedCode.LOCALS);
    }

    /** The loop is all there is, and every trip goes through all of it. */
    private static Body spanning(int sizeBytes) {
        Body body = withMixedLocals().loop();
        new MixedCode(1, 0).append(body, sizeBytes);
        return body.br(0).end();
    }

    /** The same, with the endless loop around others that span all of it too. */
    private static Body nested(int sizeBytes) {
        Body body = new Body(2, Body.I32, 8, Body.I32, 3, Body.I32, 4, Body.I64, 3, Body.F64);
        body.loop().i32(0).set(0).loop().i32(0).set(1).loop();
        new MixedCode(2, 2).append(body, sizeBytes);
        body.get(1).i32(1).op(0x6a).tee(1).i32(3).op(0x47).brIf(0).end();
        body.get(0).i32(1).op(0x6a).tee(0).i32(1_000_000_001).op(0x47).brIf(0).end();
        return body.br(0).end();
    }

    /** The smallest of all loops in the middle of a large body. */
    private static Body innerEmpty(int sizeBytes) {
        MixedCode code = new MixedCode(3, 0);
        Body body = withMixedLocals();
        code.append(body, sizeBytes / 2);
        // Nobody sets that global, but the code behind must not be dead.
        body.loop().op(0x23, 1, 0x50).brIf(0).end();
        code.append(body, sizeBytes / 2);
        return body;
    }

    /** A counted loop of nearly 2^31 trips in the middle of an endless large one. */
    private static Body innerCount(int sizeBytes) {
        MixedCode code = new MixedCode(4, 1);
        Body body = new Body(1, Body.I32, 8, Body.I32, 3, Body.I32, 4, Body.I64, 3, Body.F64);
        body.loop();
        code.append(body, sizeBytes / 2);
        body.i32(0).set(0).loop();
        body.get(1).get(0).i32(0xfffffc).op(0x71).memory(0x28, 0).op(0x6a).set(1);
        body.get(0).i32(1).op(0x6a).tee(0).i32(Integer.MAX_VALUE).op(0x47).brIf(0).end();
        code.append(body, sizeBytes / 2);
        return body.br(0).end();
    }

    /**
     * As Go's compiler writes functions: one loop around a switch on a local, and every jump, back
     * or forth, sets that local to a constant and goes to the switch. Case 0 goes on to the next in
     * turn, or over one on a condition, and the last back to the first.
     */
    private static Body goDispatch(int cases, int caseBytes) {
        int next = 18;
        Body body = new Body(8, Body.I32, 3, Body.I32, 4, Body.I64, 3, Body.F64, 1, Body.I32);
        MixedCode code = new MixedCode(5, 0);
        body.loop().blocks(cases).get(next).brTable(cases);
        for (int i = 0; i < cases; i++) {
            int loop = cases - 1 - i;
            body.end();
            code.append(body, caseBytes);
            body.get(i % 8).i32(i * 2 + 1).op(0x6a).tee(i % 8).i32(4).op(0x71).when();
            body.i32((i + 2) % cases).set(next).br(loop + 1).end();
            body.i32((i + 1) % cases).set(next).br(loop);
        }
        return body.end();
    }

    /**
     * A virtual machine of many instructions, each a case, that executes a program in memory which
     * uses all of them and never ends: a program counter, a switch on what stands there, and all
     * cases go back to the loop.
     */
    private static Body interpreter(int cases, int caseBytes) {
        int pc = 18;
        Body body = new Body(8, Body.I32, 3, Body.I32, 4, Body.I64, 3, Body.F64, 1, Body.I32);
        MixedCode code = new MixedCode(6, 0);
        Random random = new Random(7);
        int length = 4 * cases;
        // The program stands beyond what the cases write.
        int program = 0x20000;
        for (int i = 0; i < length; i++) {
            body.i32(i * 4).i32(random.nextInt(cases)).memory(0x36, program);
        }
        body.loop().blocks(cases + 1).get(pc).memory(0x28, program).brTable(cases + 1);
        for (int i = 0; i < cases; i++) {
            body.end();
            code.append(body, Math.max(caseBytes, 12));
            body.get(pc).i32(4).op(0x6a).tee(pc).i32(length * 4).op(0x46).when();
            body.i32(0).set(pc).end().br(cases - i);
        }
        return body.end().op(0x00).end();
    }

    /**
     * Two loops that are entered in their middles from each other: what compilers make of it is one
     * loop around a switch on a local, which is not always set to a constant.
     */
    private static Body irreducible(int caseBytes) {
        int next = 18;
        Body body = new Body(8, Body.I32, 3, Body.I32, 4, Body.I64, 3, Body.F64, 1, Body.I32);
        MixedCode code = new MixedCode(8, 0);
        body.loop().blocks(4).get(next).brTable(4);
        for (int i = 0; i < 4; i++) {
            body.end();
            code.append(body, caseBytes);
            body.get(i).i32(2 * i + 3).op(0x6a).set(i);
            // One of two: the case after this one, or the case that a value chooses.
            body.i32((i + 1) % 4).get(i).i32(3).op(0x71).get(i).i32(8).op(0x71, 0x1b).set(next);
            body.br(3 - i);
        }
        return body.end();
    }
}
