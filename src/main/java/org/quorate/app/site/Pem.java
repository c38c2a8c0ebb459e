package org.quorate.app.site;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.quorate.base.Certificates;
import org.quorate.base.Problem;

/// Certificates as text (RFC 7468).
public final class Pem {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    public static String of(List<X509Certificate> certificates) {
        return certificates.stream().map(Certificates::encoded).map(Pem::of).collect(Collectors.joining());
    }

    public static String of(byte[] der) {
        return "-----BEGIN CERTIFICATE-----\n" + LINES.encodeToString(der) + "\n-----END CERTIFICATE-----\n";
    }

    /// Certificates in the order of the file.
    static List<X509Certificate> read(Path file) {
        try {
            byte[] text = Files.readString(file).getBytes(StandardCharsets.US_ASCII);
            List<X509Certificate> found =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(text))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (found.isEmpty()) {
                throw new CertificateException("no certificate in the file");
            }
            return found;
        } catch (IOException | CertificateException e) {
            throw Problem.of("app.site_unreadable", file).causedBy(e);
        }
    }
}
