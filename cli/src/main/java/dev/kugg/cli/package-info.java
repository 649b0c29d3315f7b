/**
 * The {@code kugg} command.
 *
 * <p>{@link dev.kugg.cli.Command} and {@link dev.kugg.cli.Option} describe what can be typed.
 * {@link dev.kugg.cli.PlainParser} reads the usual forms of it without loading anything; the rest
 * (help, mistakes) goes to picocli in {@link dev.kugg.cli.FullParser}, which costs 100 ms and reads
 * the same description. A test asserts that the two agree.
 */
package dev.kugg.cli;
