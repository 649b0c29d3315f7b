package dev.kugg.internal.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.Func;
import dev.kugg.internal.CutSamples;

import org.junit.jupiter.api.Test;

/** Runs what {@link CutSamples} has, whole and, like all tests here, cut into small parts. */
class CutSamplesTest {
    @Test
    void referencesOnTheStack() {
        Func pick = CutSamples.references().start().func("pick");
        for (int n : new int[] {-1, 0, 1}) {
            assertThat(pick.invoke("x", "y", n)).containsExactly(n > 0 ? "x" : "y");
        }
    }

    @Test
    void anInterpretersLoop() {
        Func run = CutSamples.interpreter().start().func("run");
        for (int state = 0; state < 40; state++) {
            assertThat(run.call(state, 1)).containsExactly(CutSamples.interpret(state, 1));
            assertThat(run.call(state, 1_000)).containsExactly(CutSamples.interpret(state, 1_000));
        }
    }
}
