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
import org.quorate.script.LintReport;
import org.quorate.script.Script;
import org.quorate.ui.backstage.OpenSite;
import org.quorate.ui.backstage.ScriptLibrary;
import org.quorate.ui.backstage.ScriptLibrary.Item;
import org.quorate.ui.backstage.ScriptLibrary.Opened;
import org.quorate.ui.backstage.ScriptName;

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
    private final ReadOnlyObjectWrapper<ScriptOutline> outline = new ReadOnlyObjectWrapper<>(ScriptOutline.NONE);
    private final ReadOnlyObjectWrapper<Optional<StepPage>> page = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Asked>> asked = new ReadOnlyObjectWrapper<>(Optional.empty());

    private Optional<Picture> picture = Optional.empty();
    private boolean draftKept;

    /// The text that is judged already, or waits for it.
    private long judging;

    private int caret = 1;

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
        leave(() -> show(name));
    }

    private void show(ScriptName name) {
        files.run(() -> library.read(name), found -> shown(name, found));
    }

    private void shown(ScriptName name, Opened found) {
        generation.incrementAndGet();
        checked.set(Checked.NOTHING);
        outline.set(ScriptOutline.NONE);
        paper.clear();
        picture = Optional.empty();
        caret = 1;
        draftKept = found.draft().isPresent();
        open.set(Optional.of(OpenScript.of(name, found)));
        turn();
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
        picture = found.picture().or(() -> picture);
        outline.set(found.outline().orElseGet(() -> outline.get().outdated()));
        turn();
        draw();
    }

    /// The line that the caret is on; the preview shows the step there.
    public void caret(int line) {
        caret = line;
        turn();
    }

    private void turn() {
        page.set(outline.get()
                .stepAt(caret)
                .or(() -> outline.get().steps().findFirst())
                .flatMap(step -> picture.flatMap(drawn -> drawn.page(step.id()))));
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
        problem.set(open.get()
                .filter(now -> now.name().readOnly())
                .map(now -> Problem.of("author.shipped", now.name().shown())));
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
            outline.set(ScriptOutline.NONE);
            page.set(Optional.empty());
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
                    show(name);
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
            Optional<Problem> objection = objection(now);
            if (objection.isPresent()) {
                fail(objection.get());
                return;
            }
            Script script = checked.get().report().script().orElseThrow();
            files.run(
                    () -> site.objection(script).or(this::unfinished),
                    found -> found.ifPresentOrElse(
                            this::fail,
                            () -> start.accept(new Occasion(script, site.site(), site.roster(), Optional.empty()))));
        });
    }

    private Optional<Problem> objection(OpenScript now) {
        String file = now.name().shown();
        if (now.dirty()) {
            return Optional.of(Problem.of("author.rehearse_unsaved", file));
        } else if (!checked.get().current()) {
            return Optional.of(Problem.of("author.rehearse_unchecked", file));
        } else if (checked.get().part().isPresent()) {
            return Optional.of(Problem.of("author.rehearse_part", file));
        } else if (!checked.get().report().usable()) {
            return Optional.of(Problem.of("author.rehearse_unsound", file));
        } else if (!rehearsal()) {
            return Optional.of(Problem.of("author.rehearse_live", library.place(now.name())));
        }
        return Optional.empty();
    }

    private Optional<Problem> unfinished() {
        return site.ceremonies().stream()
                .filter(held -> !held.finished())
                .findFirst()
                .map(held ->
                        Problem.of("author.rehearse_unfinished", held.script().title()));
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
        return outline.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<StepPage>> pageProperty() {
        return page.getReadOnlyProperty();
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
