package org.quorate.hsm.pkcs11;

import java.time.Duration;

/// How long each class of call may take before its host is killed.
public record Deadlines(
        Duration start, Duration status, Duration operation, Duration administration, Duration generation) {

    /// RSA-4096 on a slow smart-card HSM takes over a minute; a person at a PIN pad needs as long.
    public static final Deadlines STANDARD = new Deadlines(
            Duration.ofSeconds(30),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(120));

    Duration of(CallClass kind) {
        return switch (kind) {
            case START -> start;
            case STATUS -> status;
            case OPERATION -> operation;
            case ADMINISTRATION -> administration;
            case GENERATION -> generation;
        };
    }
}
