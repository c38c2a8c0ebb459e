package org.quorate.ui.shell;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Button;
import org.quorate.base.Texts;
import org.quorate.ceremony.Exhibit;
import org.quorate.ceremony.Site;
import org.quorate.script.Script;
import org.quorate.ui.control.ExhibitList;
import org.quorate.ui.control.Sheet;
import org.quorate.ui.control.Sheets;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.CeremonyViewModel;

/// Everything that the status strip has no room for, in full.
final class AboutSheet {
    private AboutSheet() {}

    static void open(CeremonyViewModel model, Sheets sheets) {
        Script script = model.occasion().script();
        Site site = model.occasion().site();
        var facts = new ArrayList<>(List.of(
                Exhibit.of(
                        Texts.get("ui.about.script"), Texts.get("ui.strip.script", script.title(), script.version())),
                Exhibit.of(Texts.get("ui.about.digest"), script.digest()),
                Exhibit.of(Texts.get("ui.about.site"), site.name() + ", " + site.place()),
                Exhibit.of(
                        Texts.get("ui.about.present"),
                        String.valueOf(model.stateProperty().get().people().present())),
                Exhibit.of(
                        Texts.get("ui.about.exceptions"),
                        String.valueOf(model.stateProperty().get().exceptions()))));
        site.roles().forEach(role -> {
            Site.TokenAt token = site.token(role);
            facts.add(Exhibit.of(
                    Texts.get("ui.about.token", role),
                    Texts.get("ui.about.token.is", token.serial(), token.label(), token.model())));
        });
        Button close = Ui.button(Texts.get("ui.sheet.close"), sheets::close);
        sheets.open(new Sheet(Texts.get("ui.about.title"), new ExhibitList(facts), close), close);
    }
}
