package dev.kugg.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kugg.Instance;
import dev.kugg.Kugg;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;

/** Whole programs: commands and reactors. */
class ProgramTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aCommandRunsItsStart() {
        Wasi wasi = Wasi.preview1().stdout(out).stderr(err);
        assertThat(Kugg.module(ProgramTest.class, "hello.wasm").with(wasi).run()).isZero();
        assertThat(out.toString(UTF_8)).isEqualTo("hello from _start\n");
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void aReactorIsInitialisedOnce() {
        Wasi wasi = Wasi.preview1().stdout(out).stderr(err);
        try (Instance instance = Kugg.module(ProgramTest.class, "hello.wasm").with(wasi).start()) {
            assertThat(instance.func("ok").call()).containsExactly(7);
            assertThat(instance.func("ok").call()).containsExactly(7);
        }
        assertThat(out.toString(UTF_8)).isEmpty();
        assertThat(err.toString(UTF_8)).isEqualTo("hello from _initialize\n");
    }

    @Test
    void aProgramInC() {
        Wasi wasi =
                Wasi.preview1()
                        .args("prog", "two words", "ü")
                        .env("KEY", "value")
                        .stdin(new ByteArrayInputStream("one\ntwo\nthree".getBytes(UTF_8)))
                        .stdout(out)
                        .stderr(err)
                        .terminals(false, true, false);
        assertThat(Kugg.module(ProgramTest.class, "program.wasm").with(wasi).run()).isEqualTo(3);
        assertThat(out.toString(UTF_8))
                .isEqualTo(
                        """
                        arg 0: prog
                        arg 1: two words
                        arg 2: ü
                        env: KEY=value
                        terminals: 0 1 0
                        slept: enough
                        seek: refused
                        open: refused
                        ONE
                        THREE\
                        """);
        assertThat(err.toString(UTF_8)).isEqualTo("TWO\n");
    }

    @Test
    void aProgramInCThatIsGivenNothing() {
        assertThat(Kugg.module(ProgramTest.class, "program.wasm").with(Wasi.preview1()).run())
                .isZero();
    }
}
