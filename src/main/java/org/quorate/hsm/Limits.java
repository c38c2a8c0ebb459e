package org.quorate.hsm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.quorate.hsm.Admission.Finding;
import org.quorate.hsm.Admission.Verdict;

/// What a token cannot do, or does in its own way. None of it is a reason to refuse the token, since a script can be
/// written so that it does not matter; but it must be known before.
final class Limits {
    private final TokenSession session;
    private final ScratchKeys keys;
    private final String login;

    Limits(TokenSession session, ScratchKeys keys, String login) {
        this.session = session;
        this.keys = keys;
        this.login = login;
    }

    List<Finding> findings() {
        var findings = new ArrayList<Finding>();
        findings.add(wrapAndDecrypt());
        findings.add(bareTemplate());
        findings.add(keyWrap());
        findings.add(oaep());
        findings.add(originAfterTransfer());
        findings.add(sessionObjects());
        findings.add(curves());
        if (login.equals("none")) {
            findings.add(withoutLogin());
        }
        return findings;
    }

    /// The wrapped key is unwrapped by hand, block by block, with the same key's C_Decrypt. The value is wiped.
    private Finding wrapAndDecrypt() {
        String name = "wrap_and_decrypt_exclude_each_other";
        Template both = keys.wrapping().with(Attribute.DECRYPT, true);
        if (!(keys.wrapped instanceof Outcome.Done)) {
            return noted(name, Attacks.said(keys.wrapped));
        }
        Outcome<byte[]> wrapped = keys.wrapped
                .then(before -> session.generateKey(ScratchKeys.AES, ScratchKeys.WRAPPING_AND_DECRYPTING, both))
                .then(id -> keys.wrap(id, ScratchKeys.LEAVING, ObjectClass.SECRET_KEY));
        if (!(wrapped instanceof Outcome.Done<byte[]>(var bytes))) {
            return fine(name, Attacks.said(wrapped));
        }
        var hand = new BlockByBlock(
                block -> session.decrypt(ScratchKeys.WRAPPING_AND_DECRYPTING, CipherScheme.AES_BLOCKS, block)
                                instanceof Outcome.Done<byte[]>(var plain)
                        ? Optional.of(plain)
                        : Optional.empty());
        Optional<byte[]> clear = keys.scheme == WrapScheme.AES_CBC_PAD ? hand.cbc(bytes) : hand.keyWrap(bytes);
        clear.ifPresent(value -> Arrays.fill(value, (byte) 0));
        return clear.isPresent()
                ? noted(name, "with both on one key, a sensitive key was read in clear")
                : fine(name, "one key may have both, but nothing was read with it");
    }

    private Finding bareTemplate() {
        String name = "bare_template_makes_a_safe_key";
        // Without a login nothing private can be made, whatever the token would make otherwise.
        Template template = login.equals("none") ? keys.bare().with(Attribute.PRIVATE, false) : keys.bare();
        Outcome<KeyId> bare = session.generateKey(ScratchKeys.AES, ScratchKeys.BARE, template);
        Optional<TokenObject> made = bare instanceof Outcome.Done
                ? session.find(ScratchKeys.BARE, ObjectClass.SECRET_KEY)
                : Optional.empty();
        if (made.isEmpty()) {
            return noted(name, Attacks.said(bare));
        }
        KeyReport report = session.report(made.get(), keys.secret(false));
        String values = Stream.of(Attribute.SENSITIVE, Attribute.EXTRACTABLE, Attribute.PRIVATE)
                .map(attribute -> attribute.cka() + " "
                        + report.reported(attribute).map(String::valueOf).orElse("not reported"))
                .collect(Collectors.joining(", "));
        boolean safe = report.reported(Attribute.SENSITIVE).equals(Optional.of(true))
                && report.reported(Attribute.EXTRACTABLE).equals(Optional.of(false));
        return safe ? fine(name, values) : noted(name, values);
    }

    private Finding keyWrap() {
        String name = "wraps_by_rfc_5649";
        if (!(keys.wrapped instanceof Outcome.Done)) {
            return noted(name, Attacks.said(keys.wrapped));
        }
        String how = session.mechanismOf(keys.scheme).orElse("");
        return keys.scheme == WrapScheme.AES_KWP ? fine(name, how) : noted(name, "wraps by " + how);
    }

    private Finding oaep() {
        String name = "wraps_by_rsa_oaep_with_sha_256";
        Outcome<byte[]> wrapped = session.generateKeyPair(
                        new KeySpec.Rsa(2048),
                        ScratchKeys.TRANSPORT,
                        keys.transportPublicHalf(),
                        keys.transportPrivateHalf())
                .then(key -> keys.wrapped)
                .then(before -> session.wrap(
                        ScratchKeys.TRANSPORT, WrapScheme.RSA_OAEP, ScratchKeys.LEAVING, ObjectClass.SECRET_KEY));
        if (!(wrapped instanceof Outcome.Done)) {
            return noted(name, Attacks.said(wrapped));
        }
        String how = session.mechanismOf(WrapScheme.RSA_OAEP).orElse("");
        return how.endsWith("SHA-256") ? fine(name, how) : noted(name, how);
    }

    /// A key that came from outside has been seen in clear for all that the token knows.
    private Finding originAfterTransfer() {
        String name = "says_that_an_unwrapped_key_came_from_outside";
        if (!(keys.unwrapped instanceof Outcome.Done<KeyId>(var id))) {
            return noted(name, Attacks.said(keys.unwrapped));
        }
        KeyReport report =
                session.report(session.find(id, ObjectClass.SECRET_KEY).orElseThrow(), keys.secret(false));
        List<String> untrue = Stream.of(Attribute.LOCAL, Attribute.ALWAYS_SENSITIVE, Attribute.NEVER_EXTRACTABLE)
                .filter(attribute -> report.reported(attribute).orElse(false))
                .map(Attribute::cka)
                .toList();
        return untrue.isEmpty()
                ? fine(name, "no attribute says otherwise")
                : noted(name, "says true all the same: " + String.join(", ", untrue));
    }

    private Finding sessionObjects() {
        String name = "makes_objects_of_the_session";
        if (!(keys.pair instanceof Outcome.Done)) {
            return noted(name, Attacks.said(keys.pair));
        }
        return keys.onToken
                ? noted(name, "keys were made on the token, and destroyed")
                : fine(name, "a key pair was made");
    }

    private Finding curves() {
        String name = "makes_ec_keys";
        return keys.pair instanceof Outcome.Done && keys.pairSpec instanceof KeySpec.Ec
                ? fine(name, keys.pairSpec.text())
                : noted(name, "no EC key was made");
    }

    private Finding withoutLogin() {
        String name = "public_keys_need_a_login";
        SignatureScheme scheme = SignatureScheme.strongestFor(keys.pairSpec);
        Outcome<byte[]> signed = keys.pair.then(id -> session.sign(id, scheme, new byte[] {1, 2, 3}));
        return signed instanceof Outcome.Done
                ? noted(name, "a key with CKA_PRIVATE false signed without a login")
                : fine(name, Attacks.said(signed));
    }

    private static Finding fine(String name, String detail) {
        return new Finding(name, Verdict.PASSED, detail);
    }

    private static Finding noted(String name, String detail) {
        return new Finding(name, Verdict.NOTED, detail);
    }
}
