package org.quorate.ceremony;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.card.Split;
import org.quorate.hsm.KeyCheckValue;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.Operation;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Ledger;
import org.quorate.script.Step.EscrowKey.Form;

/// A key in the hands of several people, by the entries of all ceremonies: where it comes from, how it is known again,
/// and who holds what.
///
/// @param entry the intent by which it came to a token
/// @param cards the shares that are sealed to cards
/// @param paper the shares that stand on sheets
record Escrow(Entry entry, Optional<ShareSet> cards, Optional<Sheets> paper) {
    private static final long AT_ONCE = 1_000;

    /// @param sheets by number, as they were last put away
    record Sheets(Split split, List<Sheet> sheets) {
        Sheets {
            sheets = List.copyOf(sheets);
        }

        Optional<Sheet> of(int number) {
            return sheets.stream().filter(sheet -> sheet.number() == number).findFirst();
        }
    }

    /// @param bag number of the bag that it was sealed into
    /// @param custody where it is kept
    record Sheet(int number, String person, String serial, String bag, String custody) {}

    KeyId id() {
        return new KeyId(entry.data().string("cka_id"));
    }

    String spec() {
        return entry.data().string("spec");
    }

    String purpose() {
        return entry.data().string("purpose");
    }

    KeyCheckValue checkValue() {
        return CheckValues.of(entry.data().object("check_value"));
    }

    boolean has(Form form) {
        return switch (form) {
            case CARDS -> cards.isPresent();
            case PAPER -> paper.isPresent();
        };
    }

    /// What an act says of one form of its shares.
    static Json.Obj terms(Split split, List<String> roles) {
        return Json.obj()
                .put("split", split.id())
                .put("m", split.m())
                .put("n", split.n())
                .put("roles", Json.strings(roles))
                .build();
    }

    static Split split(Json.Obj terms) {
        return new Split(
                terms.string("split"), Math.toIntExact(terms.integer("m")), Math.toIntExact(terms.integer("n")));
    }

    /// The labels of all keys that were ever put into escrow.
    static Set<String> labels(Ledger ledger) {
        var labels = new TreeSet<String>();
        long size = ledger.head().size();
        for (long from = 0; from < size; from += AT_ONCE) {
            ledger.range(from, Math.min(from + AT_ONCE, size)).stream()
                    .filter(entry -> entry.is(EntryType.INTENT)
                            && entry.data().string("op").equals(Operation.ESCROW_KEY.wire()))
                    .forEach(entry -> labels.add(entry.data().string("label")));
        }
        return labels;
    }

    /// The newest escrow of a key with this label that is known to have happened; empty where there is none.
    static Optional<Escrow> newest(Ledger ledger, String label) {
        var reader = new Reader(label);
        long size = ledger.head().size();
        for (long from = 0; from < size; from += AT_ONCE) {
            ledger.range(from, Math.min(from + AT_ONCE, size)).forEach(reader::learn);
        }
        return reader.found.map(entry -> new Escrow(
                entry,
                entry.data()
                        .optionalObject(Form.CARDS.wire())
                        .flatMap(terms -> reader.sealed(terms.string("split"), ledger)),
                entry.data().optionalObject(Form.PAPER.wire()).map(reader::sheets)));
    }

    private static final class Reader {
        private final String label;
        private final Map<Long, Entry> undecided = new HashMap<>();
        private final Map<String, Digest> sealed = new HashMap<>();
        private final Map<String, Map<Integer, Sheet>> sheets = new HashMap<>();
        private Optional<Entry> found = Optional.empty();

        Reader(String label) {
            this.label = label;
        }

        void learn(Entry entry) {
            switch (entry.type()) {
                case INTENT -> {
                    if (entry.data().string("op").equals(Operation.ESCROW_KEY.wire())
                            && entry.data().string("label").equals(label)) {
                        undecided.put(entry.seq(), entry);
                    }
                }
                case OUTCOME, RECONCILE -> settled(entry.data());
                case OBSERVATION -> observed(entry.data());
                default -> {}
            }
        }

        private void settled(Json.Obj data) {
            String result = data.has("finding") ? data.string("finding") : data.string("result");
            if (result.equals("done")) {
                found = Optional.ofNullable(undecided.get(data.integer("intent")))
                        .or(() -> found);
            }
        }

        private void observed(Json.Obj data) {
            switch (data.string("name")) {
                case "key_shares" ->
                    sealed.put(data.object("detail").string("split"), Digest.fromArtefactName(data.string("artefact")));
                case "sheet_sealed" -> {
                    Json.Obj detail = data.object("detail");
                    int number = Math.toIntExact(detail.integer("number"));
                    sheets.computeIfAbsent(detail.string("split"), fresh -> new TreeMap<>())
                            .put(
                                    number,
                                    new Sheet(
                                            number,
                                            detail.string("person"),
                                            detail.string("sheet"),
                                            detail.string("bag"),
                                            detail.string("custody")));
                }
                default -> {}
            }
        }

        private Optional<ShareSet> sealed(String split, Ledger ledger) {
            return Optional.ofNullable(sealed.get(split))
                    .flatMap(ledger::artefact)
                    .map(Json::parseObject)
                    .flatMap(ShareSet::fromJson)
                    .filter(set -> set.split().id().equals(split));
        }

        private Sheets sheets(Json.Obj terms) {
            Split split = split(terms);
            return new Sheets(
                    split,
                    new ArrayList<>(sheets.getOrDefault(split.id(), Map.of()).values()));
        }
    }
}
