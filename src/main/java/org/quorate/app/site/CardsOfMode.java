package org.quorate.app.site;

import java.util.ArrayList;
import java.util.List;
import org.quorate.base.Problem;
import org.quorate.card.Card;
import org.quorate.card.CardReader;
import org.quorate.ceremony.Site;

/// The cards of a reader that belong to this kind of site. The others are not offered, and it is said why: a practice
/// card protects nothing, and the PIN of a real card has no business in a rehearsal.
public final class CardsOfMode implements CardReader {
    /// The name by which everybody can tell a practice card, also when it lies in a real reader.
    public static final String PRACTICE_ISSUER = "Practice authority (rehearsal only)";

    private final CardReader reader;
    private final Site.Mode mode;
    private volatile List<Problem> strangers = List.of();

    public CardsOfMode(CardReader reader, Site.Mode mode) {
        this.reader = reader;
        this.mode = mode;
    }

    @Override
    public List<Card> present() {
        var usable = new ArrayList<Card>();
        var others = new ArrayList<Problem>();
        for (Card card : reader.present()) {
            if (belongs(card)) {
                usable.add(card);
            } else {
                others.add(Problem.of(
                        mode == Site.Mode.LIVE ? "app.site.practice_card" : "app.site.live_card", card.serial()));
            }
        }
        strangers = List.copyOf(others);
        return List.copyOf(usable);
    }

    private boolean belongs(Card card) {
        return switch (mode) {
            case REHEARSAL -> card.pinHelp().practicePin().isPresent();
            case LIVE -> !isPractice(card);
        };
    }

    /// Whether it is a practice card, in a tray or in a real reader.
    public static boolean isPractice(Card card) {
        String issuer = card.certificate().getIssuerX500Principal().getName();
        return card.pinHelp().practicePin().isPresent() || issuer.contains(PRACTICE_ISSUER);
    }

    @Override
    public List<Problem> troubles() {
        var all = new ArrayList<>(strangers);
        all.addAll(reader.troubles());
        return all;
    }

    @Override
    public boolean practice() {
        return reader.practice();
    }
}
