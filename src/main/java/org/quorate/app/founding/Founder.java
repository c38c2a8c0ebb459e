package org.quorate.app.founding;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.quorate.base.Certificates;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.ledger.LedgerKey;
import org.quorate.quorum.Participant;

/// One card of somebody who founds the site. A person with two cards is here twice, and counts once.
///
/// @param name as the person says it; what later ceremonies show is the name in the certificate
record Founder(
        String person, String name, String organisation, List<String> roles, String card, X509Certificate certificate) {

    Digest key() {
        return Digest.of(certificate.getPublicKey().getEncoded());
    }

    LedgerKey ledgerKey() {
        return LedgerKey.ofPerson(
                person, roles, certificate.getPublicKey().getEncoded(), Optional.of(Certificates.encoded(certificate)));
    }

    /// With this card only.
    Participant alone() {
        return new Participant(person, name, organisation, Set.copyOf(roles), List.of(key()));
    }

    Json.Obj toJson() {
        return Json.obj()
                .put("person", person)
                .put("name", name)
                .put("organisation", organisation)
                .put("card", card)
                .put("key", key().hex())
                .build();
    }
}
