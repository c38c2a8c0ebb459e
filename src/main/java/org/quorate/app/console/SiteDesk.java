package org.quorate.app.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.quorate.app.site.ApprovalDesk;
import org.quorate.app.site.FollowedPlanFile;
import org.quorate.app.site.ScriptFiles;
import org.quorate.app.site.Workplace;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.card.CardReader;
import org.quorate.ceremony.Ceremony;
import org.quorate.ceremony.FollowedPlan;
import org.quorate.ceremony.Front;
import org.quorate.ceremony.Site;
import org.quorate.ledger.Ledger;
import org.quorate.quorum.Roster;
import org.quorate.record.pdf.PdfPictures;
import org.quorate.script.Script;
import org.quorate.ui.backstage.OpenSite;
import org.quorate.ui.backstage.ScriptLibrary;

/// An open site as the window sees it.
final class SiteDesk implements OpenSite {
    private final Workplace workplace;
    private final ScriptFiles scripts;
    private final Executor threads;
    private final UnaryOperator<Front> between;
    private final ApprovalDesk approvals;
    private final Optional<Wanted> atOnce;
    private final ScriptLibrary library;

    /// What a console was started for.
    record Errand(Script script, Deed deed) {}

    SiteDesk(
            Workplace workplace,
            ScriptFiles scripts,
            Optional<Errand> atOnce,
            Executor threads,
            UnaryOperator<Front> between,
            InstantSource clock) {
        this.library = new SiteLibrary(workplace.folder(), scripts, clock);
        this.workplace = workplace;
        this.scripts = scripts;
        this.threads = threads;
        this.between = between;
        this.approvals = new ApprovalDesk(workplace, scripts);
        this.atOnce = atOnce.map(errand -> wanted(workplace, errand));
    }

    /// The unfinished ceremony of this very script, or a new one.
    private static Wanted wanted(Workplace workplace, Errand errand) {
        Optional<UUID> unfinished = Optional.of(errand)
                .filter(one -> one.deed() == Deed.HOLD)
                .flatMap(one -> workplace.unfinished())
                .filter(open -> open.script().equals(errand.script().digest()))
                .map(Ceremony::id);
        return new Wanted(errand.script(), errand.deed(), unfinished);
    }

    @Override
    public Optional<Wanted> atOnce() {
        return atOnce;
    }

    @Override
    public Site site() {
        return workplace.site();
    }

    @Override
    public Roster roster() {
        return workplace.roster();
    }

    @Override
    public Ledger ledger() {
        return workplace.ledger();
    }

    @Override
    public CardReader cards() {
        return workplace.cards();
    }

    @Override
    public List<Script> scripts() {
        return Stream.concat(scripts.usableIn(workplace.folder().scripts()).stream(), scripts.shipped().stream())
                .toList();
    }

    @Override
    public List<Held> ceremonies() {
        return workplace.ceremonies().stream()
                .map(ceremony -> new Held(ceremony, scriptOf(ceremony), workplace.isFinished(ceremony)))
                .toList();
    }

    @Override
    public Optional<FollowedPlan> plan() {
        return FollowedPlanFile.read(workplace.folder());
    }

    @Override
    public List<RecordFile> records() {
        return workplace.ceremonies().stream()
                .map(ceremony -> new RecordFile(
                        ceremony.opening().string("title") + ", "
                                + UtcTime.forPeople(
                                        ceremony.entries().getFirst().time()),
                        workplace.recordFile(ceremony.id())))
                .filter(record -> Files.isReadable(record.path()))
                .toList();
    }

    @Override
    public void start(Script script, Front front, Consumer<Optional<Problem>> ended) {
        conduct(
                () -> {
                    objection(script).ifPresent(problem -> {
                        throw problem.asException();
                    });
                    return workplace.begin(script);
                },
                script,
                front,
                ended);
    }

    @Override
    public Optional<Problem> objection(Script script) {
        return approvals.objection(script);
    }

    @Override
    public void approve(Script script, Deed deed, Front front, Consumer<Approved> ended) {
        threads.execute(() -> {
            try {
                ended.accept(new Approved(done(script, deed, between.apply(front)), Optional.empty()));
            } catch (ProblemException e) {
                ended.accept(new Approved("", Optional.of(e.problem())));
            } catch (RuntimeException e) {
                ended.accept(new Approved(
                        "", Optional.of(Problem.of("app.unexpected").withTechnical(e))));
            }
        });
    }

    private String done(Script script, Deed deed, Front front) {
        String file = deed == Deed.APPROVE
                ? approvals
                        .approve(script, front)
                        .file()
                        .map(place -> " " + Texts.get("ui.approving.file", place))
                        .orElse("")
                : "";
        if (deed == Deed.WITHDRAW) {
            approvals.withdraw(script, front);
        }
        return workplace.standing(script).words() + file;
    }

    @Override
    public void resume(UUID ceremony, Front front, Consumer<Optional<Problem>> ended) {
        Script script = scriptOf(Ceremony.of(workplace.ledger().ofCeremony(ceremony)));
        conduct(() -> ceremony, script, front, ended);
    }

    private Script scriptOf(Ceremony ceremony) {
        return scripts.parse(workplace.scriptOf(ceremony), workplace.ledger()::artefact);
    }

    private void conduct(Supplier<UUID> ceremony, Script script, Front front, Consumer<Optional<Problem>> ended) {
        threads.execute(() -> {
            try {
                workplace.conduct(ceremony.get(), script, between.apply(front));
                ended.accept(Optional.empty());
            } catch (ProblemException e) {
                ended.accept(Optional.of(e.problem()));
            } catch (RuntimeException e) {
                ended.accept(Optional.of(Problem.of("app.unexpected").withTechnical(e)));
            }
        });
    }

    @Override
    public ScriptLibrary library() {
        return library;
    }

    @Override
    public List<byte[]> pages(Path pdf) {
        return PdfPictures.pages(pdf);
    }
}
