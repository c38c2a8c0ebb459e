package org.quorate.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class BlockByBlockTest {
    private static final SecretKeySpec WRAPPING = new SecretKeySpec(new byte[32], "AES");
    private static final BlockByBlock HAND = new BlockByBlock(BlockByBlockTest::decrypted);

    @Test
    void keyWrap_givesBackWhatJavaWrapped_ofEveryLength() throws Exception {
        var random = new Random(5649);
        for (int length = 9; length <= 80; length++) {
            byte[] key = new byte[length];
            random.nextBytes(key);
            Cipher cipher = Cipher.getInstance("AES/KWP/NoPadding");
            cipher.init(Cipher.WRAP_MODE, WRAPPING);
            byte[] wrapped = cipher.wrap(new SecretKeySpec(key, "AES"));
            assertThat(HAND.keyWrap(wrapped)).as("%d bytes", length).contains(key);
            wrapped[length / 2] ^= 1;
            assertThat(HAND.keyWrap(wrapped)).isEmpty();
        }
    }

    @Test
    void keyWrap_givesBackWhatWasWrappedWithoutPadding() throws Exception {
        for (int length = 16; length <= 64; length += 8) {
            byte[] key = new byte[length];
            new Random(length).nextBytes(key);
            Cipher cipher = Cipher.getInstance("AES/KW/NoPadding");
            cipher.init(Cipher.WRAP_MODE, WRAPPING);
            byte[] wrapped = cipher.wrap(new SecretKeySpec(key, "AES"));
            assertThat(HAND.keyWrap(wrapped)).as("%d bytes", length).contains(key);
            wrapped[0] ^= 1;
            assertThat(HAND.keyWrap(wrapped)).isEmpty();
        }
    }

    @Test
    void cbc_givesBackWhatJavaEncrypted_ofEveryLength() throws Exception {
        var random = new Random(3602);
        for (int length = 1; length <= 64; length++) {
            byte[] key = new byte[length];
            random.nextBytes(key);
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, WRAPPING, new IvParameterSpec(new byte[16]));
            byte[] wrapped = cipher.doFinal(key);
            assertThat(HAND.cbc(wrapped)).as("%d bytes", length).contains(key);
        }
        assertThat(HAND.cbc(new byte[16])).isEmpty();
    }

    @Test
    void refusedBlocks_giveNothing() {
        var refusing = new BlockByBlock(block -> Optional.empty());
        assertThat(refusing.keyWrap(new byte[40])).isEmpty();
        assertThat(refusing.cbc(new byte[32])).isEmpty();
        assertThat(HAND.keyWrap(new byte[16])).isEmpty();
        assertThat(HAND.cbc(Arrays.copyOf(new byte[16], 17))).isEmpty();
    }

    private static Optional<byte[]> decrypted(byte[] block) {
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, WRAPPING);
            return Optional.of(cipher.doFinal(block));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
