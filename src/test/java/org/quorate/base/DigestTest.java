package org.quorate.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void of_theStandardsMessage_isTheStandardsDigest() {
        assertThat(Digest.of("abc".getBytes(UTF_8)).hex()).isEqualTo(ABC);
    }

    @Test
    void bytes_andOfRaw_areInverse() {
        Digest digest = new Digest(ABC);

        assertThat(Digest.ofRaw(digest.bytes())).isEqualTo(digest);
        assertThat(digest.bytes()).hasSize(32);
    }

    @Test
    void grouped_showsEveryDigitInFours() {
        assertThat(new Digest(ABC).grouped())
                .isEqualTo("ba78 16bf 8f01 cfea 4141 40de 5dae 2223 b003 61a3 9617 7a9c b410 ff61 f200 15ad");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD", "g"})
    void construction_fromAnythingElse_isRefused(String text) {
        assertThatThrownBy(() -> new Digest(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void artefactName_comesBackAsTheDigest() {
        Digest digest = new Digest(ABC);

        assertThat(digest.artefactName()).isEqualTo("sha256:" + ABC);
        assertThat(Digest.fromArtefactName("sha256:" + ABC)).isEqualTo(digest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ABC,
                "sha256:",
                "sha512:" + ABC,
                "SHA256:" + ABC,
                "sha256:" + ABC + "0",
                "sha256:Ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            })
    void isArtefactName_ofAnotherForm_isFalse(String text) {
        assertThat(Digest.isArtefactName(text)).isFalse();
        assertThatThrownBy(() -> Digest.fromArtefactName(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
