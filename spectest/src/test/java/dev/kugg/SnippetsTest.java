package dev.kugg;

/** Runs the examples of the documentation, which is what keeps them true. */
final class SnippetsTest extends Snippets {}
