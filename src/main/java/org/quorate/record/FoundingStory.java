package org.quorate.record;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.JsonException;
import org.quorate.ledger.Cosign;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Genesis;
import org.quorate.ledger.LedgerKey;
import org.quorate.ledger.TrustFile;

/// What the first entries of a live ledger tell: its founding entry, the signatures of all founders, and the first
/// checkpoint.
///
/// @param said what the founders said of site, console and people
public record FoundingStory(Genesis genesis, Instant at, Json.Obj said, List<Founder> founders, TrustFile trust) {
    public FoundingStory {
        founders = List.copyOf(founders);
    }

    /// One card of a founder.
    ///
    /// @param signed when the card signed the founding entry; empty where it did not, or not truly
    public record Founder(
            String person,
            String name,
            String organisation,
            String card,
            LedgerKey key,
            X509Certificate certificate,
            Optional<Instant> signed) {}

    /// @throws JsonException naming what is missing or wrong
    public static FoundingStory of(List<Entry> entries) {
        if (entries.isEmpty() || !entries.getFirst().is(EntryType.GENESIS)) {
            throw new JsonException("the first entry is no founding entry");
        }
        Entry first = entries.getFirst();
        Genesis genesis = Genesis.fromJson(first.ledger(), first.data());
        Json.Obj said = genesis.founding()
                .orElseThrow(() -> new JsonException("the first entry does not tell how the site was founded"));
        var founders = new ArrayList<Founder>();
        for (LedgerKey key : genesis.founders()) {
            Json.Obj person = said.objects("people").stream()
                    .filter(one -> one.string("key").equals(key.id().hex()))
                    .findFirst()
                    .orElseThrow(() -> new JsonException("nobody is named for the key " + key.id()));
            founders.add(new Founder(
                    person.string("person"),
                    person.string("name"),
                    person.string("organisation"),
                    person.string("card"),
                    key,
                    certificate(key),
                    signed(entries, key)));
        }
        return new FoundingStory(genesis, first.time(), said, founders, TrustFile.of(first));
    }

    private static Optional<Instant> signed(List<Entry> entries, LedgerKey key) {
        Entry first = entries.getFirst();
        return entries.stream()
                .filter(entry -> entry.is(EntryType.COSIGN))
                .filter(entry -> {
                    Cosign cosign = Cosign.fromJson(entry.data());
                    return cosign.key().equals(key.id())
                            && cosign.meaning() == Cosign.Meaning.APPROVE
                            && cosign.target() == 0
                            && cosign.leaf().equals(first.leaf())
                            && cosign.isSignedBy(key.spki(), first.ledger(), Optional.empty());
                })
                .findFirst()
                .map(Entry::time);
    }

    private static X509Certificate certificate(LedgerKey key) {
        byte[] der =
                key.certificate().orElseThrow(() -> new JsonException("the key " + key.id() + " has no certificate"));
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new JsonException("the certificate of the key " + key.id() + " cannot be read");
        }
    }

    public String name() {
        return said.object("site").string("name");
    }

    /// SHA-256 of the certificate that may sign records.
    public Optional<Digest> recordCertificate() {
        return genesis.keys().stream()
                .filter(key -> key.role() == LedgerKey.Role.DEVICE)
                .findFirst()
                .flatMap(LedgerKey::certificate)
                .map(Digest::of);
    }

    /// Whether every card that is named signed.
    public boolean complete() {
        return founders.stream().allMatch(founder -> founder.signed().isPresent());
    }
}
