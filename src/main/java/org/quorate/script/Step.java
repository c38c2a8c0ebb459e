package org.quorate.script;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.PinKind;

/// One step. A new kind is one record here, one performer, one lint entry and its text: the exhaustive switches will
/// not compile until screen, record and lint know it.
public sealed interface Step {

    Head head();

    default String id() {
        return head().id();
    }

    default String title() {
        return head().title();
    }

    /// What every step says.
    ///
    /// @param title an imperative, such as "Read the script digest aloud"
    /// @param say what is done or read aloud, as it stands on paper and on screen
    /// @param by the role that performs it
    /// @param witnessedBy the role that watches it
    /// @param minutes planned duration
    record Head(String id, String title, String say, String by, String witnessedBy, int minutes) {}

    /// A value that a person types in, such as the number of an evidence bag.
    record Field(String name, String label) {}

    /// A person says that something is so, and may have to enter what they see.
    record Confirm(Head head, String statement, List<Field> enter) implements Step {
        public Confirm {
            enter = List.copyOf(enter);
        }
    }

    /// People, or what the ledger knows of an earlier step, choose between named paths. What is not chosen is not done,
    /// and that is on record.
    ///
    /// @param question what people are asked
    /// @param resultOf the step whose end decides: `done` or `overridden`
    record Decide(Head head, Optional<String> question, Optional<String> resultOf, List<Path> paths) implements Step {
        public Decide {
            paths = List.copyOf(paths);
        }

        public Decide with(List<Path> others) {
            return new Decide(head, question, resultOf, others);
        }

        public Optional<Path> path(String name) {
            return paths.stream().filter(path -> path.name().equals(name)).findFirst();
        }

        /// One way to go on.
        ///
        /// @param label the answer, as people read and press it
        /// @param acts those that are held on this path only
        /// @param steps single steps that are performed on this path only
        public record Path(String name, String label, List<String> acts, List<String> steps) {
            public Path {
                acts = List.copyOf(acts);
                steps = List.copyOf(steps);
            }
        }
    }

    /// The digest of this script is read aloud and compared with the approved paper.
    record ReadScriptDigest(Head head) implements Step {}

    /// Everybody in a role is called, shows an identity document and proves the card.
    record RollCall(Head head) implements Step {}

    /// The workstation's clock is compared with a second source.
    record CheckClock(Head head, int maxOffsetSeconds) implements Step {}

    /// What the program sees of its own machine is recorded and judged.
    record CheckWorkstation(Head head) implements Step {}

    /// The token is found by the serial of the site profile; firmware, flags and mechanisms are recorded.
    record IdentifyToken(Head head, String token) implements Step {}

    /// The token answers, or answers no more, as people say: a cable was pulled, or plugged in again.
    record CheckConnection(Head head, String token, Connection expect) implements Step {
        public enum Connection {
            PRESENT,
            ABSENT;

            public String wire() {
                return name().toLowerCase(Locale.ROOT);
            }

            public static Optional<Connection> ofWire(String text) {
                return Stream.of(values())
                        .filter(one -> one.wire().equals(text))
                        .findFirst();
            }
        }
    }

    /// A key that an earlier ceremony brought to the token is found again, with where it comes from by the ledger.
    record IdentifyKey(Head head, String key, String token) implements Step {}

    /// A command of the vendor profile: what the maker's own tool says of the token or, with a quorum, does to it.
    ///
    /// @param peopleRead what people read at the HSM and type in where the profile has no such command
    record RunVendorCommand(
            Head head, String token, String command, Optional<String> quorum, Optional<String> peopleRead)
            implements Step {}

    /// The token's generator is tested, what it must deny is provoked, and its calls are timed.
    record CheckHealth(Head head, String token, int calls) implements Step {}

    /// The token is attacked on scratch objects before it is trusted.
    record AdmitToken(Head head, String token) implements Step {}

    /// Who has a PIN of a token.
    sealed interface PinHolder {
        /// Somebody in a role sets it and types it.
        record Typist(String role) implements PinHolder {}

        /// Nobody knows it: the cards of a quorum's people hold its shares.
        record Cards(String quorum) implements PinHolder {}
    }

    /// C_InitToken and C_InitPIN: everything in the token is destroyed, SO PIN and user PIN are set.
    record InitialiseToken(Head head, String token, String label, String quorum, PinHolder soPinBy, PinHolder userPinBy)
            implements Step {}

    /// C_GenerateKeyPair by the user, every attribute explicit, read back in a new session.
    record GenerateKeyPair(Head head, String key, String token, String quorum) implements Step {}

    /// C_GenerateKey: of a trusted wrapping key by the security officer, of every other secret key by the user.
    record GenerateSecretKey(Head head, String key, String token, String quorum) implements Step {}

    /// The public half of a key of one token is imported as trusted by the security officer of another.
    record ImportTrustedKey(Head head, String key, String from, String to, String quorum) implements Step {}

    /// The fingerprint of a public key is read aloud, as hex and as words.
    record ReadFingerprint(Head head, String key, String token) implements Step {}

    /// The key signs a fresh message, and an independent process checks it. With `since`, the time since that step
    /// began is the measured time to recover.
    record TestSignature(Head head, String key, String token, Optional<String> since, Optional<Integer> withinMinutes)
            implements Step {}

    /// The key signs its own root certificate.
    record IssueRootCertificate(Head head, String key, String token, String subject, int years, String quorum)
            implements Step {}

    /// The key signs a request for a certificate (PKCS#10), which proves that whoever asks has the private half.
    ///
    /// @param names DNS names, for a server
    record MakeCertificateRequest(
            Head head,
            String key,
            String token,
            String subject,
            CertificateProfile profile,
            Optional<List<String>> names,
            String file,
            String quorum)
            implements Step {
        public MakeCertificateRequest {
            names = names.map(List::copyOf);
        }
    }

    /// A request is brought, compared and checked against what this step allows; the key of an authority signs the
    /// certificate.
    ///
    /// @param request the file with the request
    /// @param pathLength how many authorities may stand below a subordinate one
    /// @param crlUrl where the authority's revocation list is found
    /// @param file the certificate, as it is handed out
    record IssueCertificate(
            Head head,
            String key,
            String token,
            String request,
            String subject,
            CertificateProfile profile,
            Optional<List<String>> names,
            Optional<Integer> pathLength,
            int days,
            Optional<String> crlUrl,
            String file,
            String quorum)
            implements Step {
        public IssueCertificate {
            names = names.map(List::copyOf);
        }
    }

    /// The certificate of an authority's key comes from an authority outside.
    ///
    /// @param file the certificate, as it is brought
    /// @param issuer the certificate of the authority that signed it
    record TakeCertificate(Head head, String key, String token, String file, String issuer, String quorum)
            implements Step {}

    /// The key of an authority signs the list of what it has revoked: all of the last list, and what people add.
    ///
    /// @param days until the next list at the latest
    record IssueCrl(Head head, String key, String token, int days, String file, String quorum) implements Step {}

    /// A jar is brought, signed and handed out.
    ///
    /// @param certificate the file with the certificate of the key
    /// @param out what the signed jar is called
    record SignJar(Head head, String key, String token, String certificate, String file, String out, String quorum)
            implements Step {}

    /// C_WrapKey on one token, C_UnwrapKey on another, under a key that both hold.
    record TransferKey(Head head, String key, String under, String from, String to, String quorum) implements Step {}

    /// A key that comes from elsewhere, wrapped under a transport key of the token, is unwrapped there.
    ///
    /// @param file as it is brought: RSA-OAEP, or RSA-AES where it is longer than the modulus
    /// @param publicFile the public half of a pair, as PEM
    record ImportKey(
            Head head, String key, String under, String token, String file, Optional<String> publicFile, String quorum)
            implements Step {}

    /// The public half of a key is handed out as a PEM file.
    record HandOutPublicKey(Head head, String key, String token, String file) implements Step {}

    /// A file by which an HSM's own quorum is kept is brought; each officer's card signs it, and it is handed out with
    /// the signatures.
    ///
    /// @param out what it is called with the signatures
    /// @param withinMinutes how long the file is good for, from when it was brought
    record SignQuorumFile(
            Head head, String file, String out, String quorum, Format format, Optional<Integer> withinMinutes)
            implements Step {
        public enum Format {
            /// A token file of `cloudhsm-cli quorum token-sign`: what is signed and where signatures go stands in it.
            AWS_CLOUDHSM,
            /// Any file: its own bytes are signed, and certificates and signatures come in a file beside it.
            PLAIN;

            public String wire() {
                return name().toLowerCase(Locale.ROOT);
            }

            public static Optional<Format> ofWire(String text) {
                return Stream.of(values())
                        .filter(one -> one.wire().equals(text))
                        .findFirst();
            }
        }
    }

    /// Data keys are made in the session and leave it wrapped under a key-encryption key, all in one file.
    record MakeDataKeys(Head head, KeySpec.Aes spec, int count, String under, String token, String file, String quorum)
            implements Step {}

    /// Every data key of a file is opened under a key-encryption key, and its check value compared.
    /// With `since`, the time since that step began is the measured time to recover.
    record CheckDataKeys(
            Head head, String under, String token, String file, Optional<String> since, Optional<Integer> withinMinutes)
            implements Step {}

    /// Every data key of a file gets a new envelope, under another key-encryption key of the same token.
    record RewrapDataKeys(Head head, String from, String to, String token, String file, String quorum)
            implements Step {}

    /// An AES key is made here, split among people, and brought onto the token. Each share is sealed to the card of a
    /// person, or stands on a sheet of paper.
    ///
    /// @param cards the quorum whose people's cards get shares
    /// @param paper the quorum whose people get sheets
    /// @param custody where the sheets are kept
    record EscrowKey(
            Head head,
            String key,
            String token,
            Optional<String> cards,
            Optional<String> paper,
            Optional<String> custody,
            String quorum)
            implements Step {
        /// The quorum whose people hold shares of this form.
        public Optional<String> holders(Form form) {
            return switch (form) {
                case CARDS -> cards;
                case PAPER -> paper;
            };
        }

        /// In what people hold their shares.
        public enum Form {
            CARDS,
            PAPER;

            public String wire() {
                return name().toLowerCase(Locale.ROOT);
            }

            public static Optional<Form> ofWire(String text) {
                return Stream.of(values())
                        .filter(one -> one.wire().equals(text))
                        .findFirst();
            }
        }
    }

    /// The bags in which the ledger knows shares of keys are looked at, and their numbers compared.
    record InspectCustody(Head head) implements Step {}

    /// The log that an HSM keeps of itself is brought, and each entry and each act is matched with the other.
    ///
    /// @param toleranceSeconds how far its clock may be from that of the console
    record MatchAuditLog(Head head, String token, String file, int toleranceSeconds) implements Step {}

    /// The escrow of a key by an earlier ceremony is found in the ledger: who holds shares, and where sheets are kept.
    record IdentifyEscrow(Head head, String key) implements Step {}

    /// As many people as it takes open their shares; the key is put together and brought onto the token.
    record RecoverKey(Head head, String key, String token, EscrowKey.Form from, String quorum) implements Step {}

    /// C_InitToken as the end of everything in the token, and proof that nothing is left.
    record ZeroiseToken(Head head, String token, String quorum, String soPinBy, String userPinBy) implements Step {}

    /// CKA_EXTRACTABLE becomes false for good, and a wrap that must be refused is tried.
    record ForbidExtraction(Head head, String key, String token, String quorum) implements Step {}

    /// C_DestroyObject on each token, and proof in a new session that the key is gone.
    record DestroyKey(Head head, String key, List<String> tokens, String quorum) implements Step {
        public DestroyKey {
            tokens = List.copyOf(tokens);
        }
    }

    /// C_SetPIN: whoever performs the step sets a new PIN, or the console makes one that no one person has.
    ///
    /// @param split the quorum whose people's cards get the shares of the new PIN
    record ChangePin(Head head, String token, PinKind pin, String quorum, Optional<String> split) implements Step {}

    /// A person's card is added to those of the ledger, with the roles it may act in.
    ///
    /// @param photo the name of a file with a photograph of the person, which is kept
    record EnrolCard(Head head, List<String> roles, String quorum, Optional<String> photo) implements Step {
        public EnrolCard {
            roles = List.copyOf(roles);
        }
    }

    /// The security domain of a Managed HSM goes to another one: people open their shares of it, and it leaves for the
    /// exchange key only.
    record RestoreSecurityDomain(Head head, String file, String exchange, String out, String quorum) implements Step {}

    /// Those whose cards count in a role are compared with a group of the identity provider, from a signed file.
    record CheckRoster(Head head, String role, String group, String file) implements Step {}

    /// A card of somebody in this role counts no more from now on.
    record RetireCard(Head head, String role, String quorum) implements Step {}

    /// Holders of this role give their cards new PINs, each with the PIN that the card has.
    record ChangeCardPin(Head head, String role) implements Step {}

    /// Cards of this role whose PIN is blocked or forgotten get a new one, with the code that unblocks them.
    record UnblockCard(Head head, String role) implements Step {}

    /// What must not wait is approved by a quorum of its own, with the reason; others review it afterwards.
    ///
    /// @param reviewedBy the role whose quorum reviews it, and which is not of the quorum that breaks the glass
    record BreakGlass(Head head, String quorum, int reviewWithinDays, String reviewedBy) implements Step {}

    /// What an earlier ceremony did after it broke the glass is reviewed by others than those who approved it.
    record ReviewBreakGlass(Head head, String quorum) implements Step {}

    /// What the first entry of the ledger says is compared with what people took home from the founding, and the
    /// founders' cards sign it.
    record CompareFounding(Head head) implements Step {}

    /// The ledger as it stands is copied to the second disk of the site.
    record CopyLedger(Head head) implements Step {}

    /// What the ceremonies of the last days left is verified and gone through, and what becomes of each finding said.
    record ReviewEvidence(Head head, int days) implements Step {}

    /// Whatever was entered wrongly is put right by a further entry; what stands stays.
    record CorrectEntries(Head head, String quorum) implements Step {}

    /// Every exception so far is read aloud.
    record ReadExceptions(Head head) implements Step {}

    /// Each participant agrees or says why not; then the head is signed, anchored, and the record is made.
    record CloseCeremony(Head head) implements Step {}
}
