package org.quorate.app.practice;

import java.util.List;

/// Somebody who takes part in every rehearsal. The names are made up.
record PracticePerson(String id, String name, String organisation, List<String> roles) {
    private static final String TRUST_SERVICES = "Example Trust Services";

    static final List<PracticePerson> ALL = List.of(
            new PracticePerson("p1", "Ingrid Solberg", TRUST_SERVICES, List.of("administrator", "so_share_holder")),
            new PracticePerson(
                    "p2", "Amara Okafor", TRUST_SERVICES, List.of("officer", "security_officer", "so_share_holder")),
            new PracticePerson(
                    "p3",
                    "Johan Lindqvist",
                    TRUST_SERVICES,
                    List.of("officer", "user_pin_holder", "user_share_holder")),
            new PracticePerson("p4", "Mei Tanaka", TRUST_SERVICES, List.of("officer", "user_share_holder")),
            new PracticePerson("p5", "Rafael Duarte", TRUST_SERVICES, List.of("officer", "user_share_holder")),
            new PracticePerson("p6", "Priya Nair", TRUST_SERVICES, List.of("officer")),
            new PracticePerson("p7", "Thomas Keller", "Example Audit Partners", List.of("witness")));

    /// People with a card whom nobody has enrolled yet, so that an enrolment can be rehearsed, and the card of a
    /// stranger.
    static final List<PracticePerson> NEWCOMERS = List.of(
            new PracticePerson("p8", "Nadia Haddad", TRUST_SERVICES, List.of()),
            new PracticePerson("p9", "Luca Moretti", TRUST_SERVICES, List.of()));

    /// How many of the officers it takes to change the roster.
    static final int QUORUM = 3;

    static long officers() {
        return ALL.stream().filter(p -> p.roles().contains("officer")).count();
    }
}
