package dev.kugg.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Standard streams as bytes, text and lines. */
class StdioConfigurationTest {
    private final List<String> lines = new ArrayList<>();
    private final Wasi wasi = Wasi.preview1().stdoutLines(lines::add);

    @Test
    void inputIsBytesOrText() {
        byte[] bytes = "bytes".getBytes(UTF_8);
        Wasi given = Wasi.preview1().stdin(bytes);
        bytes[0] = 'X';
        try (Preview1Guest guest = new Preview1Guest(given)) {
            assertThat(guest.read(0, 100)).isZero();
            assertThat(guest.text()).isEqualTo("bytes");
            assertThat(guest.read(0, 100)).isZero();
            assertThat(guest.size()).isZero();
        }
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1().stdin("text ü"))) {
            assertThat(guest.read(0, 100)).isZero();
            assertThat(guest.text()).isEqualTo("text ü");
        }
    }

    @Test
    void linesEndAtLineFeeds() {
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            assertThat(guest.write(1, "one\ntw")).isZero();
            assertThat(lines).containsExactly("one");
            assertThat(guest.write(1, "o\n\r\nthree\r\n\rfour")).isZero();
            assertThat(lines).containsExactly("one", "two", "", "three");
            assertThat(guest.write(1, "\n")).isZero();
        }
        assertThat(lines).containsExactly("one", "two", "", "three", "\rfour");
    }

    @Test
    void theLastLineComesWhenTheInstanceCloses() {
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            assertThat(guest.write(1, "unfinished")).isZero();
            assertThat(lines).isEmpty();
        }
        assertThat(lines).containsExactly("unfinished");
    }

    @Test
    void theLastLineComesOnceWhenTheGuestCloses() {
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            assertThat(guest.write(1, "unfinished")).isZero();
            assertThat(guest.call("fd_close", 1)).isZero();
            assertThat(lines).containsExactly("unfinished");
        }
        assertThat(lines).hasSize(1);
    }

    @Test
    void charactersAreNotCut() {
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            for (byte b : "ü€😀\n".getBytes(UTF_8)) {
                guest.memory.writeByte(4096, b);
                guest.iov(0, 4096, 1);
                assertThat(guest.transfer("fd_write", 1, 1)).isZero();
            }
            guest.memory.writeByte(4096, (byte) 0xff);
            guest.memory.writeByte(4097, (byte) '\n');
            guest.iov(0, 4096, 2);
            assertThat(guest.transfer("fd_write", 1, 1)).isZero();
        }
        assertThat(lines).containsExactly("ü€😀", "\ufffd");
    }

    @Test
    void endlessLinesComeInPieces() {
        String text = "€".repeat(10_000);
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            for (int i = 0; i < 7; i++) {
                assertThat(guest.write(1, text)).isZero();
            }
            assertThat(lines).hasSize(3);
            assertThat(guest.write(1, "\n")).isZero();
        }
        assertThat(String.join("", lines)).isEqualTo(text.repeat(7));
    }

    @Test
    void instancesHaveLinesOfTheirOwn() {
        try (Preview1Guest one = new Preview1Guest(wasi);
                Preview1Guest two = new Preview1Guest(wasi)) {
            assertThat(one.write(1, "o")).isZero();
            assertThat(two.write(1, "tw")).isZero();
            assertThat(one.write(1, "ne\n")).isZero();
            assertThat(two.write(1, "o\n")).isZero();
        }
        assertThat(lines).containsExactly("one", "two");
    }

    @Test
    void outputsHaveLinesOfTheirOwn() {
        List<String> errors = new ArrayList<>();
        try (Preview1Guest guest = new Preview1Guest(wasi.stderrLines(errors::add))) {
            assertThat(guest.write(1, "out")).isZero();
            assertThat(guest.write(2, "err\n")).isZero();
        }
        assertThat(lines).containsExactly("out");
        assertThat(errors).containsExactly("err");
    }

    @Test
    void whatTheConsumerThrowsReachesTheCaller() {
        Wasi mad =
                Wasi.preview1()
                        .stdoutLines(
                                line -> {
                                    lines.add(line);
                                    throw new IllegalStateException("the host's own");
                                });
        try (Preview1Guest guest = new Preview1Guest(mad)) {
            assertThatThrownBy(() -> guest.write(1, "one\n"))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> guest.write(1, "two\n"))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(lines).containsExactly("one", "two");
    }

    @Test
    void theProcesssStreamsAreInheritedWhenThatIsSaid() {
        InputStream in = System.in;
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        ByteArrayOutputStream seenToo = new ByteArrayOutputStream();
        System.setIn(new ByteArrayInputStream("input".getBytes(UTF_8)));
        System.setOut(new PrintStream(seen));
        System.setErr(new PrintStream(seenToo));
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1().inheritStdio())) {
            assertThat(guest.read(0, 100)).isZero();
            assertThat(guest.text()).isEqualTo("input");
            assertThat(guest.write(1, "out")).isZero();
            assertThat(guest.write(2, "err")).isZero();
        } finally {
            System.setIn(in);
            System.setOut(out);
            System.setErr(err);
        }
        assertThat(seen.toString(UTF_8)).isEqualTo("out");
        assertThat(seenToo.toString(UTF_8)).isEqualTo("err");
    }
}
