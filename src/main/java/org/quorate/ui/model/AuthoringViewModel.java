package org.quorate.ui.model;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.quorate.base.Digest;
import org.quorate.base.Problem;
import org.quorate.ceremony.Site;
import org.quorate.script.Heading;
import org.quorate.script.InsertedStep;
import org.quorate.script.LintReport;
import org.quorate.script.Script;
import org.quorate.script.StepSample;
import org.quorate.ui.backstage.OpenSite;
import org.quorate.ui.backstage.ScriptLibrary;
import org.quorate.ui.backstage.ScriptLibrary.Item;
import org.quorate.ui.backstage.ScriptLibrary.Opened;
import org.quorate.ui.backstage.ScriptName;
import org.quorate.ui.model.ScriptOutline.OutlineStep;

/// A script while it is written. Each text is judged beside the window's thread, and before it is judged it is kept as
/// a draft; what is said of a text that has moved on since is not shown.
public final class AuthoringViewModel {
    private final OpenSite site;
    private final ScriptLibrary library;
    private final Errands files;
    private final PaperSide paper;

    /// Which text is on the page: one more with each change.
    private final AtomicLong generation = new AtomicLong();

    private final ReadOnlyObjectWrapper<List<Item>> items = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Optional<OpenScript>> open = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Checked> checked = new ReadOnlyObjectWrapper<>(Checked.NOTHING);
    private final AtCaret here = new AtCaret();
    private final ReadOnlyObjectWrapper<List<StepSample>> kinds = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Asked>> asked = new ReadOnlyObjectWrapper<>(Optional.empty());

    private boolean draftKept;

    /// The text that is judged already, or waits for it.
    private long judging;

    public AuthoringViewModel(OpenSite site, Hands hands) {
        this.site = site;
        this.library = site.library();
        this.files = new Errands(hands, this::fail);
        this.paper = new PaperSide(library::paper, hands, this::fail);
    }

    // What is there.

    /// Reads the library anew.
    public void refresh() {
        files.run(library::items, items::set);
    }

    /// Asks first where the text on the page is not saved.
    public void open(ScriptName name) {
        leave(() -> show(name, Caret.START));
    }

    /// Where people went away from, such as to a rehearsal.
    public void goBackTo(ScriptName name, Caret place) {
        leave(() -> show(name, place));
    }

    private void show(ScriptName name, Caret place) {
        files.run(() -> library.read(name), found -> shown(name, place, found));
    }

    private void shown(ScriptName name, Caret place, Opened found) {
        generation.incrementAndGet();
        checked.set(Checked.NOTHING);
        here.begin(place);
        paper.clear();
        draftKept = found.draft().isPresent();
        open.set(Optional.of(OpenScript.of(name, found)));
        asked.set(found.draft()
                .map(draft ->
                        new Asked.DraftOffer(name.shown(), draft, !draft.base().equals(found.digest()))));
        check();
    }

    // What people write.

    /// The whole text as it stands now. It is judged when [#check] is called, once people pause.
    public void type(String text) {
        open.get()
                .filter(now -> !now.name().readOnly())
                .map(now -> now.with(text))
                .ifPresent(next -> {
                    boolean same = open.get()
                            .map(now -> now.text().equals(next.text()))
                            .orElse(false);
                    if (!same) {
                        generation.incrementAndGet();
                        checked.set(checked.get().outdated());
                        open.set(Optional.of(next));
                    }
                });
    }

    /// Keeps and judges the text as it stands.
    public void check() {
        open.get().filter(now -> judging != generation.get()).ifPresent(now -> {
            long mine = generation.get();
            judging = mine;
            boolean drop = draftKept && !now.dirty() && asked.get().isEmpty();
            draftKept = now.dirty() || (draftKept && !drop);
            files.run(
                    () -> mine == generation.get(),
                    () -> Judged.of(now, drop, library, site.roster()),
                    found -> judged(found, mine));
        });
    }

    private void judged(Judged found, long mine) {
        found.undrafted().ifPresent(this::fail);
        if (mine != generation.get()) {
            return;
        }
        checked.set(new Checked(found.report(), true));
        here.judged(found);
        draw();
    }

    /// The preview shows the step at the caret.
    public void caret(Caret place) {
        here.go(place);
    }

    /// Where the caret belongs in the text that is open.
    public Caret caret() {
        return here.caret();
    }

    // Steps to put in.

    /// Reads which kinds of step there are, where that is not known yet.
    public void lookForKinds() {
        if (kinds.get().isEmpty()) {
            files.run(library::steps, kinds::set);
        }
    }

    /// Puts a step of this kind into the text, after the one at the caret, and the caret on it.
    public void insert(StepSample sample) {
        problem.set(readOnly());
        open.get().filter(now -> !now.name().readOnly()).ifPresent(now -> {
            long mine = generation.get();
            int line = caret().line();
            files.run(
                    () -> library.insert(now.name(), now.text(), line, sample.kind())
                            .orElseThrow(() -> Problem.of(
                                            "author.no_place", now.name().shown())
                                    .asException()),
                    found -> inserted(sample, found, mine));
        });
    }

    /// Into a text that moved on meanwhile it is put anew.
    private void inserted(StepSample sample, InsertedStep found, long mine) {
        if (mine != generation.get()) {
            insert(sample);
            return;
        }
        here.go(new Caret(found.line(), 1));
        type(found.text());
        check();
    }

    private Optional<Problem> readOnly() {
        return open.get()
                .filter(now -> now.name().readOnly())
                .map(now -> Problem.of("author.shipped", now.name().shown()));
    }

    // The paper.

    public void showPaper(boolean shown) {
        paper.show(shown);
        draw();
    }

    private void draw() {
        if (checked.get().current()) {
            LintReport report = checked.get().report();
            paper.draw(report.script().filter(script -> report.usable()));
        }
    }

    // What is kept.

    public void save() {
        save(() -> {});
    }

    private void save(Runnable then) {
        problem.set(readOnly());
        Optional<OpenScript> writable = open.get().filter(OpenScript::dirty);
        if (writable.isEmpty()) {
            then.run();
            return;
        }
        OpenScript now = writable.get();
        byte[] bytes = now.bytes();
        files.run(() -> library.save(now.name(), bytes, now.digest()), digest -> {
            saved(now, bytes, digest);
            then.run();
        });
    }

    /// What was typed while the disk was busy is not saved, and stays so.
    private void saved(OpenScript what, byte[] bytes, Digest digest) {
        open.get()
                .filter(now -> now.name().equals(what.name()))
                .map(now -> now.written(bytes, what.text(), digest))
                .ifPresent(now -> {
                    draftKept = now.dirty();
                    open.set(Optional.of(now));
                });
        refresh();
    }

    /// Does `next`, at once where everything is saved, and otherwise when people have decided.
    public void leave(Runnable next) {
        problem.set(Optional.empty());
        open.get()
                .filter(OpenScript::dirty)
                .ifPresentOrElse(
                        now -> asked.set(
                                Optional.of(new Asked.Unsaved(now.name().shown(), next))),
                        next);
    }

    public void saveAndGoOn() {
        unsaved().ifPresent(waiting -> save(waiting.next()));
    }

    public void discardAndGoOn() {
        unsaved()
                .ifPresent(waiting -> open.get().ifPresent(now -> {
                    generation.incrementAndGet();
                    open.set(Optional.of(now.with(now.saved())));
                    draftKept = false;
                    files.run(
                            () -> {
                                library.dropDraft(now.name());
                                return now;
                            },
                            done -> waiting.next().run());
                }));
    }

    private Optional<Asked.Unsaved> unsaved() {
        Optional<Asked> now = asked.get();
        asked.set(Optional.empty());
        return now.filter(Asked.Unsaved.class::isInstance).map(Asked.Unsaved.class::cast);
    }

    /// Nothing is decided, and everything stays as it is. A script whose draft nobody decided on is closed again, since
    /// the next draft would take the place of that one.
    public void stay() {
        if (asked.get().filter(Asked.DraftOffer.class::isInstance).isPresent()) {
            generation.incrementAndGet();
            checked.set(Checked.NOTHING);
            here.begin(Caret.START);
            paper.clear();
            open.set(Optional.empty());
        }
        asked.set(Optional.empty());
    }

    public void takeDraft() {
        offered().ifPresent(offer -> {
            type(offer.draft().text());
            check();
        });
    }

    public void discardDraft() {
        offered()
                .ifPresent(offer -> open.get().ifPresent(now -> {
                    draftKept = false;
                    files.run(
                            () -> {
                                library.dropDraft(now.name());
                                return now;
                            },
                            done -> {});
                }));
    }

    private Optional<Asked.DraftOffer> offered() {
        Optional<Asked> now = asked.get();
        asked.set(Optional.empty());
        return now.filter(Asked.DraftOffer.class::isInstance).map(Asked.DraftOffer.class::cast);
    }

    /// Writes a new script and opens it. What is copied from the page is in the copy, so that nothing is asked.
    public void create(NewScript wanted) {
        Runnable write = () -> files.run(
                () -> {
                    String text = wanted.text()
                            .or(() -> wanted.original()
                                    .map(name -> library.read(name).text()))
                            .orElseGet(library::emptyCeremony);
                    byte[] bytes = Heading.put(text, wanted.name().stem(), wanted.title())
                            .getBytes(StandardCharsets.UTF_8);
                    library.create(wanted.name(), bytes, wanted.original());
                    return wanted.name();
                },
                name -> {
                    refresh();
                    show(name, Caret.START);
                });
        if (wanted.text().isPresent()) {
            problem.set(Optional.empty());
            write.run();
        } else {
            leave(write);
        }
    }

    // The rehearsal.

    /// Begins a ceremony by the script on the page, or says why not.
    public void rehearse(Consumer<Occasion> start) {
        problem.set(Optional.empty());
        open.get().ifPresent(now -> {
            Optional<Problem> objection =
                    Rehearsable.objection(now, checked.get(), rehearsal(), library.place(now.name()));
            if (objection.isPresent()) {
                fail(objection.get());
                return;
            }
            Script script = checked.get().report().script().orElseThrow();
            files.run(
                    () -> Rehearsable.objection(site, script),
                    found -> found.ifPresentOrElse(
                            this::fail,
                            () -> start.accept(new Occasion(script, site.site(), site.roster(), Optional.empty()))));
        });
    }

    private void fail(Problem what) {
        problem.set(Optional.of(what));
    }

    public boolean rehearsal() {
        return site.site().mode() == Site.Mode.REHEARSAL;
    }

    public ReadOnlyObjectProperty<List<Item>> itemsProperty() {
        return items.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<OpenScript>> openProperty() {
        return open.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Checked> checkedProperty() {
        return checked.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<ScriptOutline> outlineProperty() {
        return here.outline.getReadOnlyProperty();
    }

    /// The step at the caret.
    public ReadOnlyObjectProperty<Optional<OutlineStep>> stepProperty() {
        return here.step.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<List<StepSample>> kindsProperty() {
        return kinds.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<StepPage>> pageProperty() {
        return here.page.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<PaperPreview> paperProperty() {
        return paper.property();
    }

    public ReadOnlyObjectProperty<Optional<Problem>> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Asked>> askedProperty() {
        return asked.getReadOnlyProperty();
    }
}
