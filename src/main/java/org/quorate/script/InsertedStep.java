package org.quorate.script;

/// A text that has one step more.
///
/// @param line where the new step begins, counted from 1
public record InsertedStep(String text, int line) {}
