package org.quorate.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    void close_wipesTheVeryBytesThatWereLent() {
        Secret secret = Secret.ofChars("1234".toCharArray());
        byte[] lent = secret.use(Function.identity());

        secret.close();

        assertThat(lent).containsOnly(0);
    }

    @Test
    void ofChars_wipesTheCallersCharacters() {
        char[] typed = "päss€𝄞".toCharArray();

        Secret secret = Secret.ofChars(typed);

        assertThat(typed).containsOnly('\0');
        assertThat(secret.<byte[]>use(byte[]::clone)).isEqualTo("päss€𝄞".getBytes(UTF_8));
    }

    @Test
    void ofChars_ofHalfACharacter_isRefusedAndWiped() {
        char[] typed = {'1', '2', '\ud834', '3', '4'};

        assertThatThrownBy(() -> Secret.ofChars(typed)).isInstanceOf(IllegalArgumentException.class);
        assertThat(typed).containsOnly('\0');
    }

    @Test
    void ofBytes_wipesTheCallersBytes() {
        byte[] source = {1, 2, 3};

        Secret secret = Secret.ofBytes(source);

        assertThat(source).containsOnly(0);
        assertThat(secret.<byte[]>use(byte[]::clone)).containsExactly(1, 2, 3);
    }

    @Test
    void everyUse_afterClose_isRefused() {
        Secret secret = Secret.ofBytes(new byte[] {1});
        secret.close();
        secret.close();

        assertThatThrownBy(() -> secret.use(Function.identity())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(secret::copy).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(secret::length).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> secret.sameAs(Secret.ofBytes(new byte[] {1})))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void secretsThatWereNotWiped_areCounted_andEachOnce() {
        int before = Secret.unwiped();
        Secret first = Secret.ofBytes(new byte[] {1});
        Secret second = first.copy();
        assertThat(Secret.unwiped()).isEqualTo(before + 2);

        first.close();
        first.close();
        assertThat(Secret.unwiped()).isEqualTo(before + 1);

        second.close();
        assertThat(Secret.unwiped()).isEqualTo(before);
    }

    @Test
    void copy_livesOnWhenTheFirstIsWiped() {
        Secret first = Secret.ofBytes(new byte[] {7, 8});
        Secret second = first.copy();

        first.close();

        assertThat(second.<byte[]>use(byte[]::clone)).containsExactly(7, 8);
    }

    @Test
    void sameAs_comparesTheBytes() {
        Secret secret = Secret.ofChars("1234".toCharArray());

        assertThat(secret.sameAs(Secret.ofBytes("1234".getBytes(UTF_8)))).isTrue();
        assertThat(secret.sameAs(Secret.ofBytes("1235".getBytes(UTF_8)))).isFalse();
        assertThat(secret.sameAs(Secret.ofBytes("123".getBytes(UTF_8)))).isFalse();
        assertThat(secret.sameAs(secret)).isTrue();
    }

    @Test
    void toString_andEquality_sayNothingOfIt() {
        Secret secret = Secret.ofChars("1234".toCharArray());

        assertThat(secret).hasToString("Secret").isNotEqualTo(secret.copy());
    }
}
