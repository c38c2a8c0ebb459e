package org.quorate.app.bench;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.quorate.ui.backstage.Backstage;

/// Nothing behind the window: what is measured is how soon the window is there, and it does not wait for anything.
final class IdleBackstage implements Backstage {
    @Override
    public void open(Opening opening) {}

    @Override
    public Executor background() {
        return Runnable::run;
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    public void leave() {}
}
