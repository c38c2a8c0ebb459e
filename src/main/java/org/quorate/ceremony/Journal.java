package org.quorate.ceremony;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Ledger;

/// The ledger as one ceremony sees it: writes its entries, and folds them again on demand.
final class Journal {
    private final Ledger ledger;
    private final UUID ceremony;

    Journal(Ledger ledger, UUID ceremony) {
        this.ledger = ledger;
        this.ceremony = ceremony;
    }

    Ledger ledger() {
        return ledger;
    }

    UUID ceremony() {
        return ceremony;
    }

    Ceremony now() {
        return Ceremony.of(ledger.ofCeremony(ceremony));
    }

    Entry append(EntryType type, Json.Obj data) {
        return ledger.append(Draft.ofCeremony(type, ceremony, data));
    }

    Entry append(EntryType type, String step, Json.Obj data) {
        return ledger.append(Draft.ofStep(type, ceremony, step, data));
    }

    /// Stores `artefacts` with the entry unless the ledger has them already.
    Entry append(EntryType type, String step, Json.Obj data, List<byte[]> artefacts) {
        return ledger.append(Draft.ofStep(type, ceremony, step, data).with(missing(artefacts)));
    }

    private List<byte[]> missing(List<byte[]> artefacts) {
        return artefacts.stream()
                .filter(bytes -> ledger.artefact(Digest.of(bytes)).isEmpty())
                .toList();
    }

    /// An added key and its own co-signature, in one transaction.
    Entry append(EntryType type, String step, Json.Obj data, Function<Entry, Draft> seal) {
        return ledger.append(Draft.ofStep(type, ceremony, step, data), seal);
    }

    Entry exception(Optional<String> step, ExceptionSheet sheet) {
        long number = now().of(EntryType.EXCEPTION).count() + 1;
        return ledger.append(new Draft(
                EntryType.EXCEPTION,
                Optional.of(ceremony),
                step,
                sheet.toJson().put("number", number).build(),
                List.of()));
    }
}
