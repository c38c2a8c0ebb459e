package org.quorate.ledger;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.UtcTime;

/// Between a [Draft] and the bytes that are hashed and kept. What is read is never written again in order to be
/// checked: the stored bytes are the entry.
public final class EntryCodec {
    public static final int MAX_BODY = 65_536;

    private EntryCodec() {}

    /// Where the next entry goes.
    public record Place(UUID ledger, long seq, Digest prev, UUID run) {
        Place after(Entry entry) {
            return new Place(ledger, entry.seq() + 1, entry.leaf(), run);
        }
    }

    /// The entry as it will stand; nothing is written.
    ///
    /// @throws org.quorate.base.ProblemException when the body is longer than an entry may be
    public static Entry encode(Draft draft, Place place, LedgerClock.Moment moment) {
        byte[] body = Json.obj()
                .put("v", 1)
                .put("led", place.ledger().toString())
                .put("seq", place.seq())
                .put("prev", place.prev().hex())
                .put("ts", UtcTime.format(moment.time()))
                .put("boot", moment.boot().toString())
                .put("up_us", moment.upMicros())
                .put("run", place.run().toString())
                .put("type", draft.type().wire())
                .put("cer", draft.ceremony().map(UUID::toString))
                .put("step", draft.step())
                .put("data", draft.data())
                .build()
                .canonical();
        if (body.length > MAX_BODY) {
            throw Problem.of("ledger.entry_too_long", draft.type().wire(), body.length, MAX_BODY)
                    .asException();
        }
        return decode(body);
    }

    /// @throws BrokenEntryException when the bytes are not an entry of this format
    public static Entry decode(byte[] body) {
        return entry(BodyScanner.scan(body), Proofs.leafOf(body));
    }

    /// The artefacts that the data of an entry names.
    public static List<Digest> named(Entry entry) {
        return BodyScanner.scan(entry.body()).named();
    }

    static Entry entry(Body body, Digest leaf) {
        return new Entry(
                body.ledger(),
                body.seq(),
                Digest.ofRaw(body.prev()),
                Instant.ofEpochMilli(body.millis()),
                body.boot(),
                body.up(),
                body.run(),
                body.type(),
                body.ceremony(),
                body.step(),
                body.data(),
                leaf,
                body.bytes());
    }
}
