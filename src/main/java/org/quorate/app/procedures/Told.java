package org.quorate.app.procedures;

import java.time.Instant;
import java.util.Optional;

/// What no script and no site profile says, and people may say when the document is written.
///
/// @param when the time of writing
/// @param author lead author, with the role
/// @param why the reason for this version
/// @param approved the day on which the approvers signed it
/// @param id in the document management system
public record Told(
        Instant when, Optional<String> author, Optional<String> why, Optional<String> approved, Optional<String> id) {}
