package org.quorate.hsm.pkcs11;

import java.util.Optional;
import java.util.Set;

/// Which attributes can hold the secret of an object.
final class Secrets {
    private static final Set<Long> ATTRIBUTES = Set.of(
            Ck.CKA_VALUE,
            Ck.CKA_PRIVATE_EXPONENT,
            Ck.CKA_PRIME_1,
            Ck.CKA_PRIME_2,
            Ck.CKA_EXPONENT_1,
            Ck.CKA_EXPONENT_2,
            Ck.CKA_COEFFICIENT);

    private Secrets() {}

    static boolean possible(long type) {
        return ATTRIBUTES.contains(type);
    }

    /// Whether objects of that class have none at all. Of a class that is unknown or not reported, everything may
    /// be one; data objects have held PINs.
    static boolean none(Optional<Long> objectClass) {
        return objectClass.equals(Optional.of(Ck.CKO_CERTIFICATE))
                || objectClass.equals(Optional.of(Ck.CKO_PUBLIC_KEY));
    }
}
