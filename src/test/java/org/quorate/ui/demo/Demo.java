package org.quorate.ui.demo;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.quorate.app.site.ScriptFiles;
import org.quorate.base.Digest;
import org.quorate.ceremony.Site;
import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.KeySpec;
import org.quorate.quorum.Participant;
import org.quorate.quorum.Quorum;
import org.quorate.quorum.Roster;
import org.quorate.script.Act;
import org.quorate.script.KeyDefinition;
import org.quorate.script.Linter;
import org.quorate.script.Script;
import org.quorate.script.Step;
import org.quorate.script.yaml.ScriptReader;

/// The people, the site and the script of a believable ceremony.
public final class Demo {
    public static final Participant OKAFOR = person("okafor", "Amara Okafor", "officer");
    public static final Participant LINDQVIST = person("lindqvist", "Johan Lindqvist", "officer");
    public static final Participant TANAKA = person("tanaka", "Mika Tanaka", "officer");
    public static final Participant WEBER = person("weber", "Clara Weber", "witness");
    public static final Participant MORENO = person("moreno", "Inés Moreno", "administrator");
    public static final Participant STRANGER = person("stranger", "Nobody", "officer");
    public static final Roster ROSTER = new Roster(List.of(MORENO, OKAFOR, LINDQVIST, TANAKA, WEBER));
    public static final Quorum TWO_OFFICERS = new Quorum(2, List.of("officer"));

    private Demo() {}

    static Participant person(String id, String name, String role) {
        return new Participant(
                id,
                name,
                "Examplia National Registry",
                Set.of(role),
                List.of(Digest.of(id.getBytes(StandardCharsets.UTF_8))));
    }

    public static Site site(Site.Mode mode) {
        return new Site(
                "Examplia root CA, vault A",
                "Examplia National Registry",
                "Vault A, Königstraße 4, Examplia City",
                mode,
                new Site.Machinery(
                        Map.of("hsm", Site.ModuleAt.of("/opt/hsm/libpkcs11.so")),
                        Map.of(
                                "primary",
                                new Site.TokenAt("hsm", "487213-A7", "ROOT-G4-A", "Practice HSM", Optional.empty()),
                                "backup",
                                new Site.TokenAt("hsm", "487214-B2", "ROOT-G4-B", "Practice HSM", Optional.empty())),
                        Optional.empty()));
    }

    private static Step.Head head(String id, String title, String say, int minutes) {
        return new Step.Head(id, title, say, "administrator", "witness", minutes);
    }

    public static Script shipped(String name) {
        Path file = Path.of("ceremony-scripts", name + ".yaml");
        return new ScriptFiles(new Linter(new ScriptReader()), file.getParent()).read(Optional.of(file));
    }

    public static Script script() {
        var roles = new LinkedHashMap<String, Script.RoleSpec>();
        roles.put("administrator", new Script.RoleSpec("Ceremony administrator", 1, "Leads the ceremony"));
        roles.put("witness", new Script.RoleSpec("Witness", 1, "Watches"));
        roles.put("officer", new Script.RoleSpec("Crypto officer", 3, "Approves"));
        var prepare = new Act(
                "prepare",
                "Prepare the room",
                List.of(
                        new Step.ReadScriptDigest(head(
                                "read-digest",
                                "Read the script digest aloud",
                                "Read the digest aloud, word by word. Everybody compares it with the paper in hand.",
                                5)),
                        new Step.RollCall(head(
                                "roll-call",
                                "Call the roll",
                                "Call each person by name. Each shows an identity document and proves the card.",
                                10)),
                        new Step.CheckClock(
                                head("clock", "Compare the clock", "Read the wall clock aloud to the second.", 2), 5),
                        new Step.Confirm(
                                head(
                                        "seal",
                                        "Check the seal of the bag that holds the HSM",
                                        "Hold the bag up so that everybody sees the number and that the seal is whole.",
                                        3),
                                "The bag is sealed, and its number is that of the last record.",
                                List.of(new Step.Field("bag", "Number of the bag")))));
        var make = new Act(
                "make",
                "Make the root key",
                List.of(
                        new Step.IdentifyToken(
                                head(
                                        "identify",
                                        "Identify the primary HSM",
                                        "Read the serial number from the device, not from the screen.",
                                        3),
                                "primary"),
                        new Step.InitialiseToken(
                                head(
                                        "initialise",
                                        "Initialise the primary HSM",
                                        "Everything that is on this HSM is destroyed. New PINs are set.",
                                        10),
                                "primary",
                                "ROOT-G4-A",
                                "two_officers",
                                new Step.PinHolder.Typist("officer"),
                                new Step.PinHolder.Typist("administrator")),
                        new Step.GenerateKeyPair(
                                head(
                                        "generate",
                                        "Generate the root key pair",
                                        "The HSM makes the key. It never leaves the HSM in the clear.",
                                        5),
                                "root",
                                "primary",
                                "two_officers"),
                        new Step.ReadFingerprint(
                                head(
                                        "fingerprint",
                                        "Read the fingerprint of the root key aloud",
                                        "Read the twelve words aloud. The witness writes them down.",
                                        5),
                                "root",
                                "primary"),
                        new Step.TestSignature(
                                head("test", "Test the root key", "The key signs a message and is checked.", 3),
                                "root",
                                "primary",
                                Optional.empty(),
                                Optional.empty())));
        var close = new Act(
                "close",
                "Close the ceremony",
                List.of(
                        new Step.ReadExceptions(
                                head("exceptions", "Read the exceptions aloud", "Read every exception aloud.", 5)),
                        new Step.CloseCeremony(
                                head("close", "Close the ceremony", "Each participant agrees, or says why not.", 10))));
        return new Script(
                "root-ca-g4",
                "1.3",
                "Root CA G4 key generation",
                "key_generation",
                new Script.DocumentControl("PKI", List.of(), List.of(), "internal", "10 years", "2027-11", "CPS 6.1"),
                new Script.Cast(
                        roles,
                        Map.of("two_officers", TWO_OFFICERS),
                        Map.of("primary", new Script.TokenSpec("Primary HSM", Script.TokenSpec.State.FACTORY)),
                        Map.of(
                                "root",
                                new KeyDefinition(
                                        "ROOT-G4",
                                        KeySpec.parse("EC P-384").orElseThrow(),
                                        KeyPurpose.CERTIFICATE_AUTHORITY,
                                        Optional.of(20)))),
                List.of(prepare, make, close),
                List.of(),
                "the bytes of the script".getBytes(StandardCharsets.UTF_8));
    }
}
