package org.quorate.quorum.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.ProblemException;

class SignedExportTest {
    private static final String CSV = "group,name\nhsm-officers,Ann Lee\n";

    @TempDir
    private static Path folder;

    private static OpensslSigner signer;

    @BeforeAll
    static void make() throws Exception {
        signer = new OpensslSigner(folder);
    }

    private static void refused(String problem, byte[] file, Instant now) {
        assertThatThrownBy(() -> SignedExport.of(file, now))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().id()).isEqualTo("quorum.directory." + problem));
    }

    @Test
    void exportThatOpensslSigned_isRead_inDerAndInPem() throws Exception {
        for (String form : new String[] {"DER", "PEM"}) {
            SignedExport export = SignedExport.of(signer.sign(CSV, "-nodetach", "-outform", form), Instant.now());

            assertThat(export.directory().groups()).isEqualTo(Map.of("hsm-officers", Set.of("Ann Lee")));
            assertThat(export.signer().getSubjectX500Principal().getName()).isEqualTo("CN=Directory,O=Example");
        }
    }

    @Test
    void contentThatWasChanged_isRefused() throws Exception {
        byte[] file = signer.sign(CSV);
        String text = new String(file, StandardCharsets.ISO_8859_1);
        byte[] changed = text.replace("Ann Lee", "Eve Lee").getBytes(StandardCharsets.ISO_8859_1);

        refused("bad_signature", changed, Instant.now());
    }

    @Test
    void signatureThatIsDetached_weak_outOfItsTime_orWithoutItsCertificate_isRefused() throws Exception {
        refused("no_content", signer.sign(CSV, "-outform", "DER"), Instant.now());
        refused("weak_digest", signer.sign(CSV, "-nodetach", "-md", "sha1", "-outform", "DER"), Instant.now());
        refused("no_certificate", signer.sign(CSV, "-nodetach", "-nocerts", "-outform", "DER"), Instant.now());
        refused("signer_expired", signer.sign(CSV), Instant.parse("2150-01-01T00:00:00Z"));
        refused("signer_expired", signer.sign(CSV), Instant.parse("2019-12-01T00:00:00Z"));
    }

    @Test
    void fileOfSeveralSigners_isRefused() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        new OpensslSigner(other);

        refused(
                "several_signers",
                signer.sign(
                        CSV, "-nodetach", "-signer", other.resolve("team.pem").toString(), "-outform", "DER"),
                Instant.now());
    }

    @Test
    void whatIsNoSignedFile_isRefused() {
        refused("no_cms", CSV.getBytes(StandardCharsets.UTF_8), Instant.now());
        refused("no_cms", new byte[0], Instant.now());
        refused(
                "no_cms",
                "-----BEGIN CMS-----\n%%%\n-----END CMS-----".getBytes(StandardCharsets.UTF_8),
                Instant.now());
    }
}
