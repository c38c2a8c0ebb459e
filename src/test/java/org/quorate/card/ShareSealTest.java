package org.quorate.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Secret;
import org.quorate.card.SealedShare.Context;
import org.quorate.card.practice.PracticeCard;
import org.quorate.card.practice.TestCards;
import org.quorate.card.practice.TestCards.Kind;

class ShareSealTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Split SPLIT = new Split("0123456789abcdef0123456789abcdef", 2, 3);
    private static final Context CONTEXT = new Context(new UUID(1, 2), pinOf("S1"), 4, SPLIT, 2);

    @TempDir
    private Path folder;

    private final Random seeded = new Random(20261122);

    private PracticeCard card(Kind kind) {
        return TestCards.make(folder, "officer-" + kind.ordinal() + "-" + seeded.nextInt(1 << 20), kind);
    }

    private static Json.Obj pinOf(String serial) {
        return Json.obj().put("pin", "user").put("serial", serial).build();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        seeded.nextBytes(bytes);
        return bytes;
    }

    private static SealedShare seal(byte[] share, PracticeCard card, Context context) {
        try (Secret secret = Secret.ofBytes(share.clone())) {
            return ShareSeal.seal(secret, card.certificate(CardKey.SEALING).orElseThrow(), context, RANDOM);
        }
    }

    private static OpenAnswer open(SealedShare share, PracticeCard card, Context context) {
        try (Secret pin = TestCards.pin(card)) {
            return ShareSeal.open(share, card, pin, context);
        }
    }

    private static byte[] opened(OpenAnswer answer) {
        assertThat(answer).isInstanceOf(OpenAnswer.Opened.class);
        try (Secret value = ((OpenAnswer.Opened) answer).value()) {
            return value.use(byte[]::clone);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void open_givesTheShareBack_withEveryKindOfKey(Kind kind) {
        PracticeCard card = card(kind);
        for (int length : List.of(1, 16, 33, 64, 180)) {
            byte[] share = bytes(length);

            SealedShare sealed = seal(share, card, CONTEXT);
            SealedShare read = SealedShare.fromJson(
                            Json.parseObject(sealed.toJson().canonical()))
                    .orElseThrow();

            assertThat(opened(open(read, card, CONTEXT))).isEqualTo(share);
        }
    }

    @Test
    void seal_isNeverTwiceTheSame() {
        PracticeCard card = card(Kind.P256);
        byte[] share = bytes(33);

        assertThat(seal(share, card, CONTEXT).sealed())
                .isNotEqualTo(seal(share, card, CONTEXT).sealed());
    }

    @ParameterizedTest
    @EnumSource(names = {"P256", "RSA_2048"})
    void open_inAnotherContext_isRefused(Kind kind) {
        PracticeCard card = card(kind);
        SealedShare sealed = seal(bytes(33), card, CONTEXT);

        for (Context other : List.of(
                new Context(new UUID(1, 3), pinOf("S1"), 4, SPLIT, 2),
                new Context(CONTEXT.ledger(), pinOf("S2"), 4, SPLIT, 2),
                new Context(CONTEXT.ledger(), pinOf("S1").with("pin", Json.of("so")), 4, SPLIT, 2),
                new Context(CONTEXT.ledger(), pinOf("S1"), 5, SPLIT, 2),
                new Context(
                        CONTEXT.ledger(),
                        pinOf("S1"),
                        4,
                        new Split("f" + SPLIT.id().substring(1), 2, 3),
                        2),
                new Context(CONTEXT.ledger(), pinOf("S1"), 4, new Split(SPLIT.id(), 3, 3), 2),
                new Context(CONTEXT.ledger(), pinOf("S1"), 4, new Split(SPLIT.id(), 2, 4), 2),
                new Context(CONTEXT.ledger(), pinOf("S1"), 4, SPLIT, 3))) {
            assertThat(open(sealed, card, other)).as("%s", other).isInstanceOf(CardRefusal.Failed.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"P256", "P384", "RSA_2048"})
    void open_ofAnythingAltered_isRefused(Kind kind) {
        PracticeCard card = card(kind);
        SealedShare sealed = seal(bytes(33), card, CONTEXT);
        for (int i = 0; i < 24; i++) {
            SealedShare altered = altered(sealed, kind == Kind.RSA_2048 ? 0 : i % 3);

            assertThat(open(altered, card, CONTEXT)).as("%d", i).isInstanceOf(CardRefusal.class);
        }
    }

    private SealedShare altered(SealedShare from, int part) {
        return switch (part) {
            case 0 ->
                new SealedShare(
                        from.scheme(), from.recipient(), from.ephemeral(), from.nonce(), flipped(from.sealed()));
            case 1 ->
                new SealedShare(
                        from.scheme(), from.recipient(), from.ephemeral(), flipped(from.nonce()), from.sealed());
            default ->
                new SealedShare(
                        from.scheme(), from.recipient(), flipped(from.ephemeral()), from.nonce(), from.sealed());
        };
    }

    /// One bit, or a few bytes less.
    private byte[] flipped(byte[] bytes) {
        if (seeded.nextInt(8) == 0) {
            return java.util.Arrays.copyOf(bytes, seeded.nextInt(bytes.length));
        }
        byte[] other = bytes.clone();
        other[seeded.nextInt(other.length)] ^= (byte) (1 << seeded.nextInt(8));
        return other;
    }

    @Test
    void open_withAnotherCard_isRefused_andCostsNoTry() {
        PracticeCard mine = card(Kind.P256);
        PracticeCard theirs = card(Kind.P256);
        SealedShare sealed = seal(bytes(33), mine, CONTEXT);
        Digest other = seal(bytes(33), theirs, CONTEXT).recipient();
        var readdressed = new SealedShare(sealed.scheme(), other, sealed.ephemeral(), sealed.nonce(), sealed.sealed());

        try (Secret wrong = TestCards.wrongPin(theirs)) {
            assertThat(ShareSeal.open(sealed, theirs, wrong, CONTEXT)).isInstanceOf(CardRefusal.Failed.class);
        }
        assertThat(theirs.pinHelp().triesLeft()).hasValue(3);
        assertThat(open(readdressed, theirs, CONTEXT)).isInstanceOf(CardRefusal.Failed.class);
    }

    @Test
    void open_withAPointOfAnotherCurve_isRefused_beforeTheCardSeesIt() {
        PracticeCard card = card(Kind.P256);
        SealedShare sealed = seal(bytes(33), card, CONTEXT);
        KeyPair other = TestCards.pair("EC", 384);
        byte[] offCurve = sealed.ephemeral().clone();
        offCurve[offCurve.length - 1] ^= 1;
        for (byte[] half : List.of(other.getPublic().getEncoded(), offCurve, new byte[] {1, 2, 3})) {
            var altered = new SealedShare(sealed.scheme(), sealed.recipient(), half, sealed.nonce(), sealed.sealed());
            try (Secret wrong = TestCards.wrongPin(card)) {
                assertThat(ShareSeal.open(altered, card, wrong, CONTEXT)).isInstanceOf(CardRefusal.Failed.class);
            }
        }
        assertThat(card.pinHelp().triesLeft()).hasValue(3);
    }

    @Test
    void open_withAWrongPin_saysSo() {
        for (Kind kind : List.of(Kind.P256, Kind.RSA_2048)) {
            PracticeCard card = card(kind);
            SealedShare sealed = seal(bytes(33), card, CONTEXT);
            try (Secret wrong = TestCards.wrongPin(card)) {
                assertThat(ShareSeal.open(sealed, card, wrong, CONTEXT)).isEqualTo(new CardRefusal.WrongPin(2));
            }
        }
    }

    @Test
    void seal_ofWhatIsTooLongForTheKey_isRefused() {
        PracticeCard card = card(Kind.RSA_2048);

        assertThatThrownBy(() -> seal(bytes(191), card, CONTEXT)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void fromJson_ofAnythingElse_isEmpty() {
        Json.Obj sealed = seal(bytes(33), card(Kind.P256), CONTEXT).toJson();

        assertThat(SealedShare.fromJson(sealed.with("scheme", Json.of("ROT13"))))
                .isEmpty();
        assertThat(SealedShare.fromJson(sealed.with("format", Json.of("quorate-sealed-share/2"))))
                .isEmpty();
        assertThat(SealedShare.fromJson(sealed.without("nonce"))).isEmpty();
        assertThat(SealedShare.fromJson(sealed.with("sealed", Json.of("%%%")))).isEmpty();
    }
}
