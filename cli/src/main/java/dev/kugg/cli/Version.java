package dev.kugg.cli;

/** The version. A test compares it with the build's. */
final class Version {
    static final String TEXT = "kugg 0.1.0-SNAPSHOT";

    private Version() {}
}
