package org.quorate.ceremony;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.card.PaperShare;
import org.quorate.card.Share;
import org.quorate.card.Split;
import org.quorate.ceremony.Question.Verdict;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.MadeKey;
import org.quorate.ledger.Entry;
import org.quorate.quorum.Participant;
import org.quorate.record.ShareSheet;
import org.quorate.script.KeyDefinition;

/// Shares on sheets of paper. Each is handed out as a file to be printed, typed or scanned back by its holder, and
/// sealed into a bag; the ledger keeps which sheet went into which bag and where it is kept, and nothing of the share.
final class PaperShares {
    private static final int LONGEST = 200;

    private final Stage stage;
    private final String keyName;
    private final KeyId id;
    private final Split split;

    /// @param keyName of the key in the script
    PaperShares(Stage stage, String keyName, KeyId id, Split split) {
        this.stage = stage;
        this.keyName = keyName;
        this.id = id;
        this.split = split;
    }

    /// Sheets of an attempt that came to nothing are destroyed before there are others.
    static void voidEarlier(Stage stage) {
        List<String> serials = stage.ceremony().attempts(stage.step().id()).stream()
                .flatMap(run -> run.of(org.quorate.ledger.EntryType.OBSERVATION))
                .map(Entry::data)
                .filter(data -> data.string("name").equals("sheet_made"))
                .map(data -> data.object("detail").string("sheet"))
                .toList();
        if (!serials.isEmpty()) {
            stage.confirm(
                    "void_sheets_" + serials.size(),
                    Texts.get("ceremony.sheet.void", String.join(", ", serials)),
                    Texts.get("ceremony.sheet.void.button"));
        }
    }

    // ---- writing ----

    void write(List<Share> shares, List<Participant> people, MadeKey key, String custody) {
        for (Share share : shares) {
            Participant holder = people.get(share.number() - 1);
            List<String> words = PaperShare.of(share);
            print(share, holder, key, words);
            readBack(share, holder, words);
            seal(share.number(), holder, custody);
        }
        stage.confirm(
                "sheet_files_gone_" + split.id(),
                Texts.get("ceremony.sheet.files_gone", split.n()),
                Texts.get("ceremony.sheet.files_gone.button"));
    }

    private String serial(int number) {
        return PaperShare.serial(split, number);
    }

    private void print(Share share, Participant holder, MadeKey key, List<String> words) {
        KeyDefinition definition = stage.script().cast().key(keyName);
        Site site = stage.equipment().site();
        String serial = serial(share.number());
        byte[] pdf = stage.setting()
                .console()
                .shareSheet(new ShareSheet(
                        new ShareSheet.Site(
                                site.name(),
                                stage.script().title(),
                                rehearsed(),
                                stage.equipment().workstation().now()),
                        new ShareSheet.Key(
                                definition.label(),
                                definition.spec().text(),
                                key.checkValue().hex()),
                        new ShareSheet.Numbered(serial, share.number(), split.m(), split.n()),
                        holder.name(),
                        words));
        try {
            // On record before it leaves, so that no sheet is ever out of which the ledger does not know.
            stage.observeAgain(Observation.sensed(
                            "sheet_made",
                            Texts.get("ceremony.sheet_made.label", serial),
                            Texts.get("ceremony.sheet_made.text", holder.name()))
                    .detail(about(share.number(), holder.person()).build()));
            Verdict verdict = stage.ask(new Question.TakeSecret(
                    "sheet-" + serial,
                    "share-" + serial + ".pdf",
                    Texts.get("ceremony.sheet.take", holder.name(), serial),
                    pdf,
                    List.of(holder)));
            stage.observeAgain(Observation.stated(
                            "sheet_printed",
                            Texts.get("ceremony.sheet_printed.label", serial),
                            Texts.get(verdict instanceof Verdict.Yes ? "ceremony.stated.yes" : "ceremony.stated.no"),
                            List.of(holder))
                    .verdict(verdict instanceof Verdict.Yes)
                    .detail(about(share.number(), holder.person()).build()));
        } finally {
            Arrays.fill(pdf, (byte) 0);
        }
    }

    private boolean rehearsed() {
        return stage.equipment().site().mode() == Site.Mode.REHEARSAL;
    }

    private void readBack(Share share, Participant holder, List<String> words) {
        String serial = serial(share.number());
        int bytes = share.value().length();
        while (true) {
            try (Secret typed = stage.ask(new Question.EnterWords(
                    "words-" + serial,
                    Texts.get("ceremony.sheet.words", serial, holder.name()),
                    Texts.get("ceremony.sheet.words.check"),
                    words.size(),
                    rehearsed() ? Optional.of(String.join(" ", words)) : Optional.empty(),
                    List.of(holder)))) {
                Optional<Share> read = read(typed, bytes);
                if (read.isPresent()) {
                    try (Share one = read.get()) {
                        if (one.number() == share.number() && one.value().sameAs(share.value())) {
                            break;
                        }
                    }
                    refuse("another_sheet", serial(read.get().number()), serial);
                }
            }
        }
        stage.observeAgain(Observation.sensed(
                        "sheet_checked",
                        Texts.get("ceremony.sheet_checked.label", serial),
                        Texts.get("ceremony.sheet_checked.text"))
                .verdict(true)
                .detail(about(share.number(), holder.person()).build()));
    }

    private Json.Builder about(int number, String person) {
        return Json.obj()
                .put("key", keyName)
                .put("cka_id", id.hex())
                .put("split", split.id())
                .put("m", split.m())
                .put("n", split.n())
                .put("number", number)
                .put("person", person)
                .put("sheet", serial(number));
    }

    private void seal(int number, Participant holder, String custody) {
        String serial = serial(number);
        String bag = enter("bag-" + serial, Texts.get("ceremony.sheet.bag", serial), "", holder);
        String place = enter("custody-" + serial, Texts.get("ceremony.sheet.custody", serial), custody, holder);
        stage.observeAgain(Observation.stated(
                        "sheet_sealed",
                        Texts.get("ceremony.sheet_sealed.label", serial, holder.name()),
                        Texts.get("ceremony.sheet_sealed.text", bag, place),
                        List.of(holder))
                .detail(about(number, holder.person())
                        .put("bag", bag)
                        .put("custody", place)
                        .build()));
    }

    private String enter(String name, String label, String hint, Participant holder) {
        return stage.ask(new Question.Enter(
                name,
                label,
                hint,
                List.of(holder),
                Texts.get("ceremony.button.record_entry"),
                text -> text.isBlank() || text.length() > LONGEST
                        ? Optional.of(Texts.get("ceremony.sheet.entry.form", LONGEST))
                        : Optional.empty()));
    }

    /// Empty where the words are no share of this split, of which people are told.
    private Optional<Share> read(Secret typed, int secretBytes) {
        return switch (PaperShare.read(typed, split, secretBytes)) {
            case PaperShare.Read.Good(var share) -> Optional.of(share);
            case PaperShare.Read.UnknownWord(var position) -> refuse("unknown_word", position);
            case PaperShare.Read.WrongCount(var words) -> refuse("wrong_count", words, PaperShare.words(secretBytes));
            case PaperShare.Read.Altered() -> refuse("altered");
            case PaperShare.Read.Foreign(var serial) -> refuse("foreign", serial, serial(1));
        };
    }

    private <T> Optional<T> refuse(String reason, Object... values) {
        Problem problem = Problem.of("ceremony.sheet." + reason, values);
        stage.observeAgain(
                Observation.sensed("sheet_refused", Texts.get("ceremony.sheet_refused.label"), problem.what())
                        .detail(Json.obj()
                                .put("reason", reason)
                                .put("key", keyName)
                                .put("split", split.id())
                                .build()));
        stage.setting().front().notice(problem);
        return Optional.empty();
    }

    // ---- reading again ----

    /// As many sheets as it takes are taken out of their bags, read, and put away again; whoever asked closes the
    /// shares.
    void gather(Escrow.Sheets sheets, int secretBytes, List<Share> shares) {
        while (shares.size() < split.m()) {
            String there = shares.stream().map(share -> serial(share.number())).collect(Collectors.joining(", "));
            List<Participant> holders = holders(sheets, shares);
            Optional<Share> read;
            try (Secret typed = stage.ask(new Question.EnterWords(
                    "words-" + shares.size(),
                    Texts.get("ceremony.sheet.recover", shares.size() + 1, split.m()),
                    Texts.get("ceremony.sheet.recover.hint", there.isEmpty() ? "–" : there),
                    PaperShare.words(secretBytes),
                    Optional.empty(),
                    holders))) {
                read = read(typed, secretBytes);
            }
            read.ifPresent(share -> {
                boolean twice = shares.stream().anyMatch(one -> one.number() == share.number());
                if (twice) {
                    share.close();
                    refuse("twice", serial(share.number()));
                } else {
                    shares.add(share);
                    opened(sheets, share.number());
                }
            });
        }
    }

    private List<Participant> holders(Escrow.Sheets sheets, List<Share> shares) {
        return sheets.sheets().stream()
                .filter(sheet -> shares.stream().noneMatch(share -> share.number() == sheet.number()))
                .flatMap(sheet -> person(sheet).stream())
                .toList();
    }

    private Optional<Participant> person(Escrow.Sheet sheet) {
        return Stream.concat(stage.setting().roster().people().stream(), stage.performers().stream())
                .filter(one -> one.person().equals(sheet.person()))
                .findFirst();
    }

    /// Which bag it came out of, and into which it goes.
    private void opened(Escrow.Sheets sheets, int number) {
        Escrow.Sheet sheet = sheets.of(number)
                .orElseThrow(() -> StepFailed.hard(Problem.of("ceremony.sheet_unknown", serial(number))));
        // Whose card counts no more may have left: whoever performs the step answers in their place.
        Participant holder = person(sheet).orElseGet(() -> stage.performers().getFirst());
        String found =
                enter("bag-found-" + sheet.serial(), Texts.get("ceremony.sheet.bag_found", sheet.serial()), "", holder);
        boolean same = found.equals(sheet.bag());
        stage.observeAgain(Observation.stated(
                        "sheet_opened",
                        Texts.get("ceremony.sheet_opened.label", sheet.serial()),
                        found,
                        List.of(holder))
                .expected(sheet.bag(), same)
                .detail(about(number, sheet.person()).build()));
        if (!same) {
            stage.setting().front().notice(Problem.of("ceremony.sheet.other_bag", sheet.serial(), found, sheet.bag()));
        }
        seal(number, holder, sheet.custody());
    }
}
