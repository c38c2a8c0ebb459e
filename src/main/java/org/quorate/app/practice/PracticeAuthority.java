package org.quorate.app.practice;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.quorate.app.site.CardsOfMode;
import org.quorate.base.Problem;
import org.quorate.card.CardKey;
import org.quorate.card.practice.CertificateIssuer;

/// Issues the certificates of practice cards and of the record key. Its key lives in memory while a site is founded and
/// is then gone, so that nobody can issue more.
public final class PracticeAuthority {
    private static final String ORGANISATION = "Quorate practice site";
    private static final int YEARS = 10;

    private final KeyPair pair;
    private final SecureRandom random = new SecureRandom();
    private final Instant now;
    private final X500Name name = name(CardsOfMode.PRACTICE_ISSUER, ORGANISATION);

    PracticeAuthority(Instant now) {
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            this.pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has P-256", e);
        }
    }

    /// Certifies the keys of practice cards.
    public static CertificateIssuer issuer(Instant now) {
        var authority = new PracticeAuthority(now);
        return (key, use, holder) -> authority.issue(key, use, holder.name(), holder.organisation());
    }

    X509Certificate own() {
        return issue(pair.getPublic(), name, KeyUsage.keyCertSign | KeyUsage.cRLSign);
    }

    X509Certificate issue(PublicKey key, CardKey use, String holder, String organisation) {
        int usage = switch (use) {
            case SIGNING -> KeyUsage.digitalSignature | KeyUsage.nonRepudiation;
            case PRESENCE -> KeyUsage.digitalSignature;
            case SEALING -> KeyUsage.keyAgreement;
        };
        return issue(key, name(holder, organisation), usage);
    }

    private X509Certificate issue(PublicKey key, X500Name subject, int usage) {
        try {
            var utilities = new JcaX509ExtensionUtils();
            var builder = new JcaX509v3CertificateBuilder(
                    name,
                    new BigInteger(120, random).setBit(120),
                    Date.from(now.minus(10, ChronoUnit.MINUTES)),
                    Date.from(now.atZone(ZoneOffset.UTC).plusYears(YEARS).toInstant()),
                    subject,
                    key);
            boolean authority = (usage & KeyUsage.keyCertSign) != 0;
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            builder.addExtension(Extension.subjectKeyIdentifier, false, utilities.createSubjectKeyIdentifier(key));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, utilities.createAuthorityKeyIdentifier(pair.getPublic()));
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw Problem.of("app.practice.not_made", subject).causedBy(e);
        }
    }

    private static X500Name name(String commonName, String organisation) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .addRDN(BCStyle.O, organisation)
                .build();
    }
}
