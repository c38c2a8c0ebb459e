package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Json;
import org.quorate.base.Secret;
import org.quorate.card.CardKey;
import org.quorate.card.CardRefusal;
import org.quorate.card.SecretSplitter;
import org.quorate.card.SecretSplitter.Joined;
import org.quorate.card.Share;
import org.quorate.card.practice.PracticeCard;
import org.quorate.card.practice.TestCards;
import org.quorate.card.practice.TestCards.Kind;
import org.quorate.ceremony.ShareSet.Answer;
import org.quorate.ceremony.ShareSet.Holder;
import org.quorate.ceremony.ShareSet.Pin;
import org.quorate.ceremony.ShareSet.Recipient;
import org.quorate.hsm.PinKind;
import org.quorate.quorum.Quorum;

/// PINs in the hands of cards with keys of every kind.
class ShareSetTest {
    private static final String TEXT = "7QXK2M9RBTWD4HJPZ3VC8NFGYA";
    private static final Pin PIN = new Pin(new UUID(1, 2), "S1", PinKind.USER);
    private static final Quorum TWO = new Quorum(2, List.of("officer"));

    @TempDir
    private Path folder;

    private final SecureRandom random = new SecureRandom();
    private final List<PracticeCard> cards = new ArrayList<>();

    @BeforeEach
    void makeCards() {
        for (Kind kind : List.of(Kind.P256, Kind.P384, Kind.RSA_2048)) {
            cards.add(TestCards.make(folder, "card" + kind.ordinal(), kind));
        }
    }

    private List<Recipient> recipients() {
        return cards.stream()
                .map(card -> new Recipient(
                        "of " + card.serial(),
                        card.keyId(),
                        card.certificate(CardKey.SEALING).orElseThrow()))
                .toList();
    }

    private ShareSet sealed(long number) {
        try (Secret secret = Secret.ofChars(TEXT.toCharArray())) {
            return ShareSet.seal(PIN, number, TWO, recipients(), secret, random);
        }
    }

    private Answer open(ShareSet generation, int holder, int card) {
        try (Secret pin = TestCards.pin(cards.get(card))) {
            return generation.open(generation.holders().get(holder), cards.get(card), pin);
        }
    }

    private Share share(ShareSet generation, int who) {
        assertThat(open(generation, who, who)).isInstanceOf(Answer.Opened.class);
        return ((Answer.Opened) open(generation, who, who)).share();
    }

    @Test
    void anyTwoCards_rebuildThePin_alsoFromWhatTheLedgerKeeps_andNoCardAlone() {
        ShareSet made = sealed(1);
        ShareSet read =
                ShareSet.fromJson(Json.parseObject(made.toJson().canonical())).orElseThrow();
        for (List<Integer> two : List.of(List.of(0, 1), List.of(2, 0), List.of(1, 2))) {
            List<Share> shares = two.stream().map(number -> share(read, number)).toList();

            Joined joined = SecretSplitter.join(read.split(), shares);

            try (Secret secret = ((Joined.Whole) joined).secret()) {
                String rebuilt = secret.use(bytes -> new String(bytes, StandardCharsets.US_ASCII));
                assertThat(rebuilt).isEqualTo(TEXT);
            }
            assertThat(SecretSplitter.join(read.split(), shares.subList(0, 1))).isEqualTo(new Joined.TooFew(1, 2));
        }
    }

    @Test
    void shareOfAnotherGeneration_sealedInItsPlace_doesNotOpen() {
        ShareSet current = sealed(2);
        ShareSet older = sealed(1);
        for (int who = 0; who < 3; who++) {
            assertThat(open(with(current, who, older.holders().get(who)), who, who))
                    .isInstanceOf(Answer.Refused.class);
        }
    }

    @Test
    void sharesThatWereSwapped_doNotOpen() {
        ShareSet made = sealed(1);

        assertThat(open(made, 0, 1))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(CardRefusal.Failed.class));
        Holder first = made.holders().get(0);
        Holder third = made.holders().get(2);
        var swapped = with(made, 0, new Holder(1, first.recipient(), third.sealed()));
        assertThat(open(swapped, 0, 0)).isInstanceOf(Answer.Refused.class);
    }

    /// Whoever can write to the ledger can seal what they like to a card, in the right context.
    @Test
    void shareOfAnotherSplit_sealedInTheRightContext_isWrong() {
        ShareSet made = sealed(1);
        ShareSet other = sealed(1);
        for (int who = 0; who < 3; who++) {
            Share foreign = share(other, who);
            try (Secret written = foreign.toSecret()) {
                var context = new org.quorate.card.SealedShare.Context(
                        PIN.ledger(),
                        Json.obj()
                                .put("kind", "pin")
                                .put("pin", "user")
                                .put("serial", "S1")
                                .build(),
                        1,
                        made.split(),
                        who + 1);
                var sealed = org.quorate.card.ShareSeal.seal(
                        written, made.holders().get(who).recipient().certificate(), context, random);
                var altered = with(
                        made, who, new Holder(who + 1, made.holders().get(who).recipient(), sealed));

                assertThat(open(altered, who, who)).isEqualTo(new Answer.Wrong());
            }
        }
    }

    private static ShareSet with(ShareSet of, int place, Holder holder) {
        var holders = new ArrayList<>(of.holders());
        holders.set(place, holder);
        return new ShareSet(of.whose(), of.number(), of.split(), of.roles(), holders);
    }

    @Test
    void splittingTheSamePinAgain_leavesNothingAlike() {
        var seen = new HashSet<String>();
        for (int i = 1; i <= 20; i++) {
            ShareSet made = sealed(i);
            assertThat(seen.add(made.split().id())).isTrue();
            made.holders()
                    .forEach(holder ->
                            assertThat(seen.add(holder.digest().hex())).isTrue());
        }
    }

    @Test
    void whatTheLedgerKeeps_holdsNothingOfThePin() {
        ShareSet made = sealed(1);
        String text = made.toJson().text()
                + made.observation("primary", "Primary HSM").toJson().text();

        assertThat(text).doesNotContain(TEXT);
        for (int who = 0; who < 3; who++) {
            byte[] value = share(made, who).value().use(byte[]::clone);
            assertThat(text)
                    .doesNotContain(java.util.HexFormat.of().formatHex(value))
                    .doesNotContain(java.util.Base64.getEncoder().encodeToString(value))
                    .doesNotContain(org.quorate.base.Digest.of(value).hex());
        }
    }

    @Test
    void fromJson_ofAnythingElse_isEmpty() {
        Json.Obj good = sealed(1).toJson();

        assertThat(ShareSet.fromJson(good.with("format", Json.of("quorate-pin-shares/2"))))
                .isEmpty();
        assertThat(ShareSet.fromJson(good.with("m", Json.of(1)))).isEmpty();
        assertThat(ShareSet.fromJson(good.with("n", Json.of(4)))).isEmpty();
        assertThat(ShareSet.fromJson(good.with("pin", Json.of("root")))).isEmpty();
        assertThat(ShareSet.fromJson(good.without("shares"))).isEmpty();
    }
}
