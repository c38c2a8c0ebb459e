package org.quorate.card.pkcs11;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.card.Card;
import org.quorate.card.CardReader;
import org.quorate.hsm.CertifiedKey;
import org.quorate.hsm.Hsm;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenInfo;

/// The tokens of one module as cards. The certificates of a token are read once, when it appears.
public final class ModuleCards implements CardReader {
    private final Hsm module;
    private final Map<String, List<CertifiedKey>> read = new LinkedHashMap<>();
    private List<Problem> troubles = List.of();

    /// @param module used for these cards only, because a session on a token ends every other
    public ModuleCards(Hsm module) {
        this.module = module;
    }

    @Override
    public synchronized List<Card> present() {
        try {
            List<Token> tokens = module.tokens().stream()
                    .filter(token -> token.info().initialised())
                    .toList();
            read.keySet()
                    .retainAll(tokens.stream().map(token -> name(token.info())).toList());
            var cards = new ArrayList<Card>();
            var unusable = new ArrayList<Problem>();
            for (Token token : tokens) {
                card(token).ifPresentOrElse(cards::add, () -> unusable.add(unusable(token)));
            }
            troubles = List.copyOf(unusable);
            return List.copyOf(cards);
        } catch (ProblemException e) {
            troubles = List.of(e.problem());
            return List.of();
        }
    }

    private static Problem unusable(Token token) {
        return Problem.of(
                "card.no_signing_certificate",
                token.info().label(),
                token.info().serial());
    }

    private Optional<Card> card(Token token) {
        List<CertifiedKey> keys = read.computeIfAbsent(
                name(token.info()), name -> token.certifiedKeys().list());
        return ModuleCard.of(module, token, keys).map(Card.class::cast);
    }

    private static String name(TokenInfo info) {
        return String.join("\n", info.manufacturer(), info.model(), info.serial(), info.label());
    }

    @Override
    public synchronized List<Problem> troubles() {
        return troubles;
    }

    @Override
    public boolean practice() {
        return false;
    }
}
