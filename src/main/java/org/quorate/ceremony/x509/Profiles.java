package org.quorate.ceremony.x509;

import java.io.IOException;
import java.util.List;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.quorate.script.CertificateProfile;

/// The extensions that say what a certificate is for: the same in a request and in the certificate.
final class Profiles {
    private Profiles() {}

    static void add(CertificateProfile profile, List<String> names, ExtensionsGenerator extensions) throws IOException {
        extensions.addExtension(Extension.keyUsage, true, new KeyUsage(usage(profile)));
        switch (profile) {
            case SUBORDINATE_CA -> {}
            case TLS_SERVER ->
                extensions.addExtension(
                        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            case CODE_SIGNING ->
                extensions.addExtension(
                        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning));
        }
        if (!names.isEmpty()) {
            extensions.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(names.stream()
                            .map(name -> new GeneralName(GeneralName.dNSName, name))
                            .toArray(GeneralName[]::new)));
        }
    }

    static void addAuthority(int pathLength, ExtensionsGenerator extensions) throws IOException {
        extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(pathLength));
    }

    static int usage(CertificateProfile profile) {
        return profile == CertificateProfile.SUBORDINATE_CA
                ? KeyUsage.keyCertSign | KeyUsage.cRLSign
                : KeyUsage.digitalSignature;
    }
}
