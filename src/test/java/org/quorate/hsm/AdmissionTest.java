package org.quorate.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.quorate.hsm.pkcs11.ModuleSettings;
import org.quorate.hsm.pkcs11.Pkcs11Hsm;

class AdmissionTest {
    private static final Path NSS = Path.of("/usr/lib/x86_64-linux-gnu/libsoftokn3.so");
    private static final String NSS_WITHOUT_DATABASE =
            "configdir='' certPrefix='' keyPrefix='' secmod='' flags=noModDB,noCertDB,forceOpen,optimizeSpace";

    @Test
    void softHsm_isAdmitted_withAndWithoutLogin_andNothingIsLeft() {
        try (SoftHsm softHsm = SoftHsm.with("one")) {
            try (TokenSession session = softHsm.withoutLogin("one")) {
                Admission.Result result = Admission.run(session, "none");
                assertThat(result.admitted()).as(result.toString()).isTrue();
                assertThat(result.toJson().string("login")).isEqualTo("none");
                assertThat(session.objects()).isEmpty();
            }
            try (TokenSession session = softHsm.asUser("one")) {
                assertThat(Admission.run(session, "user").admitted()).isTrue();
            }
        }
    }

    /// The control that shows that the attacks bite: NSS wraps keys that may not leave.
    @Test
    void nss_isNotAdmitted() {
        var settings = ModuleSettings.of(NSS, Map.of()).withInitString(NSS_WITHOUT_DATABASE);
        try (Pkcs11Hsm hsm = Pkcs11Hsm.open(settings);
                TokenSession session =
                        hsm.tokens().getFirst().open(new Token.Login.None()).orThrow()) {
            Admission.Result result = Admission.run(session, "none");
            assertThat(result.admitted()).isFalse();
            assertThat(result.findings())
                    .filteredOn(finding -> finding.verdict() == Admission.Verdict.FAILED)
                    .extracting(Admission.Finding::name)
                    .containsExactly(
                            "secret_key_refuses_wrap", "private_key_refuses_wrap", "unwrapped_key_refuses_wrap");
            assertThat(session.mechanismOf(WrapScheme.AES_KWP)).contains("0x210b, found to be RFC 5649");
        }
    }

    @Test
    void findings_haveTheirTexts() {
        try (SoftHsm softHsm = SoftHsm.with("one");
                TokenSession session = softHsm.withoutLogin("one")) {
            assertThat(Admission.run(session, "none").findings())
                    .hasSize(20)
                    .allSatisfy(finding -> assertThat(finding.text()).isNotBlank());
        }
    }
}
