package org.quorate.ceremony.x509;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.quorate.hsm.SignatureScheme;

/// What X.509 signs has one form: the bytes, how they were signed, and the signature.
public final class SignedStructure {
    private SignedStructure() {}

    public static byte[] assemble(byte[] toBeSigned, SignatureScheme scheme, byte[] signature) {
        try {
            return new DERSequence(new ASN1Encodable[] {
                        ASN1Primitive.fromByteArray(toBeSigned), algorithm(scheme), new DERBitString(signature)
                    })
                    .getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// For a look at what will be signed, by those who read only what is signed.
    static byte[] withoutSignature(byte[] toBeSigned, SignatureScheme scheme) {
        return assemble(toBeSigned, scheme, new byte[1]);
    }

    public static AlgorithmIdentifier algorithm(SignatureScheme scheme) {
        return new DefaultSignatureAlgorithmIdentifierFinder().find(scheme.jca().toUpperCase(Locale.ROOT));
    }
}
