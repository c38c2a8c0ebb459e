package org.quorate.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.quorate.base.ProblemException;
import org.quorate.base.Secret;
import org.quorate.hsm.Admission.Finding;
import org.quorate.hsm.Admission.Verdict;
import org.quorate.hsm.pkcs11.FaultyHsm;
import org.quorate.hsm.pkcs11.ModuleSettings;
import org.quorate.hsm.pkcs11.Pkcs11Hsm;

/// Four real modules, each of which shows that the attacks bite where they should and nowhere else. The table of
/// docs/hsm.md is made of what is seen here.
class AdmissionTest {
    private static final String NSS_WITHOUT_DATABASE =
            "configdir='' certPrefix='' keyPrefix='' secmod='' flags=noModDB,noCertDB,forceOpen,optimizeSpace";

    @Test
    void softHsm_isAdmittedWithNotes_withAndWithoutLogin_andNothingIsLeft() {
        try (SoftHsm softHsm = SoftHsm.with("one")) {
            try (TokenSession session = softHsm.withoutLogin("one")) {
                Admission.Result result = Admission.run(session, "none");
                assertThat(result.admitted()).as(result.toString()).isTrue();
                assertThat(names(result, Verdict.NOTED))
                        .containsExactly(
                                "wrap_and_decrypt_exclude_each_other",
                                "bare_template_makes_a_safe_key",
                                "wraps_by_rsa_oaep_with_sha_256",
                                "public_keys_need_a_login");
                assertThat(detail(result, "bare_template_makes_a_safe_key"))
                        .isEqualTo("CKA_SENSITIVE false, CKA_EXTRACTABLE false, CKA_PRIVATE false");
                assertThat(detail(result, "wraps_by_rfc_5649")).isEqualTo("0x210a, found to be RFC 5649");
                assertThat(detail(result, "wraps_by_rsa_oaep_with_sha_256")).isEqualTo("CKM_RSA_PKCS_OAEP with SHA-1");
                assertThat(result.toJson().string("login")).isEqualTo("none");
                assertThat(result.findings())
                        .hasSize(22)
                        .allSatisfy(finding -> assertThat(finding.text()).isNotBlank());
                assertThat(session.objects()).isEmpty();
            }
            try (TokenSession session = softHsm.asUser("one")) {
                Admission.Result result = Admission.run(session, "user");
                assertThat(result.admitted()).isTrue();
                assertThat(names(result, Verdict.NOTED))
                        .containsExactly(
                                "wrap_and_decrypt_exclude_each_other",
                                "bare_template_makes_a_safe_key",
                                "wraps_by_rsa_oaep_with_sha_256");
                assertThat(detail(result, "bare_template_makes_a_safe_key"))
                        .isEqualTo("CKA_SENSITIVE false, CKA_EXTRACTABLE false, CKA_PRIVATE true");
                assertThat(session.objects()).isEmpty();
            }
        }
    }

    /// NSS wraps keys that may not leave, and copies them to keys that may; its FIPS mode has another entry, and does
    /// so too.
    @Test
    void nss_isRefused_alsoInItsFipsMode() {
        for (String mode : List.of("C_GetFunctionList", "FC_GetFunctionList")) {
            try (Pkcs11Hsm hsm = Pkcs11Hsm.open(nss().withFunctionList(mode));
                    TokenSession session =
                            hsm.tokens().getFirst().open(new Token.Login.None()).orThrow()) {
                Admission.Result result = Admission.run(session, "none");
                assertThat(result.admitted()).isFalse();
                assertThat(names(result, Verdict.FAILED))
                        .as(mode)
                        .containsExactly(
                                "secret_key_refuses_wrap",
                                "private_key_refuses_wrap",
                                "copy_not_extractable",
                                "unwrapped_key_refuses_wrap");
                assertThat(names(result, Verdict.NOT_TRIED)).isEmpty();
                assertThat(detail(result, "wraps_by_rfc_5649"))
                        .isEqualTo(mode.startsWith("F") ? "wraps by CKM_AES_CBC_PAD" : "0x210b, found to be RFC 5649");
                assertThat(session.objects()).noneMatch(object -> object.label().equals("admission"));
            }
        }
    }

    @Test
    void nss_hasOneSerialForAllItsTokens() {
        try (Pkcs11Hsm hsm = Pkcs11Hsm.open(nss())) {
            List<TokenInfo> present = hsm.tokens().stream().map(Token::info).toList();
            assertThat(present).hasSizeGreaterThan(1);
            assertThat(Admission.serial(present.getFirst(), present).verdict()).isEqualTo(Verdict.NOTED);
            assertThat(Admission.serial(present.getFirst(), present.subList(0, 1))
                            .verdict())
                    .isEqualTo(Verdict.PASSED);
        }
    }

    /// openCryptoki forgets what an unwrapped key may not do. It is also the one that locks.
    @Test
    void openCryptoki_isRefused_andLocksItsPin() throws Exception {
        try (var openCryptoki = new OpenCryptoki("ock");
                Pkcs11Hsm hsm = Pkcs11Hsm.open(openCryptoki.settings());
                Secret pin = OpenCryptoki.userPin();
                Secret wrong = secret("99999999")) {
            Token token = hsm.byLabel("ock").orElseThrow();
            try (TokenSession session = token.open(new Token.Login.User(pin)).orThrow()) {
                Admission.Result result = Admission.run(session, "user");
                assertThat(names(result, Verdict.FAILED))
                        .containsExactly(
                                "unwrapped_value_not_readable",
                                "unwrapped_key_refuses_wrap",
                                "unwrapped_key_reports_as_asked");
                assertThat(names(result, Verdict.NOT_TRIED)).isEmpty();
                assertThat(names(result, Verdict.NOTED))
                        .contains(
                                "wrap_and_decrypt_exclude_each_other",
                                "bare_template_makes_a_safe_key",
                                "wraps_by_rfc_5649");
                assertThat(detail(result, "unwrapped_key_reports_as_asked"))
                        .isEqualTo("these differ: CKA_SENSITIVE, CKA_EXTRACTABLE");
                assertThat(session.objects()).isEmpty();
            }
            Finding lockout = Lockout.find(hsm, token.info(), wrong);
            assertThat(lockout.verdict()).isEqualTo(Verdict.PASSED);
            assertThat(lockout.detail())
                    .isEqualTo("try 4 answered CKR_PIN_LOCKED; flags: user_pin_count_low after 1,"
                            + " user_pin_final_try after 2, user_pin_locked after 3");
            TokenInfo locked = hsm.byLabel("ock").orElseThrow().info();
            assertThat(locked.states()).containsExactly(TokenState.USER_PIN_LOCKED);
            assertThat(locked.lastTry(PinKind.USER)).contains("CKF_USER_PIN_LOCKED");
            assertThatThrownBy(() -> token.open(new Token.Login.User(pin)).orThrow())
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().id()).isEqualTo("hsm.pin_locked"));
        }
    }

    /// A TPM makes no secret keys and no objects of the session; its module takes back what a key may not do.
    @Test
    void tpm_isRefused_andItsLimitsAreNamed() throws Exception {
        try (var tpm = new SwTpm("tpm");
                Pkcs11Hsm hsm = Pkcs11Hsm.open(tpm.settings());
                Secret pin = SwTpm.userPin()) {
            Token token = hsm.byLabel("tpm").orElseThrow();
            try (TokenSession session = token.open(new Token.Login.User(pin)).orThrow()) {
                Admission.Result result = Admission.run(session, "user");
                assertThat(names(result, Verdict.FAILED))
                        .containsExactly("private_extractable_not_settable", "private_sensitive_not_clearable");
                assertThat(names(result, Verdict.NOT_TRIED)).contains("secret_key_refuses_wrap");
                assertThat(detail(result, "secret_key_refuses_wrap"))
                        .isEqualTo("C_GenerateKey answered CKR_FUNCTION_NOT_SUPPORTED");
                assertThat(names(result, Verdict.NOTED)).contains("makes_objects_of_the_session", "wraps_by_rfc_5649");
                assertThat(session.objects()).isEmpty();
            }
            try (TokenSession session = token.open(new Token.Login.None()).orThrow()) {
                assertThat(detail(Admission.run(session, "none"), "private_value_not_readable"))
                        .isEqualTo("C_GenerateKeyPair answered CKR_USER_NOT_LOGGED_IN");
            }
        }
    }

    @Test
    void softHsm_neverLocks() {
        try (SoftHsm softHsm = SoftHsm.with("one");
                Secret wrong = secret("not-the-pin")) {
            Finding lockout = Lockout.find(softHsm.hsm(), softHsm.token("one").info(), wrong);
            assertThat(lockout.verdict()).isEqualTo(Verdict.NOTED);
            assertThat(lockout.detail()).isEqualTo("not locked after 12 wrong PINs; flags: user_pin_count_low after 1");
            softHsm.asUser("one").close();
        }
    }

    @Test
    void attackThatIsBrokenOff_leavesNothing() throws Exception {
        try (SoftHsm softHsm = SoftHsm.with("one");
                var faulty = new FaultyHsm(softHsm)) {
            faulty.crashesAt("C_CopyObject");
            Token token = faulty.hsm().byLabel("one").orElseThrow();
            try (Secret pin = SoftHsm.userPin();
                    TokenSession session = token.open(new Token.Login.User(pin)).orThrow()) {
                Admission.Result result = Admission.run(session, "user");
                assertThat(result.admitted()).isFalse();
                assertThat(detail(result, "copy_not_extractable")).contains("the module host ended");
            } catch (ProblemException e) {
                assertThat(e.problem().id()).isEqualTo("hsm.no_answer");
            }
            try (TokenSession session = softHsm.asUser("one")) {
                assertThat(session.objects()).isEmpty();
            }
        }
    }

    @Test
    void leftovers_ofAnAttackThatWasKilled_goWithTheNext() {
        try (SoftHsm softHsm = SoftHsm.with("one");
                TokenSession session = softHsm.asUser("one")) {
            Template left = KeyPurpose.UNWRAPPING.secretKey("admission");
            session.generateKey(new KeySpec.Aes(256), ScratchKeys.WRAPPING, left)
                    .orThrow();
            assertThat(Admission.run(session, "user").admitted()).isTrue();
            assertThat(session.objects()).isEmpty();
        }
    }

    private static ModuleSettings nss() {
        Path module = Modules.find("libsoftokn3.so", "libnss3");
        return ModuleSettings.of(module, Map.of()).withInitString(NSS_WITHOUT_DATABASE);
    }

    private static List<String> names(Admission.Result result, Verdict verdict) {
        return result.of(verdict).stream().map(Finding::name).toList();
    }

    private static String detail(Admission.Result result, String name) {
        return result.findings().stream()
                .filter(finding -> finding.name().equals(name))
                .findFirst()
                .orElseThrow()
                .detail();
    }

    private static Secret secret(String text) {
        return Secret.ofBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
