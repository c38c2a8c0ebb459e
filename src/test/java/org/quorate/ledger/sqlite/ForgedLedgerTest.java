package org.quorate.ledger.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.ledger.Checkpoint;
import org.quorate.ledger.Cosign;
import org.quorate.ledger.Cosign.Meaning;
import org.quorate.ledger.CosignAlgorithm;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryCodec;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Expectations;
import org.quorate.ledger.Founding;
import org.quorate.ledger.Genesis;
import org.quorate.ledger.LedgerFixture;
import org.quorate.ledger.LedgerFixture.Console;
import org.quorate.ledger.LedgerFixture.Person;
import org.quorate.ledger.LedgerKey;
import org.quorate.ledger.MerkleTree;
import org.quorate.ledger.TrustFile;

/// What the holder of the console key writes, who can chain and sign checkpoints as he likes but has no officer's card.
/// The rows are perfect in form; what they claim is not so. Both verifiers refuse each, at the same entry.
class ForgedLedgerTest {
    private static final Json.Obj ACT = LedgerFixture.generate("00112233445566778899aabbccddeeff");
    private static final String NOBODY = "mallory";
    private static final byte[] SCRIPT = "title: A script".getBytes(UTF_8);
    private static final String SCRIPT_NAME = Digest.of(SCRIPT).artefactName();
    private static final byte[] UNAPPROVED = "title: Another script".getBytes(UTF_8);

    @TempDir
    private Path folder;

    /// The rows so far, and the people who can sign; after the founding, so that the next entry is number 6.
    private static final class Forge {
        final LedgerFixture fixture = new LedgerFixture();
        final RawLedger raw = new RawLedger();
        final Person mallory = Person.p256(NOBODY, "officer");

        /// The founders sign once for all forgeries.
        private static final Forge HONEST = new Forge();

        private static final Forge LIVE = new Forge();

        static {
            HONEST.founded(HONEST.fixture.founding());
            HONEST.add(LedgerFixture.ceremonyOpen());
            LIVE.founded(LIVE.fixture.founding(Genesis.Mode.LIVE));
        }

        Forge founded() {
            return after(HONEST);
        }

        /// A live site, at which no ceremony was begun yet.
        Forge live() {
            return after(LIVE);
        }

        private Forge after(Forge other) {
            raw.bodies.addAll(other.raw.bodies);
            raw.leaves.addAll(other.raw.leaves);
            raw.bodies.forEach(body -> fixture.clock.now());
            return this;
        }

        /// Approves the script, or withdraws it, by two officers and outside of any ceremony.
        void approve(String op, Json.Obj more) {
            Json.Obj act = Json.obj().put("op", op).put("script", SCRIPT_NAME).build();
            for (var member : more.members().entrySet()) {
                act = act.with(member.getKey(), member.getValue());
            }
            Json.Obj statement = LedgerFixture.statement(act, 1, "officer").data();
            Entry signed = add(with(SCRIPT, Draft.ofLedger(EntryType.STATEMENT, statement)));
            Entry[] approvals = {add(fixture.ann.approve(signed)), add(fixture.cem.approve(signed))};
            add(Draft.ofLedger(EntryType.SCRIPT_APPROVAL, act.with("quorum", Json.integers(List.of(seqs(approvals))))));
        }

        void approveUntil(String day) {
            approve("approve_script", Json.obj().put("next_review", day).build());
        }

        Entry open() {
            return open(SCRIPT);
        }

        Entry open(byte[] script) {
            Json.Obj data =
                    Json.obj().put("script", Digest.of(script).artefactName()).build();
            return add(with(script, Draft.ofCeremony(EntryType.CEREMONY_OPEN, LedgerFixture.CEREMONY, data)));
        }

        private Draft with(byte[] artefact, Draft draft) {
            return raw.artefacts.contains(artefact) ? draft : draft.with(List.of(artefact));
        }

        void founded(Founding founding) {
            Entry first =
                    add(Draft.ofLedger(EntryType.GENESIS, founding.genesis().toJson()));
            founding.cosigns().apply(first).forEach(this::add);
        }

        Entry add(Draft draft) {
            return raw.append(fixture, draft);
        }

        Entry statement() {
            return statement(ACT, 2);
        }

        Entry statement(Json.Obj act, int m) {
            return add(LedgerFixture.statement(act, m, "officer"));
        }

        Entry intent(Json.Obj act, Entry... approvals) {
            return add(LedgerFixture.act(EntryType.INTENT, act, seqs(approvals)));
        }

        Entry keyAdd(LedgerKey key, Entry... approvals) {
            return add(LedgerFixture.act(EntryType.KEY_ADD, key.toJson(), seqs(approvals)));
        }

        Entry checkpoint(Console signer) {
            return add(new Checkpoint("quorate.invalid/" + fixture.ledger, raw.size(), root()).draft(signer));
        }

        Digest root() {
            var tree = new MerkleTree();
            raw.leaves.forEach(tree::append);
            return tree.first(tree.size()).root();
        }

        static Long[] seqs(Entry... entries) {
            return Arrays.stream(entries).map(Entry::seq).toArray(Long[]::new);
        }
    }

    @FunctionalInterface
    private interface Forgery {
        /// Answers with the entry that must be named.
        Entry in(Forge forge);
    }

    private DynamicTest refused(String name, String rule, Forgery forgery) {
        return refused(name, rule, forgery, Forge::founded);
    }

    private DynamicTest refusedAtALiveSite(String name, Forgery forgery) {
        return refused(name, "ceremony.approval", forgery, Forge::live);
    }

    private DynamicTest refused(String name, String rule, Forgery forgery, UnaryOperator<Forge> site) {
        return DynamicTest.dynamicTest(name, () -> {
            Forge forge = site.apply(new Forge());
            Entry bad = forgery.in(forge);
            forge.checkpoint(forge.fixture.console);
            assertThat(judge(forge, Expectations.NONE).first()).isEqualTo(bad.seq() + " " + rule);
        });
    }

    private Judges.Judgement judge(Forge forge, Expectations expectations) throws Exception {
        return Judges.judge(forge.raw.write(folder.resolve("forged.db")), expectations);
    }

    @Test
    void judge_ofWhatTheForgeWritesHonestly_findsNothing() throws Exception {
        var forge = new Forge().founded();
        LedgerFixture f = forge.fixture;
        Entry statement = forge.statement();
        Entry intent = forge.intent(ACT, forge.add(f.ann.approve(statement)), forge.add(f.cem.approve(statement)));
        forge.add(LedgerFixture.outcome(intent.seq(), "done"));
        forge.checkpoint(f.console);

        assertThat(judge(forge, Expectations.NONE).findings()).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> judge_ofAnActThatNobodyApproved_namesTheAct() {
        return Stream.of(
                refused(
                        "no list of approvals",
                        "quorum.form",
                        g -> g.add(Draft.ofCeremony(EntryType.INTENT, LedgerFixture.CEREMONY, ACT))),
                refused(
                        "a list of something else",
                        "quorum.form",
                        g -> g.add(Draft.ofCeremony(
                                EntryType.INTENT,
                                LedgerFixture.CEREMONY,
                                ACT.with("quorum", Json.strings(List.of("7")))))),
                refused(
                        "true in the list",
                        "quorum.form",
                        g -> g.add(Draft.ofCeremony(
                                EntryType.INTENT,
                                LedgerFixture.CEREMONY,
                                ACT.with("quorum", Json.array(List.of(Json.of(true))))))),
                refused("one approval short", "quorum.persons", g -> {
                    Entry s = g.statement();
                    return g.intent(ACT, g.add(g.fixture.ann.approve(s)));
                }),
                refused("one person twice", "quorum.persons", g -> {
                    Entry s = g.statement();
                    return g.intent(ACT, g.add(g.fixture.ann.approve(s)), g.add(g.fixture.ann.approve(s)));
                }),
                refused("one approval listed twice", "quorum.persons", g -> {
                    Entry approval = g.add(g.fixture.ann.approve(g.statement()));
                    return g.intent(ACT, approval, approval);
                }),
                refused("a witness counted", "quorum.persons", g -> {
                    Entry s = g.statement();
                    return g.intent(ACT, g.add(g.fixture.ann.approve(s)), g.add(g.fixture.wil.approve(s)));
                }),
                refused("an attestation for an approval", "quorum.cosigns", g -> {
                    Entry s = g.statement();
                    return g.intent(
                            ACT, g.add(g.fixture.ann.approve(s)), g.add(g.fixture.bob.cosign(s, Meaning.WITNESS)));
                }),
                refused("a rejection for an approval", "quorum.cosigns", g -> {
                    Entry s = g.statement();
                    return g.intent(
                            ACT, g.add(g.fixture.ann.approve(s)), g.add(g.fixture.bob.cosign(s, Meaning.REJECT)));
                }),
                refused("no co-signature at all", "quorum.cosigns", g -> g.intent(ACT, g.statement())),
                refused("another act", "quorum.act", g -> {
                    Entry s = g.statement();
                    return g.intent(
                            LedgerFixture.generate("ff".repeat(16)),
                            g.add(g.fixture.ann.approve(s)),
                            g.add(g.fixture.bob.approve(s)));
                }),
                refused("an act with one member more", "quorum.act", g -> {
                    Entry s = g.statement();
                    return g.intent(
                            ACT.with("extractable", Json.of(true)),
                            g.add(g.fixture.ann.approve(s)),
                            g.add(g.fixture.bob.approve(s)));
                }),
                refused("an act with 1 for true", "quorum.act", g -> {
                    Entry s = g.statement();
                    return g.intent(
                            ACT.with("template", Json.obj().put("sensitive", 1).build()),
                            g.add(g.fixture.ann.approve(s)),
                            g.add(g.fixture.bob.approve(s)));
                }),
                refused("approvals of two statements", "quorum.statement", g -> {
                    Entry one = g.statement();
                    Entry two = g.statement();
                    return g.intent(ACT, g.add(g.fixture.ann.approve(one)), g.add(g.fixture.bob.approve(two)));
                }),
                refused("approvals of no statement", "quorum.statement", g -> {
                    Entry look = g.add(LedgerFixture.observation("a", "b"));
                    return g.intent(ACT, g.add(g.fixture.ann.approve(look)), g.add(g.fixture.bob.approve(look)));
                }),
                refused("a statement of another ceremony", "quorum.statement", g -> {
                    Draft here = LedgerFixture.statement(ACT, 2, "officer");
                    Entry s = g.add(Draft.ofCeremony(
                            EntryType.STATEMENT, UUID.fromString("00000000-0000-4000-8000-000000000000"), here.data()));
                    return g.intent(ACT, g.add(g.fixture.ann.approve(s)), g.add(g.fixture.bob.approve(s)));
                }),
                refused("an approval after the act", "quorum.cosigns", g -> {
                    Entry s = g.statement();
                    Entry first = g.add(g.fixture.ann.approve(s));
                    Entry act = g.add(LedgerFixture.act(EntryType.INTENT, ACT, first.seq(), first.seq() + 2));
                    g.add(g.fixture.bob.approve(s));
                    return act;
                }),
                refused("a statement that needs nobody", "statement.data", g -> g.statement(ACT, 0)),
                refused(
                        "a correction without approvals",
                        "quorum.form",
                        g -> g.add(Draft.ofCeremony(
                                EntryType.CORRECTION,
                                LedgerFixture.CEREMONY,
                                Json.obj()
                                        .put("quorum", Json.integers(List.of()))
                                        .build()))));
    }

    @TestFactory
    Stream<DynamicTest> judge_ofAForgedSignature_namesTheCosign() {
        return Stream.of(
                refused("signed by another key", "cosign.signature", g -> {
                    Entry s = g.statement();
                    byte[] message = Cosign.signedBytes(s, Meaning.APPROVE);
                    return g.add(Cosign.draft(
                            s, Meaning.APPROVE, g.fixture.ann.keyId(), CosignAlgorithm.ES256, g.mallory.sign(message)));
                }),
                refused("a key that nobody knows", "cosign.key", g -> g.add(g.mallory.approve(g.statement()))),
                refused("the console key", "cosign.key", g -> {
                    Entry s = g.statement();
                    byte[] sig = g.fixture.console.sign(Cosign.signedBytes(s, Meaning.APPROVE));
                    return g.add(Cosign.draft(
                            s, Meaning.APPROVE, Digest.of(g.fixture.console.spki()), CosignAlgorithm.ES256, sig));
                }),
                refused("a later target", "cosign.target", g -> {
                    Entry s = g.statement();
                    return g.add(changed(g.fixture.ann.approve(s), "target", Json.of(s.seq() + 5)));
                }),
                refused(
                        "a leaf that is not the target's",
                        "cosign.target",
                        g -> g.add(changed(g.fixture.ann.approve(g.statement()), "leaf", Json.of("0".repeat(64))))),
                refused(
                        "another ceremony",
                        "cosign.ceremony",
                        g -> g.add(Draft.ofLedger(
                                EntryType.COSIGN,
                                g.fixture.ann.approve(g.statement()).data()))),
                refused(
                        "another algorithm",
                        "cosign.signature",
                        g -> g.add(changed(g.fixture.bob.approve(g.statement()), "alg", Json.of("ES256")))),
                refused(
                        "an algorithm that is none",
                        "cosign.data",
                        g -> g.add(changed(g.fixture.ann.approve(g.statement()), "alg", Json.of("none")))),
                refused(
                        "a meaning that is none",
                        "cosign.data",
                        g -> g.add(changed(g.fixture.ann.approve(g.statement()), "meaning", Json.of("agree")))),
                refused("a signature in another spelling", "cosign.signature", g -> {
                    Draft approval = g.fixture.ann.approve(g.statement());
                    byte[] der = Base64.getDecoder().decode(approval.data().string("sig"));
                    return g.add(
                            changed(approval, "sig", Json.of(Base64.getEncoder().encodeToString(padded(der)))));
                }),
                refused("a signature with bytes after it", "cosign.signature", g -> {
                    Draft approval = g.fixture.cem.approve(g.statement());
                    byte[] sig = Base64.getDecoder().decode(approval.data().string("sig"));
                    return g.add(changed(
                            approval,
                            "sig",
                            Json.of(Base64.getEncoder().encodeToString(Arrays.copyOf(sig, sig.length + 1)))));
                }),
                refused(
                        "an empty signature",
                        "cosign.signature",
                        g -> g.add(changed(g.fixture.ann.approve(g.statement()), "sig", Json.of("")))),
                refused("base64 in another spelling", "cosign.data", g -> {
                    Draft approval = g.fixture.cem.approve(g.statement());
                    return g.add(
                            changed(approval, "sig", Json.of(approval.data().string("sig") + "\n")));
                }));
    }

    private static Draft changed(Draft draft, String key, Json value) {
        return new Draft(
                draft.type(), draft.ceremony(), draft.step(), draft.data().with(key, value), List.of());
    }

    /// The same two numbers, the first with a zero more in front.
    private static byte[] padded(byte[] der) {
        byte[] out = new byte[der.length + 1];
        System.arraycopy(der, 0, out, 0, 4);
        System.arraycopy(der, 4, out, 5, der.length - 4);
        out[1]++;
        out[3]++;
        return out;
    }

    @TestFactory
    Stream<DynamicTest> judge_ofForgedKeys_namesTheEntry() {
        return Stream.of(
                refused("an officer added without approvals", "quorum.form", g -> {
                    Entry added = g.keyAdd(g.mallory.key());
                    g.add(g.mallory.approve(added));
                    return added;
                }),
                refused("an officer added by fewer than the genesis asks", "quorum.persons", g -> {
                    Entry s = g.statement(g.mallory.key().toJson(), 1);
                    Entry added = g.keyAdd(g.mallory.key(), g.add(g.fixture.ann.approve(s)));
                    g.add(g.mallory.approve(added));
                    return added;
                }),
                refused("an officer added without a card", "key_add.own_cosign", g -> {
                    Entry s = g.statement(g.mallory.key().toJson(), 2);
                    g.keyAdd(g.mallory.key(), g.add(g.fixture.ann.approve(s)), g.add(g.fixture.bob.approve(s)));
                    return g.add(LedgerFixture.observation("a", "b"));
                }),
                refused("an officer added and signed by another", "key_add.own_cosign", g -> {
                    Entry s = g.statement(g.mallory.key().toJson(), 2);
                    Entry added =
                            g.keyAdd(g.mallory.key(), g.add(g.fixture.ann.approve(s)), g.add(g.fixture.bob.approve(s)));
                    return g.add(g.fixture.ann.approve(added));
                }),
                refused("a second console key", "key_add.data", g -> {
                    LedgerKey key = LedgerKey.ofConsole(g.mallory.spki());
                    Entry s = g.statement(key.toJson(), 2);
                    return g.keyAdd(key, g.add(g.fixture.ann.approve(s)), g.add(g.fixture.bob.approve(s)));
                }),
                refused("a key that is known", "key_add.data", g -> {
                    LedgerKey key =
                            LedgerKey.ofPerson("zoe", List.of("officer"), g.fixture.ann.spki(), Optional.empty());
                    Entry s = g.statement(key.toJson(), 2);
                    return g.keyAdd(key, g.add(g.fixture.ann.approve(s)), g.add(g.fixture.bob.approve(s)));
                }),
                refused("a key under another id", "key_add.data", g -> {
                    Json.Obj key = g.mallory
                            .key()
                            .toJson()
                            .with("id", Json.of(g.fixture.dora.keyId().hex()));
                    Entry s = g.statement(key, 2);
                    return g.add(LedgerFixture.act(
                            EntryType.KEY_ADD,
                            key,
                            Forge.seqs(g.add(g.fixture.ann.approve(s)), g.add(g.fixture.bob.approve(s)))));
                }),
                refused("a second card of one person counted twice", "quorum.persons", g -> {
                    Person second = new Person("ann", List.of("officer"), g.mallory.keys(), CosignAlgorithm.ES256);
                    Entry joining = g.statement(second.key().toJson(), 2);
                    Entry added = g.keyAdd(
                            second.key(), g.add(g.fixture.ann.approve(joining)), g.add(g.fixture.bob.approve(joining)));
                    g.add(second.approve(added));
                    Entry s = g.statement();
                    return g.intent(ACT, g.add(g.fixture.ann.approve(s)), g.add(second.approve(s)));
                }),
                refused("a device that approves", "cosign.key", g -> {
                    LedgerKey key = LedgerKey.ofDevice(g.mallory.spki(), Optional.empty());
                    Entry joining = g.statement(key.toJson(), 2);
                    Entry added =
                            g.keyAdd(key, g.add(g.fixture.ann.approve(joining)), g.add(g.fixture.bob.approve(joining)));
                    g.add(g.mallory.approve(added));
                    return g.add(g.mallory.approve(g.statement()));
                }),
                refused("a retired key that signs", "cosign.key", g -> {
                    retire(g, g.fixture.bob);
                    return g.add(g.fixture.bob.approve(g.statement()));
                }),
                refused("an approval by a key that was retired since", "quorum.persons", g -> {
                    Entry s = g.statement();
                    Entry early = g.add(g.fixture.bob.approve(s));
                    retire(g, g.fixture.bob);
                    return g.intent(ACT, early, g.add(g.fixture.ann.approve(s)));
                }),
                refused("a key retired twice", "key_retire.key", g -> {
                    retire(g, g.fixture.bob);
                    return retire(g, g.fixture.bob);
                }),
                refused("a key retired by one person", "quorum.persons", g -> {
                    Json.Obj leaving =
                            g.fixture.keyRetire(g.fixture.bob, "lost").data();
                    Entry s = g.statement(leaving, 2);
                    return g.add(LedgerFixture.act(
                            EntryType.KEY_RETIRE, leaving, Forge.seqs(g.add(g.fixture.ann.approve(s)))));
                }),
                refused("a script approved by one person", "quorum.persons", g -> {
                    Json.Obj approval = script(g, "approve_script");
                    Entry s = g.statement(approval, 1);
                    return g.add(LedgerFixture.act(
                            EntryType.SCRIPT_APPROVAL, approval, Forge.seqs(g.add(g.fixture.ann.approve(s)))));
                }),
                refused("another script than the one that was signed for", "quorum.act", g -> {
                    Json.Obj approval = script(g, "approve_script");
                    Entry s = g.statement(approval, 2);
                    return g.add(LedgerFixture.act(
                            EntryType.SCRIPT_APPROVAL,
                            approval.with("op", Json.of("withdraw_script")),
                            Forge.seqs(g.add(g.fixture.ann.approve(s)), g.add(g.fixture.cem.approve(s)))));
                }),
                refused(
                        "an approval of a script by nobody",
                        "quorum.form",
                        g -> g.add(LedgerFixture.act(EntryType.SCRIPT_APPROVAL, script(g, "withdraw_script")))),
                refused(
                        "a script that is praised",
                        "script_approval.data",
                        g -> g.add(LedgerFixture.act(EntryType.SCRIPT_APPROVAL, script(g, "praise_script")))),
                refused(
                        "an approval of no file",
                        "script_approval.data",
                        g -> g.add(LedgerFixture.act(
                                EntryType.SCRIPT_APPROVAL,
                                script(g, "approve_script").with("script", Json.of("root.yaml"))))),
                refused(
                        "a second genesis",
                        "genesis.place",
                        g -> g.add(Draft.ofLedger(
                                EntryType.GENESIS, g.fixture.genesis().toJson()))));
    }

    /// The act on a script that the ledger holds.
    private static Json.Obj script(Forge g, String op) {
        g.add(Draft.ofCeremony(
                        EntryType.OBSERVATION,
                        LedgerFixture.CEREMONY,
                        Json.obj().put("script", SCRIPT_NAME).build())
                .with(List.of(SCRIPT)));
        return Json.obj().put("op", op).put("script", SCRIPT_NAME).build();
    }

    @Test
    void judge_ofAScriptThatAQuorumApproved_findsNothing() throws Exception {
        var forge = new Forge().founded();
        Json.Obj approval = script(forge, "approve_script");
        Entry s = forge.statement(approval, 1);
        forge.add(LedgerFixture.act(
                EntryType.SCRIPT_APPROVAL,
                approval,
                Forge.seqs(forge.add(forge.fixture.ann.approve(s)), forge.add(forge.fixture.cem.approve(s)))));

        assertThat(judge(forge, Expectations.NONE).findings()).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> judge_ofCeremoniesThatNobodyApproved_namesTheirBeginning() {
        return Stream.of(
                refusedAtALiveSite("a script that nobody approved", g -> g.open(UNAPPROVED)),
                refusedAtALiveSite("a script whose approval was withdrawn", g -> {
                    g.approveUntil("2027-11-22");
                    g.approve("withdraw_script", Json.obj().put("why", "wrong").build());
                    return g.open();
                }),
                refusedAtALiveSite("a script on the day on which its approval ends", g -> {
                    g.approveUntil("2026-11-22");
                    return g.open();
                }),
                refusedAtALiveSite("a script that is approved until no day", g -> {
                    g.approveUntil("for ever");
                    return g.open();
                }),
                refusedAtALiveSite("another script than the approved one", g -> {
                    g.approveUntil("2027-11-22");
                    return g.open(UNAPPROVED);
                }),
                refusedAtALiveSite("another script in the middle", g -> {
                    g.approveUntil("2027-11-22");
                    g.open();
                    return g.open(UNAPPROVED);
                }),
                refusedAtALiveSite("no opening at all", Forge::statement),
                refusedAtALiveSite("an opening of no script", g -> g.add(LedgerFixture.ceremonyOpen())),
                refusedAtALiveSite(
                        "an act outside of any ceremony",
                        g -> g.add(Draft.ofLedger(
                                EntryType.INTENT,
                                LedgerFixture.act(EntryType.INTENT, ACT).data()))));
    }

    @Test
    void judge_ofACeremonyUnderAnApproval_findsNothing() throws Exception {
        var forge = new Forge().live();
        forge.approveUntil("2026-11-22");
        forge.approveUntil("2026-11-23");
        forge.open();
        Entry s = forge.statement();
        forge.intent(ACT, forge.add(forge.fixture.ann.approve(s)), forge.add(forge.fixture.cem.approve(s)));

        assertThat(judge(forge, Expectations.NONE).first()).isEqualTo("sound");
    }

    private static Entry retire(Forge g, Person person) {
        Json.Obj leaving = g.fixture.keyRetire(person, "lost").data();
        Entry s = g.statement(leaving, 2);
        return g.add(LedgerFixture.act(
                EntryType.KEY_RETIRE,
                leaving,
                Forge.seqs(g.add(g.fixture.ann.approve(s)), g.add(g.fixture.cem.approve(s)))));
    }

    @TestFactory
    Stream<DynamicTest> judge_ofForgedOutcomesCheckpointsAndAnchors_namesTheEntry() {
        return Stream.of(
                refused("an outcome of nothing", "outcome.intent", g -> g.add(LedgerFixture.outcome(3, "done"))),
                refused("a second outcome", "outcome.intent", g -> {
                    Entry intent = g.intent(ACT);
                    g.add(LedgerFixture.outcome(intent.seq(), "refused"));
                    return g.add(LedgerFixture.outcome(intent.seq(), "done"));
                }),
                refused("an outcome after an unknown one", "outcome.intent", g -> {
                    Entry intent = g.intent(ACT);
                    g.add(LedgerFixture.outcome(intent.seq(), "unknown"));
                    return g.add(LedgerFixture.outcome(intent.seq(), "done"));
                }),
                refused("a second reconciliation", "outcome.intent", g -> {
                    Entry intent = g.intent(ACT);
                    g.add(LedgerFixture.reconcile(intent.seq(), "done"));
                    return g.add(LedgerFixture.reconcile(intent.seq(), "not_done"));
                }),
                refused(
                        "a result that is none",
                        "outcome.data",
                        g -> g.add(LedgerFixture.outcome(g.intent(ACT).seq(), "maybe"))),
                refused(
                        "a checkpoint by another key",
                        "checkpoint.signature",
                        g -> g.checkpoint(new Console(g.mallory.keys()))),
                refused(
                        "a checkpoint of another root",
                        "checkpoint.root",
                        g -> g.add(new Checkpoint("quorate.invalid/" + g.fixture.ledger, g.raw.size(), Digest.ZERO)
                                .draft(g.fixture.console))),
                refused(
                        "a checkpoint of another size",
                        "checkpoint.size",
                        g -> g.add(new Checkpoint("quorate.invalid/" + g.fixture.ledger, g.raw.size() - 1, g.root())
                                .draft(g.fixture.console))),
                refused(
                        "a checkpoint of another ledger",
                        "checkpoint.origin",
                        g -> g.add(new Checkpoint("quorate.invalid/other", g.raw.size(), g.root())
                                .draft(g.fixture.console))),
                refused(
                        "a checkpoint without a signature",
                        "checkpoint.note",
                        g -> g.add(note(
                                new Checkpoint("quorate.invalid/" + g.fixture.ledger, g.raw.size(), g.root()).text()
                                        + "\n"))),
                refused("a checkpoint with a line more", "checkpoint.note", g -> {
                    String text = new Checkpoint("quorate.invalid/" + g.fixture.ledger, g.raw.size(), g.root())
                            .sign(g.fixture.console);
                    return g.add(note(text.replaceFirst("\n\n", "\nmore\n\n")));
                }),
                refused("an anchor of another root", "anchor.data", g -> g.add(anchor(3, Digest.ZERO.hex()))),
                refused("an anchor of later entries", "anchor.data", g -> g.add(anchor(99, Digest.ZERO.hex()))));
    }

    private static Draft note(String text) {
        return Draft.ofLedger(EntryType.CHECKPOINT, Json.obj().put("note", text).build());
    }

    private static Draft anchor(long size, String root) {
        return Draft.ofLedger(
                EntryType.ANCHOR, Json.obj().put("size", size).put("root", root).build());
    }

    @Test
    void judge_ofAnotherSignersLineBesideOurs_ignoresIt() throws Exception {
        var forge = new Forge().founded();
        String text = new Checkpoint("quorate.invalid/" + forge.fixture.ledger, forge.raw.size(), forge.root())
                .sign(forge.fixture.console);
        forge.add(note(text + "— witness.example " + Base64.getEncoder().encodeToString(new byte[72]) + "\n"));

        assertThat(judge(forge, Expectations.NONE).findings()).isEmpty();
    }

    @Test
    void judge_ofInventedFounders_agreesWithoutTrustAndDisagreesWithIt() throws Exception {
        var honest = new Forge().founded();
        TrustFile trust = TrustFile.of(EntryCodec.decode(honest.raw.bodies.getFirst()));
        var forge = new Forge();
        Genesis genesis = new Genesis(
                forge.fixture.ledger,
                Genesis.Mode.REHEARSAL,
                1,
                1,
                List.of(LedgerKey.ofConsole(forge.fixture.console.spki()), forge.mallory.key()),
                Optional.empty());
        forge.founded(new Founding(genesis, first -> List.of(forge.mallory.approve(first))));
        forge.checkpoint(forge.fixture.console);

        assertThat(judge(forge, Expectations.NONE).code()).isZero();
        assertThat(judge(forge, new Expectations(List.of(), Optional.of(trust))))
                .isEqualTo(new Judges.Judgement(1, List.of("0 trust.genesis")));
    }

    @Test
    void judge_ofAnotherConsole_disagreesWithTheTrustFile() throws Exception {
        var honest = new Forge().founded();
        TrustFile trust = TrustFile.of(EntryCodec.decode(honest.raw.bodies.getFirst()));
        var forge = new Forge();
        var keys = new ArrayList<LedgerKey>(forge.fixture.genesis().keys());
        keys.set(0, LedgerKey.ofConsole(forge.mallory.spki()));
        Genesis genesis = new Genesis(forge.fixture.ledger, Genesis.Mode.REHEARSAL, 2, 3, keys, Optional.empty());
        forge.founded(new Founding(genesis, forge.fixture.founding().cosigns()));

        assertThat(judge(forge, new Expectations(List.of(), Optional.of(trust))).findings())
                .containsExactly("0 trust.console_key", "0 trust.genesis");
    }

    @TestFactory
    Stream<DynamicTest> judge_ofAFoundingThatIsNone_namesTheEntry() {
        return Stream.of(
                founding(
                        "a founder missing",
                        "4 genesis.founders",
                        (f, first) -> List.of(f.ann.approve(first), f.bob.approve(first), f.cem.approve(first))),
                founding(
                        "a founder twice",
                        "2 genesis.founders",
                        (f, first) -> List.of(
                                f.ann.approve(first),
                                f.ann.approve(first),
                                f.cem.approve(first),
                                f.wil.approve(first))),
                founding(
                        "a founder who only watched",
                        "1 genesis.founders",
                        (f, first) -> List.of(
                                f.ann.cosign(first, Meaning.WITNESS),
                                f.bob.approve(first),
                                f.cem.approve(first),
                                f.wil.approve(first))),
                founding(
                        "a founder's signature by another",
                        "2 cosign.signature",
                        (f, first) -> List.of(
                                f.ann.approve(first),
                                changed(
                                        f.bob.approve(first),
                                        "sig",
                                        f.ann.approve(first).data().get("sig").orElseThrow()),
                                f.cem.approve(first),
                                f.wil.approve(first))));
    }

    @FunctionalInterface
    private interface Signing {
        List<Draft> of(LedgerFixture fixture, Entry first);
    }

    private DynamicTest founding(String name, String expected, Signing signing) {
        return DynamicTest.dynamicTest(name, () -> {
            var forge = new Forge();
            forge.founded(new Founding(forge.fixture.genesis(), first -> signing.of(forge.fixture, first)));
            forge.add(LedgerFixture.ceremonyOpen());
            forge.checkpoint(forge.fixture.console);
            assertThat(judge(forge, Expectations.NONE).first()).isEqualTo(expected);
        });
    }

    @Test
    void judge_ofALedgerThatEndsBeforeTheFoundersSigned_namesTheGenesis() throws Exception {
        var forge = new Forge();
        forge.founded(new Founding(forge.fixture.genesis(), first -> List.of(forge.fixture.ann.approve(first))));

        assertThat(judge(forge, Expectations.NONE).findings()).containsExactly("0 genesis.founders");
    }

    @Test
    void judge_ofALedgerThatEndsBeforeTheNewKeySigned_namesTheKey() throws Exception {
        var forge = new Forge().founded();
        LedgerFixture f = forge.fixture;
        Entry s = forge.statement(f.dora.key().toJson(), 2);
        Entry added = forge.keyAdd(f.dora.key(), forge.add(f.ann.approve(s)), forge.add(f.bob.approve(s)));

        assertThat(judge(forge, Expectations.NONE).findings()).containsExactly(added.seq() + " key_add.own_cosign");
    }

    @Test
    void judge_ofAnIntentLeftOpen_warnsAndStaysSound() throws Exception {
        var forge = new Forge().founded();
        Entry intent = forge.intent(ACT);
        Entry unsure = forge.intent(ACT);
        forge.add(LedgerFixture.outcome(unsure.seq(), "unknown"));

        assertThat(judge(forge, Expectations.NONE))
                .isEqualTo(
                        new Judges.Judgement(0, List.of(intent.seq() + " intent.open", unsure.seq() + " intent.open")));
    }

    @Test
    void judge_ofAGenesisWithTwoConsoles_namesIt() throws Exception {
        var forge = new Forge();
        Json.Obj genesis = forge.fixture.genesis().toJson();
        var keys = new ArrayList<Json>(genesis.array("keys"));
        keys.add(LedgerKey.ofConsole(forge.mallory.spki()).toJson());
        forge.add(Draft.ofLedger(EntryType.GENESIS, genesis.with("keys", Json.array(keys))));

        assertThat(judge(forge, Expectations.NONE).findings()).containsExactly("0 genesis.data");
    }

    @Test
    void judge_ofABodyNotUtf8InAnArtefact_mindsOnlyItsDigest() throws Exception {
        var forge = new Forge().founded();
        byte[] photo = {(byte) 0xff, 0, (byte) 0xd8};
        forge.add(Draft.ofCeremony(
                        EntryType.OBSERVATION,
                        LedgerFixture.CEREMONY,
                        Json.obj()
                                .put("photo", Digest.of(photo).artefactName())
                                .put("text", new String("é".getBytes(UTF_8), UTF_8))
                                .build())
                .with(List.of(photo)));

        assertThat(judge(forge, Expectations.NONE).findings()).isEmpty();
    }
}
