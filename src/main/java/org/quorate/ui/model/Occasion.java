package org.quorate.ui.model;

import java.util.Optional;
import java.util.UUID;
import org.quorate.ceremony.Site;
import org.quorate.quorum.Roster;
import org.quorate.script.Script;

/// What is known of a ceremony before its first entry is read.
///
/// @param ceremony empty where it is about to be opened; the id is then the one of the next opening in the ledger
public record Occasion(Script script, Site site, Roster roster, Optional<UUID> ceremony) {}
