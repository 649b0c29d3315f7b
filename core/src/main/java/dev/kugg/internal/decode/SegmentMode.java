package dev.kugg.internal.decode;

/**
 * When a segment is used: at instantiation, by an instruction, or (element segments only) never.
 */
public enum SegmentMode {
    ACTIVE,
    PASSIVE,
    DECLARATIVE
}
