package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.file.Quota;
import dev.kugg.wasi.internal.file.Session;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Opens the folders one instance was given. */
final class Mounts {
    private Mounts() {}

    /**
     * Opens the folders in the order of {@link Config#mounts}.
     *
     * @param descriptors gets them, and is left empty if one cannot be opened
     * @throws UncheckedIOException if one cannot be opened
     */
    static void open(Config config, Descriptors descriptors) {
        Session session = new Session(quotaOf(config));
        descriptors.endAtClose(session);
        for (Mount mount : config.mounts) {
            try {
                descriptors.give(mount.source().open(session), mount.guestPath());
            } catch (IOException e) {
                descriptors.closeAll();
                throw new UncheckedIOException(
                        "the guest's " + mount.guestPath() + ": " + e.getMessage(), e);
            } catch (RuntimeException | Error e) {
                descriptors.closeAll();
                throw e;
            }
        }
    }

    private static @Nullable Quota quotaOf(Config config) {
        boolean unlimited =
                config.quotaBytes == Long.MAX_VALUE && config.quotaEntries == Long.MAX_VALUE;
        return unlimited ? null : new Quota(config.quotaBytes, config.quotaEntries);
    }
}
