package org.quorate.quorum.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The team that runs the identity provider, with openssl and a certificate that is valid from 2020 on.
public final class OpensslSigner {
    private final Path folder;

    public OpensslSigner(Path folder) throws Exception {
        this.folder = folder;
        run(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair -alias team -keyalg EC -groupname secp256r1 -dname CN=Directory,O=Example -startdate 2020/01/01"
                        + " -validity 36500 -storetype PKCS12 -storepass changeit -keystore team.p12");
        run("openssl", "pkcs12 -in team.p12 -passin pass:changeit -nodes -out team.pem");
    }

    public byte[] sign(String content, String... more) throws Exception {
        Files.writeString(folder.resolve("groups"), content);
        run("openssl", "cms -sign -binary -in groups -signer team.pem -out groups.p7m " + String.join(" ", more));
        return Files.readAllBytes(folder.resolve("groups.p7m"));
    }

    public byte[] sign(String content) throws Exception {
        return sign(content, "-nodetach", "-outform", "DER");
    }

    private void run(String program, String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(Arrays.asList(arguments.split(" ")));
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(Files.readString(said));
        }
    }
}
