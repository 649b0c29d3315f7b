package dev.kugg.wasi.internal;

import org.jspecify.annotations.Nullable;

/**
 * An array to copy through, kept from one transfer for the next one: one for all descriptors of an
 * instance, since a guest may open many.
 */
final class TransferBuffer {
    private static final int MAX_SIZE_BYTES = 65_536;

    private byte @Nullable [] kept;

    /**
     * {@return an array as large as is sensible for so many bytes} It is the caller's alone until
     * it is given back: a stream of the host may call the guest, which may write again.
     */
    byte[] take(long sizeBytes) {
        int length = (int) Math.min(sizeBytes, MAX_SIZE_BYTES);
        byte[] taken = kept;
        kept = null;
        return taken != null && taken.length >= length ? taken : new byte[length];
    }

    void give(byte[] given) {
        kept = given;
    }
}
