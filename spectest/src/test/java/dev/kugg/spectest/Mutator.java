package dev.kugg.spectest;

import dev.kugg.WasmException;
import dev.kugg.internal.decode.InstructionCursor;
import dev.kugg.internal.opcode.Immediate;
import dev.kugg.internal.opcode.Opcode;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Breaks a module where it hurts: in the headers of sections, in counts, indices, labels and other
 * numbers, in the bytes such numbers are written with, and by instructions that are exchanged,
 * moved, doubled or missing. Mostly the sizes around a change are set right, so that what is
 * changed is reached and not a size that fits no longer.
 *
 * <p>The module need not be valid, nor even well-formed: what cannot be read is changed byte by
 * byte.
 */
final class Mutator {
    private static final int CODE_SECTION = 10;
    private static final long U32_MAX = 0xffffffffL;

    /** Types, block types, and bytes that are none of them. */
    private static final int[] TYPE_BYTES = {
        0x7f, 0x7e, 0x7d, 0x7c, 0x7b, 0x70, 0x6f, 0x6e, 0x69, 0x64, 0x63, 0x60, 0x5f, 0x50, 0x40, 0
    };

    /** A mutant. */
    record Mutant(String how, byte[] bytes) {}

    /** Contents with their size in front. */
    private record Sized(int sizeAt, int start, int end) {
        boolean contains(int from, int to) {
            return start <= from && to <= end;
        }
    }

    private final byte[] module;
    private final SplittableRandom random;

    /** The size of each section; its id is the byte before. */
    private final List<Sized> sections = new ArrayList<>();

    private final List<Sized> bodies = new ArrayList<>();

    /** Where instructions begin; each ends where the next one begins, or a body does. */
    private int[] instructions = new int[256];

    private int[] instructionEnds = new int[256];
    private int instructionCount;

    Mutator(byte[] module, long seed) {
        this.module = module;
        this.random = new SplittableRandom(seed);
        findSections();
        findInstructions();
    }

    /** {@return the next one of a sequence that depends on the module and the seed alone} */
    Mutant next() {
        if (sections.isEmpty()) {
            return anyByte();
        }
        int choice = random.nextInt(100);
        if (instructionCount > 0 && choice < 50) {
            return choice < 22 ? operand() : choice < 36 ? otherInstruction() : rearranged();
        }
        return choice < 62
                ? header()
                : choice < 76 ? count() : choice < 90 ? numberInSection() : anyByte();
    }

    // What there is

    private void findSections() {
        int at = 8;
        while (at < module.length) {
            int sizeAt = at + 1;
            int start = numberEnd(sizeAt);
            long size = number(sizeAt);
            if (start < 0 || size > module.length - start) {
                return;
            }
            sections.add(new Sized(sizeAt, start, start + (int) size));
            at = start + (int) size;
        }
    }

    private void findInstructions() {
        for (Sized section : sections) {
            if (module[section.sizeAt - 1] == CODE_SECTION) {
                findBodies(section);
            }
        }
    }

    private void findBodies(Sized section) {
        int at = numberEnd(section.start);
        while (at >= 0 && at < section.end) {
            int start = numberEnd(at);
            long size = number(at);
            if (start < 0 || size > section.end - start) {
                return;
            }
            Sized body = new Sized(at, start, start + (int) size);
            bodies.add(body);
            findInstructions(body);
            at = body.end;
        }
    }

    private void findInstructions(Sized body) {
        int at = numberEnd(body.start);
        for (long runs = number(body.start); runs > 0 && at >= 0; runs--) {
            int type = numberEnd(at);
            at = type < 0 || type >= body.end ? -1 : type + 1;
        }
        if (at < 0) {
            return;
        }
        InstructionCursor cursor = new InstructionCursor(module, at, body.end);
        try {
            while (cursor.hasNext()) {
                cursor.next();
                add(cursor.start, cursor.position);
            }
        } catch (WasmException e) {
            // The rest of it is changed byte by byte.
        }
    }

    private void add(int start, int end) {
        if (instructionCount == instructions.length) {
            instructions = Arrays.copyOf(instructions, 2 * instructionCount);
            instructionEnds = Arrays.copyOf(instructionEnds, 2 * instructionCount);
        }
        instructions[instructionCount] = start;
        instructionEnds[instructionCount++] = end;
    }

    /** {@return the position behind a number, or -1} */
    private int numberEnd(int at) {
        int end = at;
        while (end < module.length && end < at + 10 && module[end] < 0) {
            end++;
        }
        return end < module.length ? end + 1 : -1;
    }

    private long number(int at) {
        long value = 0;
        int shift = 0;
        for (int i = at; i < module.length && shift < 35; i++, shift += 7) {
            value |= (module[i] & 0x7fL) << shift;
            if (module[i] >= 0) {
                break;
            }
        }
        return value & U32_MAX;
    }

    // Changes

    private Mutant anyByte() {
        if (module.length == 0) {
            return new Mutant("a byte", new byte[] {(byte) random.nextInt(256)});
        }
        return oneByte(random.nextInt(module.length));
    }

    private Mutant oneByte(int at) {
        byte[] bytes = module.clone();
        while (bytes[at] == module[at]) {
            bytes[at] = (byte) random.nextInt(256);
        }
        return mutant("byte", at, bytes);
    }

    private Mutant header() {
        int index = random.nextInt(sections.size());
        Sized section = sections.get(index);
        int at = section.sizeAt - 1;
        byte[] whole = Arrays.copyOfRange(module, at, section.end);
        return switch (random.nextInt(7)) {
            case 0 -> mutant("id", at, replaced(at, at + 1, random.nextInt(15)));
            case 1 -> mutant("size", at, replaced(section.sizeAt, section.start, size(section)));
            case 2 -> mutant("section missing", at, replaced(at, section.end));
            case 3 -> mutant("section twice", at, replaced(section.end, section.end, whole));
            case 4 -> {
                int to = sections.get(random.nextInt(sections.size())).end;
                yield mutant("section copied", at, replaced(to, to, whole));
            }
            case 5 -> {
                int cut = random.nextInt(section.start, section.end + 1);
                yield mutant("section cut", cut, spliced(cut, section.end));
            }
            default -> oneByte(at + random.nextInt(section.start - at));
        };
    }

    private byte[] size(Sized section) {
        return encoded(near(section.end - section.start));
    }

    /** The length of a section's vector, of a body's locals, or of a body. */
    private Mutant count() {
        int at = sections.get(random.nextInt(sections.size())).start;
        if (!bodies.isEmpty() && random.nextInt(3) == 0) {
            Sized body = bodies.get(random.nextInt(bodies.size()));
            at = random.nextBoolean() ? body.start : body.sizeAt;
        }
        return numberAt("count", at);
    }

    /**
     * Indices of types and functions, flags, limits, lengths of names, and what happens to look so.
     */
    private Mutant numberInSection() {
        Sized section = sections.get(random.nextInt(sections.size()));
        if (section.start == section.end) {
            return anyByte();
        }
        int at = random.nextInt(section.start, section.end);
        if (random.nextInt(4) == 0) {
            int type = TYPE_BYTES[random.nextInt(TYPE_BYTES.length)];
            return mutant("type", at, spliced(at, at + 1, (byte) type));
        }
        return numberAt("number", at);
    }

    private Mutant numberAt(String what, int at) {
        int end = numberEnd(at);
        if (end < 0) {
            return anyByte();
        }
        return mutant(what, at, spliced(at, end, encoded(near(number(at)))));
    }

    private Mutant operand() {
        int index = random.nextInt(instructionCount);
        for (int tries = 0; tries < 20 && operandAt(index) == instructionEnds[index]; tries++) {
            index = random.nextInt(instructionCount);
        }
        int at = operandAt(index);
        int end = instructionEnds[index];
        if (at >= end) {
            return anyByte();
        }
        // Of a br_table, a memory access or a call_indirect one number among several.
        int last = numberEnd(at);
        while (last > 0 && last < end && random.nextBoolean()) {
            at = last;
            last = numberEnd(at);
        }
        if (last < 0 || last > end) {
            return oneByte(at);
        }
        byte[] with =
                random.nextInt(6) == 0
                        ? new byte[] {(byte) TYPE_BYTES[random.nextInt(TYPE_BYTES.length)]}
                        : encoded(near(number(at)));
        return mutant("operand", at, spliced(at, last, with));
    }

    private int operandAt(int index) {
        int start = instructions[index];
        boolean prefixed = (module[start] & 0xff) >= Opcode.GC_PREFIX;
        return prefixed ? numberEnd(start + 1) : start + 1;
    }

    private Mutant otherInstruction() {
        int index = random.nextInt(instructionCount);
        int start = instructions[index];
        Opcode[] all = Opcode.values();
        Opcode other = all[random.nextInt(all.length)];
        Opcode present = Opcode.of(module[start] & 0xff);
        if (present != null && present.stack != null && random.nextInt(4) != 0) {
            for (int tries = 0; tries < 400 && !isLike(other, present); tries++) {
                other = all[random.nextInt(all.length)];
            }
        }
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        if (other.prefix != 0) {
            code.write(other.prefix);
            code.writeBytes(minimal(other.code));
        } else {
            code.write(other.code);
        }
        return mutant(other.mnemonic, start, spliced(start, operandAt(index), code.toByteArray()));
    }

    private static boolean isLike(Opcode a, Opcode b) {
        Immediate immediate = b.immediate;
        return a != b && b.stack.equals(a.stack) && a.immediate == immediate;
    }

    /** Some instructions missing, doubled, or put elsewhere. */
    private Mutant rearranged() {
        int first = random.nextInt(instructionCount);
        int last = Math.min(first + random.nextInt(4), instructionCount - 1);
        int from = instructions[first];
        int to = instructionEnds[last];
        byte[] some = Arrays.copyOfRange(module, from, to);
        int elsewhere = instructions[random.nextInt(instructionCount)];
        return switch (random.nextInt(4)) {
            case 0 -> mutant("instructions missing", from, spliced(from, instructionEnds[first]));
            case 1 -> mutant("instructions twice", from, spliced(from, from, some));
            case 2 -> mutant("instructions copied", elsewhere, spliced(elsewhere, elsewhere, some));
            default -> {
                byte[] one =
                        Arrays.copyOfRange(module, instructions[first], instructionEnds[first]);
                int there = random.nextInt(instructionCount);
                yield mutant(
                        "instruction replaced",
                        instructions[there],
                        spliced(instructions[there], instructionEnds[there], one));
            }
        };
    }

    // Numbers

    /** {@return a number that is only just right or wrong, or far too great} */
    private long near(long value) {
        long found =
                switch (random.nextInt(10)) {
                    case 0 -> value + 1;
                    case 1 -> value - 1;
                    case 2 -> value;
                    case 3 -> 0;
                    case 4 -> random.nextInt(16);
                    case 5 -> value ^ 1L << random.nextInt(32);
                    case 6 -> Integer.MAX_VALUE + (long) random.nextInt(2);
                    case 7 -> U32_MAX;
                    case 8 -> random.nextInt(1 << 16);
                    default -> value + random.nextInt(-9, 10);
                };
        return found & U32_MAX;
    }

    /** {@return an encoding of a number, mostly the shortest; some are too long or too large} */
    private byte[] encoded(long value) {
        byte[] bytes = minimal(value);
        int length =
                switch (random.nextInt(12)) {
                    case 0 -> bytes.length + 1;
                    case 1 -> 5;
                    case 2 -> 6;
                    case 3 -> 10;
                    default -> bytes.length;
                };
        if (length > bytes.length) {
            int used = bytes.length;
            bytes = Arrays.copyOf(bytes, length);
            for (int i = used - 1; i < length - 1; i++) {
                bytes[i] |= (byte) 0x80;
            }
        }
        if (random.nextInt(12) == 0) {
            bytes[bytes.length - 1] |= (byte) (0x10 << random.nextInt(3));
        }
        return bytes;
    }

    private static byte[] minimal(long value) {
        return new TestModule().u32(value).toBytes();
    }

    // Bytes

    private static Mutant mutant(String what, int at, byte[] bytes) {
        return new Mutant("%s at 0x%x".formatted(what, at), bytes);
    }

    private byte[] replaced(int from, int to, int with) {
        return replaced(from, to, new byte[] {(byte) with});
    }

    /** {@return the module with other bytes from one position to another} */
    private byte[] replaced(int from, int to, byte... with) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(module.length + with.length);
        out.write(module, 0, from);
        out.writeBytes(with);
        out.write(module, to, module.length - to);
        return out.toByteArray();
    }

    /** As {@link #replaced}, and mostly the sizes around it are right again. */
    private byte[] spliced(int from, int to, byte... with) {
        if (random.nextInt(8) == 0) {
            return replaced(from, to, with);
        }
        byte[] inside = with;
        int start = from;
        int end = to;
        for (List<Sized> level : List.of(bodies, sections)) {
            for (Sized each : level) {
                if (each.contains(start, end)) {
                    inside = resized(each, start, end, inside);
                    start = each.sizeAt;
                    end = each.end;
                    break;
                }
            }
        }
        return replaced(start, end, inside);
    }

    private byte[] resized(Sized whole, int from, int to, byte[] with) {
        int size = whole.end - whole.start - (to - from) + with.length;
        ByteArrayOutputStream out = new ByteArrayOutputStream(size + 5);
        out.writeBytes(minimal(size));
        out.write(module, whole.start, from - whole.start);
        out.writeBytes(with);
        out.write(module, to, whole.end - to);
        return out.toByteArray();
    }
}
