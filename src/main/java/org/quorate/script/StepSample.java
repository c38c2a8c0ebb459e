package org.quorate.script;

/// A kind of step, as authors choose one.
///
/// @param kind as scripts name it
/// @param title as people call it
/// @param does what happens in it, in one sentence
public record StepSample(String kind, String title, String does) {}
