package org.quorate.hsm.pkcs11;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Which hash RSAES-OAEP takes on a token: the strongest that it does not refuse (SoftHSM knows SHA-1 only, which is
/// no weakness here, since OAEP needs no collision resistance of its hash).
final class OaepHashes {
    private static final List<Cryptoki.Param.Oaep> CANDIDATES = List.of(
            new Cryptoki.Param.Oaep(Ck.CKM_SHA256, Ck.CKG_MGF1_SHA256),
            new Cryptoki.Param.Oaep(Ck.CKM_SHA_1, Ck.CKG_MGF1_SHA1));

    private final Map<String, String> used = new ConcurrentHashMap<>();

    /// Tries one after the other; where none does it, the last refusal stands.
    <T> T first(String serial, Function<Cryptoki.Mech, T> act) {
        Optional<CkException> refusal = Optional.empty();
        for (Cryptoki.Param.Oaep candidate : CANDIDATES) {
            try {
                T value = act.apply(new Cryptoki.Mech(Ck.CKM_RSA_PKCS_OAEP, candidate));
                used.put(serial, "CKM_RSA_PKCS_OAEP with " + (candidate.hash() == Ck.CKM_SHA_1 ? "SHA-1" : "SHA-256"));
                return value;
            } catch (CkException e) {
                if (e.ofTheDevice()) {
                    throw e;
                }
                refusal = Optional.of(e);
            }
        }
        throw refusal.orElseThrow();
    }

    /// What worked last on that token.
    Optional<String> used(String serial) {
        return Optional.ofNullable(used.get(serial));
    }
}
