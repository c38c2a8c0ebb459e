package org.quorate.record;

import java.time.Instant;

/// An act on the HSM that rested on no quorum.
public record WithoutQuorum(long seq, Instant time, String step, String act) {}
