package org.quorate.script;

/// What lint finds and the owners of a script accept, with their reason. It stands in the script, so that whoever
/// approves the script approves it too.
///
/// @param rule id of the rule
/// @param at the step, or the definition, at which the rule is broken
public record Waiver(String rule, String at, String reason) {}
