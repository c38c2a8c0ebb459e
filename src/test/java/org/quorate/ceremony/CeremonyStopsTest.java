package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.ceremony.TestRoom.step;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.card.CardKey;
import org.quorate.ceremony.Question.BringFile;
import org.quorate.ceremony.Question.Choose;
import org.quorate.ceremony.Question.EnterWords;
import org.quorate.ceremony.Question.OpenShare;
import org.quorate.ceremony.Question.SetCardPin;
import org.quorate.hsm.ObjectClass;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.sqlite.crash.InMemory;
import org.quorate.quorum.directory.OpensslSigner;
import org.quorate.quorum.securitydomain.ManagedHsm;

/// Ceremonies that turn on people's cards and on what only memory holds, broken off at each entry that they write and
/// at each call of a card. Whatever came between, people go on and it ends well: nothing that was on record is asked
/// again, no card signs the same twice, no secret stays in memory, and both verifiers accept what is left.
class CeremonyStopsTest {
    private static final String NEW_PIN = "573190";

    @TempDir(factory = InMemory.class)
    private static Path outside;

    @TempDir(factory = InMemory.class)
    private Path folder;

    private static ManagedHsm managed;
    private static byte[] groups;

    @BeforeAll
    static void prepare() throws Exception {
        managed = new ManagedHsm(outside);
        groups = new OpensslSigner(Files.createDirectory(outside.resolve("team")))
                .sign("group,name\nhsm-witnesses,wil\nhsm-officers,ann\nhsm-officers,bob\nhsm-officers,dora\n");
    }

    private static void goOn(TestRoom room, Map<String, String> choices) {
        room.front.always(
                Choose.class,
                question -> question.name().equals(Choose.AFTER_FAILURE)
                        ? "retry"
                        : choices.getOrDefault(question.name(), "nothing"));
    }

    // ---- roster ----

    @Test
    void roster_isCheckedOnce_whateverStopsIt() throws Exception {
        Stops.breakNowhere(
                folder,
                new Stops.Play(
                        List.of(
                                step(
                                        "check_roster",
                                        "compare-officers",
                                        "role: officer",
                                        "group: hsm-officers",
                                        "file: groups.p7m"),
                                step(
                                        "check_roster",
                                        "compare-witnesses",
                                        "role: witness",
                                        "group: hsm-witnesses",
                                        "file: groups.p7m")),
                        room -> room.front.always(BringFile.class, question -> groups),
                        (room, stopped) -> {
                            assertThat(room.observed("file_brought")).hasSize(1);
                            assertThat(room.observed("directory_signer")).hasSize(1);
                            assertThat(room.observed("roster_checked"))
                                    .extracting(data -> data.string("verdict"))
                                    .containsExactly("differs", "matches");
                            assertThat(room.observed("differences_next")).hasSize(1);
                            assertThat(stopped.had("file_brought") && stopped.askedAgain(room, BringFile.class) > 0)
                                    .isFalse();
                        }));
    }

    // ---- security domain ----

    @Test
    void securityDomain_reachesTheOtherHsm_asOneFile_whateverStopsIt() throws Exception {
        var files = new HashMap<String, byte[]>();
        Stops.breakNowhere(
                folder,
                new Stops.Play(
                        List.of(step(
                                "restore_security_domain",
                                "restore",
                                "file: domain.json",
                                "exchange: exchange.pem",
                                "out: blob.json",
                                "quorum: officers")),
                        room -> {
                            List<TestCard> cards = List.of(room.ann, room.bob, room.cem);
                            cards.forEach(TestCard::sealWithRsa);
                            if (files.isEmpty()) {
                                files.put(
                                        "domain.json",
                                        managed.domain(
                                                2,
                                                cards.stream()
                                                        .map(card -> card.certificate(CardKey.SEALING)
                                                                .orElseThrow())
                                                        .toList()));
                                files.put("exchange.pem", managed.exchangeKey());
                            }
                            room.front.always(BringFile.class, question -> files.get(question.fileName()));
                        },
                        (room, stopped) -> {
                            Json.Obj made = room.observed("file_made").getFirst();
                            byte[] blob = room.ledger
                                    .artefact(Digest.fromArtefactName(made.string("artefact")))
                                    .orElseThrow();
                            assertThat(room.front.taken.get("blob.json")).isEqualTo(blob);
                            assertThat(room.now().attempts("restore")).hasSize(1);
                            if (stopped.had("file_made")) {
                                assertThat(stopped.askedAgain(room, OpenShare.class))
                                        .isZero();
                            }
                            if (stopped.at().equals(Break.NOWHERE)) {
                                assertThat(managed.received(blob)).isEqualTo(ManagedHsm.CONTENT);
                            }
                        }));
    }

    // ---- PINs of cards ----

    private static Stops.Play pins(String kind, String first) {
        return new Stops.Play(
                List.of(step(kind, "pins", "role: officer")),
                room -> {
                    room.ann.triesLeft = kind.equals("unblock_card") ? 0 : 3;
                    room.front
                            .always(
                                    SetCardPin.class,
                                    question -> new Question.CardPinAnswer.Typed(
                                            room.ann, room.front.secret(first), room.front.secret(NEW_PIN)))
                            .always(Choose.class, question -> switch (question.name()) {
                                case "whose_card_1" -> "ann";
                                case "card-pin-holds-1" -> room.ann.pin.equals(NEW_PIN) ? "new" : "before";
                                default -> "nobody";
                            });
                },
                (room, stopped) -> {
                    List<String> holds = room.observed("card_pin_holds").stream()
                            .map(data -> data.object("detail").string("holds"))
                            .toList();
                    assertThat(holds).containsExactly(room.ann.pin.equals(NEW_PIN) ? "new" : "before");
                    // What was about to be asked of the card is settled each time.
                    assertThat(room.observed("card_pin")).hasSameSizeAs(room.observed("card_pin_begun"));
                    if (stopped.had("card_pin_begun") && stopped.at().stops()) {
                        assertThat(stopped.askedAgain(room, SetCardPin.class)).isZero();
                    }
                });
    }

    @Test
    void newPin_ofACard_isKnownToHoldOrNot_whateverStopsIt() throws Exception {
        Stops.breakNowhere(folder, pins("change_card_pin", TestCard.PIN));
    }

    @Test
    void unblockedCard_isKnownToHaveItsNewPin_whateverStopsIt() throws Exception {
        Stops.breakNowhere(folder, pins("unblock_card", TestCard.PUK));
    }

    // ---- escrow ----

    private static String escrow(String... holders) {
        return step(
                "escrow_key",
                "escrow",
                Stream.concat(Stream.of("key: kek", "token: primary", "quorum: officers"), Stream.of(holders))
                        .toArray(String[]::new));
    }

    private static String recover(String from) {
        return step("recover_key", "recover", "key: kek", "token: backup", "quorum: officers", "from: " + from);
    }

    /// Sheets are read from the newest set; those of earlier ones were destroyed.
    private static void readTheNewest(TestRoom room) {
        var words = new TreeMap<String, String>();
        room.front.always(EnterWords.class, question -> {
            question.practice().ifPresent(printed -> {
                if (question.name().endsWith("-1")) {
                    words.clear();
                }
                words.put(question.name(), printed);
            });
            int number = question.name().charAt(question.name().length() - 1) - '0';
            return room.front.secret(question.practice()
                    .orElseGet(() -> List.copyOf(words.values()).get(number)));
        });
    }

    private static void everySheetIsAccountedFor(TestRoom room) {
        List<String> gone = room.now()
                .of(EntryType.OBSERVATION)
                .map(Entry::data)
                .filter(data -> data.string("name").startsWith("void_sheets"))
                .map(data -> data.string("label"))
                .toList();
        List<String> kept = room.observed("sheet_sealed").stream()
                .map(data -> data.object("detail").string("sheet"))
                .toList();
        for (String file : room.front.taken.keySet()) {
            String serial = file.substring("share-".length(), file.length() - ".pdf".length());
            assertThat(kept.contains(serial) || gone.stream().anyMatch(label -> label.contains(serial)))
                    .as("sheet %s is in its bag or destroyed", serial)
                    .isTrue();
        }
    }

    @Test
    void keyOnPaper_isOneKey_andEverySheetIsAccountedFor_whateverStopsIt() throws Exception {
        Stops.breakNowhere(
                folder,
                new Stops.Play(
                        List.of(escrow("paper: officers", "custody: Three safes"), recover("paper")),
                        room -> {
                            goOn(room, Map.of());
                            readTheNewest(room);
                        },
                        (room, stopped) -> {
                            oneKey(room, stopped);
                            everySheetIsAccountedFor(room);
                        }));
    }

    private static void oneKey(TestRoom room, Stops.Stopped stopped) {
        for (String serial : List.of("S1", "S2")) {
            assertThat(((TestHsm) room.used()).token(serial).kinds()).containsExactly(ObjectClass.SECRET_KEY);
        }
        assertThat(room.observed("check_value"))
                .allMatch(data -> data.string("verdict").equals("matches"));
        boolean keyIsGone = stopped.at().stops()
                && stopped.entries().stream().anyMatch(entry -> entry.is(EntryType.STATEMENT))
                && stopped.entries().stream().noneMatch(entry -> entry.is(EntryType.INTENT));
        if (keyIsGone) {
            // Nobody is asked to approve what cannot be done any more.
            assertThat(room.front.asked.get(stopped.asked()).name()).isEqualTo(Choose.AFTER_FAILURE);
        }
    }

    @Test
    void keyOnCards_isOneKey_whateverStopsEscrowOrRecovery() throws Exception {
        Stops.breakNowhere(
                folder,
                new Stops.Play(
                        List.of(escrow("cards: officers"), recover("cards")),
                        room -> goOn(room, Map.of()),
                        CeremonyStopsTest::oneKey));
    }
}
