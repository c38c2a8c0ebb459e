package org.quorate.app.site;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/// What a certificate calls its holder.
record Names(Optional<String> commonName, Optional<String> organisation) {

    static Names of(Optional<byte[]> certificate) {
        try {
            if (certificate.isEmpty()) {
                return new Names(Optional.empty(), Optional.empty());
            }
            var parsed = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificate.get()));
            var name = new LdapName(parsed.getSubjectX500Principal().getName());
            return new Names(part(name, "CN"), part(name, "O"));
        } catch (CertificateException | InvalidNameException e) {
            // The key counts by its id; a certificate that cannot be read gives no name and takes nothing away.
            return new Names(Optional.empty(), Optional.empty());
        }
    }

    private static Optional<String> part(LdapName name, String type) {
        return name.getRdns().stream()
                .filter(rdn -> rdn.getType().equalsIgnoreCase(type))
                .map(rdn -> String.valueOf(rdn.getValue()))
                .findFirst();
    }
}
