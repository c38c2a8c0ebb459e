package org.quorate.ceremony;

import java.time.Instant;
import java.util.Optional;
import org.quorate.script.Plan;

/// The plan that a site has chosen to follow.
///
/// @param started when its first week began
public record FollowedPlan(Plan plan, Optional<Instant> started) {}
