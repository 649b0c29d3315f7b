package dev.kugg.wasi.internal.file;

import org.jspecify.annotations.Nullable;

/**
 * Times to set, in nanoseconds since 1970.
 *
 * @param accessNanos when it was last read; null leaves that alone
 * @param modifyNanos when its contents were last changed; null leaves that alone
 */
public record Times(@Nullable Long accessNanos, @Nullable Long modifyNanos) {}
