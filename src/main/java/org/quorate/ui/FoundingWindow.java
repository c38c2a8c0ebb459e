package org.quorate.ui;

import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import javafx.util.Duration;
import org.quorate.base.Texts;
import org.quorate.ui.backstage.FoundingBackstage;
import org.quorate.ui.model.FoundingViewModel;
import org.quorate.ui.model.Hands;
import org.quorate.ui.shell.FoundingView;
import org.quorate.ui.theme.Look;

/// The window in which a live site is founded; closing it stops the founding.
public final class FoundingWindow {
    private final FoundingBackstage backstage;
    private final Stage stage;
    private final Hands hands;
    private final FoundingViewModel model;
    private final Timeline ticking = new Timeline();

    public FoundingWindow(FoundingBackstage backstage, Stage stage) {
        this.backstage = backstage;
        this.stage = stage;
        this.hands = new Hands(Platform::runLater, backstage.background(), backstage.clock());
        this.model = new FoundingViewModel(backstage.cards(), hands);
        ticking.setCycleCount(Animation.INDEFINITE);
        ticking.getKeyFrames().setAll(new KeyFrame(Duration.seconds(1), event -> model.tick()));
        stage.setTitle(Texts.get("ui.founding.strip"));
        stage.setOnHidden(event -> left());
    }

    public void show() {
        var scene = new Scene(new FoundingView(model, hands, stage::close), 1366, 768);
        new Look(scene);
        stage.setScene(scene);
        stage.show();
        ticking.play();
        backstage.found(model.front(), problem -> hands.window().execute(() -> model.end(problem)));
    }

    private void left() {
        ticking.stop();
        model.leave();
        backstage.leave();
    }
}
