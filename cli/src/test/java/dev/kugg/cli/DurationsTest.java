package dev.kugg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "2s, PT2S", "1m, PT1M", "36h, PT36H", "007ms, PT0.007S"})
    void durationsAreRead(String typed, Duration expected) {
        assertThat(Durations.parse(typed)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "s",
                "ms",
                "-1s",
                "+1s",
                "1.5s",
                "1 s",
                " 1s",
                "1s ",
                "1S",
                "1d",
                "0s",
                "0ms",
                "१s",
                "9999999999999999s",
                "99999999999999999999ms"
            })
    void otherTextIsNoDuration(String typed) {
        assertThat(Durations.parse(typed)).isNull();
    }
}
