package org.quorate.ceremony;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.quorate.base.Secret;
import org.quorate.card.Card;
import org.quorate.card.CardRefusal;
import org.quorate.card.NoteAnswer;
import org.quorate.card.SignAnswer;
import org.quorate.ledger.LedgerFixture.Person;

/// The card of a person of the fixture. It answers as the next test wants, otherwise as a good card does.
final class TestCard implements Card {
    static final String PIN = "493817";

    final Person person;
    private final X509Certificate certificate;
    Optional<SignAnswer> next = Optional.empty();
    Optional<String> note = Optional.empty();
    boolean holdsData = true;
    int signed;

    TestCard(Person person) {
        this.person = person;
        this.certificate = certificate(person);
    }

    private static X509Certificate certificate(Person person) {
        var name = new X500Name("CN=" + person.id());
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    name,
                                    BigInteger.ONE,
                                    Date.from(Instant.parse("2026-01-01T00:00:00Z")),
                                    Date.from(Instant.parse("2036-01-01T00:00:00Z")),
                                    name,
                                    person.keys().getPublic())
                            .build(new JcaContentSignerBuilder(
                                            person.algorithm().jca())
                                    .build(person.keys().getPrivate())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String serial() {
        return "T-" + person.id();
    }

    @Override
    public X509Certificate certificate() {
        return certificate;
    }

    @Override
    public PinHelp pinHelp() {
        return new PinHelp(6, 6, 3, Optional.of(PIN));
    }

    @Override
    public SignAnswer sign(Secret pin, byte[] message) {
        Optional<SignAnswer> answer = next;
        next = Optional.empty();
        if (answer.isPresent()) {
            return answer.get();
        }
        if (!pin.use(bytes -> new String(bytes, StandardCharsets.UTF_8).equals(PIN))) {
            return new CardRefusal.WrongPin(2);
        }
        signed++;
        return new SignAnswer.Signed(person.algorithm().name(), person.sign(message));
    }

    @Override
    public Optional<String> kept(String origin) {
        return note.filter(text -> text.startsWith(origin + "\n"));
    }

    @Override
    public NoteAnswer keep(String text) {
        if (holdsData) {
            note = Optional.of(text);
        }
        return holdsData ? NoteAnswer.KEPT : NoteAnswer.CANNOT;
    }
}
