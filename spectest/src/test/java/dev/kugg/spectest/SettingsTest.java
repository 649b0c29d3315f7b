package dev.kugg.spectest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SettingsTest {
    private static final String NAME = "kugg.settings.test";

    @AfterEach
    void unset() {
        System.clearProperty(NAME);
    }

    @Test
    void takesNumbers() {
        assertThat(Settings.count(NAME, 7)).isEqualTo(7);
        System.setProperty(NAME, "12");
        assertThat(Settings.count(NAME, 7)).isEqualTo(12);
    }

    @Test
    void refusesWhatIsNone() {
        for (String given : new String[] {"x", "", "1e3", "0", "99999999999999999999"}) {
            System.setProperty(NAME, given);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Settings.count(NAME, 7))
                    .withMessage("-D" + NAME + "=" + given + ": not a number from 1 to 2147483647");
        }
    }
}
