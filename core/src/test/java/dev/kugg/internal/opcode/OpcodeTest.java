package dev.kugg.internal.opcode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.internal.runtime.Numerics;

import org.junit.jupiter.api.Test;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The table is a table: rows are unique and agree with themselves, with the helpers and with the
 * lookup.
 */
class OpcodeTest {
    /** Instructions whose variant with another encoding has the same mnemonic. */
    private static final Set<Opcode> VARIANTS =
            Set.of(Opcode.SELECT_T, Opcode.REF_TEST_NULL, Opcode.REF_CAST_NULL);

    @Test
    void rowsAreUnique() {
        Set<Integer> codes = new HashSet<>();
        Set<String> mnemonics = new HashSet<>();
        for (Opcode opcode : Opcode.values()) {
            assertThat(codes.add(opcode.prefix << 16 | opcode.code)).as("%s", opcode).isTrue();
            if (!VARIANTS.contains(opcode)) {
                assertThat(mnemonics.add(opcode.mnemonic)).as("%s", opcode).isTrue();
            }
        }
    }

    @Test
    void constantsAreNamedLikeTheInstruction() {
        for (Opcode opcode : Opcode.values()) {
            String name = opcode.mnemonic.toUpperCase(Locale.ROOT).replace('.', '_');
            assertThat(opcode.name()).startsWith(name);
            if (!VARIANTS.contains(opcode)) {
                assertThat(opcode.name()).isEqualTo(name);
            }
        }
    }

    @Test
    void everyRowIsFoundByItsCodes() {
        int found = 0;
        for (int prefix = -1; prefix <= 0x100; prefix++) {
            for (int code = -1; code <= 0x200; code++) {
                Opcode opcode = Opcode.of(prefix, code);
                if (opcode != null) {
                    found++;
                    assertThat(opcode.prefix).isEqualTo(prefix);
                    assertThat(opcode.code).isEqualTo(code);
                }
            }
        }
        assertThat(found).isEqualTo(Opcode.values().length);
        assertThat(Opcode.of(0, Integer.MIN_VALUE)).isNull();
        assertThat(Opcode.of(0x6a)).isSameAs(Opcode.I32_ADD);
        assertThat(Opcode.of(0xff)).isNull();
    }

    @Test
    void signaturesArePackedAsWritten() {
        for (Opcode opcode : Opcode.values()) {
            String stack = opcode.stack;
            if (stack == null) {
                assertThat(opcode.popCount() + opcode.pushCount()).isZero();
                continue;
            }
            assertThat(stack).matches("[ilfdva]{0,4}:[ilfdv]{0,2}|a{0,1}:a");
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < opcode.popCount(); i++) {
                text.append(" ilfdva".charAt(opcode.pop(i)));
            }
            text.append(':');
            for (int i = 0; i < opcode.pushCount(); i++) {
                text.append(" ilfdva".charAt(opcode.push(i)));
            }
            assertThat(text.toString()).as("%s", opcode).isEqualTo(stack);
        }
    }

    @Test
    void whatAFeatureHasIsCompiledOrNot() {
        for (Opcode opcode : Opcode.values()) {
            assertThat(opcode.compiled()).as("%s", opcode).isEqualTo(opcode.feature.compiled);
        }
    }

    @Test
    void helpersAreThere() throws NoSuchMethodException {
        int helpers = 0;
        for (Opcode opcode : Opcode.values()) {
            if (Lowering.kind(opcode.lowering) != Lowering.HELPER) {
                continue;
            }
            helpers++;
            Class<?>[] params = new Class<?>[opcode.popCount()];
            for (int i = 0; i < params.length; i++) {
                params[i] = javaType(opcode.pop(i));
            }
            Method helper = Numerics.class.getMethod(opcode.mnemonic.replace('.', '_'), params);
            assertThat(Modifier.isStatic(helper.getModifiers())).isTrue();
            assertThat(helper.getReturnType()).isEqualTo(javaType(opcode.push(0)));
        }
        assertThat(helpers).isEqualTo(52);
    }

    private static Class<?> javaType(int type) {
        return switch (type) {
            case 1 -> int.class;
            case 2 -> long.class;
            case 3 -> float.class;
            case 4 -> double.class;
            default -> throw new AssertionError(type);
        };
    }

    @Test
    void jvmLoweringsPopAndPushWhatTheRowSays() {
        for (Opcode opcode : Opcode.values()) {
            if (Lowering.kind(opcode.lowering) == Lowering.JVM) {
                String types = operandTypes(opcode);
                for (int i = 0; i < 3 && Lowering.jvmOpcode(opcode.lowering, i) != 0; i++) {
                    types = apply(Lowering.jvmOpcode(opcode.lowering, i), types);
                }
                assertThat(types)
                        .as("%s", opcode)
                        .isEqualTo(String.valueOf(" ilfd".charAt(opcode.push(0))));
            }
        }
    }

    private static String operandTypes(Opcode opcode) {
        StringBuilder types = new StringBuilder();
        for (int i = 0; i < opcode.popCount(); i++) {
            types.append(" ilfd".charAt(opcode.pop(i)));
        }
        return types.toString();
    }

    /** {@return the stack after an instruction of the JVM} */
    private static String apply(int jvm, String stack) {
        String[] effect = effect(jvm).split(":");
        assertThat(stack).as("jvm 0x%02x", jvm).endsWith(effect[0]);
        return stack.substring(0, stack.length() - effect[0].length()) + effect[1];
    }

    private static String effect(int jvm) {
        String type = String.valueOf("ilfd".charAt(jvm & 3));
        if (jvm >= 0x60 && jvm <= 0x73) {
            return type + type + ":" + type;
        }
        if (jvm >= 0x78 && jvm <= 0x7d) {
            type = (jvm & 1) == 0 ? "i" : "l";
            return type + "i:" + type;
        }
        if (jvm >= 0x7e && jvm <= 0x83) {
            type = (jvm & 1) == 0 ? "i" : "l";
            return type + type + ":" + type;
        }
        return switch (jvm) {
            case 0x85 -> "i:l";
            case 0x86 -> "i:f";
            case 0x87 -> "i:d";
            case 0x88 -> "l:i";
            case 0x89 -> "l:f";
            case 0x8a -> "l:d";
            case 0x8d -> "f:d";
            case 0x90 -> "d:f";
            case 0x91, 0x93 -> "i:i";
            default -> throw new AssertionError(Integer.toHexString(jvm));
        };
    }

    @Test
    void accessesAreOfTheTypeAndNoWiderThanIt() {
        for (Opcode opcode : Opcode.values()) {
            int kind = Lowering.kind(opcode.lowering);
            if (kind == Lowering.LOAD || kind == Lowering.STORE) {
                int type = kind == Lowering.LOAD ? opcode.push(0) : opcode.pop(1);
                char letter = " ilfd".charAt(type);
                assertThat(Lowering.type(opcode.lowering)).isEqualTo(letter);
                int natural = letter == 'i' || letter == 'f' ? 4 : 8;
                assertThat(Lowering.sizeBytes(opcode.lowering)).isBetween(1, natural);
                assertThat(opcode.immediate).isEqualTo(Immediate.MEMARG);
            }
        }
    }
}
