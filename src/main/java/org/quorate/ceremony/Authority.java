package org.quorate.ceremony;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.ceremony.x509.CertificateLint;
import org.quorate.ceremony.x509.RevocationList;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.Operation;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Ledger;

/// What the ledger knows of a key that signs certificates, over all ceremonies. What nobody can tell to be unsigned
/// counts as signed: a serial number is never given twice, and neither is the number of a revocation list.
///
/// @param issued subjects by serial number
/// @param last the revocation list of which it is certain that it was signed
/// @param lists the highest number that a revocation list may have
record Authority(Map<BigInteger, String> issued, Optional<RevocationList> last, long lists) {
    private static final long AT_ONCE = 1_000;

    static Authority of(Ledger ledger, KeyId id) {
        var issued = new HashMap<BigInteger, String>();
        var numbers = new ArrayList<Long>();
        var signed = new HashMap<Long, Json.Obj>();
        Optional<RevocationList> last = Optional.empty();
        for (Entry entry : entries(ledger)) {
            Json.Obj data = entry.data();
            if (entry.is(EntryType.INTENT) && data.optionalString("cka_id").equals(Optional.of(id.hex()))) {
                if (isOf(data, Operation.SIGN_CERTIFICATE)) {
                    issued.put(
                            new BigInteger(data.string("serial"), 16),
                            data.optionalString("subject").orElse(""));
                }
                if (isOf(data, Operation.SIGN_CRL)) {
                    numbers.add(data.integer("number"));
                    signed.put(entry.seq(), data);
                }
            }
            if (entry.is(EntryType.OUTCOME) && data.string("result").equals("done")) {
                Optional<Json.Obj> list = Optional.ofNullable(signed.get(data.integer("intent")));
                if (list.isPresent()) {
                    last = Optional.of(
                            RevocationList.of(artefact(ledger, list.get().string("tbs"))));
                }
            }
        }
        return new Authority(
                Map.copyOf(issued),
                last,
                numbers.stream().mapToLong(Long::longValue).max().orElse(0));
    }

    private static boolean isOf(Json.Obj intent, Operation operation) {
        return intent.string("op").equals(operation.wire());
    }

    /// The newest certificate of this key in the ledger, whichever authority issued it.
    static X509Certificate certificate(Stage stage, PublicKey key, String label) {
        return certificates(stage.equipment().ledger()).stream()
                .filter(certificate -> certificate.getPublicKey().equals(key))
                .reduce((first, second) -> second)
                .orElseThrow(() ->
                        StepFailed.hard(org.quorate.base.Problem.of("ceremony.issuer_without_certificate", label)));
    }

    /// When certificates of this authority end, of those only whose revocation nobody asks for after their end: servers
    /// and clients that show them while they talk. What was signed with any other certificate is judged later too.
    static Map<BigInteger, Instant> ends(Ledger ledger, X509Certificate issuer) {
        var ends = new HashMap<BigInteger, Instant>();
        certificates(ledger).stream()
                .filter(one -> one.getIssuerX500Principal().equals(issuer.getSubjectX500Principal()))
                .filter(one -> isSignedBy(one, issuer.getPublicKey()))
                .filter(CertificateLint::isOfAConnection)
                .forEach(
                        one -> ends.put(one.getSerialNumber(), one.getNotAfter().toInstant()));
        return ends;
    }

    /// From a certificate upwards, as far as the ledger knows.
    static List<X509Certificate> chain(Ledger ledger, X509Certificate first) {
        List<X509Certificate> all = certificates(ledger);
        var chain = new ArrayList<>(List.of(first));
        Set<X509Certificate> seen = new HashSet<>(chain);
        Optional<X509Certificate> above = above(first, all);
        while (above.isPresent() && seen.add(above.get())) {
            chain.add(above.get());
            above = above(above.get(), all);
        }
        return chain;
    }

    private static Optional<X509Certificate> above(X509Certificate certificate, List<X509Certificate> all) {
        return all.stream()
                .filter(one -> one.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                .filter(one -> isSignedBy(certificate, one.getPublicKey()))
                .findFirst();
    }

    private static boolean isSignedBy(X509Certificate certificate, PublicKey key) {
        try {
            certificate.verify(key);
            return true;
        } catch (java.security.GeneralSecurityException e) {
            return false;
        }
    }

    private static List<X509Certificate> certificates(Ledger ledger) {
        var certificates = new ArrayList<X509Certificate>();
        for (Entry entry : entries(ledger)) {
            if (entry.is(EntryType.OBSERVATION) && entry.data().string("name").equals("certificate")) {
                try {
                    certificates.add(
                            CertificateLint.parse(artefact(ledger, entry.data().string("artefact"))));
                } catch (CertificateException e) {
                    throw new IllegalStateException("a certificate of the ledger was parsed when it was made", e);
                }
            }
        }
        return certificates;
    }

    private static byte[] artefact(Ledger ledger, String name) {
        return ledger.artefact(Digest.fromArtefactName(name)).orElseThrow();
    }

    private static List<Entry> entries(Ledger ledger) {
        var entries = new ArrayList<Entry>();
        long size = ledger.head().size();
        for (long from = 0; from < size; from += AT_ONCE) {
            for (Entry entry : ledger.range(from, Math.min(from + AT_ONCE, size))) {
                if (entry.is(EntryType.INTENT) || entry.is(EntryType.OUTCOME) || entry.is(EntryType.OBSERVATION)) {
                    entries.add(entry);
                }
            }
        }
        return entries;
    }
}
