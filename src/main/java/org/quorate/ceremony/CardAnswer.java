package org.quorate.ceremony;

import java.util.OptionalInt;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.card.Card;
import org.quorate.card.CardRefusal;
import org.quorate.card.SignAnswer;
import org.quorate.ledger.Cosign;
import org.quorate.ledger.Cosign.Meaning;
import org.quorate.ledger.CosignAlgorithm;
import org.quorate.ledger.Entry;

/// What came of asking a card to sign an entry: a co-signature that holds, or why there is none.
public sealed interface CardAnswer {
    record Signed(Cosign cosign) implements CardAnswer {}

    /// @param reason the word for it on record
    record Refused(String reason, Problem problem, OptionalInt triesLeft) implements CardAnswer {
        Refused(String reason, Problem problem) {
            this(reason, problem, OptionalInt.empty());
        }
    }

    /// @param holder the name of whose card it is
    static CardAnswer of(Card card, Secret pin, Entry target, Meaning meaning, String holder) {
        return switch (card.sign(pin, Cosign.signedBytes(target, meaning))) {
            case SignAnswer.Signed(var algorithm, var signature) ->
                CosignAlgorithm.ofWire(algorithm)
                        .map(alg -> new Cosign(target.seq(), target.leaf(), meaning, card.keyId(), alg, signature))
                        .filter(signed -> signed.isSignedBy(
                                card.certificate().getPublicKey().getEncoded(), target.ledger(), target.ceremony()))
                        .map(cosign -> (CardAnswer) new Signed(cosign))
                        .orElseGet(() -> new Refused("failed", Problem.of("ceremony.card.bad_signature", holder)));
            case CardRefusal refusal -> of(refusal, holder);
        };
    }

    /// Why a card did not do what it was asked.
    static Refused of(CardRefusal refusal, String holder) {
        return switch (refusal) {
            case CardRefusal.WrongPin(var triesLeft) ->
                new Refused("wrong_pin", wrongPin(holder, triesLeft), triesLeft);
            case CardRefusal.NoPin() -> new Refused("no_pin", Problem.of("ceremony.card.no_pin", holder));
            case CardRefusal.BadSignature() -> new Refused("failed", Problem.of("ceremony.card.bad_signature", holder));
            case CardRefusal.Blocked() -> new Refused("blocked", Problem.of("ceremony.card.blocked", holder));
            case CardRefusal.Removed() -> new Refused("removed", Problem.of("ceremony.card.removed", holder));
            case CardRefusal.Failed(var technical) ->
                new Refused("failed", Problem.of("ceremony.card.failed", holder).withTechnical(technical));
        };
    }

    private static Problem wrongPin(String holder, OptionalInt triesLeft) {
        return triesLeft.isPresent()
                ? Problem.of("ceremony.card.wrong_pin", holder, triesLeft.getAsInt())
                : Problem.of("ceremony.card.wrong_pin_uncounted", holder);
    }
}
