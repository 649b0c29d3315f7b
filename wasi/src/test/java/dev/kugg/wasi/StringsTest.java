package dev.kugg.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Arguments and environment. */
class StringsTest {
    @Test
    void guestSeesItsArguments() {
        Wasi wasi = Wasi.preview1().args("prog", "", "two words", "ü€😀");
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            assertThat(strings(guest, "args")).containsExactly("prog", "", "two words", "ü€😀");
        }
    }

    @Test
    void guestSeesItsEnvironmentInOrder() {
        Map<String, String> more = new LinkedHashMap<>();
        more.put("Z", "");
        more.put("A", "x=y");
        more.put("B", "new");
        Wasi wasi = Wasi.preview1().env("B", "old").env("É", "ü").envs(more);
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            assertThat(strings(guest, "environ")).containsExactly("B=new", "É=ü", "Z=", "A=x=y");
        }
    }

    @Test
    void nothingIsInherited() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
            assertThat(strings(guest, "args")).isEmpty();
            assertThat(strings(guest, "environ")).isEmpty();
        }
    }

    @Test
    void configurationsAreImmutable() {
        Wasi one = Wasi.preview1().args("one").env("K", "1");
        one.args("two").env("K", "2").env("L", "3");
        try (Preview1Guest guest = new Preview1Guest(one)) {
            assertThat(strings(guest, "args")).containsExactly("one");
            assertThat(strings(guest, "environ")).containsExactly("K=1");
        }
    }

    @Test
    void addressesAreChecked() {
        Wasi wasi = Wasi.preview1().args("prog", "a").env("K", "V");
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            for (String what : List.of("args", "environ")) {
                assertThat(guest.call(what + "_sizes_get", 65_533, 0))
                        .isEqualTo(Preview1Guest.FAULT);
                assertThat(guest.call(what + "_sizes_get", 0, -1)).isEqualTo(Preview1Guest.FAULT);
                assertThat(guest.call(what + "_get", 65_533, 0)).isEqualTo(Preview1Guest.FAULT);
                assertThat(guest.call(what + "_get", 0, 65_533)).isEqualTo(Preview1Guest.FAULT);
                assertThat(guest.call(what + "_get", -4, -4)).isEqualTo(Preview1Guest.FAULT);
            }
            assertThat(guest.memory.readBytes(0, 16)).as("nothing written").containsOnly(0);
            // The last place where they fit: two pointers, and "prog", "a" with their zeros.
            assertThat(guest.call("args_get", 65_528, 65_529)).isZero();
        }
    }

    @Test
    void whatCannotBeToldToTheGuestIsRefused() {
        Wasi wasi = Wasi.preview1();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> wasi.args("a\0b"))
                .withMessageContaining("argument holds a zero character");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> wasi.env("", "v"))
                .withMessage("not a name for a variable: ''");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> wasi.env("a=b", "v"))
                .withMessage("not a name for a variable: 'a=b'");
        assertThatIllegalArgumentException().isThrownBy(() -> wasi.env("a\0", "v"));
        assertThatIllegalArgumentException().isThrownBy(() -> wasi.env("a", "\0"));
        assertThatNullPointerException().isThrownBy(() -> wasi.args("a", null));
        assertThatNullPointerException().isThrownBy(() -> wasi.env("a", null));
    }

    /** Reads {@code args} or {@code environ} as C does. */
    private static List<String> strings(Preview1Guest guest, String what) {
        assertThat(guest.call(what + "_sizes_get", 0, 4)).isZero();
        int count = guest.memory.readInt(0);
        int sizeBytes = guest.memory.readInt(4);
        int buffer = 1024;
        int behind = buffer + sizeBytes;
        guest.memory.writeInt(behind, 0x55555555);
        assertThat(guest.call(what + "_get", 8, buffer)).isZero();
        List<String> strings = new ArrayList<>();
        int end = buffer;
        for (int i = 0; i < count; i++) {
            int address = guest.memory.readInt(8 + 4L * i);
            assertThat(address).isEqualTo(end);
            String string = guest.memory.readCString(address);
            strings.add(string);
            end += string.getBytes(java.nio.charset.StandardCharsets.UTF_8).length + 1;
        }
        assertThat(end).isEqualTo(behind);
        assertThat(guest.memory.readInt(behind)).as("nothing beyond").isEqualTo(0x55555555);
        return strings;
    }
}
