package org.quorate.record;

/// An anchor made during the ceremony.
///
/// @param kind paper_words, paper_qr or spoken
public record AnchorFacts(String kind, long size, String where) {}
