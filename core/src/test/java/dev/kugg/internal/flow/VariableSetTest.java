package dev.kugg.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.BitSet;
import java.util.Random;

/** Sets of variables against the JDK's sets of bits. */
class VariableSetTest {
    private final Random random = new Random(1);

    private void fill(VariableSet set, BitSet bits) {
        int range = 1 << random.nextInt(14);
        for (int i = random.nextInt(100); i > 0; i--) {
            int variable = random.nextInt(range);
            set.add(variable);
            bits.set(variable);
        }
    }

    @Test
    void setsAreLikeSetsOfBits() {
        for (int round = 0; round < 2_000; round++) {
            VariableSet set = new VariableSet();
            BitSet bits = new BitSet();
            VariableSet other = new VariableSet();
            BitSet otherBits = new BitSet();
            fill(set, bits);
            fill(other, otherBits);
            VariableSet before = set.copy();
            int[] beforeBits = bits.stream().toArray();
            if (random.nextBoolean()) {
                set.addAll(other);
                bits.or(otherBits);
            } else {
                set.removeAll(other);
                bits.andNot(otherBits);
            }
            assertThat(set.toArray()).isEqualTo(bits.stream().toArray());
            assertThat(before.toArray()).isEqualTo(beforeBits);
            int from = random.nextInt(1 << 14);
            assertThat(set.next(from)).isEqualTo(bits.nextSetBit(from));
        }
    }
}
