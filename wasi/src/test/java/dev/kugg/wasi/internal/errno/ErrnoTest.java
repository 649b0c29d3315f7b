package dev.kugg.wasi.internal.errno;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrnoTest {
    @Test
    void numbersFollowTheSpecificationsOrder() {
        for (Errno errno : Errno.values()) {
            assertThat(errno.number()).as(errno.name()).isEqualTo(errno.ordinal());
        }
        assertThat(Errno.NOTCAPABLE.number()).as("the last one").isEqualTo(76);
        assertThat(Errno.values()).hasSize(77);
    }
}
