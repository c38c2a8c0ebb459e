package org.quorate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.EdECPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EdwardsTest {
    private static final long CKR_CURVE_NOT_SUPPORTED = 0x140;

    /// SoftHSM takes the first.
    @Test
    void names_areTriedUntilOneIsTaken() {
        var tried = new ArrayList<String>();
        String taken = Edwards.first(name -> {
            tried.add(HexFormat.of().formatHex(name));
            if (tried.size() < 3) {
                throw new CkException("C_GenerateKeyPair", CKR_CURVE_NOT_SUPPORTED);
            }
            return tried.getLast();
        });

        assertThat(tried)
                .containsExactly("06032b6570", "130c656477617264733235353139", "06092b06010401da470f01")
                .endsWith(taken);
        assertThat(tried).allMatch(name -> Edwards.isName(HexFormat.of().parseHex(name)));
    }

    @Test
    void tokenWithoutTheMechanism_isAskedOnce() {
        var tried = new ArrayList<byte[]>();

        assertThatThrownBy(() -> Edwards.first(name -> {
                    tried.add(name);
                    throw new CkException("C_GenerateKeyPair", Ck.CKR_MECHANISM_INVALID);
                }))
                .isInstanceOf(CkException.class);

        assertThat(tried).hasSize(1);
    }

    @Test
    void point_isReadBareAndInADerString_andNonsenseIsNoKey() throws Exception {
        var key = (EdECPublicKey)
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
        byte[] der = Edwards.point(key);

        assertThat(der).hasSize(34).startsWith(4, 32);
        assertThat(read(der)).contains(key);
        assertThat(read(Arrays.copyOfRange(der, 2, 34))).contains(key);
        assertThat(read(new byte[] {4, 1, 7})).isEmpty();
        assertThat(read(new byte[33])).isEmpty();
    }

    @Test
    void keyOnAnotherCurve_isNotWritten() throws Exception {
        var key = (EdECPublicKey)
                KeyPairGenerator.getInstance("Ed448").generateKeyPair().getPublic();

        assertThatThrownBy(() -> Edwards.point(key)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Optional<PublicKey> read(byte[] point) {
        return PublicKeys.read(new Attributes(List.of(
                new Cryptoki.Attr(Ck.CKA_EC_PARAMS, HexFormat.of().parseHex("06032b6570")),
                new Cryptoki.Attr(Ck.CKA_EC_POINT, point))));
    }
}
