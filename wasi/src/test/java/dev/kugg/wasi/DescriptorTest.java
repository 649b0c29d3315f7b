package dev.kugg.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;

/** What a guest can learn and change about its three descriptors. */
class DescriptorTest {
    private static final int NONBLOCK = 4;
    private static final long FD_READ = 1 << 1;
    private static final long FD_SEEK = 1 << 2;
    private static final long FD_TELL = 1 << 5;
    private static final long FD_WRITE = 1 << 6;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void fdstatTellsTypeAndRights() {
        Wasi wasi = Wasi.preview1().terminals(true, false, true);
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            for (int fd = 0; fd < 3; fd++) {
                guest.memory.fill(0, 64, (byte) 0x55);
                assertThat(guest.call("fd_fdstat_get", fd, 8)).isZero();
                assertThat(guest.memory.readByte(8)).isEqualTo((byte) (fd == 1 ? 0 : 2));
                assertThat(guest.memory.readByte(9)).isZero();
                assertThat(guest.memory.readShort(10)).as("flags").isZero();
                long rights = guest.memory.readLong(16);
                assertThat(rights & (FD_READ | FD_WRITE)).isEqualTo(fd == 0 ? FD_READ : FD_WRITE);
                assertThat(rights & (FD_SEEK | FD_TELL)).isZero();
                assertThat(guest.memory.readLong(24)).as("inheriting").isZero();
                assertThat(guest.memory.readByte(7)).isEqualTo((byte) 0x55);
                assertThat(guest.memory.readByte(32)).isEqualTo((byte) 0x55);
            }
        }
    }

    @Test
    void filestatTellsTypeOnly() {
        Wasi wasi = Wasi.preview1().terminals(true, false, false);
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            for (int fd = 0; fd < 2; fd++) {
                guest.memory.fill(0, 128, (byte) 0x55);
                assertThat(guest.call("fd_filestat_get", fd, 8)).isZero();
                byte[] expected = new byte[64];
                expected[16] = (byte) (fd == 0 ? 2 : 0);
                assertThat(guest.memory.readBytes(8, 64)).isEqualTo(expected);
                assertThat(guest.memory.readByte(7)).isEqualTo((byte) 0x55);
                assertThat(guest.memory.readByte(72)).isEqualTo((byte) 0x55);
            }
        }
    }

    @Test
    void addressesAreChecked() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
            assertThat(guest.call("fd_fdstat_get", 0, 65_513)).isEqualTo(Preview1Guest.FAULT);
            assertThat(guest.call("fd_fdstat_get", 0, -1)).isEqualTo(Preview1Guest.FAULT);
            assertThat(guest.call("fd_fdstat_get", 0, 65_512)).isZero();
            assertThat(guest.call("fd_filestat_get", 0, 65_473)).isEqualTo(Preview1Guest.FAULT);
            assertThat(guest.call("fd_filestat_get", 0, -64)).isEqualTo(Preview1Guest.FAULT);
            assertThat(guest.call("fd_filestat_get", 0, 65_472)).isZero();
        }
    }

    @Test
    void flagsAreKept() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
            assertThat(guest.call("fd_fdstat_set_flags", 1, NONBLOCK | 1)).isZero();
            assertThat(guest.call("fd_fdstat_get", 1, 0)).isZero();
            assertThat(guest.memory.readShort(2)).isEqualTo((short) (NONBLOCK | 1));
            assertThat(guest.call("fd_fdstat_get", 2, 0)).isZero();
            assertThat(guest.memory.readShort(2)).isZero();
            assertThat(guest.call("fd_fdstat_set_flags", 1, 32)).isEqualTo(Preview1Guest.INVAL);
            assertThat(guest.call("fd_fdstat_set_flags", 1, -1)).isEqualTo(Preview1Guest.INVAL);
        }
    }

    @Test
    void streamsHaveNoPosition() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
            for (int fd = 0; fd < 3; fd++) {
                for (int whence = 0; whence < 3; whence++) {
                    assertThat(guest.call("fd_seek", fd, 0, whence, 0))
                            .isEqualTo(Preview1Guest.SPIPE);
                }
                assertThat(guest.call("fd_seek", fd, 0, 3, 0)).isEqualTo(Preview1Guest.INVAL);
                assertThat(guest.call("fd_seek", fd, 0, -1, 0)).isEqualTo(Preview1Guest.INVAL);
                assertThat(guest.call("fd_tell", fd, 0)).isEqualTo(Preview1Guest.SPIPE);
                assertThat(guest.call("fd_pread", fd, 0, 0, 0, 0)).isEqualTo(Preview1Guest.SPIPE);
                assertThat(guest.call("fd_pwrite", fd, 0, 0, 0, 0)).isEqualTo(Preview1Guest.SPIPE);
            }
        }
    }

    @Test
    void noFolderWasGiven() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
            assertThat(guest.call("fd_prestat_get", 0, 0)).isEqualTo(Preview1Guest.BADF);
            assertThat(guest.call("fd_prestat_get", 3, 0)).isEqualTo(Preview1Guest.BADF);
            assertThat(guest.call("fd_prestat_dir_name", 0, 0, 9)).isEqualTo(Preview1Guest.NOTDIR);
            assertThat(guest.call("fd_prestat_dir_name", 3, 0, 9)).isEqualTo(Preview1Guest.BADF);
        }
    }

    @Test
    void closingIsForThisInstanceAlone() {
        CloseCounter stream = new CloseCounter();
        Wasi wasi = Wasi.preview1().stdout(stream).stderr(err);
        try (Preview1Guest one = new Preview1Guest(wasi);
                Preview1Guest other = new Preview1Guest(wasi)) {
            assertThat(one.call("fd_close", 1)).isZero();
            assertThat(one.call("fd_close", 1)).isEqualTo(Preview1Guest.BADF);
            assertThat(one.write(1, "text")).isEqualTo(Preview1Guest.BADF);
            assertThat(one.write(2, "text")).isZero();
            assertThat(other.write(1, "text")).isZero();
        }
        assertThat(stream.closes).isZero();
    }

    @Test
    void renumberingMovesAStream() {
        InputStream in = new ByteArrayInputStream("in".getBytes(UTF_8));
        Wasi wasi = Wasi.preview1().stdin(in).stdout(out).stderr(err);
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            assertThat(guest.call("fd_renumber", 1, 1)).isZero();
            assertThat(guest.write(1, "1")).isZero();
            assertThat(guest.call("fd_renumber", 1, 3)).isEqualTo(Preview1Guest.BADF);
            assertThat(guest.call("fd_renumber", 3, 1)).isEqualTo(Preview1Guest.BADF);
            assertThat(guest.call("fd_renumber", 1, -1)).isEqualTo(Preview1Guest.BADF);
            assertThat(guest.call("fd_renumber", 2, 1)).isZero();
            assertThat(guest.write(2, "2")).isEqualTo(Preview1Guest.BADF);
            assertThat(guest.write(1, "3")).isZero();
            assertThat(guest.call("fd_renumber", 0, 1)).isZero();
            assertThat(guest.read(1, 9)).isZero();
            assertThat(guest.text()).isEqualTo("in");
        }
        assertThat(out.toString(UTF_8)).isEqualTo("1");
        assertThat(err.toString(UTF_8)).isEqualTo("3");
    }

    private static final class CloseCounter extends OutputStream {
        int closes;

        @Override
        public void write(int b) {}

        @Override
        public void close() {
            closes++;
        }
    }
}
