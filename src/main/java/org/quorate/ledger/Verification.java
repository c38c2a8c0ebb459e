package org.quorate.ledger;

import java.util.List;
import java.util.Optional;
import org.quorate.base.Json;

/// What verifying a ledger showed.
///
/// @param head where it ends; empty where an entry was so broken that no more could be judged
/// @param findings in the order of the entries, those about the file as a whole last
/// @param openIntents intents of which nobody knows whether they were carried out
public record Verification(Optional<Head> head, List<Finding> findings, List<Long> openIntents) {
    public Verification {
        findings = List.copyOf(findings);
        openIntents = List.copyOf(openIntents);
    }

    /// Whether nothing but warnings was found.
    public boolean sound() {
        return errors().isEmpty();
    }

    public List<Finding> errors() {
        return findings.stream().filter(Finding::isError).toList();
    }

    public List<Finding> warnings() {
        return findings.stream().filter(f -> !f.isError()).toList();
    }

    /// The error that a reader should look at first: the earliest entry, or the file itself.
    public Optional<Finding> firstError() {
        return findings.stream().filter(Finding::isError).findFirst();
    }

    public Verdict verdict() {
        if (sound()) {
            return Verdict.SOUND;
        }
        if (firstError().filter(f -> f.rule().forbidsJudgement()).isPresent()) {
            return Verdict.NOT_JUDGED;
        }
        return errors().stream().allMatch(f -> f.rule().isFromOutside()) ? Verdict.DISAGREES : Verdict.NOT_SOUND;
    }

    /// What it comes to.
    public enum Verdict {
        SOUND,
        NOT_SOUND,
        /// There is no ledger there, or none that can be read as it lies.
        NOT_JUDGED,
        /// Sound in itself, but not what was anchored or trusted.
        DISAGREES
    }

    public Json.Obj toJson() {
        Json.Builder json = Json.obj()
                .put("sound", sound())
                .put(
                        "findings",
                        Json.array(findings.stream().map(Finding::toJson).toList()))
                .put("open_intents", Json.integers(openIntents));
        if (head.isEmpty()) {
            return json.putNull("size").putNull("root").putNull("leaf").build();
        }
        Head end = head.get();
        return json.put("size", end.size())
                .put("root", Base64Text.of(end.root().bytes()))
                .put("leaf", end.leaf().hex())
                .build();
    }
}
