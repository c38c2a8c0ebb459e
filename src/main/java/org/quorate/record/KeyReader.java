package org.quorate.record;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.hsm.Operation;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.script.KeyDefinition;

/// Reads the keys that the ceremony spoke of: where each is, and the newest report of each object.
final class KeyReader {
    private final Story story;

    KeyReader(Story story) {
        this.story = story;
    }

    List<KeyFacts> keys() {
        var names = new LinkedHashSet<String>();
        story.ceremony().forEach(entry -> keyName(entry).ifPresent(names::add));
        return names.stream().map(this::key).toList();
    }

    private static Optional<String> keyName(Entry entry) {
        return switch (entry.type()) {
            case INTENT -> entry.data().optionalString("key").filter(key -> !key.isEmpty());
            case OBSERVATION ->
                Set.of("key_report", "public_key", "identified_key")
                                .contains(entry.data().optionalString("name").orElse(""))
                        ? detail(entry).optionalString("key")
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Json.Obj detail(Entry entry) {
        return entry.data().optionalObject("detail").orElse(Json.obj().build());
    }

    private KeyFacts key(String name) {
        Optional<KeyDefinition> definition =
                Optional.ofNullable(story.script().cast().keys().get(name));
        return new KeyFacts(
                name,
                definition
                        .map(key -> definition(name, key))
                        .orElseGet(() -> new KeyFacts.Definition(name, "", "", Optional.empty())),
                about("public_key", name)
                        .reduce((first, second) -> second)
                        .flatMap(entry -> detail(entry).optionalDigest("sha256")),
                places(name),
                reports(name));
    }

    private KeyFacts.Definition definition(String name, KeyDefinition key) {
        return new KeyFacts.Definition(
                key.label(),
                key.spec().text(),
                Texts.get("record.purpose." + key.purpose().wire()),
                cryptoperiod(name));
    }

    private Optional<String> cryptoperiod(String key) {
        return story.of(EntryType.INTENT)
                .map(Entry::data)
                .filter(data -> data.optionalString("key").equals(Optional.of(key)))
                .flatMap(data -> data.optionalObject("cryptoperiod").stream())
                .reduce((first, second) -> second)
                .map(period -> Texts.get("record.cryptoperiod", period.string("from"), period.string("until")));
    }

    private Stream<Entry> about(String observation, String key) {
        return story.observations(observation)
                .filter(entry -> detail(entry).optionalString("key").equals(Optional.of(key)));
    }

    private List<KeyFacts.Place> places(String key) {
        return Stream.concat(found(key), brought(key))
                .sorted(Comparator.comparing(KeyFacts.Place::since))
                .toList();
    }

    /// Where an earlier ceremony brought it, as this one found it.
    private Stream<KeyFacts.Place> found(String key) {
        return about("identified_key", key)
                .map(entry -> place(
                        key,
                        entry,
                        detail(entry).string("role"),
                        detail(entry).string("serial"),
                        detail(entry).string("cka_id"),
                        Texts.get("record.op.identified")));
    }

    private Stream<KeyFacts.Place> brought(String key) {
        return story.of(EntryType.INTENT)
                .filter(intent -> intent.data().optionalString("key").equals(Optional.of(key)))
                .filter(intent -> Operation.bringsAKey(intent.data().string("op")) && story.happened(intent))
                .map(intent -> place(
                        key,
                        intent,
                        intent.data().optionalString("token_role").orElse(""),
                        intent.data().object("token").string("serial"),
                        intent.data().optionalString("cka_id").orElse(""),
                        Plain.word("record.op.", intent.data().string("op"))));
    }

    private KeyFacts.Place place(String key, Entry entry, String role, String serial, String keyId, String how) {
        return new KeyFacts.Place(
                role,
                serial,
                keyId,
                how,
                entry.time(),
                about("absence", key)
                        .filter(absence ->
                                detail(absence).optionalString("cka_id").equals(Optional.of(keyId)))
                        .filter(absence ->
                                detail(absence).optionalString("role").equals(Optional.of(role)))
                        .filter(absence -> absence.seq() > entry.seq())
                        .findFirst()
                        .map(Entry::time));
    }

    private List<KeyFacts.Report> reports(String key) {
        Map<String, KeyFacts.Report> newest = new LinkedHashMap<>();
        about("key_report", key).forEach(entry -> {
            KeyFacts.Report report = report(entry);
            newest.put(
                    report.role() + " " + report.object().kind() + " "
                            + report.object().keyId(),
                    report);
        });
        return List.copyOf(newest.values());
    }

    static KeyFacts.Report report(Entry entry) {
        Json.Obj detail = detail(entry);
        var attributes = new ArrayList<KeyFacts.Attribute>();
        for (Json.Obj line : detail.objects("attributes")) {
            attributes.add(new KeyFacts.Attribute(
                    line.string("name"), bool(line, "asked"), bool(line, "reported"), line.string("state")));
        }
        return new KeyFacts.Report(
                detail.string("role"),
                new KeyFacts.Named(detail.string("class"), detail.string("label"), detail.string("cka_id")),
                entry.time(),
                entry.seq(),
                attributes);
    }

    private static Optional<Boolean> bool(Json.Obj line, String key) {
        return line.get(key).orElse(new Json.Null()) instanceof Json.Bool(var value)
                ? Optional.of(value)
                : Optional.empty();
    }

    List<CertificateFacts> certificates() {
        return story.observations("certificate").map(KeyReader::certificate).toList();
    }

    private static String moment(String text) {
        return UtcTime.parse(text).map(UtcTime::forPeople).orElse(text);
    }

    private static CertificateFacts certificate(Entry entry) {
        Json.Obj detail = detail(entry);
        return new CertificateFacts(
                detail.string("key"),
                new CertificateFacts.Named(detail.string("subject"), detail.string("issuer"), detail.string("serial")),
                new CertificateFacts.Validity(moment(detail.string("not_before")), moment(detail.string("not_after"))),
                detail.digest("sha256"),
                entry.data()
                        .optionalString("artefact")
                        .filter(Digest::isArtefactName)
                        .map(Digest::fromArtefactName),
                detail.optionalString("profile")
                        .map(profile -> new CertificateFacts.Asked(
                                Plain.word("step.profile.", profile),
                                String.join(", ", detail.strings("names")),
                                detail.digest("request"))));
    }

    List<RevocationFacts> revocations() {
        return story.observations("crl").map(KeyReader::revocation).toList();
    }

    private static RevocationFacts revocation(Entry entry) {
        Json.Obj detail = detail(entry);
        return new RevocationFacts(
                detail.string("key"),
                new RevocationFacts.Named(detail.string("issuer"), detail.integer("number"), detail.digest("sha256")),
                new CertificateFacts.Validity(
                        moment(detail.string("this_update")), moment(detail.string("next_update"))),
                detail.objects("revoked").stream()
                        .map(one -> new RevocationFacts.Line(
                                one.string("serial"),
                                moment(one.string("since")),
                                Plain.word("ceremony.reason.", one.string("reason"))))
                        .toList(),
                entry.data()
                        .optionalString("artefact")
                        .filter(Digest::isArtefactName)
                        .map(Digest::fromArtefactName));
    }
}
