package org.quorate.ui.step;

import java.util.List;
import java.util.Optional;
import javafx.scene.control.ComboBox;
import org.quorate.base.Texts;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.CardItem;

/// The cards that are there now, of which one is meant.
final class CardChoice extends ComboBox<CardItem> {
    CardChoice() {
        setMaxWidth(Double.MAX_VALUE);
        setPlaceholder(Ui.text(Texts.get("ui.card.none")));
        setPromptText(Texts.get("ui.card.none"));
    }

    Optional<CardItem> chosen() {
        return Optional.ofNullable(getValue());
    }

    /// Keeps the choice, or takes the first card that counts.
    void offer(List<CardItem> cards) {
        Optional<String> before = chosen().map(CardItem::serial);
        getItems().setAll(cards);
        Optional<CardItem> same = cards.stream()
                .filter(item -> before.equals(Optional.of(item.serial())))
                .findFirst();
        same.or(() -> cards.stream().filter(CardItem::counts).findFirst())
                .or(() -> cards.stream().findFirst())
                .ifPresentOrElse(this::setValue, () -> setValue(null));
    }
}
