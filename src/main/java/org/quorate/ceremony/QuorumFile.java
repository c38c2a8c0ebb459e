package org.quorate.ceremony;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.JsonException;
import org.quorate.base.Texts;
import org.quorate.ledger.Cosign;
import org.quorate.script.Step.SignQuorumFile.Format;
import org.quorate.script.approval.ApprovalFile;

/// A file by which an HSM keeps its quorum, and the bytes in it that cards sign. One whose bytes could be taken for a
/// statement of a ledger cannot be made, so that no card is ever led to sign one here.
///
/// @param content the file as it was brought
/// @param message what each card signs: all of the file, or what the file carries for that
record QuorumFile(Format format, byte[] content, byte[] message) {
    static final int MAX_BYTES = 64 << 10;
    private static final String AWS_VERSION = "2.0";
    /// Services of crypto users; all others are those of administrators.
    private static final Set<String> CRYPTO_USER_SERVICES = Set.of("key-usage", "key-management");

    QuorumFile {
        if (reserved(message) || reserved(content)) {
            throw new IllegalArgumentException("a card would sign a statement of a ledger");
        }
    }

    /// A file, or in words why it is none.
    sealed interface Reading {
        record Good(QuorumFile file) implements Reading {}

        record Bad(String why) implements Reading {}
    }

    static Reading read(Format format, byte[] content) {
        if (content.length == 0) {
            return bad("empty");
        }
        return switch (format) {
            case PLAIN -> of(format, content, content);
            case AWS_CLOUDHSM -> ofAws(content);
        };
    }

    /// Why this is no such file; empty where it is one.
    static Optional<String> doubt(Format format, byte[] content) {
        return read(format, content) instanceof Reading.Bad(var why) ? Optional.of(why) : Optional.empty();
    }

    Digest digest() {
        return Digest.of(content);
    }

    private static Reading of(Format format, byte[] content, byte[] message) {
        return reserved(content) || reserved(message)
                ? bad("reserved")
                : new Reading.Good(new QuorumFile(format, content, message));
    }

    private static Reading ofAws(byte[] content) {
        if (reserved(content)) {
            return bad("reserved");
        }
        try {
            Json.Obj token = Json.parseObject(content);
            if (token.has("tokens")) {
                return bad("aws_registration");
            }
            if (!token.string("version").equals(AWS_VERSION)) {
                return bad("aws_version");
            }
            if (!token.array("signatures").isEmpty()) {
                return bad("aws_signed_already");
            }
            byte[] data = Base64.getDecoder().decode(token.string("approval_data"));
            byte[] hashed = Base64.getDecoder().decode(token.string("token"));
            if (data.length == 0 || hashed.length != 32 || !Digest.ofRaw(hashed).equals(Digest.of(data))) {
                return bad("aws_token_differs");
            }
            return of(Format.AWS_CLOUDHSM, content, data);
        } catch (JsonException | IllegalArgumentException e) {
            return bad("aws_form");
        }
    }

    /// Whether it could be shown around as a signature in a ledger, or under a script.
    private static boolean reserved(byte[] bytes) {
        return Cosign.isReserved(bytes) || ApprovalFile.isReserved(bytes);
    }

    private static Reading bad(String why) {
        return new Reading.Bad(Texts.get("ceremony.quorum_file." + why));
    }

    /// The file that goes out.
    ///
    /// @param users what each signer is called as a user of the HSM, in the order of the signatures; for AWS only
    byte[] signed(List<FileSignature> signatures, List<String> users) {
        return switch (format) {
            case PLAIN -> plain(signatures).canonical();
            case AWS_CLOUDHSM -> aws(signatures, users).canonical();
        };
    }

    private Json.Obj plain(List<FileSignature> signatures) {
        return Json.obj()
                .put("format", "quorate-file-signatures/1")
                .put("sha256", digest().hex())
                .put(
                        "signatures",
                        Json.array(
                                signatures.stream().map(FileSignature::toJson).toList()))
                .build();
    }

    /// As it came, with the list of signatures filled. Which role a user has follows from the service where the file
    /// names one.
    private Json.Obj aws(List<FileSignature> signatures, List<String> users) {
        Json.Obj token = Json.parseObject(content);
        Optional<String> role = token.optionalString("service")
                .map(service -> CRYPTO_USER_SERVICES.contains(service) ? "crypto-user" : "admin");
        var filled = new ArrayList<Json>();
        for (int i = 0; i < signatures.size(); i++) {
            filled.add(Json.obj()
                    .put("username", users.get(i))
                    .putIfPresent("role", role.map(Json::of))
                    .put("signature", signatures.get(i).base64())
                    .build());
        }
        return token.with("signatures", Json.array(filled));
    }
}
