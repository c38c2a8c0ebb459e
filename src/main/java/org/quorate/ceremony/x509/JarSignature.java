package org.quorate.ceremony.x509;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.CodeSigner;
import java.security.cert.X509Certificate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.quorate.base.Certificates;
import org.quorate.base.Digest;
import org.quorate.base.Texts;
import org.quorate.hsm.SignatureScheme;

/// A jar on its way to being signed, by the JAR File Specification: a manifest with the digest of every entry, a
/// signature file with the digest of the manifest, and the signature over that file. The signature has no signed
/// attributes, so that the bytes which people approve are the signature file as it stands.
public final class JarSignature {
    public static final int MAX_BYTES = 32 << 20;

    private static final int MAX_UNPACKED = 256 << 20;
    private static final String NAME = "Name: ";
    private static final String DIGEST = "SHA-256-Digest";
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private record Content(String name, LocalDateTime time, byte[] bytes) {}

    private final List<Content> contents;
    private final byte[] manifest;

    private JarSignature(List<Content> contents, byte[] manifest) {
        this.contents = contents;
        this.manifest = manifest;
    }

    /// What came of reading a file.
    public sealed interface Reading {
        record Good(JarSignature jar) implements Reading {}

        record Bad(String why) implements Reading {}
    }

    public static Reading read(byte[] file) {
        if (file.length == 0) {
            return bad("ceremony.jar.empty");
        }
        if (file.length > MAX_BYTES) {
            return bad("ceremony.jar.too_large", MAX_BYTES);
        }
        var contents = new ArrayList<Content>();
        var names = new HashSet<String>();
        var manifest = new Manifest();
        int unpacked = 0;
        try (var zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] bytes = zip.readNBytes(MAX_UNPACKED - unpacked + 1);
                unpacked += bytes.length;
                if (unpacked > MAX_UNPACKED) {
                    return bad("ceremony.jar.too_large", MAX_UNPACKED);
                }
                String name = entry.getName();
                if (!names.add(name.toUpperCase(Locale.ROOT))) {
                    return bad("ceremony.jar.twice", name);
                }
                if (isOfSignature(name)) {
                    return bad("ceremony.jar.signed_already", name);
                }
                if (name.equalsIgnoreCase(JarFile.MANIFEST_NAME)) {
                    manifest.read(new ByteArrayInputStream(bytes));
                } else {
                    contents.add(new Content(name, entry.getTimeLocal(), bytes));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            return bad("ceremony.jar.not_one");
        }
        if (contents.stream().allMatch(JarSignature::isFolder)) {
            return bad("ceremony.jar.not_one");
        }
        return new Reading.Good(new JarSignature(List.copyOf(contents), withDigests(manifest, contents)));
    }

    private static Reading bad(String key, Object... values) {
        return new Reading.Bad(Texts.get(key, values));
    }

    private static boolean isFolder(Content content) {
        return content.name().endsWith("/");
    }

    /// META-INF/*.SF, *.RSA, *.EC, *.DSA and SIG-*: they belong to a signature that is there already.
    private static boolean isOfSignature(String name) {
        return name.toUpperCase(Locale.ROOT).matches("META-INF/([^/]+\\.(SF|RSA|DSA|EC)|SIG-[^/]*)");
    }

    private static byte[] withDigests(Manifest manifest, List<Content> contents) {
        Attributes main = manifest.getMainAttributes();
        main.putIfAbsent(Attributes.Name.MANIFEST_VERSION, "1.0");
        for (Content content : contents) {
            if (!isFolder(content)) {
                manifest.getEntries()
                        .computeIfAbsent(content.name(), fresh -> new Attributes())
                        .putValue(DIGEST, base64(content.bytes()));
            }
        }
        return written(manifest);
    }

    private static String base64(byte[] content) {
        return Base64.getEncoder().encodeToString(Digest.of(content).bytes());
    }

    private static byte[] written(Manifest manifest) {
        try {
            var out = new ByteArrayOutputStream();
            manifest.write(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// How many files the signature covers.
    public long files() {
        return contents.stream().filter(content -> !isFolder(content)).count();
    }

    /// The signature file: what the key signs.
    public byte[] toBeSigned() {
        var file = new Manifest();
        file.getMainAttributes().put(Attributes.Name.SIGNATURE_VERSION, "1.0");
        file.getMainAttributes().putValue("Created-By", "Quorate");
        file.getMainAttributes().putValue(DIGEST + "-Manifest", base64(manifest));
        // A file counts as signed only where it is named here too.
        for (String section : sections()) {
            byte[] bytes = section.getBytes(StandardCharsets.ISO_8859_1);
            var digest = new Attributes();
            digest.putValue(DIGEST, base64(bytes));
            file.getEntries().put(nameOf(bytes), digest);
        }
        return written(file);
    }

    /// The parts of the manifest after the first one, each with the empty line that ends it, byte for byte.
    private List<String> sections() {
        return Stream.of(new String(manifest, StandardCharsets.ISO_8859_1).split("(?<=\r\n\r\n)"))
                .filter(section -> section.startsWith(NAME))
                .toList();
    }

    /// Long names go on in the next line after a space.
    private static String nameOf(byte[] section) {
        String unfolded = new String(section, StandardCharsets.ISO_8859_1).replace("\r\n ", "");
        return new String(
                unfolded.substring(NAME.length(), unfolded.indexOf("\r\n")).getBytes(StandardCharsets.ISO_8859_1),
                StandardCharsets.UTF_8);
    }

    /// The jar with its signature; the same bytes each time.
    ///
    /// @param chain the certificate of the key first
    public byte[] signed(List<X509Certificate> chain, SignatureScheme scheme, byte[] signature) {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            put(zip, new Content(JarFile.MANIFEST_NAME, NO_TIME, manifest));
            put(zip, new Content("META-INF/QUORATE.SF", NO_TIME, toBeSigned()));
            String kind = scheme.jca().endsWith("RSA") ? "RSA" : "EC";
            put(zip, new Content("META-INF/QUORATE." + kind, NO_TIME, block(chain, scheme, signature)));
            for (Content content : contents) {
                put(zip, content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void put(ZipOutputStream zip, Content content) throws IOException {
        var entry = new ZipEntry(content.name());
        entry.setTimeLocal(content.time());
        zip.putNextEntry(entry);
        zip.write(content.bytes());
        zip.closeEntry();
    }

    /// CMS SignedData (RFC 5652) without the content and without signed attributes.
    private static byte[] block(List<X509Certificate> chain, SignatureScheme scheme, byte[] signature)
            throws IOException {
        AlgorithmIdentifier digest = new DefaultDigestAlgorithmIdentifierFinder().find(scheme.hash());
        X509Certificate own = chain.getFirst();
        var signer = new SignerInfo(
                new SignerIdentifier(new IssuerAndSerialNumber(
                        X500Name.getInstance(own.getIssuerX500Principal().getEncoded()),
                        new ASN1Integer(own.getSerialNumber()).getValue())),
                digest,
                (org.bouncycastle.asn1.ASN1Set) null,
                SignedStructure.algorithm(scheme),
                new DEROctetString(signature),
                null);
        var certificates = new ASN1EncodableVector();
        for (X509Certificate certificate : chain) {
            certificates.add(Certificate.getInstance(Certificates.encoded(certificate)));
        }
        var data = new SignedData(
                new DERSet(digest),
                new ContentInfo(CMSObjectIdentifiers.data, null),
                new DERSet(certificates),
                null,
                new DERSet(signer));
        return new ContentInfo(CMSObjectIdentifiers.signedData, data).getEncoded(ASN1Encoding.DER);
    }

    /// What is wrong with a signed jar, as the platform sees it: every entry must be signed by this certificate.
    public static Optional<String> doubt(byte[] signed, X509Certificate certificate) {
        try (var jar = new JarInputStream(new ByteArrayInputStream(signed), true)) {
            for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
                jar.readAllBytes();
                if (!entry.isDirectory() && !isOfSignature(entry.getName()) && !isSignedBy(certificate, entry)) {
                    return Optional.of(entry.getName());
                }
            }
            return Optional.empty();
        } catch (IOException | SecurityException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isSignedBy(X509Certificate certificate, JarEntry entry) {
        return Optional.ofNullable(entry.getCodeSigners()).map(List::of).orElse(List.<CodeSigner>of()).stream()
                .anyMatch(signer ->
                        signer.getSignerCertPath().getCertificates().getFirst().equals(certificate));
    }
}
