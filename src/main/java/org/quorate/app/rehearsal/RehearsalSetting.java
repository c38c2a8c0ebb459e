package org.quorate.app.rehearsal;

/// What a rehearsal is held with.
///
/// @param networked the practice HSMs are reached over sockets, each behind a server process of its own
public record RehearsalSetting(RehearsalCards cards, boolean networked) {}
