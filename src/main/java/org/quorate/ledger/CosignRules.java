package org.quorate.ledger;

import static org.quorate.ledger.EntryRules.demand;
import static org.quorate.ledger.EntryRules.read;

import java.util.Optional;
import java.util.UUID;
import org.quorate.base.Digest;
import org.quorate.ledger.EntryRules.Effect;
import org.quorate.ledger.LedgerState.Awaited;
import org.quorate.ledger.LedgerState.CosignFact;

/// What makes a co-signature one, and where one must stand.
final class CosignRules {
    private final LedgerState state;

    CosignRules(LedgerState state) {
        this.state = state;
    }

    Effect judge(Body entry) {
        Cosign cosign = read(entry, Rule.COSIGN_DATA, Cosign::fromJson);
        long target = cosign.target();
        demand(target >= 0 && target < entry.seq(), Rule.COSIGN_TARGET, "an earlier entry", target);
        Digest leaf = Digest.ofRaw(state.tree().leaf(target));
        demand(cosign.leaf().equals(leaf), Rule.COSIGN_TARGET, leaf, cosign.leaf());
        Optional<UUID> ceremony = state.ceremonyOf(target);
        demand(
                entry.ceremony().equals(ceremony),
                Rule.COSIGN_CEREMONY,
                ceremony.map(UUID::toString).orElse("null"),
                entry.ceremony().map(UUID::toString).orElse("null"));
        Optional<LedgerKey> key = state.keys()
                .counting(cosign.key(), entry.seq())
                .filter(k -> k.isPerson() || state.awaited().equals(new Awaited.OwnCosign(target, k.id())));
        demand(key.isPresent(), Rule.COSIGN_KEY, "a person's key that counts", cosign.key());
        demand(
                cosign.isSignedBy(key.orElseThrow().spki(), entry.ledger(), ceremony),
                Rule.COSIGN_SIGNATURE,
                "a signature of that key over entry " + target,
                "one that does not hold");
        return known -> known.learn(entry.seq(), new CosignFact(target, cosign.meaning(), cosign.key()));
    }

    /// The entry after a genesis or an added key is a co-signature of it by a key that it names.
    Effect awaited(Body entry) {
        Optional<Cosign> cosign = entry.type() == EntryType.COSIGN
                ? Optional.of(read(entry, Rule.COSIGN_DATA, Cosign::fromJson))
                : Optional.empty();
        return switch (state.awaited()) {
            case Awaited.Nothing() -> Effect.NONE;
            case Awaited.Founders founders -> {
                Optional<Cosign> own = cosign.filter(c -> c.target() == 0
                        && c.meaning() == Cosign.Meaning.APPROVE
                        && founders.left().contains(c.key()));
                demand(
                        own.isPresent(),
                        Rule.GENESIS_FOUNDERS,
                        "an approval of entry 0 by a founder who has not signed yet",
                        entry.type().wire());
                yield known -> known.expect(founders.without(own.orElseThrow().key()));
            }
            case Awaited.OwnCosign(var target, var key) -> {
                demand(
                        cosign.filter(c -> c.target() == target && c.key().equals(key))
                                .isPresent(),
                        Rule.KEY_ADD_OWN_COSIGN,
                        "a co-signature of entry " + target + " by the key it adds",
                        entry.type().wire());
                yield known -> known.expect(new Awaited.Nothing());
            }
        };
    }
}
