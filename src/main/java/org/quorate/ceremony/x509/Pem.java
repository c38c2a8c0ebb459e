package org.quorate.ceremony.x509;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text around bytes (RFC 7468), with the label that says what they are.
public record Pem(String label, byte[] der) {
    public static final String CERTIFICATE = "CERTIFICATE";
    public static final String REQUEST = "CERTIFICATE REQUEST";
    public static final String CRL = "X509 CRL";
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    public static byte[] of(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return ("-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /// The certificate in a file, where it is a text; otherwise the file as it is.
    public static byte[] certificate(byte[] file) {
        return read(file)
                .filter(pem -> pem.label().equals(CERTIFICATE))
                .map(Pem::der)
                .orElse(file);
    }

    /// The first block of a text; empty where the bytes are no such text.
    static Optional<Pem> read(byte[] file) {
        Matcher block = BLOCK.matcher(new String(file, StandardCharsets.ISO_8859_1));
        try {
            return block.find()
                    ? Optional.of(
                            new Pem(block.group(1), Base64.getMimeDecoder().decode(block.group(2))))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
