package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.ceremony.TestRoom.step;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.ceremony.Question.BringFile;
import org.quorate.ceremony.Question.Choose;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.sqlite.crash.InMemory;

/// What leaves no trace on a token: requests, certificates, revocation lists and jars, broken off at each
/// entry, at each call of a card and in each act, which is done, refused or unknown.
class SigningStopsTest {
    private static final List<String> STEPS = List.of(
            step("generate_key_pair", "make-root", "key: root", "token: primary", "quorum: lone"),
            step(
                    "issue_root_certificate",
                    "issue-root",
                    "key: root",
                    "token: primary",
                    "subject: CN=Root,O=Nobody,C=DE",
                    "years: 10",
                    "quorum: lone"),
            step("generate_key_pair", "make-server", "key: server", "token: primary", "quorum: lone"),
            step(
                    "make_certificate_request",
                    "request",
                    "key: server",
                    "token: primary",
                    "subject: CN=Code,C=DE",
                    "profile: code_signing",
                    "file: server.csr",
                    "quorum: lone"),
            step(
                    "issue_certificate",
                    "issue",
                    "key: root",
                    "token: primary",
                    "request: server.csr",
                    "subject: CN=Code,C=DE",
                    "profile: code_signing",
                    "days: 300",
                    "file: cert.pem",
                    "quorum: lone"),
            step("issue_crl", "list", "key: root", "token: primary", "days: 30", "file: root.crl", "quorum: lone"),
            step(
                    "sign_jar",
                    "sign",
                    "key: server",
                    "token: primary",
                    "certificate: cert.pem",
                    "file: a.jar",
                    "out: b.jar",
                    "quorum: lone"));

    @TempDir(factory = InMemory.class)
    private Path folder;

    private static byte[] jar = {};

    @BeforeAll
    static void makeJar() throws Exception {
        var out = new ByteArrayOutputStream();
        try (var stream = new JarOutputStream(out)) {
            stream.putNextEntry(new ZipEntry("a.txt"));
            stream.write("a".getBytes(StandardCharsets.UTF_8));
            stream.closeEntry();
        }
        jar = out.toByteArray();
    }

    private static void people(TestRoom room) {
        room.front
                .always(BringFile.class, question -> jar)
                .always(Choose.class, question -> question.name().equals(Choose.AFTER_FAILURE) ? "retry" : "nothing");
    }

    private void breaks(int from, int to, String made, Stops.Ending more) throws Exception {
        Stops.breakNowhere(
                folder, new Stops.Play(STEPS.subList(0, to), from, SigningStopsTest::people, (room, stopped) -> {
                    String id = room.now().runs().getLast().step();
                    List<StepRun> attempts = room.now().attempts(id);
                    // What may have been signed is never signed again: another attempt signs something else.
                    List<Entry> intents = attempts.stream()
                            .flatMap(run -> run.of(EntryType.INTENT))
                            .toList();
                    assertThat(intents.stream().filter(intent -> signed(room, intent)))
                            .hasSize(1);
                    assertThat(intents).hasSizeBetween(1, 2);
                    // What people took along is what is on record.
                    StepRun last = attempts.getLast();
                    Json.Obj file = last.of(EntryType.OBSERVATION)
                            .map(Entry::data)
                            .filter(data -> data.string("name").equals("file_made"))
                            .findFirst()
                            .orElseThrow();
                    assertThat(Digest.of(room.front.taken.get(made)).artefactName())
                            .isEqualTo(file.string("artefact"));
                    more.check(room, stopped);
                }));
    }

    private static boolean signed(TestRoom room, Entry intent) {
        return room.now().runs().stream().anyMatch(run -> run.happened(intent));
    }

    @Test
    void request_isHandedOutAsItWasSigned_whateverStopsIt() throws Exception {
        breaks(3, 4, "server.csr", (room, stopped) -> {});
    }

    @Test
    void certificate_hasASerialOfItsOwn_whateverStopsIt() throws Exception {
        breaks(
                4,
                5,
                "cert.pem",
                (room, stopped) -> assertThat(room.entries(EntryType.INTENT))
                        .extracting(
                                intent -> intent.data().optionalString("serial").orElse(""))
                        .filteredOn(serial -> !serial.isEmpty())
                        .doesNotHaveDuplicates());
    }

    @Test
    void list_hasANumberOfItsOwn_whateverStopsIt() throws Exception {
        breaks(
                5,
                6,
                "root.crl",
                (room, stopped) -> assertThat(room.observed("crl")).hasSize(1));
    }

    @Test
    void jar_isSigned_andTheSameJarIsHandedOut_whateverStopsIt() throws Exception {
        breaks(
                6,
                7,
                "b.jar",
                (room, stopped) -> assertThat(room.observed("jar_signed"))
                        .singleElement()
                        .satisfies(signed -> assertThat(signed.object("detail").string("out_sha256"))
                                .isEqualTo(
                                        Digest.of(room.front.taken.get("b.jar")).hex())));
    }
}
