package org.quorate.script;

import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;
import org.quorate.hsm.KeySpec;

/// Rules on certificates and revocation lists that one step breaks by itself.
final class CertificateRules {
    private static final int LONGEST_YEAR = 366;

    private CertificateRules() {}

    static Stream<Finding> issuedOutlivesIssuer(Script script, Places places) {
        return script.steps().flatMap(step -> switch (step) {
            case Step.IssueCertificate s -> outlives(script, places, step, s.key(), s.days());
            case Step.IssueCrl s -> outlives(script, places, step, s.key(), s.days());
            default -> Stream.<Finding>empty();
        });
    }

    private static Stream<Finding> outlives(Script script, Places places, Step step, String key, int days) {
        return script.cast().key(key).years().stream()
                .filter(years -> days > years * LONGEST_YEAR)
                .map(years -> Rule.ISSUED_OUTLIVES_ISSUER.at(
                        places.file(), places.step(step.id()), step.id(), days, key, years));
    }

    /// The script may be held until its next review.
    static Stream<Finding> certificateTooLong(Script script, Places places) {
        LocalDate held = LocalDate.parse(script.document().nextReview());
        return Rules.steps(script, Step.IssueCertificate.class)
                .flatMap(step -> CertificateLimits.of(step.profile(), held).stream()
                        .filter(limit -> step.days() > limit.days())
                        .map(limit -> Rule.CERTIFICATE_TOO_LONG.at(
                                places.file(),
                                places.step(step.id()),
                                step.id(),
                                step.days(),
                                step.profile().wire(),
                                limit.days(),
                                held,
                                limit.source())));
    }

    static Stream<Finding> profileField(Script script, Places places) {
        return script.steps().flatMap(step -> switch (step) {
            case Step.MakeCertificateRequest s ->
                field(places, step, s.profile(), "names", s.names(), CertificateProfile.TLS_SERVER);
            case Step.IssueCertificate s ->
                Stream.concat(
                        field(places, step, s.profile(), "names", s.names(), CertificateProfile.TLS_SERVER),
                        field(
                                places,
                                step,
                                s.profile(),
                                "path_length",
                                s.pathLength(),
                                CertificateProfile.SUBORDINATE_CA));
            default -> Stream.<Finding>empty();
        });
    }

    /// What one profile needs no other takes.
    private static Stream<Finding> field(
            Places places,
            Step step,
            CertificateProfile profile,
            String name,
            Optional<?> value,
            CertificateProfile owner) {
        return value.isPresent() == (profile == owner)
                ? Stream.empty()
                : Stream.of(Rule.PROFILE_FIELD.at(
                        places.file(), places.step(step.id()), step.id(), profile.wire(), name, owner.wire()));
    }

    static Stream<Finding> requestKeyUnsuitable(Script script, Places places) {
        return Rules.steps(script, Step.MakeCertificateRequest.class)
                .filter(step -> unsuitable(script.cast().key(step.key()).spec(), step.profile()))
                .map(step -> Rule.REQUEST_KEY_UNSUITABLE.at(
                        places.file(),
                        places.step(step.id()),
                        step.id(),
                        step.key(),
                        script.cast().key(step.key()).spec().text(),
                        step.profile().wire()));
    }

    private static boolean unsuitable(KeySpec spec, CertificateProfile profile) {
        return switch (spec) {
            case KeySpec.Rsa(var bits) -> profile == CertificateProfile.CODE_SIGNING && bits < 3072;
            case KeySpec.Ec _ -> false;
            case KeySpec.Ed25519 _, KeySpec.Secret _ -> true;
        };
    }
}
