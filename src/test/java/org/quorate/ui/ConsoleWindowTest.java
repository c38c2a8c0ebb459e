package org.quorate.ui;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.application.Application;
import javafx.scene.text.Font;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.quorate.ceremony.Site;
import org.quorate.ui.demo.DemoBackstage;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class ConsoleWindowTest {
    private Stage stage;

    @Start
    void show(Stage shown) {
        stage = shown;
        new ConsoleWindow(new DemoBackstage(Site.Mode.REHEARSAL), shown).show();
    }

    @Test
    void window_isThemedAndNamed_andHasItsFonts() {
        assertThat(stage.isShowing()).isTrue();
        assertThat(stage.getTitle()).isEqualTo("Quorate");
        assertThat(Application.getUserAgentStylesheet()).contains("primer-light");
        assertThat(Font.getFamilies()).contains("IBM Plex Sans", "IBM Plex Mono", "IBM Plex Serif");
    }
}
