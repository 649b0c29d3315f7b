package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.file.DirectorySource;

/**
 * A folder that guests find open.
 *
 * @param guestPath what they call it
 * @param source where it comes from
 */
public record Mount(String guestPath, DirectorySource source) {}
