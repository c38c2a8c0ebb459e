package org.quorate.app.practice;

import java.util.List;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.card.Card;
import org.quorate.card.SignAnswer;
import org.quorate.ledger.Cosign;
import org.quorate.ledger.CosignAlgorithm;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;

/// People with practice cards who sign the first entry of a ledger.
final class Founders {
    private Founders() {}

    static List<Draft> approvals(Entry genesis, List<Card> cards) {
        return cards.stream().map(card -> approval(genesis, card)).toList();
    }

    private static Draft approval(Entry genesis, Card card) {
        byte[] message = Cosign.signedBytes(genesis, Cosign.Meaning.APPROVE);
        String digits = card.pinHelp().practicePin().orElseThrow();
        try (Secret pin = Secret.ofChars(digits.toCharArray())) {
            if (card.sign(pin, message) instanceof SignAnswer.Signed(var algorithm, var signature)) {
                CosignAlgorithm known = CosignAlgorithm.ofWire(algorithm).orElseThrow();
                return Cosign.draft(genesis, Cosign.Meaning.APPROVE, card.keyId(), known, signature);
            }
        }
        throw Problem.of("app.practice.not_made", card.serial()).asException();
    }
}
