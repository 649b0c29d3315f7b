package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.stream.Waiter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Gives one instance the sockets of its configuration. */
final class Sockets {
    private Sockets() {}

    /**
     * Gives the sockets in the order of {@link Config#sockets}.
     *
     * @param descriptors gets them, and is left empty if one cannot be used
     * @throws UncheckedIOException if one cannot be used
     */
    static void open(Config config, Descriptors descriptors, Waiter waiter) {
        for (SelectableChannel channel : config.sockets) {
            try {
                descriptors.give(descriptor(channel, waiter));
            } catch (IOException e) {
                descriptors.closeAll();
                throw new UncheckedIOException("a socket given to the guest is closed", e);
            } catch (RuntimeException | Error e) {
                descriptors.closeAll();
                throw e;
            }
        }
    }

    private static Descriptor descriptor(SelectableChannel channel, Waiter waiter)
            throws IOException {
        return channel instanceof ServerSocketChannel listener
                ? new ListenerDescriptor(listener, waiter)
                : new ConnectionDescriptor((SocketChannel) channel, waiter, false, 0);
    }
}
