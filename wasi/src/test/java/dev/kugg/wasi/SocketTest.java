package dev.kugg.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** Sockets that the guest was given, and connections it accepts. Results come at 0 and at 4. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SocketTest {
    private static final int NONBLOCK = 4;
    private static final int PEEK = 1;
    private static final int WAITALL = 2;
    private static final int RECEIVE = 1;
    private static final int SEND = 2;
    private static final int SOCKET_STREAM = 6;

    @TempDir Path folder;

    private ServerSocketChannel listener;

    @BeforeEach
    void listen() throws IOException {
        listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    private SocketChannel connect() throws IOException {
        SocketChannel peer = SocketChannel.open(listener.getLocalAddress());
        peer.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return peer;
    }

    private Wasi wasi() {
        return Wasi.preview1().listen(listener);
    }

    private static int accepted(Preview1Guest guest, int fdflags) {
        assertThat(guest.call("sock_accept", 3, fdflags, 0)).isZero();
        return guest.memory.readInt(0);
    }

    private static int receive(Preview1Guest guest, int fd, int length, int riflags) {
        guest.iov(0, 4096, length);
        guest.memory.writeShort(4, (short) 0x5555);
        int errno = guest.call("sock_recv", fd, 1024, 1, riflags, 1016, 4);
        if (errno == 0) {
            assertThat(guest.memory.readShort(4)).as("answered flags").isZero();
        }
        return errno;
    }

    private static int send(Preview1Guest guest, int fd, String text, int siflags) {
        guest.memory.writeString(4096, text);
        guest.iov(0, 4096, text.length());
        return guest.call("sock_send", fd, 1024, 1, siflags, 1016);
    }

    private static void write(SocketChannel peer, String text) throws IOException {
        peer.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    private static String read(SocketChannel peer, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && peer.read(bytes) >= 0) {
            continue;
        }
        return new String(bytes.array(), 0, bytes.position(), UTF_8);
    }

    @Test
    void aConnectionIsAcceptedReadAndWritten() throws Exception {
        try (Preview1Guest guest = new Preview1Guest(wasi())) {
            CompletableFuture<Integer> fd = CompletableFuture.supplyAsync(() -> accepted(guest, 0));
            Thread.sleep(30);
            assertThat(fd).isNotDone();
            try (SocketChannel peer = connect()) {
                assertThat(fd.get()).isEqualTo(4);
                write(peer, "hello");
                assertThat(guest.read(4, 100)).isZero();
                assertThat(guest.text()).isEqualTo("hello");
                assertThat(guest.write(4, "by write")).isZero();
                assertThat(read(peer, 8)).isEqualTo("by write");
                write(peer, "more");
                assertThat(receive(guest, 4, 2, 0)).isZero();
                assertThat(guest.text()).isEqualTo("mo");
                assertThat(receive(guest, 4, 100, 0)).isZero();
                assertThat(guest.text()).isEqualTo("re");
                assertThat(send(guest, 4, "by send", 0)).isZero();
                assertThat(guest.size()).isEqualTo(7);
                assertThat(read(peer, 7)).isEqualTo("by send");
                assertThat(guest.call("fd_close", 4)).isZero();
                assertThat(read(peer, 1)).as("the end").isEmpty();
            }
            assertThat(guest.read(4, 1)).isEqualTo(Preview1Guest.BADF);
        }
        assertThat(listener.isOpen()).isTrue();
    }

    @Test
    void lookingTakesNothing() throws Exception {
        try (Preview1Guest guest = new Preview1Guest(wasi());
                SocketChannel peer = connect()) {
            int fd = accepted(guest, 0);
            write(peer, "abcdef");
            assertThat(receive(guest, fd, 3, PEEK)).isZero();
            assertThat(guest.text()).isEqualTo("abc");
            assertThat(receive(guest, fd, 6, PEEK | WAITALL)).isZero();
            assertThat(guest.text()).isEqualTo("abcdef");
            assertThat(receive(guest, fd, 2, 0)).isZero();
            assertThat(guest.text()).isEqualTo("ab");
            assertThat(receive(guest, fd, 100, PEEK)).isZero();
            assertThat(guest.text()).isEqualTo("cdef");
            write(peer, "gh");
            assertThat(receive(guest, fd, 6, WAITALL)).isZero();
            assertThat(guest.text()).isEqualTo("cdefgh");
            peer.shutdownOutput();
            assertThat(receive(guest, fd, 6, PEEK)).isZero();
            assertThat(guest.size()).isZero();
        }
    }

    @Test
    void allIsWaitedForUpToTheEnd() throws Exception {
        try (Preview1Guest guest = new Preview1Guest(wasi());
                SocketChannel peer = connect()) {
            int fd = accepted(guest, 0);
            write(peer, "abc");
            CompletableFuture<Integer> errno =
                    CompletableFuture.supplyAsync(() -> receive(guest, fd, 6, WAITALL));
            Thread.sleep(30);
            assertThat(errno).isNotDone();
            write(peer, "def");
            assertThat(errno.get()).isZero();
            assertThat(guest.text()).isEqualTo("abcdef");
            write(peer, "gh");
            peer.shutdownOutput();
            assertThat(receive(guest, fd, 6, WAITALL)).isZero();
            assertThat(guest.text()).isEqualTo("gh");
        }
    }

    @Test
    void withoutWaitingOneTriesAgain() throws Exception {
        try (Preview1Guest guest = new Preview1Guest(wasi())) {
            assertThat(guest.call("fd_fdstat_set_flags", 3, NONBLOCK)).isZero();
            assertThat(guest.call("sock_accept", 3, 0, 0)).isEqualTo(Preview1Guest.AGAIN);
            try (SocketChannel peer = connect()) {
                int fd = accepted(guest, NONBLOCK);
                assertThat(guest.call("fd_fdstat_get", fd, 0)).isZero();
                assertThat(guest.memory.readByte(0)).isEqualTo((byte) SOCKET_STREAM);
                assertThat(guest.memory.readShort(2)).isEqualTo((short) NONBLOCK);
                assertThat(guest.read(fd, 1)).isEqualTo(Preview1Guest.AGAIN);
                assertThat(receive(guest, fd, 1, 0)).isEqualTo(Preview1Guest.AGAIN);
                guest.iov(0, 0, 60_000);
                long total = 0;
                int errno = guest.transfer("fd_write", fd, 1);
                while (errno == 0) {
                    assertThat(guest.size()).isPositive();
                    total += guest.size();
                    errno = guest.transfer("fd_write", fd, 1);
                }
                assertThat(errno).isEqualTo(Preview1Guest.AGAIN);
                assertThat(read(peer, (int) total)).hasSize((int) total);
            }
        }
    }

    @Test
    void aWriteWaitsUntilEverythingIsSent() throws Exception {
        try (Preview1Guest guest = new Preview1Guest(wasi());
                SocketChannel peer = connect()) {
            int fd = accepted(guest, 0);
            for (int i = 0; i < 1000; i++) {
                guest.iov(i, 0, 60_000);
            }
            CompletableFuture<Integer> errno =
                    CompletableFuture.supplyAsync(() -> guest.transfer("fd_write", fd, 1000));
            Thread.sleep(30);
            assertThat(errno).isNotDone();
            assertThat(read(peer, 60_000_000)).hasSize(60_000_000);
            assertThat(errno.get()).isZero();
            assertThat(guest.size()).isEqualTo(60_000_000);
        }
    }

    @Test
    void directionsAreShutDown() throws Exception {
        try (Preview1Guest guest = new Preview1Guest(wasi());
                SocketChannel peer = connect()) {
            int fd = accepted(guest, 0);
            assertThat(guest.call("sock_shutdown", fd, 0)).isEqualTo(Preview1Guest.INVAL);
            assertThat(guest.call("sock_shutdown", fd, 4)).isEqualTo(Preview1Guest.INVAL);
            assertThat(send(guest, fd, "last", 0)).isZero();
            assertThat(guest.call("sock_shutdown", fd, SEND)).isZero();
            assertThat(read(peer, 100)).isEqualTo("last");
            assertThat(send(guest, fd, "later", 0)).isEqualTo(Preview1Guest.PIPE);
            write(peer, "still");
            assertThat(receive(guest, fd, 5, WAITALL)).isZero();
            assertThat(guest.text()).isEqualTo("still");
            assertThat(guest.call("sock_shutdown", fd, RECEIVE | SEND)).isZero();
            assertThat(receive(guest, fd, 5, 0)).isZero();
            assertThat(guest.size()).isZero();
        }
    }

    @Test
    void aPeerThatIsGoneIsAnErrno() throws Exception {
        try (Preview1Guest guest = new Preview1Guest(wasi())) {
            int fd;
            try (SocketChannel peer = connect()) {
                fd = accepted(guest, 0);
                assertThat(send(guest, fd, "unread", 0)).isZero();
                // Closed with unread bytes, or told not to linger, it resets the connection.
                peer.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            assertThat(receive(guest, fd, 5, 0)).isEqualTo(Preview1Guest.CONNRESET);
            assertThat(send(guest, fd, "text", 0)).isEqualTo(Preview1Guest.PIPE);
        }
    }

    @Test
    void whatIsNoSocketOrNotConnectedIsRefused() throws Exception {
        Files.createFile(folder.resolve("file"));
        try (Preview1Guest guest = new Preview1Guest(wasi());
                SocketChannel peer = connect()) {
            for (int fd = 0; fd < 3; fd++) {
                assertThat(guest.call("sock_accept", fd, 0, 0)).isEqualTo(Preview1Guest.NOTSOCK);
                assertThat(receive(guest, fd, 5, 0)).isEqualTo(Preview1Guest.NOTSOCK);
                assertThat(send(guest, fd, "x", 0)).isEqualTo(Preview1Guest.NOTSOCK);
                assertThat(guest.call("sock_shutdown", fd, 1)).isEqualTo(Preview1Guest.NOTSOCK);
            }
            assertThat(receive(guest, 3, 5, 0)).isEqualTo(Preview1Guest.NOTCONN);
            assertThat(send(guest, 3, "x", 0)).isEqualTo(Preview1Guest.NOTCONN);
            assertThat(guest.call("sock_shutdown", 3, 1)).isEqualTo(Preview1Guest.NOTCONN);
            assertThat(guest.call("sock_accept", 9, 0, 0)).isEqualTo(Preview1Guest.BADF);
            assertThat(guest.call("sock_accept", 3, 1, 0)).isEqualTo(Preview1Guest.INVAL);
            assertThat(guest.call("sock_accept", 3, 0, 65_533)).isEqualTo(Preview1Guest.FAULT);
            int fd = accepted(guest, 0);
            assertThat(peer.isConnected()).isTrue();
            assertThat(guest.call("sock_accept", fd, 0, 0)).isEqualTo(Preview1Guest.INVAL);
            assertThat(receive(guest, fd, 5, 4)).isEqualTo(Preview1Guest.INVAL);
            assertThat(send(guest, fd, "x", 1)).isEqualTo(Preview1Guest.INVAL);
            assertThat(guest.call("sock_recv", fd, 1024, 1, 0, 1016, 65_535))
                    .isEqualTo(Preview1Guest.FAULT);
            guest.iov(0, 0, -1);
            for (String call : new String[] {"sock_recv", "sock_send"}) {
                boolean receives = call.equals("sock_recv");
                long[] claims = {fd, 1024, 1, PEEK, 1016, 4};
                assertThat(guest.call(call, receives ? claims : new long[] {fd, 1024, 1, 0, 1016}))
                        .as("4 GiB")
                        .isEqualTo(Preview1Guest.FAULT);
                claims[2] = -1;
                assertThat(guest.call(call, receives ? claims : new long[] {fd, 1024, -1, 0, 1016}))
                        .as("2^32 - 1 buffers")
                        .isEqualTo(Preview1Guest.FAULT);
            }
            assertThat(guest.call("fd_seek", fd, 0, 0, 0)).isEqualTo(Preview1Guest.SPIPE);
            assertThat(guest.call("fd_prestat_get", fd, 0)).isEqualTo(Preview1Guest.BADF);
        }
    }

    @Test
    void aConnectionOfTheHostStaysItsOwn() throws Exception {
        try (SocketChannel given = connect();
                SocketChannel peer = listener.accept()) {
            try (Preview1Guest guest = new Preview1Guest(Wasi.preview1().connection(given))) {
                write(peer, "in");
                assertThat(guest.read(3, 100)).isZero();
                assertThat(guest.text()).isEqualTo("in");
                assertThat(guest.call("fd_fdstat_set_flags", 3, NONBLOCK)).isZero();
                assertThat(guest.read(3, 100)).isEqualTo(Preview1Guest.AGAIN);
                guest.call("fd_fdstat_set_flags", 3, 0);
                CompletableFuture<Integer> errno =
                        CompletableFuture.supplyAsync(() -> guest.read(3, 100));
                Thread.sleep(20);
                write(peer, "late");
                assertThat(errno.get()).isZero();
                assertThat(guest.call("fd_close", 3)).isZero();
                // Nothing of the guest's is registered with it any more.
                given.configureBlocking(true);
            }
            assertThat(given.isOpen()).isTrue();
            write(peer, "host");
            assertThat(read(given, 4)).isEqualTo("host");
        }
    }

    @Test
    void aClosedSocketIsNotGiven() throws Exception {
        listener.close();
        assertThatThrownBy(() -> new Preview1Guest(wasi()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("a socket given to the guest is closed");
    }

    @Test
    void socketsComeBehindFolders() throws Exception {
        Fifos.assumeLinux();
        Wasi wasi = wasi().dir(folder, ".");
        try (Preview1Guest guest = new Preview1Guest(wasi)) {
            assertThat(guest.call("fd_prestat_get", 3, 0)).isZero();
            assertThat(guest.call("fd_prestat_get", 4, 0)).isEqualTo(Preview1Guest.BADF);
            assertThat(guest.call("fd_fdstat_get", 4, 0)).isZero();
            assertThat(guest.memory.readByte(0)).isEqualTo((byte) SOCKET_STREAM);
        }
    }

    @Test
    void nothingIsLeftOpen() throws Exception {
        Fifos.assumeLinux();
        try (SocketChannel warm = connect()) {
            assertThat(warm.isConnected()).isTrue();
        }
        listener.accept().close();
        long before = openDescriptors();
        for (int i = 0; i < 5; i++) {
            try (Preview1Guest guest = new Preview1Guest(wasi())) {
                for (int j = 0; j < 20; j++) {
                    try (SocketChannel peer = connect()) {
                        int fd = accepted(guest, 0);
                        CompletableFuture<Integer> errno =
                                CompletableFuture.supplyAsync(() -> guest.read(fd, 1));
                        write(peer, "x");
                        assertThat(errno.get()).isZero();
                        if (j % 2 == 0) {
                            assertThat(guest.call("fd_close", fd)).isZero();
                        }
                    }
                }
            }
            assertThat(openDescriptors()).isEqualTo(before);
        }
    }

    private static long openDescriptors() throws IOException {
        try (var all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }

    @Test
    void twoGuestsShareAListener() throws Exception {
        Wasi wasi = wasi();
        try (Preview1Guest one = new Preview1Guest(wasi);
                Preview1Guest two = new Preview1Guest(wasi)) {
            CompletableFuture<Integer> first =
                    CompletableFuture.supplyAsync(() -> accepted(one, 0));
            CompletableFuture<Integer> second =
                    CompletableFuture.supplyAsync(() -> accepted(two, 0));
            try (SocketChannel peer = connect();
                    SocketChannel other = connect()) {
                assertThat(first.get()).isEqualTo(4);
                assertThat(second.get()).isEqualTo(4);
                assertThat(peer.isConnected() && other.isConnected()).isTrue();
            }
        }
    }

    @Test
    void socketsOfTheFileSystemWorkToo() throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("socket"));
        try (ServerSocketChannel local = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            local.bind(address);
            try (Preview1Guest guest = new Preview1Guest(Wasi.preview1().listen(local));
                    SocketChannel peer = SocketChannel.open(address)) {
                int fd = accepted(guest, 0);
                write(peer, "text");
                assertThat(guest.read(fd, 100)).isZero();
                assertThat(guest.text()).isEqualTo("text");
            }
        }
    }

    @Test
    void readinessIsSeen() throws Exception {
        try (Preview1Guest guest = new Preview1Guest(wasi())) {
            assertThat(poll(guest, 3, 1, 0)).as("nobody connects").isZero();
            CompletableFuture<Integer> event =
                    CompletableFuture.supplyAsync(() -> poll(guest, 3, 1, -1));
            try (SocketChannel peer = connect()) {
                assertThat(event.get()).isEqualTo(1);
                int fd = accepted(guest, 0);
                assertThat(poll(guest, fd, 1, 0)).as("nothing to read").isZero();
                assertThat(poll(guest, fd, 2, 0)).as("writable").isEqualTo(2);
                write(peer, "text");
                assertThat(poll(guest, fd, 1, -1)).isEqualTo(1);
                assertThat(guest.memory.readLong(8192 + 16)).isEqualTo(4);
                assertThat(receive(guest, fd, 2, PEEK)).isZero();
                assertThat(poll(guest, fd, 1, -1)).isEqualTo(1);
                assertThat(guest.memory.readLong(8192 + 16)).isEqualTo(4);
                assertThat(receive(guest, fd, 100, 0)).isZero();
                assertThat(poll(guest, fd, 1, 1_000_000)).as("nothing any more").isZero();
                peer.shutdownOutput();
                assertThat(poll(guest, fd, 1, -1)).isEqualTo(1);
                assertThat(guest.memory.readLong(8192 + 16)).isZero();
                assertThat(guest.memory.readShort(8192 + 24)).as("hangup").isEqualTo((short) 1);
            }
        }
    }

    /** {@return the kind of the only event, 0 where it is that of the time} */
    private static int poll(Preview1Guest guest, int fd, int kind, long nanos) {
        guest.memory.fill(0, 96, (byte) 0);
        guest.memory.writeByte(8, (byte) kind);
        guest.memory.writeInt(16, fd);
        guest.memory.writeInt(48 + 16, 1);
        guest.memory.writeLong(48 + 24, nanos);
        assertThat(guest.call("poll_oneoff", 0, 8192, 2, 16_384)).isZero();
        return guest.memory.readByte(8192 + 10);
    }
}
