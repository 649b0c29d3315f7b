/**
 * Files and folders as WASI sees them, whatever holds them: {@link
 * dev.kugg.wasi.internal.file.Directory} is an open folder whose methods take single names and
 * follow no link, {@link dev.kugg.wasi.internal.file.OpenFile} an open file, and {@link
 * dev.kugg.wasi.internal.file.Walk} turns a guest's path into the two, so that no path leaves the
 * folder it starts from.
 *
 * <p>Everything that can go wrong is an {@link dev.kugg.wasi.internal.errno.ErrnoException}.
 */
package dev.kugg.wasi.internal.file;
