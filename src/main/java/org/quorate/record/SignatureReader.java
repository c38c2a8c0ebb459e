package org.quorate.record;

import java.util.List;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;

/// Reads every card signature of the ceremony with its printed meaning (21 CFR 11.50).
final class SignatureReader {
    private final Story story;

    SignatureReader(Story story) {
        this.story = story;
    }

    List<SignatureFacts> signatures() {
        return story.of(EntryType.COSIGN).map(this::signature).toList();
    }

    private SignatureFacts signature(Entry entry) {
        Json.Obj data = entry.data();
        var key = data.digest("key");
        long target = data.integer("target");
        return new SignatureFacts(
                entry.seq(),
                entry.time(),
                story.holder(key),
                Plain.word("record.meaning.", data.string("meaning")),
                new SignatureFacts.Target(
                        target, story.entry(target).map(this::what).orElse("")),
                new SignatureFacts.Made(key, data.string("alg")));
    }

    private String what(Entry target) {
        String step = story.number(target);
        return switch (target.type()) {
            case STATEMENT -> Texts.get("record.signed.statement", step, story.title(target));
            case PARTICIPANT ->
                Texts.get("record.signed.participant", story.name(target.data().string("person")));
            case CEREMONY_CLOSE -> Texts.get("record.signed.close");
            default -> Texts.get("record.signed.other", target.type().wire().replace('_', ' '), target.seq());
        };
    }

    static String firstLine(String text) {
        return text.strip().lines().findFirst().orElse("");
    }
}
