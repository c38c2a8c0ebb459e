package org.quorate.record;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.hsm.Attribute;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.KeyReport;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.ObjectClass;
import org.quorate.hsm.Template;
import org.quorate.ledger.EntryType;
import org.quorate.quorum.Quorum;
import org.quorate.script.Act;
import org.quorate.script.KeyDefinition;
import org.quorate.script.Script;
import org.quorate.script.Step;
import org.quorate.script.Step.Head;

/// A ceremony in which much goes wrong and is dealt with: the fixture of every test of records.
public final class SampleCeremony {
    private static final Map<String, String> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put("okafor", "Adaeze Okafor");
        NAMES.put("lindqvist", "Johan Lindqvist");
        NAMES.put("tanaka", "Mariko Tanaka");
        NAMES.put("brandt", "Eleonore Brandt");
        NAMES.put("szabo", "Gergő Szabó");
        NAMES.put("haddad", "Layla Haddad");
    }

    private static final Map<String, String> ROLES = Map.of(
            "okafor",
            "officer",
            "lindqvist",
            "officer",
            "tanaka",
            "officer",
            "brandt",
            "administrator",
            "szabo",
            "witness",
            "haddad",
            "security_officer");
    static final String KEY_ID = "5f1c9a0233d84e7bb1a60d94c7e2f318";

    private final FakeEntries ledger = new FakeEntries(List.copyOf(NAMES.keySet()));
    private final Script script;
    private final int furtherSteps;
    private final String remark;
    private final String mode;

    private SampleCeremony(int furtherSteps, String remark, String mode) {
        this.mode = mode;
        this.furtherSteps = furtherSteps;
        this.remark = remark;
        script = script(furtherSteps);
        tell();
    }

    public static SampleCeremony create() {
        return new SampleCeremony(44, "The label on the bag is smudged.", "rehearsal");
    }

    public static SampleCeremony withSteps(int further) {
        return new SampleCeremony(further, "The label on the bag is smudged.", "rehearsal");
    }

    /// @param remark what a person typed in, of whatever characters
    public static SampleCeremony withRemark(String remark) {
        return new SampleCeremony(0, remark, "rehearsal");
    }

    public static SampleCeremony live() {
        return new SampleCeremony(0, "None.", "live");
    }

    public FakeEntries ledger() {
        return ledger;
    }

    public Script script() {
        return script;
    }

    public Extract extract() {
        return ledger.extract();
    }

    public CeremonyRecord record() {
        return record(extract());
    }

    public CeremonyRecord record(Extract extract) {
        return CeremonyRecord.of(
                new CeremonyRecord.Sources(extract.entries(), script, ledger.artefacts(), ledger.checkpoint()));
    }

    public Attachments attachments() {
        return Attachments.of(
                record(), extract(), ledger.artefacts(), "print('verified')\n".getBytes(StandardCharsets.UTF_8));
    }

    public static Script script(int furtherSteps) {
        var roles = new LinkedHashMap<String, Script.RoleSpec>();
        roles.put(
                "administrator",
                new Script.RoleSpec("Ceremony administrator", 1, "Reads the script aloud and leads the ceremony."));
        roles.put("security_officer", new Script.RoleSpec("Security officer", 1, "Holds the SO PIN of both tokens."));
        roles.put("officer", new Script.RoleSpec("Crypto officer", 3, "Approves each act on the HSM with a card."));
        roles.put("witness", new Script.RoleSpec("Internal witness", 1, "Watches, compares, and signs what was seen."));
        var tokens = new LinkedHashMap<String, Script.TokenSpec>();
        tokens.put("primary", new Script.TokenSpec("Primary HSM", Script.TokenSpec.State.FACTORY));
        tokens.put("backup", new Script.TokenSpec("Backup HSM", Script.TokenSpec.State.FACTORY));
        var keys = new LinkedHashMap<String, KeyDefinition>();
        keys.put(
                "root",
                new KeyDefinition(
                        "Example Root CA G4",
                        new KeySpec.Ec(KeySpec.Curve.P384),
                        KeyPurpose.CERTIFICATE_AUTHORITY,
                        Optional.of(20)));
        keys.put(
                "transport",
                new KeyDefinition("transport", new KeySpec.Rsa(3072), KeyPurpose.TRANSPORT, Optional.of(1)));
        keys.put("wrapping", new KeyDefinition("wrapping", new KeySpec.Aes(256), KeyPurpose.WRAPPING, Optional.of(1)));
        var quorums = Map.of("two_officers", new Quorum(2, List.of("officer")));
        return new Script(
                "root-ca-g4",
                "1.3.0",
                "Root CA G4 key generation",
                "key_generation",
                new Script.DocumentControl(
                        "Trust services, Example Bank",
                        List.of("Henrike Aalto"),
                        List.of("Paul N'Diaye", "Ida Sørensen"),
                        "Confidential",
                        "7 years after the last certificate",
                        "2027-11-01",
                        "CPS section 6.1.1",
                        Optional.empty(),
                        Optional.of(12)),
                new Script.Cast(roles, quorums, tokens, keys),
                acts(furtherSteps),
                List.of(),
                "id: root-ca-g4\nversion: 1.3.0\ntitle: Root CA G4 key generation\n# the rest stands in the real file\n"
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static Head head(String id, String title, String say, int minutes) {
        return new Head(id, title, say, "administrator", "witness", minutes);
    }

    private static List<Act> acts(int furtherSteps) {
        var acts = new ArrayList<Act>();
        acts.add(new Act(
                "opening",
                "Open the ceremony",
                List.of(
                        new Step.RollCall(head(
                                "roll",
                                "Call the roll",
                                "Each participant shows an identity document and proves the card.",
                                10)),
                        new Step.ReadScriptDigest(head(
                                "digest",
                                "Read the script digest aloud",
                                "The administrator reads the twelve words; everybody compares them with the approved paper.",
                                5)),
                        new Step.CheckClock(
                                head(
                                        "clock",
                                        "Compare the clock",
                                        "The witness compares the console's clock with a radio clock.",
                                        2),
                                5),
                        new Step.CheckWorkstation(head(
                                "workstation", "Check the workstation", "Every network interface must be down.", 3)))));
        acts.add(new Act(
                "tokens",
                "Admit the tokens",
                List.of(
                        new Step.IdentifyToken(
                                head(
                                        "identify",
                                        "Identify the primary HSM",
                                        "The security officer reads the serial from the plate of the HSM.",
                                        3),
                                "primary"),
                        new Step.AdmitToken(
                                head(
                                        "admit",
                                        "Attack the primary HSM",
                                        "Nothing is read aloud; the console tries what must be refused.",
                                        5),
                                "primary"),
                        new Step.InitialiseToken(
                                head(
                                        "init",
                                        "Initialise the primary HSM",
                                        "Everything in the token is destroyed. The security officer sets the SO PIN; the officers set the user PIN.",
                                        6),
                                "primary",
                                "EXAMPLE-ROOT",
                                "two_officers",
                                new Step.PinHolder.Typist("security_officer"),
                                new Step.PinHolder.Typist("officer")))));
        acts.add(new Act(
                "keys",
                "Make the root key",
                List.of(
                        new Step.GenerateKeyPair(
                                head(
                                        "generate",
                                        "Generate the root key pair",
                                        "The officers read the statement on the screen and approve it with their cards.\nThe witness compares key name, curve and token with the paper.",
                                        5),
                                "root",
                                "primary",
                                "two_officers"),
                        new Step.ReadFingerprint(
                                head(
                                        "fingerprint",
                                        "Read the fingerprint aloud",
                                        "The administrator reads the first twelve words; the witness follows on the screen.",
                                        4),
                                "root",
                                "primary"),
                        new Step.TestSignature(
                                head(
                                        "test",
                                        "Test the key",
                                        "The console signs a fresh message; an independent process checks it.",
                                        2),
                                "root",
                                "primary",
                                Optional.empty(),
                                Optional.empty()),
                        new Step.IssueRootCertificate(
                                head(
                                        "issue",
                                        "Issue the root certificate",
                                        "The officers approve the certificate that the screen shows.",
                                        8),
                                "root",
                                "primary",
                                "CN=Example Root CA G4,O=Example Bank,C=AT",
                                20,
                                "two_officers"),
                        new Step.GenerateSecretKey(
                                head(
                                        "wrapkey",
                                        "Generate the wrapping key",
                                        "The security officer makes the key under which the root key travels.",
                                        4),
                                "wrapping",
                                "primary",
                                "two_officers"),
                        new Step.ImportTrustedKey(
                                head(
                                        "trusted",
                                        "Import the transport key",
                                        "The security officer imports the public half as trusted.",
                                        4),
                                "transport",
                                "backup",
                                "primary",
                                "two_officers"),
                        new Step.TransferKey(
                                head(
                                        "transfer",
                                        "Copy the root key to the backup HSM",
                                        "The root key travels wrapped; nothing is read aloud.",
                                        6),
                                "root",
                                "wrapping",
                                "primary",
                                "backup",
                                "two_officers"),
                        new Step.ForbidExtraction(
                                head(
                                        "forbid",
                                        "Forbid extraction",
                                        "From here on the root key cannot leave the primary HSM.",
                                        3),
                                "root",
                                "primary",
                                "two_officers"),
                        new Step.DestroyKey(
                                head(
                                        "destroy",
                                        "Destroy the wrapping key",
                                        "The wrapping key is destroyed on both tokens.",
                                        4),
                                "wrapping",
                                List.of("primary", "backup"),
                                "two_officers"))));
        if (furtherSteps > 0) {
            var steps = new ArrayList<Step>();
            for (int i = 1; i <= furtherSteps; i++) {
                steps.add(new Step.Confirm(
                        head(
                                "seal-" + i,
                                "Seal evidence bag " + i,
                                "The witness reads the number of the bag and the administrator seals it.",
                                3),
                        "The bag is sealed and its number is the one on the form.",
                        List.of(new Step.Field("bag", "Number of the bag"))));
            }
            acts.add(new Act("sealing", "Seal the evidence", steps));
        }
        acts.add(new Act(
                "closing",
                "Close the ceremony",
                List.of(
                        new Step.ReadExceptions(
                                head("exceptions", "Read the exceptions aloud", "Every exception is read aloud.", 5)),
                        new Step.CloseCeremony(head(
                                "close", "Close the ceremony", "Each participant says whether they agree.", 10)))));
        return acts;
    }

    private void tell() {
        ledger.genesis();
        ledger.add(
                EntryType.RUN_START,
                Json.obj()
                        .put("program", "Quorate")
                        .put("version", "0.1.0")
                        .put("java", "25.0.1")
                        .put("os", "Debian 13")
                        .put("site", Digest.of(site()).hex()));
        open();
        int act = 0;
        for (Act each : script.acts()) {
            act++;
            int number = 0;
            for (Step step : each.steps()) {
                number++;
                perform(step, act + "." + number);
            }
        }
    }

    private static byte[] site() {
        Json.Obj token = Json.obj()
                .put("serial", "487213-A7")
                .put("label", "EXAMPLE-ROOT")
                .put("model", "SoftHSM v2")
                .put("certificate_number", "FIPS 140-3 #4721")
                .build();
        return Json.obj()
                .put("format", "quorate-site/1")
                .put("name", "Vienna")
                .put("organisation", "Example Bank")
                .put("place", "Vault room 2, Vienna")
                .put("mode", "rehearsal")
                .put(
                        "modules",
                        Json.obj()
                                .put(
                                        "softhsm",
                                        Json.obj()
                                                .put("path", "/usr/lib/softhsm/libsofthsm2.so")
                                                .build())
                                .build())
                .put("tokens", Json.obj().put("primary", token).build())
                .build()
                .canonical();
    }

    private void open() {
        ledger.inCeremony();
        Script.DocumentControl document = script.document();
        ledger.add(
                EntryType.CEREMONY_OPEN,
                Json.obj()
                        .put("script", ledger.artefact(script.source()).artefactName())
                        .put("script_id", script.id())
                        .put("version", script.version())
                        .put("title", script.title())
                        .put("kind", script.kind())
                        .put("site", ledger.artefact(site()).artefactName())
                        .put("mode", mode)
                        .put("organisation", "Example Bank")
                        .put("place", "Vault room 2, Vienna")
                        .put("planned_minutes", 120)
                        .put(
                                "document",
                                Json.obj()
                                        .put("owner", document.owner())
                                        .put("reviewers", Json.strings(document.reviewers()))
                                        .put("approvers", Json.strings(document.approvers()))
                                        .put("classification", document.classification())
                                        .put("retention", document.retention())
                                        .put("next_review", document.nextReview())
                                        .put("implements", document.implementsPolicy())
                                        .putIfPresent(
                                                "repeat_months",
                                                document.repeatMonths().map(months -> Json.of(months)))
                                        .build()));
    }

    private void start(Step step, String number, int attempt) {
        ledger.inStep(step.id())
                .later(5)
                .add(
                        EntryType.STEP_START,
                        Json.obj()
                                .put("number", number)
                                .put("kind", "any")
                                .put("title", step.title())
                                .put("say", step.head().say())
                                .put("attempt", attempt)
                                .put("by", step.head().by())
                                .put("witnessed_by", step.head().witnessedBy())
                                .put("planned_minutes", step.head().minutes()));
    }

    private void end(int attempt, String result, String summary) {
        ledger.later(4)
                .add(
                        EntryType.STEP_END,
                        Json.obj().put("attempt", attempt).put("result", result).put("summary", summary));
    }

    private void failed(int attempt, String problem) {
        ledger.add(
                EntryType.STEP_END,
                Json.obj()
                        .put("attempt", attempt)
                        .put("result", "failed")
                        .put("summary", "The attempt failed.")
                        .put("problem", problem));
    }

    private void perform(Step step, String number) {
        start(step, number, 1);
        switch (step.id()) {
            case "roll" -> roll();
            case "digest" ->
                compared("script_digest", "Script digest", script.digest().grouped(), true, "");
            case "clock" -> clock();
            case "workstation" -> workstation();
            case "identify" -> identify();
            case "admit" -> admit();
            case "init" -> initialise();
            case "generate" -> generate(step, number);
            case "fingerprint" -> {
                publicKey();
                readAloud(step);
                return;
            }
            case "test" -> testSignature();
            case "issue" -> issue();
            case "wrapkey" ->
                act(
                        "generate_key",
                        "wrapping",
                        "primary",
                        "00000000000000000000000000000002",
                        approvals("generate_key", "wrapping"),
                        "done",
                        "CKR_OK");
            case "trusted" -> trusted();
            case "transfer" -> transfer();
            case "forbid" -> forbid();
            case "destroy" -> destroy();
            case "close" -> {
                close();
                return;
            }
            default -> seal(step);
        }
        if (ledger.entries().getLast().is(EntryType.STEP_END)) {
            return;
        }
        end(1, "done", "Done as the script says.");
    }

    private void readAloud(Step step) {
        ledger.later(step.head().minutes() * 60L + 95);
        compared("fingerprint", "Words read aloud", String.join(" ", org.quorate.base.Words.spoken(spki())), true, "");
        end(1, "done", "Read and compared.");
    }

    private void roll() {
        int card = 4711;
        for (String person : NAMES.keySet()) {
            ledger.later(40);
            long seq = ledger.add(
                    EntryType.PARTICIPANT,
                    Json.obj()
                            .put("event", "arrived")
                            .put("person", person)
                            .put("name", NAMES.get(person))
                            .put("organisation", person.equals("szabo") ? "Prüfwerk Audit GmbH" : "Example Bank")
                            .put("roles", Json.strings(List.of(ROLES.get(person))))
                            .put("key", ledger.keyOf(person).hex())
                            .put("card", "P-" + card++)
                            .put("identity", "passport, compared with the face"));
            ledger.cosign(seq, person, "witness");
        }
        refused("wrong_pin", "lindqvist", Optional.of(2));
    }

    private void refused(String reason, String person, Optional<Integer> tries) {
        Json.Builder detail = Json.obj()
                .put("reason", reason)
                .put("person", person)
                .put("key", ledger.keyOf(person).hex());
        tries.ifPresent(left -> detail.put("tries_left", left));
        observe(
                "sensed",
                "card_refused",
                "Card",
                NAMES.get(person) + ": " + reason.replace('_', ' '),
                Optional.of(detail.build()));
    }

    private void observe(String item, String name, String label, String text, Optional<Json.Obj> detail) {
        Json.Builder data = Json.obj()
                .put("item", item)
                .put("name", name)
                .put("label", label)
                .put("text", text);
        detail.ifPresent(value -> data.put("detail", value));
        ledger.add(EntryType.OBSERVATION, data);
    }

    private void compared(String name, String label, String text, boolean matches, String because) {
        Json.Builder data = Json.obj()
                .put("item", "compared")
                .put("name", name)
                .put("label", label)
                .put("text", text)
                .put("by", "szabo")
                .put("verdict", matches ? "matches" : "differs")
                .put("expected", matches ? text : "as in the site profile");
        if (!because.isEmpty()) {
            data.put("because", because);
        }
        ledger.later(20).add(EntryType.OBSERVATION, data);
    }

    private void clock() {
        observe(
                "sensed",
                "clock",
                "Offset",
                "240 ms",
                Optional.of(Json.obj()
                        .put("console", "2026-11-22T09:10:00.240Z")
                        .put("reference", "DCF77 radio clock")
                        .put("offset_ms", 240)
                        .put("uncertainty_ms", 500)
                        .build()));
        ledger.turnClockBack(35);
    }

    private void workstation() {
        observe(
                "sensed",
                "workstation",
                "Workstation",
                "Debian 13, two interfaces, both down",
                Optional.of(Json.obj()
                        .put("os", "Debian GNU/Linux 13 (trixie)")
                        .put("kernel", "6.12.48")
                        .put("machine", "ThinkCentre M75q, PF4K2X9T")
                        .put("java", "Temurin 25.0.1")
                        .put("program", "Quorate 0.1.0")
                        .put("program_digest", Digest.of(new byte[] {1}).hex())
                        .put(
                                "interfaces",
                                new Json.Arr(List.of(
                                        Json.obj()
                                                .put("name", "eth0")
                                                .put("up", false)
                                                .build(),
                                        Json.obj()
                                                .put("name", "wlan0")
                                                .put("up", false)
                                                .build())))
                        .put("swap", "off")
                        .build()));
    }

    private void identify() {
        observe(
                "sensed",
                "module",
                "Module",
                "SoftHSM 2.6",
                Optional.of(Json.obj()
                        .put("path", "/usr/lib/softhsm/libsofthsm2.so")
                        .put("sha256", Digest.of(new byte[] {2}).hex())
                        .put("cryptoki", "2.40")
                        .put("manufacturer", "SoftHSM")
                        .put("description", "Implementation of PKCS11")
                        .put("version", "2.6")
                        .build()));
        for (String role : List.of("primary", "backup")) {
            observe(
                    "sensed",
                    "token",
                    "Token",
                    role + ", 487213-" + (role.equals("primary") ? "A7" : "B2"),
                    Optional.of(Json.obj()
                            .put("role", role)
                            .put("slot", 0)
                            .put("label", "EXAMPLE-" + role.toUpperCase(java.util.Locale.ROOT))
                            .put("manufacturer", "SoftHSM project")
                            .put("model", "SoftHSM v2")
                            .put("serial", role.equals("primary") ? "487213-A7" : "487213-B2")
                            .put("hardware_version", "2.6")
                            .put("firmware_version", "2.6")
                            .put(
                                    "flags",
                                    Json.strings(List.of("CKF_RNG", "CKF_LOGIN_REQUIRED", "CKF_TOKEN_INITIALIZED")))
                            .put("min_pin", 4)
                            .put("max_pin", 255)
                            .build()));
        }
        observe(
                "sensed",
                "mechanisms",
                "Mechanisms",
                "4 mechanisms",
                Optional.of(Json.obj()
                        .put("role", "primary")
                        .put(
                                "mechanisms",
                                new Json.Arr(List.of(
                                                "CKM_ECDSA",
                                                "CKM_EC_KEY_PAIR_GEN",
                                                "CKM_RSA_PKCS_OAEP",
                                                "CKM_AES_KEY_WRAP_PAD")
                                        .stream()
                                        .<Json>map(name -> Json.obj()
                                                .put("name", name)
                                                .put("min", 256)
                                                .put("max", 521)
                                                .put("flags", Json.strings(List.of()))
                                                .build())
                                        .toList()))
                        .build()));
        observe(
                "sensed",
                "objects",
                "Objects",
                "none",
                Optional.of(Json.obj()
                        .put("role", "primary")
                        .put("when", "before")
                        .put("objects", new Json.Arr(List.of()))
                        .build()));
        compared("serial", "Serial on the plate", "487213-A7", true, "");
        ledger.add(
                EntryType.EXCEPTION,
                Json.obj()
                        .put("number", 1)
                        .put("expected", "The bag of the HSM carries the number 0048213.")
                        .put(
                                "happened",
                                "The bag carries 0048231; the form from the last ceremony was filled in with two digits swapped.")
                        .put(
                                "decided",
                                "The bag is intact and the photo from the last ceremony shows 0048231. The ceremony goes on; the form is corrected.")
                        .put("decided_by", "brandt")
                        .put("witnessed_by", "szabo"));
    }

    private void admit() {
        observe(
                "sensed",
                "admission",
                "Admission",
                "5 of 6 attacks refused",
                Optional.of(Json.obj()
                        .put("role", "primary")
                        .put(
                                "findings",
                                new Json.Arr(List.of(
                                        finding("read the value of a sensitive key", true, "CKR_ATTRIBUTE_SENSITIVE"),
                                        finding(
                                                "make an extractable key unextractable and back",
                                                true,
                                                "CKR_ATTRIBUTE_READ_ONLY"),
                                        finding("wrap under an untrusted key", true, "CKR_KEY_NOT_WRAPPABLE"),
                                        finding(
                                                "wrap and decrypt with one key",
                                                false,
                                                "the token allows WRAP and DECRYPT on one key"),
                                        finding("use a destroyed object", true, "CKR_OBJECT_HANDLE_INVALID"))))
                        .build()));
        ledger.add(
                EntryType.EXCEPTION,
                Json.obj()
                        .put("number", 2)
                        .put("expected", "Each attack on the token is refused.")
                        .put("happened", "The token lets one key both wrap and decrypt.")
                        .put(
                                "decided",
                                "The script never asks for both on one key. The step is overridden; the vendor is told.")
                        .put("decided_by", "brandt")
                        .put("witnessed_by", "szabo"));
        end(1, "overridden", "The token allows WRAP and DECRYPT on one key; the script never asks for that.");
    }

    private static Json finding(String name, boolean passed, String detail) {
        return Json.obj()
                .put("name", name)
                .put("verdict", passed ? "passed" : "failed")
                .put("detail", detail)
                .build();
    }

    private void initialise() {
        act("initialise", "", "primary", "", List.of(), "done", "CKR_OK");
    }

    private List<Long> approvals(String op, String key) {
        long statement = ledger.add(
                EntryType.STATEMENT,
                Json.obj()
                        .put(
                                "text",
                                "I approve: " + op.replace('_', ' ') + " " + key
                                        + " on token 487213-A7.\nScript root-ca-g4 1.3.0, this step, these parameters and no others.")
                        .put("act", Json.obj().put("op", op).build())
                        .put(
                                "need",
                                Json.obj()
                                        .put("m", 2)
                                        .put("roles", Json.strings(List.of("officer")))
                                        .build()));
        var seqs = new ArrayList<Long>();
        ledger.later(12);
        seqs.add(ledger.cosign(statement, "okafor", "approve"));
        ledger.later(15);
        seqs.add(ledger.cosign(statement, "tanaka", "approve"));
        return seqs;
    }

    private void act(String op, String key, String role, String keyId, List<Long> quorum, String result, String rv) {
        Json.Builder intent = Json.obj()
                .put("op", op)
                .put("token_role", role)
                .put(
                        "token",
                        Json.obj()
                                .put("serial", role.equals("primary") ? "487213-A7" : "487213-B2")
                                .put("label", "EXAMPLE-ROOT")
                                .put("model", "SoftHSM v2")
                                .build())
                .put("expect", "done")
                .put("quorum", Json.integers(quorum));
        if (!key.isEmpty()) {
            intent.put("key", key);
        }
        if (!keyId.isEmpty()) {
            intent.put("cka_id", keyId);
        }
        if (op.equals("generate_key_pair")) {
            intent.put("spec", "EC P-384").put("mechanism", "CKM_EC_KEY_PAIR_GEN");
        }
        long seq = ledger.add(EntryType.INTENT, intent);
        ledger.add(
                EntryType.OUTCOME,
                Json.obj()
                        .put("intent", seq)
                        .put("result", result)
                        .put("rv", rv)
                        .put("observed", "")
                        .put("ms", 412));
    }

    private void generate(Step step, String number) {
        List<Long> quorum = approvals("generate_key_pair", "root");
        refused("already_approved", "okafor", Optional.empty());
        act("generate_key_pair", "root", "primary", KEY_ID, quorum, "refused", "CKR_DEVICE_ERROR");
        failed(1, "The HSM refused C_GenerateKeyPair. It answered CKR_DEVICE_ERROR.");
        ledger.add(EntryType.PAUSE, Json.obj().put("why", "The HSM is restarted."));
        ledger.later(600).add(EntryType.RESUME, Json.obj().put("after", "pause"));
        start(step, number, 2);
        act("generate_key_pair", "root", "primary", KEY_ID, approvals("generate_key_pair", "root"), "done", "CKR_OK");
        report(
                "primary",
                KeyPurpose.CERTIFICATE_AUTHORITY.privateHalf("Example Root CA G4"),
                ObjectClass.PRIVATE_KEY,
                KEY_ID,
                Set.of(),
                Set.of(Attribute.WRAP_WITH_TRUSTED));
        report(
                "primary",
                KeyPurpose.CERTIFICATE_AUTHORITY.publicHalf("Example Root CA G4"),
                ObjectClass.PUBLIC_KEY,
                KEY_ID,
                Set.of(),
                Set.of());
        end(2, "done", "The key pair exists on the primary HSM.");
    }

    private void report(
            String role, Template asked, ObjectClass kind, String id, Set<Attribute> differ, Set<Attribute> silent) {
        var lines = new ArrayList<KeyReport.Line>();
        asked.attributes()
                .forEach((attribute, value) -> lines.add(new KeyReport.Line(
                        attribute,
                        Optional.of(value),
                        silent.contains(attribute)
                                ? Optional.empty()
                                : Optional.of(differ.contains(attribute) != value))));
        lines.add(new KeyReport.Line(Attribute.LOCAL, Optional.empty(), Optional.of(true)));
        Json.Obj detail = new KeyReport(kind, asked.label(), new KeyId(id), lines)
                .toJson()
                .with("key", Json.of("root"))
                .with("role", Json.of(role));
        observe(
                "sensed",
                "key_report",
                "Attributes",
                kind.cko() + ", " + lines.size() + " attributes read back in a new session",
                Optional.of(detail));
    }

    private static Digest spki() {
        return Digest.of(FakeEntries.pair("root key").getPublic().getEncoded());
    }

    private void publicKey() {
        observe(
                "sensed",
                "public_key",
                "Public key",
                "EC P-384",
                Optional.of(Json.obj()
                        .put("key", "root")
                        .put("role", "primary")
                        .put("spec", "EC P-384")
                        .put(
                                "spki",
                                Base64.getEncoder()
                                        .encodeToString(FakeEntries.pair("root key")
                                                .getPublic()
                                                .getEncoded()))
                        .put("sha256", spki().hex())
                        .build()));
    }

    private void testSignature() {
        observe(
                "sensed",
                "test_signature",
                "Test signature",
                "verified by two independent providers",
                Optional.of(Json.obj()
                        .put("key", "root")
                        .put("role", "primary")
                        .put("scheme", "SHA384withECDSA")
                        .put("message_sha256", Digest.of(new byte[] {3}).hex())
                        .put("signature", "MGUC")
                        .put(
                                "voices",
                                new Json.Arr(List.of(
                                        Json.obj()
                                                .put("provider", "SunEC")
                                                .put("version", "25")
                                                .put("act", "verify")
                                                .put("verdict", "valid")
                                                .put("detail", "")
                                                .build(),
                                        Json.obj()
                                                .put("provider", "BouncyCastle")
                                                .put("version", "1.86")
                                                .put("act", "verify")
                                                .put("verdict", "valid")
                                                .put("detail", "")
                                                .build())))
                        .put("pid", 4242)
                        .build()));
        ledger.later(2).inStep("test").add(EntryType.RESUME, Json.obj().put("after", "stop"));
    }

    private void issue() {
        long statement = ledger.add(
                EntryType.STATEMENT,
                Json.obj()
                        .put("text", "I approve: sign the root certificate with a validity of 25 years.")
                        .put("act", Json.obj().put("op", "sign_certificate").build())
                        .put(
                                "need",
                                Json.obj()
                                        .put("m", 2)
                                        .put("roles", Json.strings(List.of("officer")))
                                        .build()));
        ledger.later(30).cosign(statement, "lindqvist", "reject");
        act("sign_certificate", "root", "primary", KEY_ID, approvals("sign_certificate", "root"), "done", "CKR_OK");
        byte[] der = SampleCertificates.selfSigned("CN=Example Root CA G4,O=Example Bank,C=AT", "root key");
        ledger.add(
                EntryType.OBSERVATION,
                Json.obj()
                        .put("item", "sensed")
                        .put("name", "certificate")
                        .put("label", "Certificate")
                        .put("text", "CN=Example Root CA G4, valid for 20 years")
                        .put("artefact", ledger.artefact(der).artefactName())
                        .put(
                                "detail",
                                Json.obj()
                                        .put("key", "root")
                                        .put("subject", "CN=Example Root CA G4,O=Example Bank,C=AT")
                                        .put("issuer", "CN=Example Root CA G4,O=Example Bank,C=AT")
                                        .put("serial", "6b2f0a4419c35d7e8f")
                                        .put("not_before", "2026-11-22T00:00:00.000Z")
                                        .put("not_after", "2046-11-22T00:00:00.000Z")
                                        .put("sha256", Digest.of(der).hex())
                                        .build()));
    }

    private void trusted() {
        act(
                "import_public_key",
                "transport",
                "primary",
                "00000000000000000000000000000003",
                approvals("import_public_key", "transport"),
                "unknown",
                "");
        long intent = ledger.entries().size() - 2;
        ledger.add(
                EntryType.RECONCILE,
                Json.obj()
                        .put("intent", intent)
                        .put("finding", "done")
                        .put("evidence", "one public key with this CKA_ID"));
    }

    private void transfer() {
        act("transfer", "root", "backup", KEY_ID, approvals("transfer", "root"), "done", "CKR_OK");
        report(
                "backup",
                KeyPurpose.CERTIFICATE_AUTHORITY.copy("Example Root CA G4"),
                ObjectClass.PRIVATE_KEY,
                KEY_ID,
                Set.of(Attribute.DERIVE),
                Set.of());
    }

    private void forbid() {
        act("forbid_extraction", "root", "primary", KEY_ID, approvals("forbid_extraction", "root"), "done", "CKR_OK");
        observe(
                "sensed",
                "wrap_refused",
                "A further wrap",
                "refused with CKR_KEY_UNEXTRACTABLE",
                Optional.of(Json.obj()
                        .put("key", "root")
                        .put("role", "primary")
                        .put("rv", "CKR_KEY_UNEXTRACTABLE")
                        .build()));
    }

    private void destroy() {
        act(
                "destroy",
                "wrapping",
                "primary",
                "00000000000000000000000000000002",
                approvals("destroy", "wrapping"),
                "done",
                "CKR_OK");
        observe(
                "sensed",
                "absence",
                "Absence",
                "no object with this CKA_ID in a new session",
                Optional.of(Json.obj()
                        .put("key", "wrapping")
                        .put("role", "primary")
                        .put("cka_id", "00000000000000000000000000000002")
                        .put("objects", 0)
                        .build()));
        observe(
                "sensed",
                "objects",
                "Objects",
                "2 objects",
                Optional.of(Json.obj()
                        .put("role", "primary")
                        .put("when", "after")
                        .put(
                                "objects",
                                new Json.Arr(List.of(
                                        Json.obj()
                                                .put("class", "CKO_PRIVATE_KEY")
                                                .put("label", "Example Root CA G4")
                                                .put("cka_id", KEY_ID)
                                                .build(),
                                        Json.obj()
                                                .put("class", "CKO_PUBLIC_KEY")
                                                .put("label", "Example Root CA G4")
                                                .put("cka_id", KEY_ID)
                                                .build())))
                        .build()));
    }

    private void seal(Step step) {
        if (step.id().equals("exceptions")) {
            observe("stated", "read", "Exceptions", "2 exceptions were read aloud", Optional.empty());
            ledger.add(
                    EntryType.OBSERVATION,
                    Json.obj()
                            .put("item", "stated")
                            .put("name", "remark")
                            .put("label", "Remark")
                            .put("text", remark)
                            .put("by", "brandt"));
            return;
        }
        ledger.later(45)
                .add(
                        EntryType.OBSERVATION,
                        Json.obj()
                                .put("item", "stated")
                                .put("name", "bag")
                                .put("label", "Number of the bag")
                                .put("text", "00482" + step.id().substring(5))
                                .put("by", "szabo"));
        observe(
                "stated",
                "confirm",
                "Statement",
                "The bag is sealed and its number is the one on the form.",
                Optional.empty());
    }

    private void close() {
        var said = new ArrayList<Json>();
        for (String person : NAMES.keySet()) {
            boolean agrees = !person.equals("haddad");
            Json.Builder one = Json.obj().put("person", person).put("verdict", agrees ? "agrees" : "does_not_agree");
            if (!agrees) {
                one.put(
                        "because",
                        "the token lets one key both wrap and decrypt, and I want the vendor's answer first");
            }
            said.add(one.build());
        }
        long close = ledger.later(120)
                .add(
                        EntryType.CEREMONY_CLOSE,
                        Json.obj()
                                .put(
                                        "steps",
                                        Json.obj()
                                                .put("done", 17 + furtherSteps)
                                                .put("failed", 1)
                                                .put("overridden", 1)
                                                .build())
                                .put("exceptions", 2)
                                .put("participants", new Json.Arr(said)));
        for (String person : NAMES.keySet()) {
            ledger.later(9).cosign(close, person, "close");
        }
    }
}
