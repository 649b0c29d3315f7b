package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.file.Directory;
import dev.kugg.wasi.internal.file.Quota;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Opens the folders one instance was given. */
final class Mounts {
    private Mounts() {}

    /**
     * {@return the folders in the order of {@link Config#mounts}; the caller closes them}
     *
     * @throws UncheckedIOException if one cannot be opened; then none is open
     */
    static List<Directory> open(Config config) {
        Quota quota = quotaOf(config);
        List<Directory> opened = new ArrayList<>();
        for (Mount mount : config.mounts) {
            try {
                opened.add(mount.source().open(quota));
            } catch (IOException e) {
                closeAll(opened);
                throw new UncheckedIOException(
                        "the guest's " + mount.guestPath() + ": " + e.getMessage(), e);
            } catch (RuntimeException | Error e) {
                closeAll(opened);
                throw e;
            }
        }
        return opened;
    }

    private static @Nullable Quota quotaOf(Config config) {
        boolean unlimited =
                config.quotaBytes == Long.MAX_VALUE && config.quotaEntries == Long.MAX_VALUE;
        return unlimited ? null : new Quota(config.quotaBytes, config.quotaEntries);
    }

    private static void closeAll(List<Directory> directories) {
        for (Directory directory : directories) {
            directory.close();
        }
    }
}
