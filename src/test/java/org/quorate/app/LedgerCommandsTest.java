package org.quorate.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.google.zxing.qrcode.decoder.Decoder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quorate.app.Program.Ended;
import org.quorate.base.Json;
import org.quorate.ledger.Draft;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Head;
import org.quorate.ledger.LedgerFixture;
import org.quorate.ledger.TrustFile;
import org.quorate.ledger.sqlite.LedgerChild;
import org.quorate.ledger.sqlite.SqliteLedger;

/// What people ask of a small real ledger on the command line, sound and not.
class LedgerCommandsTest {
    @TempDir
    private static Path shared;

    private static Path original;
    private static Head head;
    private static String note;
    private static long statement;
    private static long look;
    private static Path trust;

    @TempDir
    private Path folder;

    @BeforeAll
    static void playACeremony() throws IOException {
        original = shared.resolve("ledger.db");
        var fixture = new LedgerFixture();
        try (SqliteLedger ledger = fixture.create(original)) {
            fixture.play(ledger);
            ledger.append(Draft.ofCeremony(
                    EntryType.OBSERVATION,
                    java.util.UUID.fromString("cccccccc-1111-4000-8000-000000000002"),
                    Json.obj().put("label", "\u001b[31mred\u202e").build()));
            head = ledger.head();
            List<org.quorate.ledger.Entry> entries = ledger.range(0, head.size());
            note = entries.get(entries.size() - 2).data().string("note");
            statement = entries.stream()
                    .filter(e -> e.is(EntryType.STATEMENT))
                    .findFirst()
                    .orElseThrow()
                    .seq();
            look = entries.stream()
                    .filter(e -> e.is(EntryType.OBSERVATION))
                    .findFirst()
                    .orElseThrow()
                    .seq();
            trust = Files.writeString(
                    shared.resolve("trust.json"),
                    TrustFile.of(entries.getFirst()).toJson().pretty());
        }
    }

    private static Ended ledger(Path file, Object... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addFirst("ledger");
        all.addAll(List.of("--ledger", file));
        return Program.run(all.toArray());
    }

    /// Someone writes one letter into the body of an entry.
    private Path tampered() throws IOException {
        Path file = folder.resolve("tampered.db");
        String bytes = new String(Files.readAllBytes(original), ISO_8859_1);
        assertThat(bytes).contains("aa".repeat(32));
        Files.write(file, bytes.replace("aa".repeat(32), "ab".repeat(32)).getBytes(ISO_8859_1));
        return file;
    }

    @Test
    void log_hasALineForEachEntry_andTheSameForPrograms() {
        Ended people = ledger(original, "log");
        Ended programs = ledger(original, "log", "--json");

        assertThat(people.code()).as(people.err()).isZero();
        assertThat(people.out().lines()).hasSize((int) head.size());
        assertThat(people.out().lines().toList().get((int) statement))
                .contains("2026-11-22T09:30:00.")
                .contains("statement")
                .contains("generate")
                .contains("I approve this act.");
        assertThat(programs.json().bool("sound")).isTrue();
        assertThat(programs.json().objects("entries"))
                .extracting(entry -> entry.integer("seq"))
                .hasSize((int) head.size())
                .contains(0L, head.size() - 1);
    }

    @Test
    void log_showsNothingThatDeceivesTheEye() {
        assertThat(ledger(original, "log").out())
                .doesNotContain("\u001b")
                .doesNotContain("\u202e")
                .contains("[U+001B]");
    }

    @Test
    void log_takesOnlyWhatIsAskedFor() {
        String all = ledger(original, "log").out();
        String ofOne = ledger(original, "log", "--ceremony", "CCCCCCCC-1").out();
        String twoTypes = ledger(original, "log", "--type", "checkpoint", "--type", "genesis")
                .out();
        String time = all.lines().toList().get((int) look).strip().split(" +")[1];

        assertThat(ofOne.lines()).hasSize(1);
        assertThat(twoTypes.lines())
                .hasSize(4)
                .allMatch(line -> line.contains("checkpoint") || line.contains("genesis"));
        assertThat(ledger(original, "log", "--since", time).out().lines()).hasSize((int) (head.size() - look));
        assertThat(ledger(original, "log", "--until", time).out().lines()).hasSize((int) look);
        assertThat(ledger(original, "log", "--since", "2026-11-22", "--until", "2026-11-23")
                        .out())
                .isEqualTo(all);
        assertThat(ledger(original, "log", "--since", "2026-11-22T10:31+01:00").out())
                .isEmpty();
    }

    @Test
    void log_ofAnUnknownOrAmbiguousCeremony_saysSo() {
        Ended none = ledger(original, "log", "--ceremony", "ffff", "--json");
        Ended two = ledger(original, "log", "--ceremony", "cccc");

        assertThat(none.code()).isEqualTo(3);
        assertThat(none.json().string("problem")).isEqualTo("app.ledger.no_ceremony");
        assertThat(two.code()).isEqualTo(3);
        assertThat(two.err()).contains("cccccccc-0000").contains("cccccccc-1111");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "log --since yesterday",
                "log --until 2026-13-01",
                "log --type note",
                "show x",
                "show",
                "mirror",
                "export cc",
                "",
                "dance"
            })
    void wrongUse_isExitCode2_andReadsNothing(String arguments) {
        assertThat(ledger(Path.of("no-such-file"), (Object[]) arguments.strip().split(" "))
                        .code())
                .isEqualTo(2);
        assertThat(Program.run("ledger").code()).isEqualTo(2);
        assertThat(Program.run("ledger", "log", "--ledger", original, "--home", shared)
                        .code())
                .isEqualTo(2);
    }

    @Test
    void home_isTheFolderOfASite_andItsTrustIsAskedToo() throws IOException {
        assertThat(Program.run("ledger", "log", "--home", shared).code()).isZero();

        Files.copy(original, folder.resolve("ledger.db"));
        String other = Files.readString(trust).replaceFirst("\"genesis\" *: *\"....", "\"genesis\":\"0000");
        Files.writeString(folder.resolve("trust.json"), other);
        Ended ended = Program.run("ledger", "log", "--home", folder);
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).contains("is not sound").contains("The first entry is the one that was trusted.");
    }

    @Test
    void reading_whatIsNoLedger_isAProblem() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "ledger\n".repeat(40));

        for (String command : List.of("log", "anchor")) {
            assertThat(ledger(folder.resolve("none"), command, "--json").json().string("problem"))
                    .isEqualTo("ledger.missing");
            assertThat(ledger(text, command, "--json").json().string("problem")).isEqualTo("ledger.not_a_ledger");
            assertThat(ledger(text, command).code()).isEqualTo(3);
        }
    }

    @Test
    void reading_changesNothing_andLeavesNothing() throws IOException {
        Path copy = Files.copy(original, folder.resolve("ledger.db"));
        byte[] before = Files.readAllBytes(copy);

        ledger(copy, "log");
        ledger(copy, "show", 0);

        assertThat(Files.readAllBytes(copy)).isEqualTo(before);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(copy);
        }
    }

    @Test
    void reading_aLedgerThatAConsoleHasOpen_works() throws Exception {
        Path copy = Files.copy(original, folder.resolve("ledger.db"));
        Process console = new ProcessBuilder(LedgerChild.command("hold", copy.toString())).start();
        try {
            assertThat(console.inputReader().readLine()).startsWith("holding");

            assertThat(ledger(copy, "log").code()).isZero();
            assertThat(ledger(copy, "prove", look).code()).isZero();
            assertThat(ledger(copy, "mirror", folder.resolve("mirror")).code()).isZero();
        } finally {
            console.getOutputStream().close();
            assertThat(console.waitFor()).isZero();
        }
    }

    @Test
    void show_hasTheEntry_itsLeafAndItsProof() {
        Ended people = ledger(original, "show", statement);
        Json.Obj json = ledger(original, "show", statement, "--json").json();

        assertThat(people.code()).isZero();
        assertThat(people.out())
                .contains("\"type\": \"statement\"")
                .contains("It stands in the checkpoint over")
                .endsWith("Text of the statement:\nI approve this act.\n");
        assertThat(json.object("entry").integer("seq")).isEqualTo(statement);
        assertThat(json.object("proof").bool("signed")).isTrue();
        assertThat(json.object("proof").strings("path")).isNotEmpty();
    }

    @Test
    void show_ofAnEntryUnderNoCheckpoint_provesItIntoTheHead() {
        Ended ended = ledger(original, "show", head.size() - 1);

        assertThat(ended.code()).isZero();
        assertThat(ended.out())
                .contains("No checkpoint covers it yet")
                .contains(head.root().hex());
    }

    @Test
    void show_ofNoEntry_saysHowManyThereAre() {
        Ended ended = ledger(original, "show", head.size());

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.err()).contains("The ledger has " + head.size() + " entries");
    }

    @Test
    void logAndShow_ofATamperedLedger_beginWithTheFirstError_andAnswerNo() throws IOException {
        Path file = tampered();

        Ended log = ledger(file, "log");
        Ended show = ledger(file, "show", look);
        Ended json = ledger(file, "log", "--json");

        assertThat(log.code()).isEqualTo(1);
        assertThat(log.out().lines().findFirst().orElseThrow())
                .contains("is not sound")
                .contains("Entry " + look)
                .contains("Expected:")
                .contains("Found:");
        assertThat(log.out().lines()).hasSize(1 + (int) head.size());
        assertThat(show.code()).isEqualTo(1);
        assertThat(show.out())
                .contains("is not sound")
                .contains("Leaf of the body:")
                .contains("Nothing can be proved");
        assertThat(json.code()).isEqualTo(1);
        assertThat(json.json().object("error").string("rule")).isEqualTo("entry.leaf");
        assertThat(json.json().object("error").integer("seq")).isEqualTo(look);
    }

    @Test
    void whatMakesSomething_ofATamperedLedger_refuses() throws IOException {
        Path file = tampered();
        List<List<Object>> commands = List.of(
                List.of("prove", 0, "-o", folder.resolve("made")),
                List.of("mirror", folder.resolve("made")),
                List.of("export", LedgerFixture.CEREMONY, "-o", folder.resolve("made")),
                List.of("anchor", "-o", folder.resolve("made")));

        for (List<Object> command : commands) {
            Ended ended = ledger(file, command.toArray());
            assertThat(ended.code()).as(command.toString()).isEqualTo(1);
            assertThat(ended.out()).contains("Entry " + look);
            assertThat(folder.resolve("made")).doesNotExist();
        }
    }

    /// A reader of C2SP tlog-proof that shares nothing with the program: RFC 9162, section 2.1.1, from the leaf up.
    private static void readProof(String text, byte[] body, long index) throws Exception {
        String[] halves = text.split("\n\n", 2);
        List<String> lines = List.of(halves[0].split("\n"));
        assertThat(lines.getFirst()).isEqualTo("c2sp.org/tlog-proof@v1");
        assertThat(lines.get(2)).isEqualTo("index " + index);
        String[] noteLines = halves[1].split("\n");
        byte[] hash = sha256(new byte[] {0}, body);
        long at = index;
        long last = Long.parseLong(noteLines[1]) - 1;
        for (String line : lines.subList(3, lines.size())) {
            byte[] sibling = Base64.getDecoder().decode(line);
            while (at % 2 == 0 && at == last) {
                at /= 2;
                last /= 2;
            }
            hash = at % 2 == 1 ? sha256(new byte[] {1}, sibling, hash) : sha256(new byte[] {1}, hash, sibling);
            at /= 2;
            last /= 2;
        }
        assertThat(Base64.getEncoder().encodeToString(hash)).isEqualTo(noteLines[2]);
        assertThat(halves[1]).isEqualTo(note);
    }

    private static byte[] sha256(byte[]... parts) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Arrays.stream(parts).forEach(digest::update);
        return digest.digest();
    }

    @Test
    void prove_writesAProof_thatAnotherReaderFollows_forEachEntry() throws Exception {
        for (long seq = 0; seq < head.size() - 2; seq++) {
            String text = ledger(original, "prove", seq).out();
            Json.Obj extra = Json.parseObject(
                    Base64.getDecoder().decode(text.lines().toList().get(1).substring("extra ".length())));
            readProof(text, extra.string("body").getBytes(UTF_8), seq);
        }
    }

    @Test
    void prove_intoAFile_isAcceptedByBothVerifiers_andNotWritteOver() throws Exception {
        Path file = folder.resolve("entry.tlog-proof");
        assertThat(ledger(original, "prove", statement, "-o", file).code()).isZero();
        assertThat(ledger(original, "prove", 0, "-o", file).code()).isEqualTo(3);

        Ended alone = Program.run("verify", file);
        Ended trusted = Program.run("verify", "--trust", trust, file);
        Ended python = Program.python(Path.of("docs/verify/quorate_verify_extract.py"), file, "--trust", trust);

        assertThat(alone.code()).as(alone.out()).isZero();
        assertThat(alone.out()).contains("Entry " + statement + ", statement").contains("Without --trust");
        assertThat(trusted.code()).isZero();
        assertThat(trusted.out()).doesNotContain("Without --trust");
        assertThat(python.code()).as(python.out()).isZero();
    }

    @Test
    void prove_ofAnEntryUnderNoCheckpoint_isAProblem() {
        Ended ended = ledger(original, "prove", head.size() - 1, "--json");

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.json().string("problem")).isEqualTo("app.ledger.no_checkpoint");
    }

    @Test
    void verify_ofAChangedProof_isNo_inBothVerifiers() throws Exception {
        String text = ledger(original, "prove", statement).out();
        String[] lines = text.split("\n");
        Path other = Files.writeString(
                folder.resolve("other-trust.json"),
                Files.readString(trust).replaceFirst("\"console_key\" *: *\"....", "\"console_key\":\"0000"));
        byte[] extra = Base64.getDecoder().decode(lines[1].substring(6));
        String edited = new String(extra, UTF_8).replace("I approve", "I refuse ");
        int signature = text.length() - 40;
        char other64 = text.charAt(signature) == 'A' ? 'B' : 'A';
        String otherSignature = text.substring(0, signature) + other64 + text.substring(signature + 1);
        String moved = text.replace("index " + statement, "index " + (statement + 1));

        for (String wrong : List.of(
                text.replace(lines[1], "extra " + Base64.getEncoder().encodeToString(edited.getBytes(UTF_8))),
                text.replace(lines[3] + "\n", ""),
                text.replace(lines[3], lines[4]),
                moved,
                otherSignature,
                text.replaceFirst("\n([1-9][0-9]*)\n", "\n1$1\n"),
                text.substring(0, text.lastIndexOf("— ")))) {
            Path file = Files.writeString(folder.resolve("wrong"), wrong);
            Ended ended = Program.run("verify", file);
            assertThat(ended.code()).as(wrong).isEqualTo(1);
            assertThat(Program.python(Path.of("docs/verify/quorate_verify_extract.py"), file)
                            .code())
                    .as(wrong)
                    .isEqualTo(1);
        }
        Path file = Files.writeString(folder.resolve("right"), text);
        assertThat(Program.run("verify", "--trust", other, file).code()).isEqualTo(1);
        assertThat(Program.python(Path.of("docs/verify/quorate_verify_extract.py"), file, "--trust", other)
                        .code())
                .isEqualTo(1);
        String size = note.split("\n", -1)[1];
        assertThat(Program.run("verify", "--anchor", size + ":" + "A".repeat(43) + "=", file)
                        .code())
                .isEqualTo(1);
    }

    @Test
    void anchor_saysSizeWordsAndLine_andDrawsTheNote() throws Exception {
        Ended ended = ledger(original, "anchor");
        Json.Obj json = ledger(original, "anchor", "--json").json();

        assertThat(ended.code()).isZero();
        assertThat(json.string("note")).isEqualTo(note);
        assertThat(json.string("anchor")).isEqualTo(json.integer("size") + ":" + note.split("\n", -1)[2]);
        assertThat(json.strings("words")).hasSize(24);
        assertThat(ended.out().lines())
                .contains(json.string("anchor"))
                .contains("  " + String.join(" ", json.strings("words").subList(0, 6)));
        assertThat(decode(ended.out())).isEqualTo(note);
        assertThat(Program.run("verify", "--anchor", json.string("anchor"), "--anchor", json.string("head"), original)
                        .code())
                .isZero();
    }

    /// Blocks are light squares; the quiet zone of four squares around them is cut off.
    private static String decode(String out) throws Exception {
        List<String> blocks =
                out.lines().filter(line -> line.matches("[ ▀▄█]{40,}")).toList();
        int side = blocks.getFirst().length();
        var squares = new BitMatrix(side - 8);
        for (int y = 4; y < side - 4; y++) {
            for (int x = 4; x < side - 4; x++) {
                char block = blocks.get(y / 2).charAt(x);
                boolean light = block == '█' || block == (y % 2 == 0 ? '▀' : '▄');
                if (!light) {
                    squares.set(x - 4, y - 4);
                }
            }
        }
        return new Decoder().decode(squares).getText();
    }

    @Test
    void anchor_intoAPicture_canBeScanned_andIsNotWrittenOver() throws Exception {
        Path file = folder.resolve("anchor.png");
        assertThat(ledger(original, "anchor", "-o", file).code()).isZero();
        assertThat(ledger(original, "anchor", "-o", file).code()).isEqualTo(3);

        BufferedImage picture = ImageIO.read(file.toFile());
        int width = picture.getWidth();
        int height = picture.getHeight();
        LuminanceSource source =
                new RGBLuminanceSource(width, height, picture.getRGB(0, 0, width, height, null, 0, width));
        assertThat(new QRCodeReader()
                        .decode(new BinaryBitmap(new HybridBinarizer(source)))
                        .getText())
                .isEqualTo(note);
    }

    @Test
    void cards_areListedWithTheirLastSignature_andThoseOverdueAnswerNo() {
        Ended all = Program.run("ledger", "cards", "--ledger", original, "--json");

        assertThat(all.code()).isZero();
        List<Json.Obj> cards = all.json().objects("cards");
        assertThat(cards)
                .extracting(card -> card.string("person"))
                .contains("ann", "cem")
                .doesNotContain("bob"); // whose card was retired
        Json.Obj ann = cards.stream()
                .filter(card -> card.string("person").equals("ann"))
                .findFirst()
                .orElseThrow();
        assertThat(ann.integer("entry")).isPositive();

        Ended overdue = Program.run("ledger", "cards", "--ledger", original, "--unused-since", "2030-01-01");
        assertThat(overdue.code()).isOne();
        assertThat(overdue.out()).contains("Overdue: ann").contains("signed last on");

        Ended recent = Program.run("ledger", "cards", "--ledger", original, "--unused-since", "2020-01-01");
        assertThat(recent.out()).doesNotContain("Overdue: ann");
    }
}
