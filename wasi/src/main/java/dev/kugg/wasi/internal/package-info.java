/**
 * The functions of {@code wasi_snapshot_preview1}, a file for each topic.
 *
 * <p>{@link dev.kugg.wasi.internal.Preview1Function} lists them, a row each; {@link
 * dev.kugg.wasi.internal.Preview1} is one instance's state and hands each call to its topic. A
 * topic method returns where WASI says {@code success} and throws {@link
 * dev.kugg.wasi.internal.errno.ErrnoException} for any other errno. What comes from the guest goes
 * through {@link dev.kugg.wasi.internal.Guest}, which checks each address; a method checks
 * everything it is going to touch before it changes anything.
 *
 * <p>Start-up matters here: the way to the first {@code fd_write} uses no lambdas, streams, record
 * methods, formatting or regular expressions, each of which would cost milliseconds in a fresh JVM.
 */
package dev.kugg.wasi.internal;
