package org.quorate.ui.model;

import java.util.Optional;
import java.util.OptionalInt;
import org.quorate.base.Texts;
import org.quorate.card.Card;
import org.quorate.quorum.HolderName;
import org.quorate.quorum.Tally;

/// A card that can be chosen now, as it is offered on screen.
///
/// @param counts whether the holder may still approve; a card that does not count may be tried and is then refused,
///     because a refusal belongs on record
public record CardItem(String serial, String holder, String state, boolean counts, Card.PinHelp help, Card card) {

    /// As offered where it is to sign: one that is blocked can not.
    static CardItem toSign(Card card, Tally tally, Optional<String> known) {
        CardItem item = of(card, tally, known);
        return item.counts() && blocked(item.help())
                ? new CardItem(item.serial(), item.holder(), Texts.get("ui.card.is_blocked"), false, item.help(), card)
                : item;
    }

    /// @param known who has the card, as far as the ledger knows, also where nobody asks for it now
    static CardItem of(Card card, Tally tally, Optional<String> known) {
        String serial = card.serial();
        Card.PinHelp help = card.pinHelp();
        return switch (tally.admit(card.keyId())) {
            case Tally.Admission.Admitted(var participant) ->
                new CardItem(serial, participant.name(), Texts.get("ui.card.counts"), true, help, card);
            case Tally.Admission.AlreadyApproved(var participant) ->
                new CardItem(serial, participant.name(), Texts.get("ui.card.already"), false, help, card);
            case Tally.Admission.WrongRole(var participant, var wanted) ->
                new CardItem(serial, participant.name(), Texts.get("ui.card.wrong_role"), false, help, card);
            case Tally.Admission.NotOnRoster(var key) ->
                new CardItem(
                        serial,
                        known.orElse(Texts.get("ui.card.unknown")),
                        Texts.get(known.isPresent() ? "ui.card.not_asked" : "ui.card.stranger"),
                        false,
                        help,
                        card);
        };
    }

    private static boolean blocked(Card.PinHelp help) {
        return help.triesLeft().equals(OptionalInt.of(0));
    }

    /// As offered where a new card is to be enrolled: one that nobody has yet counts.
    static CardItem toEnrol(Card card, Optional<String> holder) {
        return new CardItem(
                card.serial(),
                holder.or(() -> HolderName.of(card.certificate()).commonName()).orElse(Texts.get("ui.card.unknown")),
                Texts.get(holder.isPresent() ? "ui.card.enrolled" : "ui.card.new"),
                holder.isEmpty(),
                card.pinHelp(),
                card);
    }

    /// `A. Okafor · card 0417 · can sign`.
    public String text() {
        return Texts.get("ui.card.item", holder, serial, state);
    }

    public String tries() {
        return help.atReader() ? Texts.get("ui.card.pin_at_reader", counted()) : counted();
    }

    private String counted() {
        return help.triesLeft().isPresent() ? tries(help.triesLeft().getAsInt()) : Texts.get("ui.card.tries_unknown");
    }

    private static String tries(int left) {
        return switch (left) {
            case 0 -> Texts.get("ui.card.blocked");
            case 1 -> Texts.get("ui.card.last_try");
            default -> Texts.get("ui.card.tries", left);
        };
    }

    /// Everything that is read of it on screen.
    String reading() {
        return text() + tries();
    }

    public Optional<String> practicePin() {
        return help.practicePin();
    }

    @Override
    public String toString() {
        return text();
    }
}
