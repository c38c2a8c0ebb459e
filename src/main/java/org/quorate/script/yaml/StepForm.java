package org.quorate.script.yaml;

import java.util.List;
import java.util.function.BiFunction;
import org.quorate.script.Step;

/// How one kind of step is written down: its fields besides those that every step has, and how they become the step.
record StepForm(String kind, List<FieldForm> fields, BiFunction<Step.Head, Values, Step> make) {

    record FieldForm(String name, FieldType type, boolean required) {}

    /// What a field holds; it decides how the field is read and checked.
    enum FieldType {
        /// One line for people.
        TEXT,
        /// The name of a file, without a folder.
        FILE,
        /// `aws_cloudhsm` or `plain`.
        FILE_FORMAT,
        /// `cards` or `paper`.
        SHARE_FORM,
        /// A kind of key, such as `AES 256`.
        SPEC,
        /// How many data keys.
        COUNT,
        /// What a token is called in CKA_LABEL's alphabet and length.
        LABEL,
        /// An X.500 name in the form of RFC 4514.
        DISTINGUISHED_NAME,
        /// A role, or `split` with a quorum.
        PIN_HOLDER,
        /// `user` or `so`.
        PIN,
        /// `present` or `absent`.
        CONNECTION,
        SECONDS,
        /// How often a call is timed.
        CALLS,
        MINUTES,
        /// How long a certificate, or a revocation list, is good.
        DAYS,
        /// How many authorities may stand below one.
        PATH_LENGTH,
        /// `subordinate_ca`, `tls_server` or `code_signing`.
        PROFILE,
        /// A list of DNS names.
        DNS_NAMES,
        /// Where something is found, beginning with `http://`.
        URL,
        YEARS,
        /// Within how many days something is reviewed.
        REVIEW_DAYS,
        ROLE,
        ROLES,
        QUORUM,
        TOKEN,
        TOKENS,
        KEY,
        /// The id of an earlier step.
        STEP,
        /// Ways to go on: a list of `name`, `label`, and the `acts` and `steps` that are on this way only.
        PATHS,
        /// Values to type in: a list of `name` and `label`.
        INPUTS
    }
}
