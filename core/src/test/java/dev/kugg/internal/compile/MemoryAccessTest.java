package dev.kugg.internal.compile;

import static dev.kugg.internal.opcode.Opcode.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.Func;
import dev.kugg.Instance;
import dev.kugg.Memory;
import dev.kugg.TrapException;
import dev.kugg.internal.Code;
import dev.kugg.internal.TestModule;
import dev.kugg.internal.opcode.Opcode;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Every load and store at the edges of a memory, with offsets and addresses whose sum leaves it or
 * would wrap around.
 */
class MemoryAccessTest {
    private static final int SIZE = 65_536;

    private static final int[] OFFSETS = {
        0,
        1,
        3,
        7,
        8,
        255,
        SIZE - 8,
        SIZE - 4,
        SIZE - 1,
        SIZE,
        SIZE + 1,
        Integer.MAX_VALUE - 1,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Integer.MIN_VALUE + 1,
        -SIZE,
        -8,
        -2,
        -1
    };

    private static final int[] ADDRESSES = {
        0,
        1,
        2,
        7,
        100,
        SIZE - 16,
        SIZE - 9,
        SIZE - 8,
        SIZE - 7,
        SIZE - 4,
        SIZE - 3,
        SIZE - 2,
        SIZE - 1,
        SIZE,
        SIZE + 1,
        Integer.MAX_VALUE - 8,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Integer.MIN_VALUE + 8,
        -SIZE,
        -SIZE + 1,
        -256,
        -9,
        -8,
        -7,
        -4,
        -2,
        -1
    };

    private static final long[] VALUES = {
        0x8182838485868788L, 0x0102030405060708L, -1, 0x7fa00001L, 0x7ff4000000000001L
    };

    /** A load or store: its type, how many bytes it moves, and whether it extends the sign. */
    private record Access(Opcode opcode, char type, int size, boolean signed) {
        boolean isLoad() {
            return opcode.mnemonic.contains("load");
        }

        static Access of(Opcode opcode) {
            String name = opcode.mnemonic;
            char type =
                    "ilfd"
                            .charAt(
                                    List.of("i32", "i64", "f32", "f64")
                                            .indexOf(name.substring(0, 3)));
            int full = name.substring(1, 3).equals("32") ? 4 : 8;
            int size =
                    name.contains("8")
                            ? 1
                            : name.contains("16")
                                    ? 2
                                    : name.endsWith("32") || name.contains("32_") ? 4 : full;
            return new Access(opcode, type, size, name.endsWith("_s"));
        }
    }

    private static final List<Access> ACCESSES =
            Arrays.stream(Opcode.values())
                    .filter(
                            each ->
                                    each.mnemonic.matches(
                                            "[if](32|64)\\.(load|store)(8|16|32)?(_[su])?"))
                    .map(Access::of)
                    .toList();

    private static byte[] pattern() {
        byte[] bytes = new byte[SIZE];
        for (int i = 0; i < SIZE; i++) {
            bytes[i] = (byte) (i * 37 + (i >> 8) * 11 + 0x81);
        }
        return bytes;
    }

    /** {@return what a load gives as Func.call does, or null for a trap} */
    private static Long loaded(Access access, byte[] bytes, int address, int offset) {
        long index = Integer.toUnsignedLong(address) + Integer.toUnsignedLong(offset);
        if (index + access.size > bytes.length) {
            return null;
        }
        long bits = 0;
        for (int i = 0; i < access.size; i++) {
            bits |= (bytes[(int) index + i] & 0xffL) << 8 * i;
        }
        int unused = 64 - 8 * access.size;
        boolean narrow = access.type == 'i' || access.type == 'f';
        bits = access.signed ? bits << unused >> unused : bits;
        return narrow ? (int) bits : bits;
    }

    private static Long called(Func func, long... args) {
        try {
            long[] results = func.call(args);
            return results.length == 0 ? 0L : results[0];
        } catch (TrapException e) {
            assertThat(e).hasMessage("out of bounds memory access");
            return null;
        }
    }

    private static TestModule moduleWithMemory(int pages) {
        TestModule module = new TestModule();
        module.exportMemory("memory", module.memory(pages, TestModule.NO_MAX));
        return module;
    }

    private static Memory filled(Instance instance) {
        Memory memory = instance.memory("memory");
        memory.writeBytes(0, pattern());
        return memory;
    }

    @Test
    void allAreTested() {
        assertThat(ACCESSES).hasSize(23);
        assertThat(ACCESSES).filteredOn(Access::isLoad).hasSize(14);
    }

    @Test
    void loads() {
        byte[] bytes = pattern();
        for (Access access : ACCESSES.stream().filter(Access::isLoad).toList()) {
            TestModule module = moduleWithMemory(1);
            for (int i = 0; i < OFFSETS.length; i++) {
                Code code = new Code().get(0).memory(access.opcode, OFFSETS[i]);
                module.func("f" + i, "i:" + access.type, "", code);
            }
            Instance instance = module.start();
            filled(instance);
            for (int i = 0; i < OFFSETS.length; i++) {
                Func func = instance.func("f" + i);
                for (int address : ADDRESSES) {
                    assertThat(called(func, address))
                            .as("%s offset %d at %d", access.opcode, OFFSETS[i], address)
                            .isEqualTo(loaded(access, bytes, address, OFFSETS[i]));
                }
            }
        }
    }

    @Test
    void loadsAtConstantAddresses() {
        byte[] bytes = pattern();
        for (Access access : ACCESSES.stream().filter(Access::isLoad).toList()) {
            TestModule module = moduleWithMemory(1);
            for (int i = 0; i < OFFSETS.length; i++) {
                for (int address : ADDRESSES) {
                    Code code = new Code().i32(address).memory(access.opcode, OFFSETS[i]);
                    module.func("f" + i + "," + address, ":" + access.type, "", code);
                }
            }
            Instance instance = module.start();
            filled(instance);
            for (int i = 0; i < OFFSETS.length; i++) {
                for (int address : ADDRESSES) {
                    assertThat(called(instance.func("f" + i + "," + address)))
                            .as("%s offset %d at %d", access.opcode, OFFSETS[i], address)
                            .isEqualTo(loaded(access, bytes, address, OFFSETS[i]));
                }
            }
        }
    }

    /** Calls a function that stores, and compares the whole memory with what it should be. */
    private static void store(
            Access access,
            Memory memory,
            byte[] expected,
            Func func,
            int address,
            int offset,
            long value,
            long... args) {
        boolean trapped = called(func, args) == null;
        long index = Integer.toUnsignedLong(address) + Integer.toUnsignedLong(offset);
        boolean inside = index + access.size <= expected.length;
        for (int i = 0; inside && i < access.size; i++) {
            expected[(int) index + i] = (byte) (value >>> 8 * i);
        }
        boolean same = Arrays.equals(memory.readBytes(0, SIZE), expected);
        if (trapped == inside || !same) {
            assertThat(trapped)
                    .as("%s offset %d at %d traps", access.opcode, offset, address)
                    .isEqualTo(!inside);
            assertThat(same)
                    .as("%s offset %d at %d writes what it should", access.opcode, offset, address)
                    .isTrue();
        }
    }

    /** With the value from the stack, and straight from a local. */
    @Test
    void stores() {
        for (Access access : ACCESSES.stream().filter(each -> !each.isLoad()).toList()) {
            TestModule module = moduleWithMemory(1);
            for (int i = 0; i < OFFSETS.length; i++) {
                Code stack = new Code().get(0).get(1).op(NOP).memory(access.opcode, OFFSETS[i]);
                module.func("stack" + i, "i" + access.type + ":", "", stack);
                Code local = new Code().get(0).get(1).memory(access.opcode, OFFSETS[i]);
                module.func("local" + i, "i" + access.type + ":", "", local);
            }
            Instance instance = module.start();
            Memory memory = filled(instance);
            byte[] expected = pattern();
            int turn = 0;
            for (int i = 0; i < OFFSETS.length; i++) {
                for (int address : ADDRESSES) {
                    for (String form : List.of("stack", "local")) {
                        long value = VALUES[turn++ % VALUES.length];
                        Func func = instance.func(form + i);
                        store(
                                access,
                                memory,
                                expected,
                                func,
                                address,
                                OFFSETS[i],
                                value,
                                address,
                                value);
                    }
                }
            }
        }
    }

    @Test
    void storesOfConstants() {
        for (Opcode opcode : List.of(I32_STORE, I32_STORE8, I32_STORE16)) {
            Access access = Access.of(opcode);
            TestModule module = moduleWithMemory(1);
            List<Integer> values = new ArrayList<>();
            for (int i = 0; i < OFFSETS.length; i++) {
                int value = (int) VALUES[i % VALUES.length];
                values.add(value);
                Code code = new Code().get(0).i32(value).memory(opcode, OFFSETS[i]);
                module.func("f" + i, "i:", "", code);
            }
            Instance instance = module.start();
            Memory memory = filled(instance);
            byte[] expected = pattern();
            for (int i = 0; i < OFFSETS.length; i++) {
                for (int address : ADDRESSES) {
                    Func func = instance.func("f" + i);
                    store(
                            access,
                            memory,
                            expected,
                            func,
                            address,
                            OFFSETS[i],
                            values.get(i),
                            address);
                }
            }
        }
    }

    @Test
    void aMemoryOfNoPagesHasNoBytes() {
        for (Access access : ACCESSES) {
            TestModule module = moduleWithMemory(0);
            if (access.isLoad()) {
                Code code = new Code().get(0).memory(access.opcode, 0).op(DROP);
                module.func("f", "i:", "", code);
                code = new Code().get(0).memory(access.opcode, 1).op(DROP);
                module.func("g", "i:", "", code);
            } else {
                String type = "i" + access.type + ":";
                module.func("f", type, "", new Code().get(0).get(1).memory(access.opcode, 0));
                module.func("g", type, "", new Code().get(0).get(1).memory(access.opcode, 1));
            }
            Instance instance = module.start();
            for (int address : ADDRESSES) {
                long[] args = access.isLoad() ? new long[] {address} : new long[] {address, 1};
                assertThat(called(instance.func("f"), args)).isNull();
                assertThat(called(instance.func("g"), args)).isNull();
            }
        }
    }

    /** Code must not go on with the memory it had before. */
    @Test
    void aGrownMemoryIsSeenAtOnce() {
        TestModule module = new TestModule();
        int host = module.importFunc("host", "grow", ":");
        module.exportMemory("memory", module.memory(1, 9));
        int grow = module.func(":", "", new Code().i32(1).op(MEMORY_GROW, 0).op(DROP));
        module.exportTable("table", module.table('r', 1, 1));
        module.elem(0, new Code().i32(0), grow);
        Code write = new Code().i32(SIZE).i32(7).memory(I32_STORE, 0);
        Code read = new Code().i32(SIZE).memory(I32_LOAD, 0).op(MEMORY_SIZE, 0);
        module.func(
                "own",
                ":ii",
                "",
                new Code().i32(1).op(MEMORY_GROW, 0).op(DROP).add(write).add(read));
        module.func("call", ":ii", "", new Code().call(grow).add(write).add(read));
        Code indirect = new Code().i32(0).callIndirect(module.type(":"), 0);
        module.func("indirect", ":ii", "", indirect.add(write).add(read));
        module.func("import", ":ii", "", new Code().call(host).add(write).add(read));
        for (String name : List.of("own", "call", "indirect", "import")) {
            Instance instance =
                    module.load()
                            .with(
                                    imports ->
                                            imports.function(
                                                    "host",
                                                    "grow",
                                                    dev.kugg.types.FuncType.of(),
                                                    call -> call.memory().grow(1)))
                            .start();
            assertThat(instance.func(name).call()).as(name).containsExactly(7, 2);
            assertThat(instance.memory("memory").readInt(SIZE)).isEqualTo(7);
        }
    }

    @Test
    void growingStopsAtTheMaximum() {
        TestModule module = new TestModule();
        module.exportMemory("memory", module.memory(1, 3));
        module.func("grow", "i:i", "", new Code().get(0).op(MEMORY_GROW, 0));
        module.func("size", ":i", "", new Code().op(MEMORY_SIZE, 0));
        Instance instance = module.start();
        assertThat(instance.func("grow").call(0)).containsExactly(1);
        assertThat(instance.func("grow").call(3)).containsExactly(-1);
        assertThat(instance.func("grow").call(-1)).containsExactly(-1);
        assertThat(instance.func("grow").call(2)).containsExactly(1);
        assertThat(instance.func("grow").call(1)).containsExactly(-1);
        assertThat(instance.func("size").call()).containsExactly(3);
        assertThat(instance.memory("memory").sizePages()).isEqualTo(3);
    }

    @Test
    void rangesAreCheckedAsAWhole() {
        TestModule module = new TestModule();
        module.exportMemory("memory", module.memory(1, 1));
        int data = module.passiveData(1, 2, 3, 4);
        Code args = new Code().get(0).get(1).get(2);
        module.func("fill", "iii:", "", new Code().add(args).op(MEMORY_FILL, 0));
        module.func("copy", "iii:", "", new Code().add(args).op(MEMORY_COPY, 0, 0));
        module.func("init", "iii:", "", new Code().add(args).op(MEMORY_INIT, data, 0));
        module.func("drop", ":", "", new Code().op(DATA_DROP, data));
        Instance instance = module.start();
        Memory memory = filled(instance);
        byte[] before = pattern();
        Object[][] traps = {
            {"fill", SIZE, 0, 1},
            {"fill", SIZE - 3, 0, 4},
            {"fill", -1, 0, 1},
            {"fill", 1, 0, -1},
            {"fill", SIZE + 1, 0, 0},
            {"copy", 0, SIZE - 3, 4},
            {"copy", SIZE - 3, 0, 4},
            {"copy", 0, SIZE + 1, 0},
            {"copy", -1, -1, 2},
            {"copy", 8, 0, -4},
            {"init", 0, 0, 5},
            {"init", 0, 3, 2},
            {"init", 0, 5, 0},
            {"init", SIZE - 3, 0, 4},
            {"init", 0, -1, 1}
        };
        for (Object[] each : traps) {
            Func func = instance.func((String) each[0]);
            assertThat(called(func, (int) each[1], (int) each[2], (int) each[3]))
                    .as(Arrays.toString(each))
                    .isNull();
            assertThat(memory.readBytes(0, SIZE)).isEqualTo(before);
        }
        assertThat(called(instance.func("fill"), SIZE, 0, 0)).isZero();
        assertThat(called(instance.func("copy"), SIZE, SIZE, 0)).isZero();
        assertThat(called(instance.func("init"), SIZE, 4, 0)).isZero();
        instance.func("init").call(SIZE - 4, 0, 4);
        assertThat(memory.readBytes(SIZE - 4, 4)).containsExactly(1, 2, 3, 4);
        instance.func("drop").call();
        assertThat(called(instance.func("init"), 0, 0, 1)).isNull();
        assertThat(called(instance.func("init"), 0, 0, 0)).isZero();
        instance.func("fill").call(SIZE - 2, 0x1ff, 2);
        assertThat(memory.readInt(SIZE - 4)).isEqualTo(0xffff0201);
    }

    /** Above a mebibyte ranges are copied in pieces. */
    @Test
    void longOverlappingCopies() {
        TestModule module = new TestModule();
        module.exportMemory("memory", module.memory(64, 64));
        module.func("copy", "iii:", "", new Code().get(0).get(1).get(2).op(MEMORY_COPY, 0, 0));
        Instance instance = module.start();
        Memory memory = instance.memory("memory");
        byte[] bytes = new byte[64 * SIZE];
        new java.util.Random(1).nextBytes(bytes);
        memory.writeBytes(0, bytes);
        int count = (5 << 19) + 3;
        for (int[] each : new int[][] {{0, 1000}, {1000, 0}, {1 << 20, 0}, {0, 1 << 20}, {5, 5}}) {
            instance.func("copy").call(each[0], each[1], count);
            System.arraycopy(bytes, each[1], bytes, each[0], count);
            assertThat(Arrays.equals(memory.readBytes(0, bytes.length), bytes)).isTrue();
        }
    }
}
