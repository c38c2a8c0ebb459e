package org.quorate.ui.step;

import java.util.List;
import java.util.Optional;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListCell;
import org.quorate.base.Texts;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.CardItem;

/// The cards that are there now, of which one is meant.
final class CardChoice extends ComboBox<CardItem> {
    /// The serial of the card that people found chosen.
    private Optional<String> offered = Optional.empty();

    CardChoice() {
        setMaxWidth(Double.MAX_VALUE);
        setButtonCell(new Shown());
        setPlaceholder(Ui.text(Texts.get("ui.card.none")));
    }

    Optional<CardItem> chosen() {
        return Optional.ofNullable(getValue());
    }

    /// Keeps the choice that people made, or takes the first card that counts. Of several that do not count none is
    /// taken: where the card that was meant is pulled, nobody else's stands in its place.
    void offer(List<CardItem> cards) {
        Optional<String> before = chosen().map(CardItem::serial);
        boolean byHand = before.isPresent() && !before.equals(offered);
        getItems().setAll(cards);
        Optional<CardItem> same = cards.stream()
                .filter(item -> before.equals(Optional.of(item.serial())))
                .findFirst();
        Optional<CardItem> taken = same.filter(item -> byHand || item.counts())
                .or(() -> cards.stream().filter(CardItem::counts).findFirst())
                .or(() -> same)
                .or(() -> cards.stream().findFirst().filter(item -> cards.size() == 1));
        offered = byHand && taken.equals(same) ? offered : taken.map(CardItem::serial);
        setPromptText(Texts.get(cards.isEmpty() ? "ui.card.none" : "ui.card.choose"));
        setValue(taken.orElse(null));
    }

    /// JavaFX's own forgets the prompt once a value was there.
    private final class Shown extends ListCell<CardItem> {
        @Override
        protected void updateItem(CardItem item, boolean empty) {
            super.updateItem(item, empty);
            setText(empty || item == null ? CardChoice.this.getPromptText() : item.text());
        }
    }
}
