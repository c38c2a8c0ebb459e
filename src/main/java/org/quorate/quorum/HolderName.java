package org.quorate.quorum;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/// What a certificate calls its holder.
public record HolderName(Optional<String> commonName, Optional<String> organisation) {
    private static final HolderName NONE = new HolderName(Optional.empty(), Optional.empty());

    /// The key counts by its id: a certificate that is missing or cannot be read gives no name and takes nothing away.
    public static HolderName of(Optional<byte[]> certificate) {
        return certificate.map(HolderName::parse).orElse(NONE);
    }

    public static HolderName of(X509Certificate certificate) {
        try {
            var name = new LdapName(certificate.getSubjectX500Principal().getName());
            return new HolderName(part(name, "CN"), part(name, "O"));
        } catch (InvalidNameException e) {
            return NONE;
        }
    }

    private static HolderName parse(byte[] certificate) {
        try {
            return of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate)));
        } catch (CertificateException e) {
            return NONE;
        }
    }

    private static Optional<String> part(LdapName name, String type) {
        return name.getRdns().stream()
                .filter(rdn -> rdn.getType().equalsIgnoreCase(type))
                .map(rdn -> String.valueOf(rdn.getValue()))
                .findFirst();
    }
}
