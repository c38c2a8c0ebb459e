package org.quorate.script;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.quorate.base.Texts;
import org.quorate.script.Finding.Severity;

/// Everything that can be wrong with a script, under the id that lint, the documents and the tests share. The words
/// stand in the bundle under `lint.<id>.message` and `lint.<id>.mend`.
public enum Rule {
    // The form of the file.
    NOT_UTF_8(Severity.ERROR),
    TOO_LARGE(Severity.ERROR),
    TOO_DEEP(Severity.ERROR),
    TOO_MANY_NODES(Severity.ERROR),
    YAML_SYNTAX(Severity.ERROR),
    YAML_ANCHOR(Severity.ERROR),
    YAML_TAG(Severity.ERROR),
    YAML_DIRECTIVE(Severity.ERROR),
    SEVERAL_DOCUMENTS(Severity.ERROR),
    UNSAFE_CHARACTER(Severity.ERROR),

    // The form of the script.
    UNKNOWN_FORMAT(Severity.ERROR),
    DUPLICATE_KEY(Severity.ERROR),
    UNKNOWN_KEY(Severity.ERROR),
    MISSING_KEY(Severity.ERROR),
    WRONG_TYPE(Severity.ERROR),
    BAD_VALUE(Severity.ERROR),
    BAD_ID(Severity.ERROR),
    DUPLICATE_ID(Severity.ERROR),
    MINUTES_NOT_POSITIVE(Severity.ERROR),
    UNKNOWN_KIND(Severity.ERROR),
    SENSITIVE_STEP_WITHOUT_QUORUM(Severity.ERROR),
    UNDEFINED_REFERENCE(Severity.ERROR),
    UNUSED_DEFINITION(Severity.ERROR),
    PARAMETER_TYPE(Severity.ERROR),
    TOO_MANY_STEPS(Severity.ERROR),
    TOO_MANY_PARTS(Severity.ERROR),
    PART_MISSING(Severity.ERROR),
    PART_DIGEST_DIFFERS(Severity.ERROR),
    PART_EXPECTS(Severity.ERROR),
    NOT_IN_A_PART(Severity.ERROR),
    LOOP_IN_A_LOOP(Severity.ERROR),
    WAIVER_NOT_ALLOWED(Severity.ERROR),
    WAIVES_NOTHING(Severity.ERROR),

    // Decisions.
    DECISION_WITHOUT_SOURCE(Severity.ERROR),
    DECISION_OF_NOTHING(Severity.ERROR),
    PATH_NOT_LATER(Severity.ERROR),
    STEP_ON_TWO_PATHS(Severity.ERROR),
    TOO_MANY_COURSES(Severity.ERROR),

    // People.
    ROLE_COUNT_ZERO(Severity.ERROR),
    QUORUM_OF_ONE(Severity.ERROR),
    QUORUM_TOO_LARGE(Severity.ERROR),
    QUORUM_OF_ALL(Severity.WARNING),
    READER_IS_DOER(Severity.ERROR),
    WITNESS_IN_QUORUM(Severity.ERROR),
    ONE_HOLDER_OF_BOTH_PINS(Severity.ERROR),
    SHARE_HOLDERS_CHANGE(Severity.ERROR),
    ROLES_EXCLUDE(Severity.ERROR),
    ESCROW_TO_NOBODY(Severity.ERROR),
    ESCROW_WITHOUT_SPARE(Severity.ERROR),
    CUSTODY_NOT_NAMED(Severity.ERROR),
    CUSTODY_OF_NOTHING(Severity.ERROR),
    WITNESS_HOLDS_SHARE(Severity.ERROR),
    BREAK_GLASS_WITHOUT_REVIEW(Severity.ERROR),
    REVIEWER_BREAKS_GLASS(Severity.ERROR),
    REVIEW_OF_ITSELF(Severity.ERROR),

    // Keys as defined.
    SPEC_DOES_NOT_SUIT_PURPOSE(Severity.ERROR),
    COPYABLE_OF_NO_USE(Severity.ERROR),
    SAME_LABEL(Severity.ERROR),
    WRONG_KEY_FOR_STEP(Severity.ERROR),
    WRONG_CARRIER(Severity.ERROR),
    CARRIER_TOO_WEAK(Severity.ERROR),
    KEY_TOO_WEAK(Severity.ERROR),
    KEY_TOO_WEAK_FOR_ITS_TIME(Severity.ERROR),
    CERTIFICATE_OUTLIVES_KEY(Severity.ERROR),
    ISSUED_OUTLIVES_ISSUER(Severity.ERROR),
    CERTIFICATE_TOO_LONG(Severity.ERROR),
    PROFILE_FIELD(Severity.ERROR),
    REQUEST_KEY_UNSUITABLE(Severity.ERROR),
    CRYPTOPERIOD_MISSING(Severity.WARNING),
    SAME_TOKEN(Severity.ERROR),
    SAME_KEY(Severity.ERROR),
    SAME_FILE(Severity.ERROR),
    LIMIT_WITHOUT_START(Severity.ERROR),
    READING_OF_A_CHANGE(Severity.ERROR),

    // The state of the world as the steps go by.
    QUORUM_BEFORE_ROLL_CALL(Severity.ERROR),
    REVIEW_BEFORE_ROLL_CALL(Severity.ERROR),
    BREAK_GLASS_LATE(Severity.ERROR),
    BREAK_GLASS_TWICE(Severity.ERROR),
    TOKEN_NOT_IDENTIFIED(Severity.ERROR),
    TOKEN_NOT_ADMITTED(Severity.ERROR),
    TOKEN_NOT_INITIALISED(Severity.ERROR),
    TOKEN_ALREADY_INITIALISED(Severity.ERROR),
    TOKEN_AWAY(Severity.ERROR),
    TOKEN_NOT_AWAY(Severity.ERROR),
    IRREVERSIBLE_BEFORE_DIGEST(Severity.ERROR),
    KEY_NOT_ON_TOKEN(Severity.ERROR),
    KEY_ALREADY_ON_TOKEN(Severity.ERROR),
    IMPORT_BEFORE_FINGERPRINT(Severity.ERROR),
    CARRIER_NOT_READY(Severity.ERROR),
    EXTRACTION_ALREADY_FORBIDDEN(Severity.ERROR),
    EXTRACTION_FORBIDDEN_EARLY(Severity.ERROR),
    REFUSAL_PROVES_NOTHING(Severity.ERROR),
    CARRIER_DESTROYED_EARLY(Severity.ERROR),
    CERTIFICATE_BEFORE_FINGERPRINT(Severity.ERROR),
    CERTIFICATE_BEFORE_TEST(Severity.ERROR),
    CERTIFICATE_TWICE(Severity.ERROR),
    ISSUER_BEFORE_FINGERPRINT(Severity.ERROR),
    CERTIFICATE_NOT_ISSUED(Severity.ERROR),
    ENVELOPES_WITHOUT_BACKUP(Severity.ERROR),
    ENVELOPES_NOT_OPENED(Severity.ERROR),
    RECOVERY_WITHOUT_ESCROW(Severity.ERROR),
    ESCROW_TWICE(Severity.ERROR),
    START_NOT_EARLIER(Severity.ERROR),
    RESULT_NOT_EARLIER(Severity.ERROR),
    EXCEPTIONS_NOT_READ(Severity.ERROR),
    CLOSE_NOT_LAST(Severity.ERROR),

    // What is left at the end.
    CLOSE_MISSING(Severity.ERROR),
    KEY_WITHOUT_BACKUP(Severity.ERROR),
    BACKUP_NOT_PROVEN(Severity.ERROR),
    KEY_LEFT_EXTRACTABLE(Severity.ERROR),
    CARRIER_LEFT(Severity.ERROR),
    TOKEN_LEFT_AWAY(Severity.WARNING),
    NO_ROLL_CALL(Severity.WARNING),
    DIGEST_NOT_READ(Severity.WARNING),
    CLOCK_NOT_CHECKED(Severity.WARNING),
    WORKSTATION_NOT_CHECKED(Severity.WARNING);

    private final Severity severity;

    Rule(Severity severity) {
        this.severity = severity;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Severity severity() {
        return severity;
    }

    static Optional<Rule> ofId(String id) {
        return Stream.of(values()).filter(rule -> rule.id().equals(id)).findFirst();
    }

    /// Whether owners of a script may accept it, with a reason: what is for people to judge, and a backup that another
    /// ceremony makes or proves. What else is an error makes a ceremony fail, or unsafe.
    public boolean waivable() {
        return severity == Severity.WARNING || this == KEY_WITHOUT_BACKUP || this == BACKUP_NOT_PROVEN;
    }

    /// This rule broken at a place; `values` fill the text.
    public Finding at(String file, Place place, Object... values) {
        return new Finding(
                file,
                place,
                id(),
                severity,
                Texts.get("lint." + id() + ".message", values),
                Texts.get("lint." + id() + ".mend", values));
    }
}
