package org.quorate.ceremony;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.VendorProfile;
import org.quorate.ledger.EntryType;
import org.quorate.quorum.Participant;
import org.quorate.quorum.Roster;
import org.quorate.script.Script;

/// What stays the same from the first step of a ceremony to the last.
final class Setting implements AutoCloseable {
    private final Script script;
    private final Equipment equipment;
    private final Console console;
    private final Front front;
    private final Journal journal;
    private final Pins pins = new Pins();
    private final Logins logins = new Logins();
    private final Reconciler reconciler = new Reconciler(this);
    private final SplitLogins splits;

    Setting(Script script, Equipment equipment, Console console, Front front, Journal journal) {
        this.script = script;
        this.equipment = equipment;
        this.console = console;
        this.front = front;
        this.journal = journal;
        this.splits = new SplitLogins(this);
    }

    Script script() {
        return script;
    }

    Equipment equipment() {
        return equipment;
    }

    Console console() {
        return console;
    }

    Front front() {
        return front;
    }

    Journal journal() {
        return journal;
    }

    /// The people as the ledger has them now; a step may have added or retired a card.
    Roster roster() {
        return Roster.of(equipment.ledger().keys(), equipment.ledger().head().size());
    }

    Pins pins() {
        return pins;
    }

    Logins logins() {
        return logins;
    }

    SplitLogins splits() {
        return splits;
    }

    Reconciler reconciler() {
        return reconciler;
    }

    /// Asks until there is an answer: an exception goes on record and the same question comes again; pause and abort
    /// go on record and unwind the step.
    <T> T ask(Optional<String> step, Question<T> question) {
        while (true) {
            switch (front.ask(question)) {
                case Answer.Given<T>(var value) -> {
                    return value;
                }
                case Answer.RecordException<T>(var sheet) -> journal.exception(step, sheet);
                case Answer.Pause<T>(var why) -> throw stop(step, EntryType.PAUSE, why);
                case Answer.Abort<T>(var why) -> throw stop(step, EntryType.ABORT, why);
            }
        }
    }

    /// A PIN that was opened is replaced before people leave.
    private CeremonyStopped stop(Optional<String> step, EntryType type, String why) {
        step.flatMap(script::step).ifPresent(stopped -> splits.replaceAll(new Stage(this, stopped)));
        journal.append(type, Json.obj().put("why", why).build());
        return new CeremonyStopped(why);
    }

    /// The token that plays a role here, looked for afresh by its serial.
    Token token(String role) {
        Site.TokenAt wanted = equipment.site().token(role);
        List<Token> present = equipment.hsms().of(role).tokens();
        List<Token> same = present.stream()
                .filter(token -> token.info().serial().equals(wanted.serial()))
                .toList();
        if (same.size() == 1) {
            return same.getFirst();
        }
        // Some modules give all their tokens one serial; then the label decides, or nothing does.
        List<Token> meant = labelled(wanted.label(), same);
        if (meant.size() == 1) {
            return meant.getFirst();
        }
        throw StepFailed.hard(
                same.isEmpty()
                        ? absent(role, wanted, present)
                        : Problem.of("hsm.serial_not_unique", wanted.serial(), same.size()));
    }

    private Problem absent(String role, Site.TokenAt wanted, List<Token> present) {
        String title = script.cast().token(role).title();
        Set<String> known = equipment.site().tokens().values().stream()
                .map(Site.TokenAt::serial)
                .collect(Collectors.toSet());
        List<Token> others = labelled(wanted.label(), present).stream()
                .filter(token -> !known.contains(token.info().serial()))
                .toList();
        return others.isEmpty()
                ? Problem.of("ceremony.token_absent", title, wanted.serial(), serials(present))
                : Problem.of("ceremony.token_other", title, wanted.serial(), wanted.label(), serials(others));
    }

    private static List<Token> labelled(String label, List<Token> tokens) {
        return tokens.stream()
                .filter(token -> token.info().label().equals(label))
                .toList();
    }

    private static String serials(List<Token> tokens) {
        return tokens.stream()
                .map(Token::info)
                .filter(TokenInfo::initialised)
                .map(TokenInfo::serial)
                .reduce((a, b) -> a + ", " + b)
                .orElse(Texts.get("ceremony.no_token"));
    }

    Question.EnterSecret existingPin(String role, PinKind kind, List<Participant> by) {
        return pinQuestion(role, kind, "", false, by);
    }

    Question.EnterSecret freshPin(String role, PinKind kind, List<Participant> by) {
        return pinQuestion(role, kind, "new_", true, by);
    }

    /// One of two PINs, of which nobody knows which holds.
    Question.EnterSecret pinToTry(String role, PinKind kind, boolean fresh, List<Participant> by) {
        return pinQuestion(role, kind, fresh ? "after_" : "before_", false, by);
    }

    private Question.EnterSecret pinQuestion(
            String role, PinKind kind, String which, boolean fresh, List<Participant> by) {
        TokenInfo token = token(role).info();
        Optional<String> practice = equipment.workstation().practicePin(role, kind);
        return new Question.EnterSecret(
                "pin-" + role + "-" + which + kind.wire(),
                Texts.get(
                        "ceremony.pin." + which + kind.wire(),
                        script.cast().token(role).title(),
                        token.serial()),
                fresh,
                Math.toIntExact(Math.max(token.minPin(), 1)),
                Math.toIntExact(Math.min(Math.max(token.maxPin(), 8), 255)),
                practice,
                practice.isPresent() ? Optional.empty() : makersPin(role),
                by);
    }

    private Optional<Question.MakersPin> makersPin(String role) {
        return profile(role)
                .map(profile -> new Question.MakersPin(
                        profile.title(),
                        profile.practice().pin().form(),
                        profile.practice().pin().help()));
    }

    /// What is known of the maker of the module that a role's token is behind.
    Optional<VendorProfile> profile(String role) {
        return equipment
                .workstation()
                .vendorTool()
                .profile(equipment.hsms().of(role).module());
    }

    @Override
    public void close() {
        pins.close();
    }
}
