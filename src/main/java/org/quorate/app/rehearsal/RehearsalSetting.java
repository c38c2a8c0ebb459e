package org.quorate.app.rehearsal;

import java.nio.file.Path;
import java.util.Optional;

/// What a rehearsal is held with.
///
/// @param networked the practice HSMs are reached over sockets, each behind a server process of its own
/// @param files stands for the stick on which files are brought and handed out, where nobody is there to do it
/// @param decisions which path is taken where nobody is there to choose
public record RehearsalSetting(RehearsalCards cards, boolean networked, Optional<Path> files, Decisions decisions) {}
