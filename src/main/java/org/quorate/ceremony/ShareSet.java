package org.quorate.ceremony;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.quorate.base.Certificates;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.JsonException;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.card.Card;
import org.quorate.card.CardRefusal;
import org.quorate.card.OpenAnswer;
import org.quorate.card.SealedShare;
import org.quorate.card.SecretSplitter;
import org.quorate.card.Share;
import org.quorate.card.ShareSeal;
import org.quorate.card.Split;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.PinKind;
import org.quorate.quorum.Quorum;

/// One secret in the hands of several people: its shares, each sealed to the card of one of them. It may stand in the
/// open, and stands in the ledger for ever. What the shares of a PIN open is of use until the next generation is in
/// force; those of a key have one generation.
///
/// @param holders in the order of their shares' numbers
record ShareSet(Whose whose, long number, Split split, List<String> roles, List<Holder> holders) {

    ShareSet {
        roles = List.copyOf(roles);
        holders = List.copyOf(holders);
        if (holders.size() != split.n()) {
            throw new IllegalArgumentException("every share has a holder: " + holders.size() + " of " + split.n());
        }
    }

    /// Which secret it is.
    sealed interface Whose {
        UUID ledger();

        String format();

        /// By which words for people are found.
        String wire();

        /// What names it in the ledger.
        Json.Obj named();

        /// What is bound into each seal.
        default Json.Obj secret() {
            return named().with("kind", Json.of(this instanceof Pin ? "pin" : "key"));
        }

        private static Whose fromJson(Json.Obj json) {
            UUID ledger = UUID.fromString(json.string("ledger"));
            return switch (json.string("format")) {
                case Pin.FORMAT ->
                    new Pin(
                            ledger,
                            json.string("serial"),
                            PinKind.ofWire(json.string("pin")).orElseThrow());
                case Key.FORMAT -> new Key(ledger, new KeyId(json.string("cka_id")));
                default -> throw new IllegalArgumentException("shares of nothing that is known here");
            };
        }
    }

    /// Whose PIN on which token.
    record Pin(UUID ledger, String serial, PinKind kind) implements Whose {
        static final String FORMAT = "quorate-pin-shares/1";

        @Override
        public String format() {
            return FORMAT;
        }

        @Override
        public String wire() {
            return kind.wire();
        }

        @Override
        public Json.Obj named() {
            return Json.obj().put("pin", kind.wire()).put("serial", serial).build();
        }
    }

    /// A key, on whichever token.
    record Key(UUID ledger, KeyId id) implements Whose {
        static final String FORMAT = "quorate-key-shares/1";

        @Override
        public String format() {
            return FORMAT;
        }

        @Override
        public String wire() {
            return "key";
        }

        @Override
        public Json.Obj named() {
            return Json.obj().put("cka_id", id.hex()).build();
        }
    }

    /// To whom a share goes.
    ///
    /// @param key id of the key by which the ledger knows the card
    /// @param certificate of the card's sealing key
    record Recipient(String person, Digest key, X509Certificate certificate) {
        Digest sealingCertificate() {
            return Certificates.digest(certificate);
        }
    }

    record Holder(int number, Recipient recipient, SealedShare sealed) {
        String person() {
            return recipient.person();
        }

        /// By which the ledger names what was sealed; of the share in clear nothing is ever derived.
        Digest digest() {
            return Digest.of(sealed.toJson().canonical());
        }
    }

    /// What came of opening a share.
    sealed interface Answer {
        /// @param share whoever asked closes it
        record Opened(Share share) implements Answer {}

        /// The card did not open it.
        record Refused(CardRefusal refusal) implements Answer {}

        /// The card opened something that is not the share that it should be.
        record Wrong() implements Answer {}
    }

    /// Splits `secret` anew and seals a share to each of `recipients`; for that their cards need not be there.
    static ShareSet seal(
            Whose whose, long number, Quorum quorum, List<Recipient> recipients, Secret secret, SecureRandom random) {
        List<Share> shares = SecretSplitter.split(secret, quorum.m(), recipients.size(), random);
        try {
            Split split = shares.getFirst().split();
            var holders = new ArrayList<Holder>();
            for (Share share : shares) {
                Recipient recipient = recipients.get(share.number() - 1);
                try (Secret written = share.toSecret()) {
                    var context =
                            new SealedShare.Context(whose.ledger(), whose.secret(), number, split, share.number());
                    holders.add(new Holder(
                            share.number(),
                            recipient,
                            ShareSeal.seal(written, recipient.certificate(), context, random)));
                }
            }
            return new ShareSet(whose, number, split, quorum.roles(), holders);
        } finally {
            shares.forEach(Share::close);
        }
    }

    Quorum quorum() {
        return new Quorum(split.m(), roles);
    }

    Optional<Holder> of(Digest key) {
        return holders.stream()
                .filter(holder -> holder.recipient().key().equals(key))
                .findFirst();
    }

    List<Recipient> recipients() {
        return holders.stream().map(Holder::recipient).toList();
    }

    /// Opens the share of `holder` with the card that is there.
    Answer open(Holder holder, Card card, Secret cardPin) {
        var context = new SealedShare.Context(whose.ledger(), whose.secret(), number, split, holder.number());
        return switch (ShareSeal.open(holder.sealed(), card, cardPin, context)) {
            case CardRefusal refusal -> new Answer.Refused(refusal);
            case OpenAnswer.Opened(var opened) -> {
                try (opened) {
                    yield Share.of(opened)
                            .map(share -> belonging(share, holder))
                            .orElseGet(Answer.Wrong::new);
                }
            }
        };
    }

    private Answer belonging(Share share, Holder holder) {
        if (share.split().equals(split) && share.number() == holder.number()) {
            return new Answer.Opened(share);
        }
        share.close();
        return new Answer.Wrong();
    }

    /// The observation that makes it durable. Its artefact is all that is needed to open it.
    ///
    /// @param role of the token in the script
    /// @param title of the token whose PIN it is, or the label of the key
    Observation observation(String role, String title) {
        return Observation.sensed(
                        whose instanceof Pin ? "pin_shares" : "key_shares",
                        Texts.get("ceremony.pin_shares.label." + whose.wire(), title, number),
                        Texts.get("ceremony.pin_shares.text", split.m(), split.n()))
                .detail(about(role)
                        .put("split", split.id())
                        .put("m", split.m())
                        .put("n", split.n())
                        .put("roles", Json.strings(roles))
                        .put(
                                "shares",
                                Json.array(
                                        holders.stream().map(ShareSet::summary).toList()))
                        .build())
                .with(toJson().canonical());
    }

    /// What every observation about these shares says.
    Json.Builder about(String role) {
        Json.Builder about = Json.obj();
        whose.named().members().forEach(about::put);
        return about.put("role", role).put("generation", number);
    }

    private static Json.Obj summary(Holder holder) {
        return Json.obj()
                .put("number", holder.number())
                .put("person", holder.person())
                .put("key", holder.recipient().key().hex())
                .put("certificate", holder.recipient().sealingCertificate().hex())
                .put("sealed", holder.digest().hex())
                .build();
    }

    Json.Obj toJson() {
        Json.Builder json = Json.obj();
        whose.named().members().forEach(json::put);
        return json.put("format", whose.format())
                .put("ledger", whose.ledger().toString())
                .put("generation", number)
                .put("split", split.id())
                .put("m", split.m())
                .put("n", split.n())
                .put("roles", Json.strings(roles))
                .put(
                        "shares",
                        Json.array(holders.stream()
                                .map(holder -> Json.obj()
                                        .put("number", holder.number())
                                        .put("person", holder.person())
                                        .put("key", holder.recipient().key().hex())
                                        .put(
                                                "certificate",
                                                Base64.getEncoder()
                                                        .encodeToString(Certificates.encoded(holder.recipient()
                                                                .certificate())))
                                        .put("sealed", holder.sealed().toJson())
                                        .build())
                                .toList()))
                .build();
    }

    /// Empty where it is not of this form.
    static Optional<ShareSet> fromJson(Json.Obj json) {
        try {
            var holders = new ArrayList<Holder>();
            for (Json.Obj share : json.objects("shares")) {
                holders.add(new Holder(
                        Math.toIntExact(share.integer("number")),
                        new Recipient(
                                share.string("person"),
                                share.digest("key"),
                                certificate(Base64.getDecoder().decode(share.string("certificate")))),
                        SealedShare.fromJson(share.object("sealed")).orElseThrow()));
            }
            return Optional.of(new ShareSet(
                    Whose.fromJson(json),
                    json.integer("generation"),
                    new Split(
                            json.string("split"),
                            Math.toIntExact(json.integer("m")),
                            Math.toIntExact(json.integer("n"))),
                    json.strings("roles"),
                    holders));
        } catch (JsonException
                | GeneralSecurityException
                | IllegalArgumentException
                | ArithmeticException
                | java.util.NoSuchElementException e) {
            return Optional.empty();
        }
    }

    private static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }
}
