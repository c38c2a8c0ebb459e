package org.quorate.card.piv;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.quorate.card.Tlv;

/// The ledger takes an ECDSA signature in its one shortest form; some cards pad their integers.
final class EcdsaDer {
    private EcdsaDer() {}

    /// The same two numbers, each as short as can be; empty where it is not two numbers.
    static Optional<byte[]> strict(byte[] signature) {
        return Tlv.find(signature, 0x30)
                .flatMap(Tlv::parse)
                .filter(numbers ->
                        numbers.size() == 2 && numbers.stream().allMatch(n -> n.tag() == 2 && n.value().length > 0))
                .map(EcdsaDer::sequence);
    }

    private static byte[] sequence(List<Tlv> numbers) {
        return Tlv.of(0x30, integer(numbers.getFirst()), integer(numbers.getLast()));
    }

    /// Read as a number without sign: neither of the two is ever negative, and some cards leave the leading zero out.
    private static byte[] integer(Tlv number) {
        return Tlv.of(2, new BigInteger(1, number.value()).toByteArray());
    }
}
