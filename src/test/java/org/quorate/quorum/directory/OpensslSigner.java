package org.quorate.quorum.directory;

import java.nio.file.Files;
import java.nio.file.Path;
import org.quorate.Openssl;

/// The team that runs the identity provider, with openssl and a certificate that is valid from 2020 on.
public final class OpensslSigner {
    private final Path folder;
    private final Openssl openssl;

    public OpensslSigner(Path folder) throws Exception {
        this.folder = folder;
        this.openssl = new Openssl(folder);
        openssl.run(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair -alias team -keyalg EC -groupname secp256r1 -dname CN=Directory,O=Example -startdate 2020/01/01"
                        + " -validity 36500 -storetype PKCS12 -storepass changeit -keystore team.p12");
        openssl.run("pkcs12 -in team.p12 -passin pass:changeit -nodes -out team.pem");
    }

    public byte[] sign(String content, String... more) throws Exception {
        Files.writeString(folder.resolve("groups"), content);
        openssl.run("cms -sign -binary -in groups -signer team.pem -out groups.p7m " + String.join(" ", more));
        return Files.readAllBytes(folder.resolve("groups.p7m"));
    }

    public byte[] sign(String content) throws Exception {
        return sign(content, "-nodetach", "-outform", "DER");
    }
}
