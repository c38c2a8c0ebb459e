package org.quorate.script;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.quorate.hsm.KeyPolicy;
import org.quorate.hsm.KeyPurpose;
import org.quorate.quorum.Quorum;
import org.quorate.quorum.Roles;

/// Rules that one step or one definition breaks by itself, whatever comes before it: one function a rule.
final class Rules {

    /// One rule over a whole script.
    @FunctionalInterface
    interface Check {
        Stream<Finding> check(Script script, Places places);
    }

    static final List<Check> ALL = List.of(
            Rules::roleCountZero,
            Rules::quorumOfOne,
            Rules::quorumTooLarge,
            Rules::quorumOfAll,
            Rules::readerIsDoer,
            Rules::witnessInQuorum,
            PinRules::oneHolderOfBothPins,
            PinRules::shareHoldersChange,
            EscrowRules::escrowToNobody,
            EscrowRules::escrowWithoutSpare,
            EscrowRules::custodyNotNamed,
            EscrowRules::custodyOfNothing,
            EscrowRules::witnessHoldsShare,
            Rules::rolesExclude,
            Rules::specDoesNotSuitPurpose,
            Rules::sameLabel,
            Rules::wrongKeyForStep,
            Rules::wrongCarrier,
            Rules::carrierTooWeak,
            Rules::keyTooWeakForItsTime,
            Rules::certificateOutlivesKey,
            CertificateRules::issuedOutlivesIssuer,
            CertificateRules::certificateTooLong,
            CertificateRules::profileField,
            CertificateRules::requestKeyUnsuitable,
            Rules::cryptoperiodMissing,
            Rules::sameToken,
            Rules::sameKey,
            Rules::sameFile,
            Rules::limitWithoutStart,
            Rules::readingOfAChange,
            PathRules::decisionWithoutSource,
            PathRules::decisionOfNothing,
            PathRules::pathNotLater,
            PathRules::stepOnTwoPaths,
            PathRules::tooManyCourses,
            GlassRules::reviewerBreaksGlass,
            GlassRules::reviewOfItself);

    private Rules() {}

    private static Stream<Finding> roleCountZero(Script script, Places places) {
        return script.cast().roles().entrySet().stream()
                .filter(role -> role.getValue().count() == 0)
                .map(role -> Rule.ROLE_COUNT_ZERO.at(places.file(), places.role(role.getKey()), role.getKey()));
    }

    private static Stream<Finding> quorumOfOne(Script script, Places places) {
        return quorums(script)
                .filter(quorum -> quorum.getValue().m() == 1)
                .map(quorum -> Rule.QUORUM_OF_ONE.at(places.file(), places.quorum(quorum.getKey()), quorum.getKey()));
    }

    private static Stream<Finding> quorumTooLarge(Script script, Places places) {
        return quorums(script)
                .filter(quorum -> quorum.getValue().m() > eligible(script, quorum.getValue()))
                .map(quorum -> Rule.QUORUM_TOO_LARGE.at(
                        places.file(),
                        places.quorum(quorum.getKey()),
                        quorum.getKey(),
                        quorum.getValue().m(),
                        eligible(script, quorum.getValue())));
    }

    private static Stream<Finding> quorumOfAll(Script script, Places places) {
        return quorums(script)
                .filter(quorum ->
                        quorum.getValue().m() > 1 && quorum.getValue().m() == eligible(script, quorum.getValue()))
                .map(quorum -> Rule.QUORUM_OF_ALL.at(
                        places.file(),
                        places.quorum(quorum.getKey()),
                        quorum.getKey(),
                        quorum.getValue().m()));
    }

    private static Stream<Finding> readerIsDoer(Script script, Places places) {
        return script.steps()
                .filter(step -> step.head().by().equals(step.head().witnessedBy()))
                .map(step -> Rule.READER_IS_DOER.at(
                        places.file(), places.step(step.id()), step.head().by(), step.id()));
    }

    private static Stream<Finding> witnessInQuorum(Script script, Places places) {
        return script.steps()
                .flatMap(step -> Sensitivity.quorum(step).stream()
                        .filter(name -> script.cast()
                                .quorum(name)
                                .roles()
                                .contains(step.head().witnessedBy()))
                        .map(name -> Rule.WITNESS_IN_QUORUM.at(
                                places.file(),
                                places.step(step.id()),
                                step.head().witnessedBy(),
                                step.id(),
                                name)));
    }

    private static Stream<Finding> readingOfAChange(Script script, Places places) {
        return steps(script, Step.RunVendorCommand.class)
                .filter(step -> step.quorum().isPresent() && step.peopleRead().isPresent())
                .map(step -> Rule.READING_OF_A_CHANGE.at(places.file(), places.step(step.id()), step.id()));
    }

    private static Stream<Finding> rolesExclude(Script script, Places places) {
        return steps(script, Step.EnrolCard.class)
                .flatMap(step -> Roles.conflict(step.roles()).stream()
                        .map(pair -> Rule.ROLES_EXCLUDE.at(
                                places.file(), places.step(step.id()), pair.getFirst(), pair.getLast(), step.id())));
    }

    private static Stream<Finding> specDoesNotSuitPurpose(Script script, Places places) {
        return script.cast().keys().entrySet().stream()
                .filter(key -> !key.getValue().purpose().suits(key.getValue().spec()))
                .map(key -> Rule.SPEC_DOES_NOT_SUIT_PURPOSE.at(
                        places.file(),
                        places.key(key.getKey()),
                        key.getKey(),
                        key.getValue().spec().text(),
                        key.getValue().purpose().wire()));
    }

    private static Stream<Finding> sameLabel(Script script, Places places) {
        var labels = new HashSet<String>();
        return script.cast().keys().entrySet().stream()
                .filter(key -> !labels.add(key.getValue().label()))
                .map(key -> Rule.SAME_LABEL.at(
                        places.file(),
                        places.key(key.getKey()),
                        key.getKey(),
                        key.getValue().label()));
    }

    private static Stream<Finding> wrongKeyForStep(Script script, Places places) {
        return script.steps()
                .flatMap(step -> KeyUse.of(step).stream()
                        .filter(key -> !KeyUse.allowed(step).contains(purpose(script, key)))
                        .map(key -> Rule.WRONG_KEY_FOR_STEP.at(
                                places.file(),
                                places.step(step.id()),
                                step.id(),
                                key,
                                purpose(script, key).wire(),
                                KeyUse.allowed(step).stream()
                                        .sorted()
                                        .map(KeyPurpose::wire)
                                        .collect(Collectors.joining(" or ")))));
    }

    private static Stream<Finding> wrongCarrier(Script script, Places places) {
        Stream<Finding> transfers = steps(script, Step.TransferKey.class)
                .filter(step -> !carries(purpose(script, step.under()), purpose(script, step.key())))
                .map(step -> Rule.WRONG_CARRIER.at(
                        places.file(), places.step(step.id()), step.id(), step.key(), step.under()));
        // From outside, under the only kind of key whose other half can be handed out.
        Stream<Finding> imports = steps(script, Step.ImportKey.class)
                .filter(step -> purpose(script, step.under()) != KeyPurpose.TRANSPORT)
                .map(step -> Rule.WRONG_CARRIER.at(
                        places.file(), places.step(step.id()), step.id(), step.key(), step.under()));
        return Stream.concat(transfers, imports);
    }

    private static boolean carries(KeyPurpose carrier, KeyPurpose carried) {
        return switch (carried) {
            case CERTIFICATE_AUTHORITY, DATA_ENCRYPTION, KEY_ENCRYPTION, MESSAGE_AUTHENTICATION ->
                carrier == KeyPurpose.WRAPPING;
            case WRAPPING -> carrier == KeyPurpose.TRANSPORT;
            case SIGNING, TRANSPORT, UNWRAPPING -> false;
        };
    }

    private static Stream<Finding> carrierTooWeak(Script script, Places places) {
        Stream<Finding> envelopes = steps(script, Step.MakeDataKeys.class)
                .filter(step -> strength(script, step.under()) < KeyPolicy.strength(step.spec()))
                .map(step -> Rule.CARRIER_TOO_WEAK.at(
                        places.file(),
                        places.step(step.id()),
                        step.id(),
                        step.file(),
                        step.spec().text(),
                        step.under(),
                        script.cast().key(step.under()).spec().text()));
        Stream<Finding> transfers = steps(script, Step.TransferKey.class)
                // RSA of any practical size is weaker than AES 256; what is asked of it says
                // spec-does-not-suit-purpose.
                .filter(step -> purpose(script, step.under()) == KeyPurpose.WRAPPING)
                .filter(step -> strength(script, step.under()) < strength(script, step.key()))
                .map(step -> Rule.CARRIER_TOO_WEAK.at(
                        places.file(),
                        places.step(step.id()),
                        step.id(),
                        step.key(),
                        script.cast().key(step.key()).spec().text(),
                        step.under(),
                        script.cast().key(step.under()).spec().text()));
        return Stream.concat(envelopes, transfers);
    }

    /// The script may be held until its next review, and the key is used from then on.
    private static Stream<Finding> keyTooWeakForItsTime(Script script, Places places) {
        int held = LocalDate.parse(script.document().nextReview()).getYear();
        return script.cast().keys().entrySet().stream()
                .flatMap(key -> key.getValue().years().stream()
                        .flatMap(years -> KeyPolicy.refusal(key.getValue().spec(), held + years).stream())
                        .map(refusal -> Rule.KEY_TOO_WEAK_FOR_ITS_TIME.at(
                                places.file(),
                                places.key(key.getKey()),
                                key.getKey(),
                                refusal.strength(),
                                KeyPolicy.LAST_YEAR_OF_112_BITS,
                                refusal.section())));
    }

    private static Stream<Finding> certificateOutlivesKey(Script script, Places places) {
        return steps(script, Step.IssueRootCertificate.class)
                .flatMap(step -> script.cast().key(step.key()).years().stream()
                        .filter(years -> step.years() > years)
                        .map(years -> Rule.CERTIFICATE_OUTLIVES_KEY.at(
                                places.file(), places.step(step.id()), step.id(), step.years(), step.key(), years)));
    }

    private static Stream<Finding> cryptoperiodMissing(Script script, Places places) {
        return script.cast().keys().entrySet().stream()
                .filter(key -> key.getValue().years().isEmpty())
                .map(key -> Rule.CRYPTOPERIOD_MISSING.at(places.file(), places.key(key.getKey()), key.getKey()));
    }

    private static int strength(Script script, String key) {
        return KeyPolicy.strength(script.cast().key(key).spec());
    }

    private static Stream<Finding> sameToken(Script script, Places places) {
        return script.steps()
                .filter(step -> switch (step) {
                    case Step.TransferKey s -> s.from().equals(s.to());
                    case Step.ImportTrustedKey s -> s.from().equals(s.to());
                    default -> false;
                })
                .map(step -> Rule.SAME_TOKEN.at(
                        places.file(),
                        places.step(step.id()),
                        step.id(),
                        step instanceof Step.TransferKey s ? s.from() : ((Step.ImportTrustedKey) step).from()));
    }

    private static Stream<Finding> sameKey(Script script, Places places) {
        return steps(script, Step.RewrapDataKeys.class)
                .filter(step -> step.from().equals(step.to()))
                .map(step -> Rule.SAME_KEY.at(places.file(), places.step(step.id()), step.id(), step.from()));
    }

    /// What came in and what goes out are two files in the evidence.
    private static Stream<Finding> sameFile(Script script, Places places) {
        return script.steps()
                .flatMap(step -> outAsIn(step).stream()
                        .map(file -> Rule.SAME_FILE.at(places.file(), places.step(step.id()), step.id(), file)));
    }

    private static Optional<String> outAsIn(Step step) {
        return switch (step) {
            case Step.SignQuorumFile s -> Optional.of(s.out()).filter(s.file()::equals);
            case Step.SignJar s -> Optional.of(s.out()).filter(s.file()::equals);
            case Step.IssueCertificate s -> Optional.of(s.file()).filter(s.request()::equals);
            default -> Optional.empty();
        };
    }

    private static Stream<Finding> limitWithoutStart(Script script, Places places) {
        return script.steps()
                .filter(step -> switch (step) {
                    case Step.TestSignature s ->
                        s.withinMinutes().isPresent() && s.since().isEmpty();
                    case Step.CheckDataKeys s ->
                        s.withinMinutes().isPresent() && s.since().isEmpty();
                    default -> false;
                })
                .map(step -> Rule.LIMIT_WITHOUT_START.at(places.file(), places.step(step.id()), step.id()));
    }

    static <S extends Step> Stream<S> steps(Script script, Class<S> kind) {
        return script.steps().filter(kind::isInstance).map(kind::cast);
    }

    private static Stream<Map.Entry<String, Quorum>> quorums(Script script) {
        return script.cast().quorums().entrySet().stream();
    }

    static int eligible(Script script, Quorum quorum) {
        return quorum.roles().stream()
                .distinct()
                .mapToInt(role -> script.cast().role(role).count())
                .sum();
    }

    private static KeyPurpose purpose(Script script, String key) {
        return script.cast().key(key).purpose();
    }
}
