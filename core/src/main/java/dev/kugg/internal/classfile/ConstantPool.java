package dev.kugg.internal.classfile;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * The constant pool of one class file. Each constant is kept once; an open hash table over the
 * entries finds it again.
 *
 * @see <a href="https://docs.oracle.com/javase/specs/jvms/se21/html/jvms-4.html#jvms-4.4">The
 *     constant pool</a>
 */
final class ConstantPool {
    private static final int UTF8 = 1;
    private static final int INTEGER = 3;
    private static final int FLOAT = 4;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int STRING = 8;
    private static final int FIELDREF = 9;
    private static final int METHODREF = 10;
    private static final int INTERFACE_METHODREF = 11;
    private static final int NAME_AND_TYPE = 12;

    final ByteVector bytes = new ByteVector(1024);

    /** The number of the next entry; entries begin at 1, and a long or double takes two. */
    int count = 1;

    private static final int MEMBERS = 256;
    private final @Nullable Member[] members = new Member[MEMBERS];

    // Entry k of the hash table: its tag, its value (numbers and pairs of indices as a long, or the
    // text), its number.
    private int[] table = new int[256];
    private byte[] tags = new byte[128];
    private long[] values = new long[128];
    private String[] texts = new String[128];
    private int[] numbers = new int[128];
    private int size;

    int utf8(String text) {
        int found = find(UTF8, 0, text);
        if (found != 0) {
            return found;
        }
        bytes.u1(UTF8);
        int lengthAt = bytes.size;
        bytes.u2(0);
        for (int i = 0; i < text.length(); i++) {
            modifiedUtf8(text.charAt(i));
        }
        int length = bytes.size - lengthAt - 2;
        if (length > 0xffff) {
            throw new IllegalArgumentException("a name of " + length + " bytes");
        }
        bytes.putU2(lengthAt, length);
        return add(UTF8, 0, text, 1);
    }

    private void modifiedUtf8(char c) {
        if (c != 0 && c < 0x80) {
            bytes.u1(c);
        } else if (c < 0x800) {
            bytes.u1(0xc0 | c >> 6);
            bytes.u1(0x80 | c & 0x3f);
        } else {
            bytes.u1(0xe0 | c >> 12);
            bytes.u1(0x80 | c >> 6 & 0x3f);
            bytes.u1(0x80 | c & 0x3f);
        }
    }

    int integer(int value) {
        int found = find(INTEGER, value, "");
        if (found != 0) {
            return found;
        }
        bytes.u1(INTEGER);
        bytes.u4(value);
        return add(INTEGER, value, "", 1);
    }

    int floatBits(int bits) {
        int found = find(FLOAT, bits, "");
        if (found != 0) {
            return found;
        }
        bytes.u1(FLOAT);
        bytes.u4(bits);
        return add(FLOAT, bits, "", 1);
    }

    int longValue(long value) {
        int found = find(LONG, value, "");
        if (found != 0) {
            return found;
        }
        bytes.u1(LONG);
        bytes.u8(value);
        return add(LONG, value, "", 2);
    }

    int doubleBits(long bits) {
        int found = find(DOUBLE, bits, "");
        if (found != 0) {
            return found;
        }
        bytes.u1(DOUBLE);
        bytes.u8(bits);
        return add(DOUBLE, bits, "", 2);
    }

    int classRef(String name) {
        return one(CLASS, utf8(name));
    }

    int string(String text) {
        return one(STRING, utf8(text));
    }

    int field(String owner, String name, String descriptor) {
        return member(FIELDREF, owner, name, descriptor);
    }

    int method(String owner, String name, String descriptor) {
        return member(METHODREF, owner, name, descriptor);
    }

    int interfaceMethod(String owner, String name, String descriptor) {
        return member(INTERFACE_METHODREF, owner, name, descriptor);
    }

    private int member(int tag, String owner, String name, String descriptor) {
        int slot =
                (name.hashCode() * 31 + descriptor.hashCode()) * 31 + owner.hashCode()
                        & MEMBERS - 1;
        Member last = members[slot];
        if (last != null && last.is(tag, owner, name, descriptor)) {
            return last.index;
        }
        int index = two(tag, classRef(owner), two(NAME_AND_TYPE, utf8(name), utf8(descriptor)));
        members[slot] = new Member(tag, owner, name, descriptor, index);
        return index;
    }

    /** A member found before: most code names few members, over and over. */
    private static final class Member {
        final int tag;
        final String owner;
        final String name;
        final String descriptor;
        final int index;

        Member(int tag, String owner, String name, String descriptor, int index) {
            this.tag = tag;
            this.owner = owner;
            this.name = name;
            this.descriptor = descriptor;
            this.index = index;
        }

        boolean is(int otherTag, String otherOwner, String otherName, String otherDescriptor) {
            return tag == otherTag
                    && name.equals(otherName)
                    && descriptor.equals(otherDescriptor)
                    && owner.equals(otherOwner);
        }
    }

    private int one(int tag, int index) {
        int found = find(tag, index, "");
        if (found != 0) {
            return found;
        }
        bytes.u1(tag);
        bytes.u2(index);
        return add(tag, index, "", 1);
    }

    private int two(int tag, int first, int second) {
        long value = (long) first << 32 | second;
        int found = find(tag, value, "");
        if (found != 0) {
            return found;
        }
        bytes.u1(tag);
        bytes.u2(first);
        bytes.u2(second);
        return add(tag, value, "", 1);
    }

    private int find(int tag, long value, String text) {
        int slot = hash(tag, value, text) & table.length - 1;
        while (table[slot] != 0) {
            int k = table[slot] - 1;
            if (tags[k] == tag && values[k] == value && texts[k].equals(text)) {
                return numbers[k];
            }
            slot = slot + 1 & table.length - 1;
        }
        return 0;
    }

    private int add(int tag, long value, String text, int width) {
        if (size == tags.length) {
            tags = Arrays.copyOf(tags, size * 2);
            values = Arrays.copyOf(values, size * 2);
            texts = Arrays.copyOf(texts, size * 2);
            numbers = Arrays.copyOf(numbers, size * 2);
        }
        tags[size] = (byte) tag;
        values[size] = value;
        texts[size] = text;
        numbers[size] = count;
        size++;
        if (size * 2 > table.length) {
            rehash();
        } else {
            insert(size - 1);
        }
        int number = count;
        count += width;
        return number;
    }

    private void rehash() {
        table = new int[table.length * 2];
        for (int k = 0; k < size; k++) {
            insert(k);
        }
    }

    private void insert(int k) {
        int slot = hash(tags[k], values[k], texts[k]) & table.length - 1;
        while (table[slot] != 0) {
            slot = slot + 1 & table.length - 1;
        }
        table[slot] = k + 1;
    }

    private static int hash(int tag, long value, String text) {
        long mixed = (value * 31 + text.hashCode()) * 31 + tag;
        mixed *= 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> 40);
    }
}
