package org.quorate.ceremony.x509;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.quorate.base.Texts;
import org.quorate.script.CertificateProfile;

/// A request for a certificate (PKCS#10, RFC 2986) whose signature proves that whoever made it has the private half.
///
/// @param names those that are no DNS names too, so that nothing that was asked for is passed over in silence
/// @param forAuthority whether it asks to become an authority
public record CertificateRequest(
        X500Principal subject, SubjectKey.Usable key, List<String> names, boolean forAuthority) {
    public static final int MAX_BYTES = 64 << 10;

    private static final Map<ASN1ObjectIdentifier, String> ALGORITHMS = algorithms();

    public CertificateRequest {
        names = List.copyOf(names);
    }

    /// What came of reading a file.
    public sealed interface Reading {
        record Good(CertificateRequest request) implements Reading {}

        record Bad(String why) implements Reading {}
    }

    private static Map<ASN1ObjectIdentifier, String> algorithms() {
        var known = new HashMap<ASN1ObjectIdentifier, String>();
        Stream.of("SHA256", "SHA384", "SHA512")
                .flatMap(hash -> Stream.of(hash + "withECDSA", hash + "withRSA"))
                .forEach(name -> known.put(
                        new DefaultSignatureAlgorithmIdentifierFinder()
                                .find(name.replace("with", "WITH"))
                                .getAlgorithm(),
                        name));
        return Map.copyOf(known);
    }

    // ---- made here ----

    public static byte[] toBeSigned(String subject, PublicKey key, CertificateProfile profile, List<String> names) {
        try {
            var extensions = new ExtensionsGenerator();
            Profiles.add(profile, names, extensions);
            if (profile == CertificateProfile.SUBORDINATE_CA) {
                extensions.addExtension(
                        org.bouncycastle.asn1.x509.Extension.basicConstraints, true, new BasicConstraints(true));
            }
            var attribute =
                    new Attribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, new DERSet(extensions.generate()));
            return new CertificationRequestInfo(
                            DistinguishedName.of(subject),
                            SubjectPublicKeyInfo.getInstance(key.getEncoded()),
                            new DERSet(attribute))
                    .getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- brought ----

    public static Reading read(byte[] file) {
        if (file.length == 0) {
            return bad("ceremony.request.empty");
        }
        if (file.length > MAX_BYTES) {
            return bad("ceremony.request.too_large", MAX_BYTES);
        }
        Optional<Pem> pem = Pem.read(file);
        if (pem.isPresent() && !pem.get().label().endsWith(Pem.REQUEST)) {
            return bad("ceremony.request.other_file", pem.get().label());
        }
        try {
            byte[] der = pem.map(Pem::der).orElse(file);
            return read(
                    new PKCS10CertificationRequest(CertificationRequest.getInstance(ASN1Primitive.fromByteArray(der))));
        } catch (IOException | RuntimeException e) {
            return bad("ceremony.request.not_one");
        }
    }

    private static Reading read(PKCS10CertificationRequest request) throws IOException {
        return switch (SubjectKey.of(request.getSubjectPublicKeyInfo())) {
            case SubjectKey.Refused(var why) -> new Reading.Bad(why);
            case SubjectKey.Usable key -> read(request, key);
        };
    }

    private static Reading read(PKCS10CertificationRequest request, SubjectKey.Usable key) throws IOException {
        ASN1ObjectIdentifier algorithm = request.getSignatureAlgorithm().getAlgorithm();
        Optional<String> known = Optional.ofNullable(ALGORITHMS.get(algorithm));
        if (known.isEmpty()) {
            return bad("ceremony.request.other_signature", algorithm.getId());
        }
        byte[] signed = request.toASN1Structure().getCertificationRequestInfo().getEncoded(ASN1Encoding.DER);
        if (!verifies(known.get(), key.key(), signed, request.getSignature())) {
            return bad("ceremony.request.wrong_signature");
        }
        Optional<Extensions> extensions = Optional.ofNullable(request.getRequestedExtensions());
        return new Reading.Good(new CertificateRequest(
                new X500Principal(request.getSubject().getEncoded()),
                key,
                extensions.map(CertificateRequest::names).orElse(List.of()),
                extensions
                        .map(BasicConstraints::fromExtensions)
                        .map(BasicConstraints::isCA)
                        .orElse(false)));
    }

    private static List<String> names(Extensions extensions) {
        return Optional.ofNullable(GeneralNames.fromExtensions(
                        extensions, org.bouncycastle.asn1.x509.Extension.subjectAlternativeName))
                .map(all -> Stream.of(all.getNames())
                        .map(name -> name.getTagNo() == GeneralName.dNSName
                                ? name.getName().toString()
                                : name.toString())
                        .toList())
                .orElse(List.of());
    }

    private static boolean verifies(String algorithm, PublicKey key, byte[] signed, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Reading bad(String key, Object... values) {
        return new Reading.Bad(Texts.get(key, values));
    }

    // ---- against the script ----

    /// The first thing in which the request is not what the script allows.
    ///
    /// @param lastYear the year in which the certificate would end
    public Optional<String> objection(
            String allowed, CertificateProfile profile, List<String> allowedNames, PublicKey authority, int lastYear) {
        if (key.key().equals(authority)) {
            return Optional.of(Texts.get("ceremony.request.key_of_authority"));
        }
        if (!subject.equals(new X500Principal(allowed))) {
            return Optional.of(Texts.get("ceremony.request.other_subject", subject.getName(), allowed));
        }
        if (forAuthority && profile != CertificateProfile.SUBORDINATE_CA) {
            return Optional.of(Texts.get("ceremony.request.for_authority"));
        }
        if (!names.isEmpty() && !List.copyOf(names).equals(allowedNames)) {
            return Optional.of(Texts.get(
                    "ceremony.request.other_names", String.join(", ", names), String.join(", ", allowedNames)));
        }
        return key.objection(profile, lastYear);
    }
}
