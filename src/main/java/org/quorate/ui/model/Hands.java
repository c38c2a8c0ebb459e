package org.quorate.ui.model;

import java.time.InstantSource;
import java.util.concurrent.Executor;

/// Where work is done and what time it is; handed in, so that tests need neither a toolkit nor to wait.
///
/// @param window runs what touches observable state, in order
/// @param background runs what may block, such as a look at a card reader
public record Hands(Executor window, Executor background, InstantSource clock) {}
