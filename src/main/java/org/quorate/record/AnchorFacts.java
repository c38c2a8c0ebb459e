package org.quorate.record;

/// An anchor made during the ceremony.
///
/// @param kind in words
public record AnchorFacts(String kind, long size, String where) {}
